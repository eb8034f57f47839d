import { isAnyArrayBuffer } from "node:util/types";
import { Complex } from "./complex.js";
import { type TypedArray, typedArrayFor } from "./data-access.js";
import { getDefaultDtype } from "./defaults.js";
import type { Device } from "./device.js";
import { type DType, dtypeCode, dtypeSize } from "./dtype.js";
import { iinfo } from "./dtype-info.js";
import { badArgument } from "./errors.js";
import { setListToTensor } from "./indexing.js";
import { native } from "./native.js";
import { describeValue } from "./ops/describe-value.js";
import { factoryDevice } from "./ops/factory-device.js";
import { isOptions } from "./ops/match.js";
import { full as fullOperator } from "./ops.generated.js";
import { checkOptions, type Defaults, expectOptions } from "./options.js";
import type { Tensor } from "./tensor.js";
import { isTensor, wrap } from "./tensor-base.js";
import { words } from "./wire.js";

/** What creation functions take besides values and shape. */
export interface TensorOptions {
  /** Default: float32 for numbers, int64 for bigints, bool for booleans, complex64 for complex numbers, and a typed array's own kind. */
  dtype?: DType;
  /** Default `"cpu"`. */
  device?: Device;
  requiresGrad?: boolean;
}

/** Every option of creation functions. */
export const TENSOR_OPTIONS: Defaults<TensorOptions> = { dtype: null, device: null, requiresGrad: false };
const OPTIONS_AND_SHAPE = { ...TENSOR_OPTIONS, shape: null };

type Leaf = number | bigint | boolean | Complex;
/** Values for {@link tensor}: a number, nested arrays of one depth, a typed array (Buffer is one). */
export type TensorData = Leaf | TypedArray | Uint8ClampedArray | readonly TensorData[];

/**
 * A tensor with these values; the data is copied.
 *
 * Unlike in Python, plain numbers make the default dtype (float32) whether or not they are integral, because JavaScript
 * does not tell `1` from `1.0`; bigints make int64. Mixed kinds make the widest: booleans, bigints, numbers, complex numbers.
 * A Uint16Array with `dtype` float16 or bfloat16 is taken as their bits, a Float32Array with complex64 as pairs.
 *
 * With an integer `dtype`, fractions lose what is behind the point, and numbers and bigints must be in its range. The elements of a
 * typed array, and of a tensor, are converted as LibTorch's `x.to(dtype)` does it, which wraps around.
 *
 * @param data nested arrays, typed array
 * @param options.shape for typed arrays and flat lists: the shape they have (row-major)
 * @throws TorchError for ragged arrays, values that are none, and numbers (NaN too) that an integer `dtype` does not have
 *
 * @example
 * torch.tensor([[1, 2], [3, 4]]);
 * torch.tensor(new Float32Array(6), { shape: [2, 3] });
 * torch.tensor([1n, 2n]).dtype; // "int64"
 */
export function tensor(data: TensorData | Tensor, options: TensorOptions & { shape?: readonly number[] } = {}): Tensor {
  checkOptions("tensor", options, OPTIONS_AND_SHAPE);
  let out: Tensor;
  if (isTensor(data)) {
    out = data.detach().clone();
  } else if (data instanceof DataView) {
    badArgument(
      "[tensor] expected a typed array, got a DataView",
      "torch.frombuffer(view, { dtype }) says what its bytes are",
    );
  } else if (ArrayBuffer.isView(data)) {
    out = fromView(data as TypedArray, options.shape ?? [(data as TypedArray).length], options.dtype);
  } else {
    out = fromNested(data as TensorData, options);
  }
  return finish(out, options);
}

/** The data as a tensor: a tensor is given back as it is when `options` change nothing, anything else is {@link tensor}'s. */
export function asTensor(data: TensorData | Tensor, options: TensorOptions = {}): Tensor {
  checkOptions("asTensor", options, TENSOR_OPTIONS);
  if (!isTensor(data)) return tensor(data, options);
  const { dtype, device } = options;
  return dtype === undefined && device === undefined ? data : data.to({ dtype, device });
}

