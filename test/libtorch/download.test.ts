import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { download } from "../../lib/libtorch/download.js";
import { proxyFor } from "../../lib/libtorch/proxy.js";
import { sizeOf, temporary, until } from "./fixtures.js";
import { type Served, startMirror } from "./mirror.js";

const body = Buffer.alloc(300_000, "sharpness ");
const hash = createHash("sha256").update(body).digest("hex");

/** One file on a mirror, and where it is to go. */
async function oneFile(served: Partial<Served> = {}) {
  const file = join(temporary(), "a.zip");
  const cut = served.dropAfter ?? served.dropAlways ?? 0;
  const cutWhen = () => sizeOf(`${file}.part`) >= cut;
  const mirror = await startMirror({ "/a.zip": { body, cutWhen, ...served } });
  return { mirror, file, options: { url: `${mirror.url}/a.zip`, file, env: {} } };
}

test("a file, with its progress", async () => {
  const { file, options } = await oneFile();
  const seen: number[] = [];
  await download({ ...options, onProgress: (done, total) => seen.push(done / (total ?? 0)) });
  expect(readFileSync(file).equals(body)).toBe(true);
  expect(seen.at(-1)).toBe(1);
  expect(existsSync(`${file}.part`)).toBe(false);
  expect(existsSync(`${file}.part.json`)).toBe(false);
});

describe("resuming", () => {
  test("after a dropped connection, by itself", async () => {
    const { mirror, file, options } = await oneFile({ dropAfter: 100_000 });
    await download(options);
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(mirror.log).toEqual(["GET /a.zip", "GET /a.zip bytes=100000-"]);
  });

  test("after a connection that dropped before anything came", async () => {
    const { mirror, file, options } = await oneFile({ dropAfter: 0 });
    await download(options);
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(mirror.log).toEqual(["GET /a.zip", "GET /a.zip"]);
  });

  test("after an interrupt, by the next call", async () => {
    const { mirror, file, options } = await oneFile({ stallAfter: 100_000 });
    const controller = new AbortController();
    const work = download({ ...options, signal: controller.signal });
    void until(() => sizeOf(`${file}.part`) >= 100_000).then(() => controller.abort());
    await expect(work).rejects.toMatchObject({ code: "E_CANCELLED" });
    expect(existsSync(file)).toBe(false);
    mirror.files["/a.zip"] = { body };
    await download({ ...options, sha256: hash });
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(mirror.log).toEqual(["GET /a.zip", "GET /a.zip bytes=100000-"]);
  });

  test("not when the file has changed meanwhile", async () => {
    const { mirror, file, options } = await oneFile({ dropAlways: 100_000, headers: { etag: '"old"' } });
    await expect(download(options)).rejects.toMatchObject({ code: "E_LOAD" });
    const other = Buffer.alloc(200_000, "other ");
    mirror.files["/a.zip"] = { body: other, headers: { etag: '"new"' } };
    await download(options);
    expect(readFileSync(file).equals(other)).toBe(true);
  });

  test("not when the server gave no lasting name for the bytes", async () => {
    const { mirror, options } = await oneFile({ dropAlways: 100_000, headers: { etag: 'W/"weak"' } });
    await expect(download(options)).rejects.toMatchObject({ code: "E_LOAD" });
    mirror.files["/a.zip"] = { body };
    await download(options);
    expect(mirror.log.filter((line) => line.includes("bytes="))).toEqual([]);
  });

  test("from a server without ranges starts again", async () => {
    const { mirror, file, options } = await oneFile({ dropAfter: 100_000, noRanges: true });
    await download(options);
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(mirror.log).toHaveLength(2);
  });

  test("a partial file that is longer than the whole starts again", async () => {
    const { file, options } = await oneFile();
    writeFileSync(`${file}.part`, Buffer.alloc(400_000));
    writeFileSync(`${file}.part.json`, JSON.stringify({ url: options.url, validator: `"${body.length}"` }));
    await download(options);
    expect(readFileSync(file).equals(body)).toBe(true);
  });

  test("ends when each try brings nothing new", async () => {
    const { mirror, options } = await oneFile({ dropAlways: 100_000 });
    await expect(download(options)).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringContaining("help: the same command goes on"),
    });
    expect(mirror.log.length).toBeLessThanOrEqual(5);
  });
});

