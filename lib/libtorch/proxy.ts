import type { Env } from "./cache.js";

/**
 * The proxy for a URL by the usual variables (`https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`, either case).
 * Node's own `fetch` looks at them only from version 24 on, and only when asked to.
 */
export function proxyFor(url: URL, env: Env): URL | undefined {
  const read = (name: string) => env[name] || env[name.toUpperCase()] || undefined;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  for (const entry of (read("no_proxy") ?? "").split(/[\s,]+/)) {
    if (entry !== "" && excludes(entry.toLowerCase(), url.hostname.toLowerCase(), port)) return undefined;
  }
  const text = read(url.protocol === "https:" ? "https_proxy" : "http_proxy") ?? read("all_proxy");
  if (text === undefined) return undefined;
  try {
    return new URL(text.includes("://") ? text : `http://${text}`);
  } catch {
    return undefined;
  }
}

function excludes(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const match = /^(.*?)(?::(\d+))?$/.exec(entry);
  if (match?.[2] !== undefined && match[2] !== port) return false;
  const name = (match?.[1] ?? entry).replace(/^\*?\./, "");
  return host === name || host.endsWith(`.${name}`);
}

/** The `Proxy-Authorization` header for a proxy that carries a user and password. */
export function proxyHeaders(proxy: URL): Record<string, string> {
  if (proxy.username === "") return {};
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(user).toString("base64")}` };
}
