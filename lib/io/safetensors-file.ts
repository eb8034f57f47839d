import fs from "node:fs";
import { TorchError } from "../errors.js";
import { atomicWrite } from "./atomic-write.js";
import {
  encodeSafetensorsHeader,
  parseSafetensorsHeader,
  type SafetensorsHeader,
  type SafetensorsSource,
  safetensorsHeaderLength,
  sourceBytes,
} from "./safetensors.js";
import { describeSystemError } from "./system-error.js";

/** One system call takes at most 2 GiB; this is also what a checksum sees at a time. */
const READ_BYTES = 1 << 30;

/**
 * An open safetensors file whose tensors are read one at a time, so that a file larger than memory can be walked through.
 *
 * @example
 * const file = new SafetensorsFile("model.safetensors");
 * try {
 *   for (const name of file.header.tensors.keys()) console.log(name, file.read(name).byteLength);
 * } finally {
 *   file.close();
 * }
 *
 * @throws TorchError `E_DATA` when the file cannot be opened, is truncated, damaged or of another format.
 */
export class SafetensorsFile {
  readonly path: string;
  readonly header: SafetensorsHeader;
  /** The header as it stands in the file, its length included. */
  readonly headerBytes: Uint8Array;
  readonly #fd: number;
  #open = true;

  constructor(path: string) {
    this.path = path;
    try {
      this.#fd = fs.openSync(path, "r");
    } catch (error) {
      throw describeSystemError(error, "E_DATA", "safetensors", `read ${path}`);
    }
    try {
      const size = fs.fstatSync(this.#fd).size;
      const length = safetensorsHeaderLength(this.#bytes(0, Math.min(8, size)), size);
      this.headerBytes = this.#bytes(0, 8 + length);
      this.header = parseSafetensorsHeader(this.headerBytes.subarray(8), size - 8 - length);
    } catch (error) {
      this.close();
      throw describeSystemError(error, "E_DATA", "safetensors", `read ${path}`);
    }
  }

  /** The bytes of one tensor, in memory of their own (so that any typed array may be laid over them). */
  read(name: string): Uint8Array {
    const view = this.header.tensors.get(name);
    if (view === undefined)
      throw new TorchError("E_ARG", `[safetensors] expected the name of a tensor in ${this.path}, got "${name}"`);
    return this.#bytes(this.header.dataStart + view.begin, view.end - view.begin);
  }

  close(): void {
    if (this.#open) fs.closeSync(this.#fd);
    this.#open = false;
  }

  #bytes(start: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const count = fs.readSync(this.#fd, bytes, done, Math.min(READ_BYTES, length - done), start + done);
      if (count === 0)
        throw new TorchError(
          "E_DATA",
          `[safetensors] expected ${length} bytes at ${start} of ${this.path}, got ${done}`,
        );
      done += count;
    }
    return bytes;
  }
}

/**
 * Writes a safetensors file atomically, one tensor in memory at a time.
 *
 * @throws TorchError `E_DATA` when it cannot be written; an earlier file of that name is then as it was.
 */
export function writeSafetensorsFile(
  path: string,
  tensors: Iterable<readonly [string, SafetensorsSource]>,
  metadata: Iterable<readonly [string, string]> = [],
): void {
  const { bytes, order } = encodeSafetensorsHeader(tensors, metadata);
  atomicWrite(path, (sink) => {
    sink.write(bytes);
    for (const [name, source] of order) sink.write(sourceBytes(name, source));
  });
}
