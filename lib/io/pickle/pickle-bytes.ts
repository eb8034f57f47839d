import { corrupt } from "./values.js";

/** Longer integers take time that grows with their length squared; a random generator's have 2,500 bytes. */
const LONG_LIMIT = 1 << 16;

/** A pickle from its first byte to its last: each method reads the next number or text of it. */
export class PickleBytes {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Uint8Array) {
    this.#data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }

  get first(): number | undefined {
    return this.#data[0];
  }

  /** Passes over `n` bytes, and gives where they begin. */
  take(n: number): number {
    const from = this.#at;
    if (!(n >= 0) || from + n > this.#data.length) corrupt("a pickle that ends early");
    this.#at = from + n;
    return from;
  }
  byte(): number {
    return this.#data[this.take(1)]!;
  }
  uint16(): number {
    return this.#data.readUInt16LE(this.take(2));
  }
  int32(): number {
    return this.#data.readInt32LE(this.take(4));
  }
  double(): number {
    return this.#data.readDoubleBE(this.take(8));
  }
  uint32(): number {
    return this.#data.readUInt32LE(this.take(4));
  }
  uint64(): number {
    const value = this.#data.readBigUInt64LE(this.take(8));
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : corrupt("a length beyond the file");
  }
  text(n: number, coding: "utf8" | "latin1" = "utf8"): string {
    const from = this.take(n);
    return this.#data.toString(coding, from, from + n);
  }
  bytes(n: number): Uint8Array {
    const from = this.take(n);
    return Uint8Array.from(this.#data.subarray(from, from + n));
  }
  line(): string {
    const end = this.#data.indexOf(10, this.#at);
    if (end < 0) corrupt("a pickle that ends early");
    const text = this.text(end - this.#at);
    this.#at++;
    return text;
  }
  /** Two's complement. */
  long(n: number): number | bigint {
    if (n > LONG_LIMIT) corrupt(`an integer of ${n} bytes`);
    const from = this.take(n);
    let value = 0n;
    for (let i = n - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#data[from + i]!);
    if (n > 0 && this.#data[from + n - 1]! >= 0x80) value -= 1n << BigInt(8 * n);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
}
