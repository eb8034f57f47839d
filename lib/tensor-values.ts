import { Complex } from "./complex.js";
import { capturingOn, refuseWhileCapturing } from "./cuda/capturing.js";
import {
  allocated,
  checkRoom,
  elementsOf,
  type NestedArray,
  nested,
  readElements,
  type TypedArray,
} from "./data-access.js";
import { badArgument } from "./errors.js";
import { native } from "./native.js";
import { describeValue } from "./ops/describe-value.js";
import type { Tensor } from "./tensor.js";
import { TensorFacts } from "./tensor-facts.js";
import { readBigInt, Tag, words } from "./wire.js";

/** A tensor's numbers, brought to JavaScript. */
export class TensorValues extends TensorFacts {
  /** The value of a tensor with one element; int64 beyond 2^53 comes as bigint. Waits for the device. */
  item(): number | bigint | boolean | Complex {
    if (capturingOn() !== undefined) refuseWhileCapturing("item", this.device, "it brings a number to the host");
    native.item(this.handle);
    switch (words[0]) {
      case Tag.Bool:
        return words[1] !== 0;
      case Tag.BigInt:
        return readBigInt(1);
      case Tag.Complex:
        return new Complex(words[1]!, words[2]!);
      default:
        return words[1]!;
    }
  }
  /**
   * {@link item} as a plain number.
   *
   * @throws TorchError `E_ARG` for a complex tensor
   */
  itemNumber(): number {
    const value = this.item();
    if (value instanceof Complex)
      badArgument(
        `[itemNumber] expected a real number, got ${value}`,
        "x.item() gives a Complex; x.abs() and x.real are real",
      );
    return Number(value);
  }
  /**
   * A tensor with one element is its number in arithmetic, comparisons and `Number(x)`, as in Python's `float(x)`; otherwise it is its text.
   *
   * @throws TorchError `E_ARG` where a number is wanted of several elements, or of a complex one
   */
  [Symbol.toPrimitive](hint: string): number | string {
    if (hint === "string" || (hint === "default" && this.isDisposed)) return this.toString();
    const isOne = this.numel() === 1 && !this.dtype.startsWith("complex");
    if (hint === "default" && !isOne) return this.toString();
    if (!isOne) {
      badArgument(
        `[Number] expected a real tensor with one element, got ${describeValue(this)}`,
        "x.toArray() and x.dataSync() give all of them",
      );
    }
    return this.itemNumber();
  }
  /**
   * The elements in row-major order, as a typed array of the matching kind; bfloat16 and float16 as float32. Waits for the device.
   *
   * The type argument says which kind that is where it is known; nothing is converted.
   *
   * @throws TorchError `E_ARG` for more bytes than a typed array takes (4 GiB in Node 20)
   *
   * @example
   * const values = torch.ones([2, 3]).dataSync<Float32Array>();
   */
  dataSync<T extends TypedArray = TypedArray>(): T {
    if (capturingOn() !== undefined) refuseWhileCapturing("data", this.device, "it brings values to the host");
    return readElements(this as unknown as Tensor, this.handle) as T;
  }
  /** {@link dataSync} after a turn of the event loop. */
  async data<T extends TypedArray = TypedArray>(): Promise<T> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.dataSync<T>();
  }
  /** The raw bytes in row-major order, whatever the dtype. */
  bytes(): Uint8Array {
    if (capturingOn() !== undefined) refuseWhileCapturing("bytes", this.device, "it brings values to the host");
    const { nbytes } = this;
    const out = allocated("bytes", nbytes, () => new Uint8Array(nbytes));
    native.readData(this.handle, out);
    return out;
  }
  /**
   * Nested arrays: numbers, booleans for bool, bigints for int64 beyond 2^53. A single element comes bare.
   *
   * The type argument says what comes where that is known; nothing is converted.
   *
   * @example
   * const rows = torch.ones([2, 3]).toArray<number[][]>();
   */
  toArray<T = NestedArray<number | bigint | boolean | Complex>>(): T {
    return nested(elementsOf(this as unknown as Tensor), this.shape) as T;
  }
  /** PyTorch's name of {@link toArray}. */
  tolist<T = NestedArray<number | bigint | boolean | Complex>>(): T {
    return this.toArray<T>();
  }
  /**
   * What `JSON.stringify` writes: {@link toArray}, with integers beyond 2^53 as text and complex numbers as `{ re, im }`. JSON
   * has no word for NaN and infinities: they are null there. A replacer finds the tensor itself as `this[key]`. For
   * numbers in logs; files of tensors are `torch.save()`'s.
   *
   * @example
   * JSON.stringify({ loss: torch.tensor(0.5), counts: torch.tensor([1n, 2n]) }); // {"loss":0.5,"counts":[1,2]}
   */
  toJSON(): NestedArray<number | string | boolean | Complex> {
    const items = elementsOf(this as unknown as Tensor);
    return nested(
      items.map((item) => (typeof item === "bigint" ? String(item) : item)),
      this.shape,
    );
  }
  /**
   * Copies elements (row-major) into a typed array of the matching kind, as {@link bytes} into a Uint8Array.
   *
   * @throws TorchError `E_ARG` for an array of another kind or length
   */
  copyTo(into: ArrayBufferView): void {
    if (capturingOn() !== undefined) refuseWhileCapturing("copyTo", this.device, "it brings values to the host");
    checkRoom(this as unknown as Tensor, into);
    native.readData(this.handle, into);
  }
}
