import { type TypedArray, typedArrayFor } from "./data-access.js";
import type { Device } from "./device.js";
import { type DType, dtypeCode } from "./dtype.js";
import { badArgument } from "./errors.js";
import { setListToTensor } from "./indexing.js";
import { native } from "./native.js";
import { full as fullOperator } from "./ops.generated.js";
import type { Tensor } from "./tensor.js";
import { isTensor, wrap } from "./tensor-base.js";
import { words } from "./wire.js";

/** What creation functions take besides values and shape. */
export interface TensorOptions {
  /** Default: float32 for numbers, int64 for bigints, bool for booleans, and a typed array's own kind. */
  dtype?: DType;
  /** Default `"cpu"`. */
  device?: Device;
  requiresGrad?: boolean;
}

type Leaf = number | bigint | boolean;
/** Values for {@link tensor}: a number, nested arrays of one depth, a typed array or a Buffer. */
export type TensorData = Leaf | TypedArray | Uint8ClampedArray | Buffer | readonly TensorData[];

/**
 * A tensor with these values; the data is copied.
 *
 * Unlike in Python, plain numbers make float32 whether or not they are integral, because JavaScript does not tell `1` from
 * `1.0`; bigints make int64.
 *
 * @param data nested arrays, typed array or Buffer
 * @param options.shape for typed arrays and flat lists: the shape they have (row-major)
 * @throws TorchError for ragged arrays and mixed kinds
 *
 * @example
 * torch.tensor([[1, 2], [3, 4]]);
 * torch.tensor(new Float32Array(6), { shape: [2, 3] });
 * torch.tensor([1n, 2n]).dtype; // "int64"
 */
export function tensor(
  data: TensorData | Tensor,
  options: TensorOptions & { shape?: readonly number[] } = {},
): Tensor {
  let out: Tensor;
  if (isTensor(data)) {
    out = data.detach().clone();
  } else if (ArrayBuffer.isView(data)) {
    out = fromView(data as TypedArray, options.shape ?? [(data as TypedArray).length], options.dtype);
  } else {
    out = fromNested(data as TensorData, options);
  }
  return finish(out, options);
}

function finish(out: Tensor, { dtype, device, requiresGrad }: TensorOptions): Tensor {
  if (dtype !== undefined || device !== undefined) {
    const moved = out.to({ dtype, device });
    if (!moved.is(out)) out.dispose();
    out = moved;
  }
  return requiresGrad === true ? out.requiresGrad_() : out;
}

/** bfloat16 and float16 as raw bits come in a Uint16Array. */
function fromView(data: TypedArray, shape: readonly number[], dtype: DType | undefined): Tensor {
  const raw = data instanceof Uint16Array && (dtype === "bfloat16" || dtype === "float16");
  const complex =
    (data instanceof Float32Array && dtype === "complex64") || (data instanceof Float64Array && dtype === "complex128");
  const asIs = raw || complex || (data instanceof Uint8Array && dtype === "bool");
  if (complex && shape.length === 1 && shape[0] === data.length) shape = [data.length / 2];
  return wrap(native.fromData(data, asIs ? dtypeCode(dtype!) : -1, putShape(shape)));
}

function putShape(shape: readonly number[]): number {
  if (shape.length > 1000) badArgument(`[tensor] expected at most 1000 dimensions, got ${shape.length}`);
  for (let i = 0; i < shape.length; i++) words[i] = shape[i]!;
  return shape.length;
}

function fromNested(data: TensorData, options: TensorOptions & { shape?: readonly number[] }): Tensor {
  const shape: number[] = [];
  for (let level: TensorData = data; Array.isArray(level); level = level[0] as TensorData) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const flat: Leaf[] = [];
  flatten(data, shape, 0, flat);
  const kind = typeof flat[0];
  const dtype: DType =
    kind === "bigint" ? "int64" : kind === "boolean" ? "bool" : needsDouble(options.dtype) ? "float64" : "float32";
  const array = typedArrayFor(dtype, flat.length);
  for (let i = 0; i < flat.length; i++) {
    const value = flat[i]!;
    if (typeof value !== kind && !(kind === "number" && typeof value === "boolean")) {
      badArgument(`[tensor] expected values of one kind, got ${kind} and ${typeof value}`);
    }
    array[i] = (kind === "bigint" ? value : Number(value)) as number;
  }
  const code = dtype === "bool" ? dtypeCode("bool") : -1;
  return wrap(native.fromData(array, code, putShape(options.shape ?? shape)));
}

/** Integers beyond 2^24 would not survive the way through float32. */
const needsDouble = (dtype: DType | undefined): boolean => dtype !== undefined && /^u?int|^complex|^float64/.test(dtype);

function flatten(data: TensorData, shape: readonly number[], depth: number, out: Leaf[]): void {
  if (depth === shape.length) {
    if (typeof data !== "number" && typeof data !== "bigint" && typeof data !== "boolean") {
      badArgument(`[tensor] expected numbers, bigints or booleans, got ${Array.isArray(data) ? "an array" : String(data)}`);
    }
    out.push(data);
    return;
  }
  if (!Array.isArray(data) || data.length !== shape[depth]) {
    badArgument(
      `[tensor] expected arrays of length ${shape[depth]} at depth ${depth}, got ${Array.isArray(data) ? `one of length ${data.length}` : String(data)}`,
      "all arrays of one depth must have the same length",
    );
  }
  for (const item of data) flatten(item, shape, depth + 1, out);
}

/**
 * A tensor filled with one value. float32 unless the value is a bigint (int64) or boolean (bool), or `dtype` says otherwise.
 *
 * @example
 * torch.full([2, 3], 0.5);
 */
export function full(shape: readonly number[], value: number | bigint | boolean, options: TensorOptions = {}): Tensor {
  const dtype = options.dtype ?? (typeof value === "number" ? "float32" : undefined);
  return fullOperator(shape, value, dtype === undefined ? options : { ...options, dtype });
}

/** Bytes as they lie in memory, taken as `dtype` (row-major, little-endian). */
export function frombuffer(
  bytes: ArrayBufferView,
  { dtype, shape }: { dtype: DType; shape?: readonly number[] },
): Tensor {
  if (shape !== undefined) return wrap(native.fromData(bytes, dtypeCode(dtype), putShape(shape)));
  const size = { int16: 2, uint16: 2, float16: 2, bfloat16: 2, int32: 4, uint32: 4, float32: 4, complex32: 4 }[dtype as string] ??
    (/64$/.test(dtype) ? 8 : dtype === "complex128" ? 16 : 1);
  return wrap(native.fromData(bytes, dtypeCode(dtype), putShape([bytes.byteLength / size])));
}

setListToTensor((list) => {
  if (list.length > 0 && typeof list[0] === "boolean") return tensor(list as boolean[]);
  return tensor(BigInt64Array.from(list as number[], (v) => BigInt(v)));
});
