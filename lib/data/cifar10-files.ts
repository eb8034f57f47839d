import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { createGunzip } from "node:zlib";
import { TorchError } from "../errors.js";
import { describeSystemError } from "../io/system-error.js";
import { tarEntries } from "./tar.js";

/** The archive's name, and that of the directory inside it. */
export const ARCHIVE = "cifar-10-binary.tar.gz";
const DIRECTORY = "cifar-10-batches-bin";

const TRAIN = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`);
const TEST = ["test_batch.bin"];

/** A label byte, then the red, green and blue planes of 32x32 bytes. */
const IMAGE = 3 * 32 * 32;
const RECORD = 1 + IMAGE;

/** Images one after the other, and their labels. */
export interface Records {
  images: Uint8Array;
  labels: Int32Array;
}

/** Where a data set can be read from. */
export type Source = { kind: "directory" | "archive"; path: string };

/**
 * CIFAR-10 under `root`: the archive itself, a directory with its .bin files, or a directory that holds
 * `cifar-10-batches-bin/` or `cifar-10-binary.tar.gz`. Undefined when none of these is there.
 */
export async function findCifar10(root: string): Promise<Source | undefined> {
  if (await isFile(root)) return { kind: "archive", path: root };
  for (const path of [root, join(root, DIRECTORY)]) {
    for (const name of [...TRAIN, ...TEST]) {
      if (await isFile(join(path, name))) return { kind: "directory", path };
    }
  }
  const archive = join(root, ARCHIVE);
  return (await isFile(archive)) ? { kind: "archive", path: archive } : undefined;
}

/**
 * Reads and checks all six files.
 *
 * @throws TorchError `E_DATA` when one is missing, unreadable, truncated or not what it should be
 */
export async function readCifar10(source: Source): Promise<{ train: Records; test: Records }> {
  const files = source.kind === "archive" ? await readArchive(source.path) : await readDirectory(source.path);
  const missing = [...TRAIN, ...TEST].filter((name) => !files.has(name));
  if (missing.length > 0) throw broken(source.path, `${missing.join(", ")} missing`);
  const size = files.get(TRAIN[0]!)!.length;
  for (const [name, bytes] of files) {
    if (bytes.length === 0 || bytes.length % RECORD !== 0) {
      throw broken(join(source.path, name), `${bytes.length} bytes, not a whole number of records of ${RECORD} bytes`);
    }
    // All six are equally long, so a file cut off between two records shows too.
    if (bytes.length !== size) throw broken(join(source.path, name), `${bytes.length} bytes, and ${TRAIN[0]} ${size}`);
  }
  const records = (names: readonly string[]) =>
    decode(names.map((name) => ({ path: join(source.path, name), bytes: files.get(name)! })));
  return { train: records(TRAIN), test: records(TEST) };
}

async function readDirectory(directory: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of [...TRAIN, ...TEST]) {
    const path = join(directory, name);
    if (!(await isFile(path))) continue;
    try {
      files.set(name, await readFile(path));
    } catch (error) {
      throw describeSystemError(error, "E_DATA", "Cifar10", `read ${path}`);
    }
  }
  return files;
}

async function readArchive(path: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const names = new Set([...TRAIN, ...TEST]);
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const unzipped = createGunzip({ chunkSize: 1 << 20 });
  file.on("error", (error) => unzipped.destroy(error)); // pipe() does not hand errors on
  try {
    for await (const entry of tarEntries(file.pipe(unzipped), (name) => names.has(basename(name)))) {
      files.set(basename(entry.name), entry.bytes);
    }
  } catch (error) {
    const described = describeSystemError(error, "E_DATA", "Cifar10", `read ${path}`);
    if (described !== error) throw described;
    throw broken(path, error instanceof Error ? error.message.split("\n")[0]! : String(error), error);
  } finally {
    file.destroy();
    unzipped.destroy();
  }
  return files;
}

function decode(files: readonly { path: string; bytes: Uint8Array }[]): Records {
  const total = files.reduce((sum, { bytes }) => sum + bytes.length / RECORD, 0);
  const images = new Uint8Array(total * IMAGE);
  const labels = new Int32Array(total);
  let at = 0;
  for (const { path, bytes } of files) {
    for (let from = 0; from < bytes.length; from += RECORD, at++) {
      const label = bytes[from]!;
      if (label > 9) throw broken(path, `label ${label} in record ${from / RECORD}`);
      labels[at] = label;
      images.set(bytes.subarray(from + 1, from + RECORD), at * IMAGE);
    }
  }
  return { images, labels };
}

function broken(path: string, why: string, cause?: unknown): TorchError {
  return new TorchError(
    "E_DATA",
    `[Cifar10] expected CIFAR-10's binary version, got ${path}: ${why}`,
    "the file is truncated, damaged or another version: delete it and fetch it again, with { download: true } for instance",
    { cause },
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
