import fs from "node:fs";
import { allocated } from "../data-access.js";
import { TorchError } from "../errors.js";
import { type Pieces, pieces } from "./pieces.js";
import { describeSystemError } from "./system-error.js";

/** One system call takes at most 2 GiB. */
const READ_BYTES = 1 << 30;

/**
 * A file open for reading at any place, in whole buffers: a short read goes on until it is done or the file ends.
 *
 * @example
 * const file = new FileSource("weights.bin", "load");
 * try {
 *   file.pieces(0, file.size)((piece) => hash.update(piece));
 * } finally {
 *   file.close();
 * }
 *
 * @throws TorchError `E_DATA` when the file cannot be opened or read, or ends early
 */
export class FileSource {
  readonly path: string;
  /** Bytes when it was opened. */
  readonly size: number;
  readonly #op: string;
  readonly #fd: number;
  #open = true;

  /** @param op stands in brackets before the message of errors */
  constructor(path: string, op: string) {
    this.path = path;
    this.#op = op;
    try {
      this.#fd = fs.openSync(path, "r");
    } catch (error) {
      throw this.#described(error);
    }
    try {
      this.size = fs.fstatSync(this.#fd).size;
    } catch (error) {
      this.close();
      throw this.#described(error);
    }
  }

  /** So many bytes, in memory of their own (so that any typed array may be laid over them). */
  read(start: number, length: number): Uint8Array {
    const bytes = allocated(this.#op, length, () => new Uint8Array(length));
    this.#fill(bytes, start);
    return bytes;
  }

  /** The same bytes piece by piece, however many they are. */
  pieces(start: number, length: number): Pieces {
    return (take) => {
      if (length <= pieces.bytes) return take(this.read(start, length));
      const room = new Uint8Array(pieces.bytes);
      for (let done = 0; done < length; done += room.byteLength) {
        const piece = room.subarray(0, Math.min(room.byteLength, length - done));
        this.#fill(piece, start + done);
        take(piece);
      }
    };
  }

  /** A second call does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    fs.closeSync(this.#fd);
  }

  #fill(into: Uint8Array, start: number): void {
    const length = into.byteLength;
    for (let done = 0; done < length; ) {
      const count = this.#readOnce(into, done, start);
      if (count === 0)
        throw new TorchError(
          "E_DATA",
          `[${this.#op}] expected ${length} bytes at ${start} of ${this.path}, got ${done}`,
        );
      done += count;
    }
  }

  #readOnce(into: Uint8Array, done: number, start: number): number {
    try {
      return fs.readSync(this.#fd, into, done, Math.min(READ_BYTES, into.byteLength - done), start + done);
    } catch (error) {
      throw this.#described(error);
    }
  }

  #described(error: unknown): unknown {
    return describeSystemError(error, "E_DATA", this.#op, `read ${this.path}`);
  }
}