function finish(out: Tensor, { dtype, device, requiresGrad }: TensorOptions): Tensor {
  const where = device ?? (factoryDevice() === "cpu" ? undefined : factoryDevice());
  let made = out;
  if (dtype !== undefined || where !== undefined) {
    made = out.to({ dtype, device: where });
    if (!made.is(out)) out.dispose();
  }
  return requiresGrad === true ? made.requiresGrad_() : made;
}

function fromView(data: TypedArray, shape: readonly number[], dtype: DType | undefined): Tensor {
  const raw = data instanceof Uint16Array && (dtype === "bfloat16" || dtype === "float16");
  const complex =
    (data instanceof Float32Array && dtype === "complex64") || (data instanceof Float64Array && dtype === "complex128");
  const asIs = raw || complex || (data instanceof Uint8Array && dtype === "bool");
  const length = complex ? data.length / 2 : data.length;
  const extents = complex && shape.length === 1 && shape[0] === data.length ? [length] : shape;
  checkShape(extents, length);
  return wrap(native.fromData(data, asIs ? dtypeCode(dtype!) : -1, putShape(extents)));
}

function checkShape(shape: readonly number[], length: number): void {
  const expected = shape.reduce((a, b) => a * b, 1);
  if (expected !== length) {
    badArgument(`[tensor] expected ${expected} elements for shape [${shape.join(", ")}], got ${length}`);
  }
}

/** As many as LibTorch's kernels can walk through. */
const MOST_DIMENSIONS = 64;

function putShape(shape: readonly number[]): number {
  if (shape.length > MOST_DIMENSIONS)
    badArgument(`[tensor] expected at most ${MOST_DIMENSIONS} dimensions, got ${shape.length}`);
  for (let i = 0; i < shape.length; i++) words[i] = shape[i]!;
  return shape.length;
}

function fromNested(data: TensorData, options: TensorOptions & { shape?: readonly number[] }): Tensor {
  const shape: number[] = [];
  for (let level: TensorData = data; isList(level); level = level[0] as TensorData) {
    shape.push(level.length);
    if (shape.length > MOST_DIMENSIONS)
      badArgument(`[tensor] expected lists in lists at most ${MOST_DIMENSIONS} deep, got deeper ones`);
    if (level.length === 0) break;
  }
  const flat: Leaf[] = [];
  flatten(data, shape, 0, flat);
  if (options.dtype !== undefined) checkRange(flat, options.dtype);
  const dtype = dtypeFor(flat, options.dtype);
  const array = typedArrayFor(dtype, flat.length);
  fill(array, flat, dtype);
  const extents = options.shape ?? shape;
  checkShape(extents, flat.length);
  const asIs = dtype === "bool" || dtype.startsWith("complex");
  return wrap(native.fromData(array, asIs ? dtypeCode(dtype) : -1, putShape(extents)));
}

/** As in Python 255.5 is beyond uint8, though it would be cut to 255, and so is -0.5. */
function checkRange(flat: readonly Leaf[], dtype: DType): void {
  if (!/^u?int\d/.test(dtype)) return;
  const { bits, min, max } = iinfo(dtype);
  const [low, high] = [Number(min), bits === 64 ? largestUpTo(max as bigint) : (max as number)];
  for (const value of flat) {
    const fits =
      typeof value === "number"
        ? value >= low && value <= high
        : typeof value !== "bigint" || (value >= min && value <= max);
    if (!fits) {
      badArgument(
        `[tensor] expected numbers from ${min} to ${max} for ${dtype}, got ${describeValue(value)}`,
        "the elements of typed arrays and tensors wrap around instead: torch.tensor(new Float64Array(...)), x.to(dtype)",
      );
    }
  }
}

/** The largest double that is not above 2^63 - 1 or 2^64 - 1: doubles have 53 bits. */
const largestUpTo = (max: bigint): number => Number(max) - (max < 2n ** 63n ? 2 ** 10 : 2 ** 11);

const isList = (data: TensorData): data is readonly TensorData[] | TypedArray =>
  Array.isArray(data) || ArrayBuffer.isView(data);

/** The dtype that holds all the values; where another is wanted, one that they pass through unharmed. */
function dtypeFor(flat: readonly Leaf[], wanted: DType | undefined): DType {
  const kinds = new Set<string>();
  for (const value of flat) kinds.add(typeof value);
  if (kinds.has("object")) return wanted === "complex128" ? "complex128" : "complex64";
  if (kinds.has("number") || kinds.size === 0) {
    // Integers beyond 2^24 would not survive the way through float32.
    if (wanted !== undefined) return /^u?int|^complex|^float64/.test(wanted) ? "float64" : "float32";
    return getDefaultDtype() === "float64" ? "float64" : "float32";
  }
  return kinds.has("bigint") ? (wanted === "uint64" ? "uint64" : "int64") : "bool";
}

