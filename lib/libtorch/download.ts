import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { dirname } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { TorchError } from "../errors.js";
import type { Env } from "./cache.js";
import { request } from "./request.js";
import { diskFull } from "./system-error.js";

export type DownloadOptions = {
  readonly url: string;
  /** Where the finished file goes. Until then its bytes are in `<file>.part`, from where a later call goes on. */
  readonly file: string;
  /** Expected SHA-256 in hex; without it the one that the server sends, where it does. */
  readonly sha256?: string;
  readonly env?: Env;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number | undefined) => void;
};

/** What a partial file was made from; only the very same file may be continued. */
type Part = { readonly url: string; readonly validator: string };

/**
 * Downloads one file, resumed where an earlier call or a dropped connection left off, and checks its length and SHA-256.
 *
 * @returns whether its SHA-256 was known and checked.
 * @throws TorchError `E_LOAD` when the server cannot be reached or has no such file, `E_DATA` when the bytes are wrong,
 * `E_CANCELLED` when the signal fired (what has arrived is kept).
 */
export async function download(options: DownloadOptions): Promise<{ readonly checked: boolean }> {
  const part = `${options.file}.part`;
  let most = size(part);
  for (let fruitless = 0; ; ) {
    try {
      const expected = await fetchRest(options, part);
      await verify(options.url, part, expected);
      renameSync(part, options.file);
      rmSync(`${part}.json`, { force: true });
      return { checked: expected !== undefined };
    } catch (error) {
      // A dropped connection is worth another try as long as the tries bring something, or might.
      fruitless = size(part) > most ? 0 : fruitless + 1;
      most = Math.max(most, size(part));
      if (error instanceof TorchError || options.signal?.aborted || fruitless >= 3) throw explain(error, options, part);
      await sleep(200 * fruitless);
    }
  }
}

async function fetchRest(options: DownloadOptions, part: string): Promise<string | undefined> {
  const known = readPart(part);
  const start = known?.url === options.url ? size(part) : 0;
  const headers: Record<string, string> =
    start > 0 && known !== undefined ? { range: `bytes=${start}-`, "if-range": known.validator } : {};
  const response = await request(options.url, { headers, env: options.env, signal: options.signal });

  const resumed =
    response.statusCode === 206 && Number(/^bytes (\d+)-/.exec(response.headers["content-range"] ?? "")?.[1]) === start;
  if (!resumed && response.statusCode !== 200) {
    response.destroy();
    if (response.statusCode === 416 && start > 0) {
      rmSync(part, { force: true });
      return fetchRest(options, part);
    }
    throw new TorchError(
      "E_LOAD",
      `[download] expected ${options.url}, got the answer ${response.statusCode} ${response.statusMessage ?? ""}`.trim(),
    );
  }
  const validator = response.headers.etag ?? response.headers["last-modified"];
  // A weak validator ("W/...") promises the same meaning, not the same bytes.
  if (validator && !validator.startsWith("W/"))
    writeFileSync(`${part}.json`, JSON.stringify({ url: options.url, validator } satisfies Part));
  else rmSync(`${part}.json`, { force: true });

  const length = response.headers["content-length"];
  const total = length === undefined ? undefined : (resumed ? start : 0) + Number(length);
  if (total !== undefined) requireSpace(dirname(part), total - start);
  await save(response, part, resumed ? start : 0, total, options);
  return options.sha256 ?? sentHash(response);
}

async function save(
  response: IncomingMessage,
  part: string,
  start: number,
  total: number | undefined,
  options: DownloadOptions,
): Promise<void> {
  let done = start;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      options.onProgress?.(done, total);
      next(null, chunk);
    },
  });
  response.setTimeout(60_000, () => response.destroy(new Error("nothing came for 60 s")));
  const file = await open(part, start > 0 ? "a" : "w");
  try {
    await pipeline(response, count, file.createWriteStream(), { signal: options.signal });
  } finally {
    // Whatever is still on its way to the disk must have ended before anyone else touches the file.
    await file.close();
  }
  if (total !== undefined && done !== total) throw new Error(`the connection ended after ${done} of ${total} bytes`);
}

async function verify(url: string, part: string, expected: string | undefined): Promise<void> {
  if (expected === undefined) return;
  const actual = await sha256(part);
  if (actual === expected.toLowerCase()) return;
  rmSync(part, { force: true });
  rmSync(`${part}.json`, { force: true });
  throw new TorchError(
    "E_DATA",
    `[download] expected SHA-256 ${expected.toLowerCase()} of ${url}, got ${actual}`,
    "the file was damaged or replaced on its way; it has been deleted, so the next run fetches it anew",
  );
}

/** The SHA-256 of a file, in hex. */
async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

/**
 * @throws TorchError `E_LOAD` when the file system of `directory` has less than `bytes` left.
 */
export function requireSpace(directory: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize >= bytes) return;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new TorchError(
    "E_LOAD",
    `[setup] expected ${gigabytes(bytes)} of free space in ${directory}, got ${gigabytes(bavail * bsize)}`,
    "make room, or set XDG_CACHE_HOME to a directory on a larger disk",
  );
}

/** Object stores send the checksum that was given when the file was put there. */
function sentHash(response: IncomingMessage): string | undefined {
  const hex = response.headers["x-amz-meta-checksum-sha256"];
  if (typeof hex === "string" && /^[0-9a-f]{64}$/i.test(hex)) return hex;
  const base64 = response.headers["x-amz-checksum-sha256"];
  // A checksum of parts ("...-12") is not that of the whole.
  if (typeof base64 !== "string" || !/^[A-Za-z0-9+/]{43}=$/.test(base64)) return undefined;
  return Buffer.from(base64, "base64").toString("hex");
}

function explain(error: unknown, options: DownloadOptions, part: string): unknown {
  if (options.signal?.aborted) {
    return new TorchError("E_CANCELLED", "[setup] interrupted", "the same command goes on where it stopped", {
      cause: error,
    });
  }
  if (error instanceof TorchError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  const why = error instanceof Error ? error.message : String(error);
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(dirname(part), error);
  return new TorchError(
    "E_LOAD",
    `[download] expected all of ${options.url}, got ${size(part)} bytes: ${why}`,
    "the same command goes on where it stopped",
    { cause: error },
  );
}

function readPart(part: string): Part | undefined {
  try {
    return existsSync(part) ? (JSON.parse(readFileSync(`${part}.json`, "utf8")) as Part) : undefined;
  } catch {
    return undefined;
  }
}

function size(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
