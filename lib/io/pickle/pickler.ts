import type { Complex } from "../../complex.js";
import type { DType } from "../../dtype.js";
import { hasTypedStorage, itemBytes, storageOfDType } from "./values.js";

/** A tensor in terms of the archive that it goes into. */
export interface PickledTensor {
  readonly key: string;
  /** Of the whole storage. */
  readonly bytes: number;
  readonly dtype: DType;
  readonly offset: number;
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly requiresGrad: boolean;
  readonly bits?: ReadonlyMap<string, boolean>;
}

const INT64 = 1n << 63n;

/** Writes a pickle of protocol 2, instruction by instruction. */
export class Pickler {
  readonly #parts: Uint8Array[] = [];

  constructor() {
    this.#put(0x80, 2);
  }

  #put(...bytes: number[]): void {
    this.#parts.push(Uint8Array.from(bytes));
  }
  #global(module: string, name: string): void {
    this.#parts.push(Buffer.from(`c${module}\n${name}\n`));
  }

  null(): void {
    this.#put(0x4e);
  }
  boolean(value: boolean): void {
    this.#put(value ? 0x88 : 0x89);
  }
  /** Whole numbers become Python's ints, -0 and the rest floats. */
  number(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.bigint(BigInt(value));
    else this.#float(value);
  }
  #float(value: number): void {
    const out = Buffer.alloc(9);
    out[0] = 0x47;
    out.writeDoubleBE(value, 1);
    this.#parts.push(out);
  }
  bigint(value: bigint): void {
    if (value >= -0x80000000n && value < 0x80000000n) {
      const out = Buffer.alloc(5);
      out[0] = 0x4a;
      out.writeInt32LE(Number(value), 1);
      this.#parts.push(out);
      return;
    }
    // LibTorch's unpickler takes long integers of 8 bytes only; Python takes any.
    let bytes = 8;
    while (value < -(INT64 << BigInt(8 * (bytes - 8))) || value >= INT64 << BigInt(8 * (bytes - 8))) bytes++;
    const out = Buffer.alloc(2 + bytes);
    out[0] = 0x8a;
    out[1] = bytes;
    let rest = BigInt.asUintN(8 * bytes, value);
    for (let i = 0; i < bytes; i++) {
      out[2 + i] = Number(rest & 0xffn);
      rest >>= 8n;
    }
    this.#parts.push(out);
  }
  text(value: string): void {
    const bytes = Buffer.from(value);
    const head = Buffer.alloc(5);
    head[0] = 0x58;
    head.writeUInt32LE(bytes.length, 1);
    this.#parts.push(head, bytes);
  }
  complex({ re, im }: Complex): void {
    this.#global("__builtin__", "complex");
    this.#float(re);
    this.#float(im);
    this.#put(0x86, 0x52);
  }
  bytes(value: Uint8Array): void {
    this.#global("_codecs", "encode");
    this.text(Buffer.from(value).toString("latin1"));
    this.text("latin1");
    this.#put(0x86, 0x52);
  }
  list(items: readonly unknown[], item: (value: unknown, index: number) => void): void {
    this.#put(0x5d, 0x28);
    items.forEach(item);
    this.#put(0x65);
  }
  set(items: readonly unknown[], item: (value: unknown, index: number) => void): void {
    this.#global("__builtin__", "set");
    this.list(items, item);
    this.#put(0x85, 0x52);
  }
  /** `entries` writes keys and values by turns. */
  dict(entries: () => void): void {
    this.#put(0x7d, 0x28);
    entries();
    this.#put(0x75);
  }

  /**
   * @param forLibTorch as LibTorch's unpickler knows it: it has typed storages for types that Python has none for
   */
  tensor(t: PickledTensor, forLibTorch: boolean): void {
    const isTyped = forLibTorch || hasTypedStorage(t.dtype);
    this.#global("torch._utils", isTyped ? "_rebuild_tensor_v2" : "_rebuild_tensor_v3");
    this.#put(0x28, 0x28);
    this.text("storage");
    if (isTyped) this.#global("torch", storageOfDType(t.dtype)!);
    else this.#global("torch.storage", "UntypedStorage");
    this.text(t.key);
    this.text("cpu");
    this.number(isTyped ? Math.floor(t.bytes / itemBytes(t.dtype)) : t.bytes);
    this.#put(0x74, 0x51);
    this.number(t.offset);
    for (const counts of [t.size, t.stride]) {
      this.#put(0x28);
      for (const n of counts) this.number(n);
      this.#put(0x74);
    }
    this.boolean(t.requiresGrad);
    this.#global("collections", "OrderedDict");
    this.#put(0x29, 0x52);
    if (!isTyped) this.#global("torch", t.dtype);
    if (t.bits !== undefined && t.bits.size > 0) {
      const { bits } = t;
      this.dict(() => {
        for (const [key, value] of bits) {
          this.text(key);
          this.boolean(value);
        }
      });
    }
    this.#put(0x74, 0x52);
  }

  /** The pickle, ended. */
  finish(): Uint8Array {
    this.#put(0x2e);
    return Buffer.concat(this.#parts);
  }
}