function fill(array: TypedArray, flat: readonly Leaf[], dtype: DType): void {
  if (dtype.startsWith("complex")) {
    flat.forEach((value, i) => {
      array[2 * i] = value instanceof Complex ? value.re : Number(value);
      array[2 * i + 1] = value instanceof Complex ? value.im : 0;
    });
  } else if (array instanceof BigInt64Array || array instanceof BigUint64Array) {
    flat.forEach((value, i) => {
      const wide = BigInt(value as bigint | boolean);
      array[i] = wide;
      if (array[i] !== wide) badArgument(`[tensor] expected integers of 64 bits, got ${wide}n`);
    });
  } else {
    for (let i = 0; i < flat.length; i++) array[i] = Number(flat[i]);
  }
}

function flatten(data: TensorData, shape: readonly number[], depth: number, out: Leaf[]): void {
  if (depth === shape.length) {
    if (
      typeof data !== "number" &&
      typeof data !== "bigint" &&
      typeof data !== "boolean" &&
      !(data instanceof Complex)
    ) {
      badArgument(
        `[tensor] expected numbers, bigints, booleans or complex numbers, got ${isList(data) ? "an array" : describeValue(data)}`,
      );
    }
    out.push(data);
    return;
  }
  if (!isList(data) || data.length !== shape[depth]) {
    badArgument(
      `[tensor] expected arrays of length ${shape[depth]} at depth ${depth}, got ${isList(data) ? `one of length ${data.length}` : describeValue(data)}`,
      "all arrays of one depth must have the same length",
    );
  }
  for (const item of data as readonly TensorData[]) flatten(item, shape, depth + 1, out);
}

/**
 * A tensor filled with one value. The default dtype (float32) for numbers, int64 for bigints, bool for booleans, unless
 * `dtype` says otherwise.
 *
 * @example
 * torch.full([2, 3], 0.5);
 */
export function full(
  shape: readonly number[],
  value: number | bigint | boolean | Complex,
  options: TensorOptions = {},
): Tensor {
  if (!isOptions(options)) checkOptions("full", options, TENSOR_OPTIONS); // names are the operator's to check
  const dtype = options.dtype ?? (typeof value === "number" ? getDefaultDtype() : undefined);
  return fullOperator(shape, value, dtype === undefined ? options : { ...options, dtype });
}

/**
 * Bytes as they lie in memory (row-major, little-endian), taken as `dtype`; they are copied.
 *
 * @param options.shape default: all there are, in one dimension
 *
 * @example
 * torch.frombuffer(fs.readFileSync("weights.bin"), { dtype: "bfloat16", shape: [256, 128] });
 */
export function frombuffer(
  bytes: ArrayBufferView | ArrayBufferLike,
  options: { dtype: DType; shape?: readonly number[] },
): Tensor {
  expectOptions("frombuffer", options, { dtype: null, shape: null });
  const { dtype, shape } = options;
  if (!ArrayBuffer.isView(bytes) && !isAnyArrayBuffer(bytes))
    badArgument(`[frombuffer] expected a typed array, DataView, Buffer or ArrayBuffer, got ${describeValue(bytes)}`);
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  const size = dtypeSize(dtype);
  if (view.byteLength % size !== 0) {
    badArgument(`[frombuffer] expected a multiple of ${size} bytes for ${dtype}, got ${view.byteLength}`);
  }
  const extents = shape ?? [view.byteLength / size];
  checkShape(extents, view.byteLength / size);
  return wrap(native.fromData(view, dtypeCode(dtype), putShape(extents)));
}

setListToTensor((list) => {
  if (list.length > 0 && typeof list[0] === "boolean") return tensor(list as boolean[]);
  for (const v of list) {
    if (!Number.isInteger(v))
      badArgument(`[index] expected lists of integers or of booleans, got ${describeValue(v)} in one`);
  }
  return tensor(BigInt64Array.from(list as number[], (v) => BigInt(v)));
});
