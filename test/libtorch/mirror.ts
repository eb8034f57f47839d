import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type Served = {
  body: Buffer;
  headers?: Record<string, string>;
  /** Cut the connection after this many bytes, the first time only. */
  dropAfter?: number;
  /** Cut it there every time. */
  dropAlways?: number;
  /** Wait with the cut until this is true: until the client has put those bytes away. */
  cutWhen?: () => boolean;
  /** Send only this much and then nothing more. */
  stallAfter?: number;
  /** No `Range`: every answer is the whole file. */
  noRanges?: boolean;
};

export type Mirror = {
  url: string;
  /** `"GET /a.zip bytes=5-"` per request. */
  log: string[];
  files: Record<string, Served>;
};

/** A file server on 127.0.0.1 with ranges, validators and the faults that a test asks for. It ends with the test. */
export async function startMirror(files: Record<string, Served>): Promise<Mirror> {
  const mirror: Mirror = { url: "", log: [], files };
  const server = createServer((request, response) => serve(mirror, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mirror.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return mirror;
}

function serve(mirror: Mirror, request: IncomingMessage, response: ServerResponse): void {
  const { range } = request.headers;
  mirror.log.push(`${request.method} ${request.url}${range ? ` ${range}` : ""}`);
  // As a proxy it is asked for whole URLs.
  const path = decodeURIComponent(new URL(request.url ?? "/", mirror.url).pathname);
  const file = mirror.files[path];
  if (file === undefined) return void response.writeHead(404).end();
  const etag = file.headers?.etag ?? `"${file.body.length}"`;
  const same = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
  const start = range !== undefined && same && !file.noRanges ? Number(/^bytes=(\d+)-/.exec(range)?.[1]) : 0;
  if (start > file.body.length) return void response.writeHead(416).end();

  const rest = file.body.subarray(start);
  const partial = start > 0 ? { "content-range": `bytes ${start}-${file.body.length - 1}/${file.body.length}` } : {};
  response.writeHead(start > 0 ? 206 : 200, { etag, "content-length": rest.length, ...partial, ...file.headers });
  const cut = file.dropAfter ?? file.dropAlways;
  if (cut !== undefined && (cut >= start || file.dropAlways !== undefined)) {
    file.dropAfter = undefined;
    response.flushHeaders();
    response.write(file.body.subarray(start, Math.max(start, cut)));
    const timer = setInterval(() => {
      if (file.cutWhen !== undefined && !file.cutWhen()) return;
      clearInterval(timer);
      response.destroy();
    }, 5);
    response.once("close", () => clearInterval(timer));
  } else if (file.stallAfter !== undefined && file.stallAfter > start) {
    response.write(file.body.subarray(start, file.stallAfter));
  } else {
    response.end(rest);
  }
}
