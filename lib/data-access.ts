import { constants } from "node:buffer";
import { Complex } from "./complex.js";
import type { DType } from "./dtype.js";
import { badArgument, TorchError } from "./errors.js";
import { type Handle, native } from "./native.js";
import { describeValue } from "./ops/describe-value.js";
import type { Tensor } from "./tensor.js";

/** Nested arrays of numbers, as `toArray()` gives them and `torch.tensor()` takes them. */
export type NestedArray<T> = T | NestedArray<T>[];

/** What `dataSync()` gives. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A typed array of the kind that holds this dtype's bytes: of so many elements, all zero, or over memory that is there. */
export function typedArrayFor(dtype: DType, elements: number | ArrayBuffer): TypedArray {
  const length = elements as number; // the constructors take either
  switch (dtype) {
    case "float32":
      return new Float32Array(length);
    case "float64":
      return new Float64Array(length);
    case "int8":
      return new Int8Array(length);
    case "int16":
      return new Int16Array(length);
    case "int32":
      return new Int32Array(length);
    case "int64":
      return new BigInt64Array(length);
    case "uint16":
    case "bfloat16":
    case "float16":
      return new Uint16Array(length);
    case "uint32":
      return new Uint32Array(length);
    case "uint64":
      return new BigUint64Array(length);
    case "complex64":
      return new Float32Array((typeof elements === "number" ? 2 * elements : elements) as number);
    case "complex128":
      return new Float64Array((typeof elements === "number" ? 2 * elements : elements) as number);
    default:
      return new Uint8Array(length);
  }
}

/**
 * What `make` allocates.
 *
 * @throws TorchError `E_ARG` where JavaScript has no memory of so many bytes: in Node 20 it ends at 4 GiB, tensors do not
 *
 * @example
 * const bytes = allocated("bytes", tensor.nbytes, () => new Uint8Array(tensor.nbytes));
 */
export function allocated<T>(op: string, bytes: number, make: () => T): T {
  try {
    if (bytes <= constants.MAX_LENGTH) return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new TorchError(
    "E_ARG",
    `[${op}] expected no more bytes than one typed array of JavaScript's takes, got ${bytes}`,
    "take it in parts, x.flatten().narrow(0, start, length), or keep it in tensors: torch.save() and torch.load() take any size",
  );
}

/** The elements as numbers where a typed array can hold them: bfloat16, float16 and float8 are widened to float32. */
export function readElements(tensor: Tensor, handle: Handle): TypedArray {
  const dtype = tensor.dtype;
  if (dtype === "bfloat16" || dtype === "float16" || dtype.startsWith("float8")) {
    const wide = allocated("data", 4 * tensor.numel(), () => tensor.detach().to("float32"));
    const out = wide.dataSync();
    wide.dispose();
    return out;
  }
  if (dtype.startsWith("q") || dtype === "complex32") {
    badArgument(`[data] expected a plain dtype, got ${dtype}`, "convert it with x.to(dtype) or x.dequantize()");
  }
  const bytes = tensor.numel() * tensor.elementSize();
  // Large ones are not cleared before they are overwritten.
  const large =
    bytes >= 2 ** 16 && (allocated("data", bytes, () => Buffer.allocUnsafeSlow(bytes)).buffer as ArrayBuffer);
  const out = typedArrayFor(dtype, large === false ? tensor.numel() : large);
  native.readData(handle, out);
  return out;
}

/** An E_ARG error for what `copyTo` cannot fill: bytes go anywhere, elements into an array of their kind only. */
export function checkRoom(tensor: Tensor, into: ArrayBufferView): void {
  const { dtype } = tensor;
  const wanted = dtype.startsWith("q") ? new Uint8Array() : typedArrayFor(dtype, 0);
  const kind = wanted.constructor.name;
  const elements = tensor.numel() * (dtype.startsWith("complex") ? 2 : 1);
  const given = ArrayBuffer.isView(into) ? into.constructor.name : undefined;
  const isBytes = into instanceof Uint8Array;
  const isKind =
    given === kind ||
    (given === "Uint8ClampedArray" && dtype === "uint8") ||
    (given === "Float16Array" && dtype === "float16"); // by name: Node 20 has none
  if ((isBytes || isKind) && into.byteLength === tensor.nbytes) return;
  const got = given === undefined ? describeValue(into) : `a ${given} of ${into.byteLength} bytes`;
  badArgument(
    `[copyTo] expected a ${kind} of ${elements} elements, or ${tensor.nbytes} bytes, for ${describeValue(tensor)}, got ${got}`,
  );
}

/** The elements as JavaScript values, in row-major order. */
export function elementsOf(tensor: Tensor): (number | bigint | boolean | Complex)[] {
  const data = tensor.dataSync();
  const dtype = tensor.dtype;
  if (dtype === "bool") return Array.from(data as Uint8Array, (v) => v !== 0);
  if (dtype.startsWith("complex")) {
    const parts = data as Float32Array;
    return Array.from({ length: parts.length / 2 }, (_, i) => new Complex(parts[2 * i]!, parts[2 * i + 1]!));
  }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return Array.from(data as BigInt64Array, (v) => (isSafe(v) ? Number(v) : v));
  }
  return Array.from(data as Float64Array);
}

const isSafe = (v: bigint): boolean => v <= 9007199254740991n && v >= -9007199254740991n;

/** A flat list folded into nested arrays of this shape; without recursion, as shapes may be longer than the stack is deep. */
export function nested<T>(flat: readonly T[], shape: readonly number[]): NestedArray<T> {
  if (shape.length === 0) return flat[0]!;
  const lists = [1]; // how many there are at each depth
  for (const size of shape.slice(0, -1)) lists.push(lists.at(-1)! * size);
  let items: readonly NestedArray<T>[] = flat;
  for (let depth = shape.length - 1; depth >= 0; depth--) {
    const [size, inner] = [shape[depth]!, items];
    items = Array.from({ length: lists[depth]! }, (_, i) => inner.slice(i * size, (i + 1) * size) as NestedArray<T>);
  }
  return items[0]!;
}
