import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import * as tls from "node:tls";
import { TorchError } from "../errors.js";
import type { Env } from "./cache.js";
import { proxyFor, proxyHeaders } from "./proxy.js";

export type RequestOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly env?: Env;
  readonly signal?: AbortSignal;
  /** How long to wait for an answer, in ms. Short, since there is a second way to get LibTorch. */
  readonly timeout?: number;
};

/**
 * GETs a URL through the proxy of the environment and follows up to five redirects. The body is not read yet.
 *
 * @throws TorchError `E_LOAD` when there is no answer in time. A status such as 404 is an answer.
 */
export async function request(url: string, options: RequestOptions = {}): Promise<http.IncomingMessage> {
  let target = new URL(url);
  for (let hop = 0; hop <= 5; hop++) {
    const response = await once(target, options).catch((error: unknown) => {
      if (options.signal?.aborted)
        throw new TorchError("E_CANCELLED", "[setup] interrupted", undefined, { cause: error });
      const why =
        error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
      throw new TorchError("E_LOAD", `[download] expected an answer from ${target.host}, got none: ${why}`, undefined, {
        cause: error,
      });
    });
    const location = response.headers.location;
    if (response.statusCode === undefined || response.statusCode < 300 || response.statusCode >= 400 || !location)
      return response;
    response.resume();
    target = new URL(location, target);
  }
  throw new TorchError("E_LOAD", `[download] expected an answer from ${target.host}, got more than five redirects`);
}

async function once(url: URL, options: RequestOptions): Promise<http.IncomingMessage> {
  const timeout = options.timeout ?? 15_000;
  const proxy = proxyFor(url, options.env ?? process.env);
  const headers = { "user-agent": "sam-torch", ...options.headers };
  const secure = url.protocol === "https:";
  if (proxy === undefined) {
    return answer((secure ? https : http).request(url, { headers, signal: options.signal }), timeout);
  }
  if (!secure) {
    // An HTTP proxy takes the whole URL as the path.
    const direct = { host: proxy.hostname, port: proxy.port || 80, path: url.href };
    return answer(
      http.request({
        ...direct,
        headers: { host: url.host, ...proxyHeaders(proxy), ...headers },
        signal: options.signal,
      }),
      timeout,
    );
  }
  const socket = await tunnel(proxy, `${url.hostname}:${url.port || 443}`, timeout, options.signal);
  const createConnection = () => tls.connect({ socket, servername: url.hostname });
  return answer(https.request(url, { headers, signal: options.signal, agent: false, createConnection }), timeout);
}

function tunnel(proxy: URL, path: string, timeout: number, signal: AbortSignal | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const library = proxy.protocol === "https:" ? https : http;
    const port = proxy.port || (proxy.protocol === "https:" ? 443 : 80);
    const connect = library.request({
      host: proxy.hostname,
      port,
      method: "CONNECT",
      path,
      headers: proxyHeaders(proxy),
      signal,
    });
    connect.setTimeout(timeout, () => connect.destroy(new Error(`the proxy ${proxy.host} did not answer`)));
    connect.once("error", reject);
    connect.once("connect", (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode}`));
    });
    connect.end();
  });
}

function answer(sent: http.ClientRequest, timeout: number): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${timeout / 1000} s`)), timeout);
    sent.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.once("response", (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    sent.end();
  });
}
