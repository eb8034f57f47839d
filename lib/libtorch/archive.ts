import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import { PassThrough, Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { TorchError } from "../errors.js";
import { requireSpace } from "./download.js";
import { systemError } from "./system-error.js";

export type UnpackOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * What of an archive is LibTorch: libraries, headers, CMake files, version and licences, of the official archive
 * (`libtorch/...`), of PyTorch's wheel (`torch/...`) and of the nvidia wheels beside it. Python's own parts, tests and
 * static libraries stay behind: half of the files, and more than half of the nvidia wheels.
 */
const WANTED = [
  /^(libtorch|torch)\/(lib|include|share)\//,
  /^libtorch\/(build-version|build-hash)$/,
  /^torch\/version\.py$/,
  /^torch\.libs\//,
  /^nvidia\/.+\/(lib|include|bin)\//,
  /^[^/]+\.dist-info\/.*(licen[cs]e|notice)/i,
];
/** Files up to here are unpacked in one piece; larger ones flow in pieces of this size. */
const SMALL = 1 << 20;

const UNWANTED =
  /\.(a|py|pyi|pyc)$|\/lib(torch_python|shm|torchbind_test|jitbackend_test|backend_with_compiler)\.|\/libshm(_windows)?\//;

/** Whether a file of an archive is part of LibTorch. */
export function wanted(name: string): boolean {
  return (
    !name.endsWith("/") &&
    (name === "torch/version.py" || (!UNWANTED.test(name) && WANTED.some((pattern) => pattern.test(name))))
  );
}

/**
 * Unpacks LibTorch's part of a zip archive or wheel into `directory`, which is made.
 *
 * Every file is checked: in a wheel against the SHA-256 in its RECORD, elsewhere against the archive's CRC-32.
 *
 * @throws TorchError `E_DATA` when the archive is damaged or holds no LibTorch, `E_CANCELLED` when the signal fired.
 */
export async function unpack(archive: string, directory: string, options: UnpackOptions = {}): Promise<void> {
  const damaged = (why: string, cause?: unknown) =>
    new TorchError(
      "E_DATA",
      `[unpack] expected a whole archive, got ${archive}: ${why}`,
      "delete it and fetch it again",
      { cause },
    );
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(archive);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const files = entries.filter((entry) => wanted(entry.fileName));
    if (files.length === 0) throw damaged(`nothing of LibTorch is in ${basename(archive)}`);
    const total = files.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    mkdirSync(directory, { recursive: true });
    requireSpace(directory, total);

    const record = entries.find((entry) => entry.fileName.endsWith(".dist-info/RECORD"));
    const hashes = record && parseRecord((await buffer(await zip.openReadStreamPromise(record))).toString("utf8"));
    await extractAll(archive, files, directory, hashes, total, options);
  } catch (error) {
    if (options.signal?.aborted)
      throw new TorchError("E_CANCELLED", "[setup] interrupted", undefined, { cause: error });
    if (error instanceof TorchError) throw error;
    const refused = systemError(error, directory);
    if (refused) throw refused;
    throw damaged(error instanceof Error ? error.message : String(error), error);
  } finally {
    zip?.close();
  }
}

const openZip = (archive: string): Promise<ZipFile> => openPromise(archive, { lazyEntries: true, autoClose: false });

/** Whether an archive is there to its end. One that was cut short while it was copied has no directory, which lies there. */
export async function isWhole(archive: string): Promise<boolean> {
  try {
    (await openZip(archive)).close();
    return true;
  } catch {
    return false;
  }
}

async function extractAll(
  archive: string,
  files: readonly Entry[],
  directory: string,
  hashes: ReadonlyMap<string, string> | undefined,
  total: number,
  options: UnpackOptions,
): Promise<void> {
  let done = 0;
  const count = (bytes: number) => {
    done += bytes;
    options.onProgress?.(done, total);
  };
  const made = new Set<string>();
  // The one large library inflates on one thread; the thousands of headers pass it on the others.
  const queue = [...files].sort((a, b) => a.uncompressedSize - b.uncompressedSize);
  // Each opens the archive for itself: yauzl lets the streams of one take turns, and a stream that an interruption destroys
  // while it waits for its turn throws where nobody can catch it.
  const worker = async (zip: ZipFile) => {
    for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
      options.signal?.throwIfAborted();
      const path = join(directory, entry.fileName);
      const parent = dirname(path);
      if (!made.has(parent)) mkdirSync(parent, { recursive: true });
      made.add(parent);
      if (hashes !== undefined && !hashes.has(entry.fileName) && !entry.fileName.includes(".dist-info/")) {
        throw new Error(`${entry.fileName} is not in its RECORD`);
      }
      await extract(zip, entry, path, hashes?.get(entry.fileName), count, options.signal);
    }
  };
  const endings = await Promise.allSettled(
    Array.from({ length: 4 }, async () => {
      const zip = await openZip(archive);
      try {
        await worker(zip);
      } finally {
        queue.splice(0);
        zip.close();
      }
    }),
  );
  // All have ended, so that the directory can be removed, before the first failure is told.
  const failed = endings.find((ending) => ending.status === "rejected");
  if (failed) throw failed.reason;
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  path: string,
  expected: string | undefined,
  count: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  const isLink = ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
  if (isLink || entry.uncompressedSize < SMALL) {
    const packed = await buffer(raw);
    const bytes = entry.compressionMethod === 0 ? packed : zlib.inflateRawSync(packed, { maxOutputLength: SMALL });
    const right = expected === undefined ? zlib.crc32(bytes) === entry.crc32 : sha256Of(bytes) === expected;
    if (!right) throw mismatch(entry);
    if (isLink) link(entry, bytes.toString("utf8"), path);
    else writeFileSync(path, bytes);
    return count(bytes.length);
  }

  const hash = expected === undefined ? undefined : createHash("sha256");
  let crc = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      if (hash) hash.update(chunk);
      else crc = zlib.crc32(chunk, crc);
      count(chunk.length);
      next(null, chunk);
    },
  });
  const decode = entry.compressionMethod === 0 ? new PassThrough() : zlib.createInflateRaw({ chunkSize: SMALL });
  const file = await open(path, "w");
  try {
    await pipeline(raw, decode, check, file.createWriteStream(), { signal });
  } finally {
    await file.close();
  }
  const right = hash ? hash.digest("base64url") === expected : crc === entry.crc32;
  if (!right) throw mismatch(entry);
}

function link(entry: Entry, target: string, path: string): void {
  if (isAbsolute(target) || normalize(join(dirname(entry.fileName), target)).startsWith("..")) {
    throw new Error(`${entry.fileName} is a link out of the archive`);
  }
  symlinkSync(target, path);
}

function mismatch(entry: Entry): Error {
  return new Error(`${entry.fileName} does not match its checksum`);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

/** File name to SHA-256 (base64url without padding), of a wheel's RECORD: `name,sha256=...,size` per line. */
function parseRecord(text: string): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^(?:"((?:[^"]|"")*)"|([^,]*)),sha256=([^,]+),/.exec(line);
    if (match) hashes.set(match[1]?.replaceAll('""', '"') ?? match[2] ?? "", match[3] ?? "");
  }
  return hashes;
}
