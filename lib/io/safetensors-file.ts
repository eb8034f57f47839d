import { TorchError } from "../errors.js";
import { atomicWrite } from "./atomic-write.js";
import { FileSource } from "./file-source.js";
import type { Pieces } from "./pieces.js";
import {
  encodeSafetensorsHeader,
  parseSafetensorsHeader,
  type SafetensorsHeader,
  type SafetensorsSource,
  type SafetensorsView,
  safetensorsHeaderLength,
  writeSource,
} from "./safetensors.js";

/**
 * An open safetensors file whose tensors are read one at a time, or in pieces, so that a file larger than memory can be walked through.
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
  readonly #file: FileSource;

  constructor(path: string) {
    this.path = path;
    this.#file = new FileSource(path, "safetensors");
    try {
      const { size } = this.#file;
      const length = safetensorsHeaderLength(this.#file.read(0, Math.min(8, size)), size);
      this.headerBytes = this.#file.read(0, 8 + length);
      this.header = parseSafetensorsHeader(this.headerBytes.subarray(8), size - 8 - length);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The bytes of one tensor, in memory of their own (so that any typed array may be laid over them). */
  read(name: string): Uint8Array {
    const { begin, end } = this.#viewOf(name);
    return this.#file.read(this.header.dataStart + begin, end - begin);
  }

  /** The same bytes piece by piece, for tensors larger than memory or than any typed array. */
  pieces(name: string): Pieces {
    const { begin, end } = this.#viewOf(name);
    return this.#file.pieces(this.header.dataStart + begin, end - begin);
  }

  close(): void {
    this.#file.close();
  }

  #viewOf(name: string): SafetensorsView {
    const view = this.header.tensors.get(name);
    if (view === undefined)
      throw new TorchError("E_ARG", `[safetensors] expected the name of a tensor in ${this.path}, got "${name}"`);
    return view;
  }
}

/**
 * Writes a safetensors file atomically, one piece of a tensor in memory at a time.
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
    for (const [name, source] of order) writeSource(name, source, (piece) => sink.write(piece));
  });
}