describe("SHA-256", () => {
  test("given", async () => {
    const { options } = await oneFile();
    expect(await download({ ...options, sha256: hash.toUpperCase() })).toEqual({ checked: true });
  });

  test.each([
    ["as hex", { "x-amz-meta-checksum-sha256": hash }],
    ["as base64", { "x-amz-checksum-sha256": Buffer.from(hash, "hex").toString("base64") }],
  ])("sent by the server %s", async (_, headers) => {
    const { options } = await oneFile({ headers });
    expect(await download(options)).toEqual({ checked: true });
  });

  test("unknown", async () => {
    const { options } = await oneFile({ headers: { "x-amz-checksum-sha256": "of-parts-3" } });
    expect(await download(options)).toEqual({ checked: false });
  });

  test("wrong: an error, and nothing is kept", async () => {
    const { file, options } = await oneFile();
    const wrong = "0".repeat(64);
    await expect(download({ ...options, sha256: wrong })).rejects.toMatchObject({
      code: "E_DATA",
      message: expect.stringContaining(`expected SHA-256 ${wrong}`),
    });
    for (const path of [file, `${file}.part`, `${file}.part.json`]) expect(existsSync(path)).toBe(false);
  });
});

describe("no file to be had", () => {
  test("404", async () => {
    const { mirror, options } = await oneFile();
    await expect(download({ ...options, url: `${mirror.url}/b.zip` })).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringContaining("404"),
    });
  });

  test("no such host, at once", async () => {
    const { options } = await oneFile();
    const work = download({ ...options, url: "http://no-such-host.invalid/a.zip" });
    await expect(work).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringContaining("expected an answer from no-such-host.invalid"),
    });
  });

  test("nobody listens", async () => {
    const { options } = await oneFile();
    await expect(download({ ...options, url: "http://127.0.0.1:9/a.zip" })).rejects.toMatchObject({ code: "E_LOAD" });
  });

  test("redirects without end", async () => {
    const { options } = await oneFile();
    const loop = createHttpServer((_, response) => response.writeHead(302, { location: "/again" }).end());
    await new Promise<void>((resolve) => loop.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void loop.close());
    const { port } = loop.address() as { port: number };
    await expect(download({ ...options, url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      message: expect.stringContaining("five redirects"),
    });
  });
});

describe("the environment's proxy", () => {
  test.each([
    ["https://a.org/", { https_proxy: "http://p:1" }, "http://p:1/"],
    ["https://a.org/", { HTTPS_PROXY: "p:1" }, "http://p:1/"],
    ["https://a.org/", { http_proxy: "http://p:1" }, undefined],
    ["http://a.org/", { http_proxy: "http://p:1" }, "http://p:1/"],
    ["http://a.org/", { all_proxy: "http://p:1" }, "http://p:1/"],
    ["https://a.org/", { https_proxy: "http://p:1", no_proxy: "a.org" }, undefined],
    ["https://b.a.org/", { https_proxy: "http://p:1", NO_PROXY: "x, .a.org" }, undefined],
    ["https://ba.org/", { https_proxy: "http://p:1", no_proxy: "a.org" }, "http://p:1/"],
    ["https://a.org:8443/", { https_proxy: "http://p:1", no_proxy: "a.org:443" }, "http://p:1/"],
    ["https://a.org/", { https_proxy: "http://p:1", no_proxy: "*" }, undefined],
    ["https://a.org/", {}, undefined],
  ])("for %s with %o", (url, env, expected) => expect(proxyFor(new URL(url), env)?.href).toBe(expected));

  test("is asked for the whole URL, with its password", async () => {
    const { mirror, file, options } = await oneFile();
    const proxy = mirror.url.replace("http://", "http://user:secret@");
    await download({ ...options, url: "http://elsewhere.invalid/a.zip", env: { http_proxy: proxy } });
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(mirror.log).toEqual(["GET http://elsewhere.invalid/a.zip"]);
  });

  test("is asked for a tunnel for https", async () => {
    const heard: string[] = [];
    const proxy: Server = createServer((socket) => {
      socket.once("data", (data) => {
        heard.push(data.toString("latin1"));
        socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as { port: number };
    const { options } = await oneFile();
    const env = { https_proxy: `http://user:p%40ss@127.0.0.1:${port}` };
    const work = download({ ...options, url: "https://elsewhere.invalid/a.zip", env });
    await expect(work).rejects.toMatchObject({ code: "E_LOAD", message: expect.stringContaining("answered 403") });
    expect(heard[0]).toMatch(/^CONNECT elsewhere\.invalid:443 HTTP\/1\.1\r\n/);
    expect(heard[0]?.toLowerCase()).toContain(`basic ${Buffer.from("user:p@ss").toString("base64")}`.toLowerCase());
  });
});
