import fs from "node:fs";
import path from "node:path";
import { TorchError } from "../errors.js";
import { makeDirectory } from "../io/atomic-write.js";
import { describeSystemError } from "../io/system-error.js";
import { settings } from "../options.js";
import { writeQuietly } from "./quiet-stream.js";

/** JSON has no NaN and no infinities; they become the texts that `Number()` and Python's `float()` read. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "bigint" ? Number(value) : value;
}

const reportOnStderr = (error: TorchError): void => writeQuietly(process.stderr, `${error.message}\n`);

/** Where the file ends, and whether its last line is whole: a killed process leaves half of one. */
function endOf(fd: number): { size: number; whole: boolean } {
  const { size } = fs.fstatSync(fd);
  const last = Buffer.alloc(1);
  if (size > 0) fs.readSync(fd, last, 0, 1, size - 1);
  return { size, whole: size === 0 || last[0] === 0x0a };
}

/**
 * A log of one JSON object per line, appended to a file; each line is in the file when `append` returns.
 *
 * A disk that fills up does not end a training run: the first record that cannot be written is reported once, no more are written,
 * the file keeps its whole lines, and {@link close} throws that error.
 *
 * @example
 * const records = new JsonLines("runs/log.jsonl");
 * records.append({ epoch: 0, loss: 1.234 });
 * records.close();
 *
 * @throws TorchError `E_DATA` when the file cannot be opened for writing.
 */
export class JsonLines {
  readonly path: string;
  readonly #report: (error: TorchError) => void;
  #fd: number | undefined;
  #size = 0;
  #failure: TorchError | undefined;

  /** @param options.onError told once, when a record could not be written; by default one line on stderr */
  constructor(file: string, options?: { onError?: (error: TorchError) => void }) {
    const { onError } = settings("JsonLines", { onError: reportOnStderr }, options);
    this.path = file;
    this.#report = onError;
    try {
      makeDirectory(path.dirname(path.resolve(file)));
      this.#fd = fs.openSync(file, "a+");
      const { size, whole } = endOf(this.#fd);
      this.#size = size;
      if (!whole) this.#write("\n");
    } catch (error) {
      if (this.#fd !== undefined) fs.closeSync(this.#fd);
      throw describeSystemError(error, "E_DATA", "JsonLines", `write ${file}`);
    }
  }

  /** What went wrong, once something has. */
  get failure(): TorchError | undefined {
    return this.#failure;
  }

  /** Appends one record as one line. Returns whether it is in the file. */
  append(record: Readonly<Record<string, unknown>>): boolean {
    if (this.#failure !== undefined || this.#fd === undefined) return false;
    try {
      this.#write(`${JSON.stringify(record, plain)}\n`);
      return true;
    } catch (error) {
      const described = describeSystemError(
        error,
        "E_DATA",
        "JsonLines",
        `write ${this.path}`,
        "no further records are written",
      );
      if (!(described instanceof TorchError)) throw described;
      this.#failure = described;
      this.#cutBack();
      this.#report(described);
      return false;
    }
  }

  /**
   * Closes the file; a second call does nothing.
   *
   * @throws the error of the record that could not be written, if there was one
   */
  close(): void {
    if (this.#fd === undefined) return;
    fs.closeSync(this.#fd);
    this.#fd = undefined;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #write(line: string): void {
    const bytes = Buffer.from(line);
    for (let done = 0; done < bytes.byteLength; ) done += fs.writeSync(this.#fd!, bytes, done);
    this.#size += bytes.byteLength;
  }

  /** Takes away the part of a line that did fit. Devices and pipes cannot be cut, and need not be. */
  #cutBack(): void {
    try {
      if (fs.fstatSync(this.#fd!).size > this.#size) fs.ftruncateSync(this.#fd!, this.#size);
    } catch {
      // The half line stays; the error that is about to be reported is the one that matters.
    }
  }
}
