import { Complex } from "./complex.js";
import { type TensorData, type TensorOptions, tensor } from "./creation.js";
import { capturingOn, refuseWhileCapturing } from "./cuda/capturing.js";
import { elementsOf, type NestedArray, nested, readElements, type TypedArray, typedArrayFor } from "./data-access.js";
import { type Device, deviceName } from "./device.js";
import {
  type DType,
  dtypeName,
  isDType,
  type Layout,
  layoutName,
  type MemoryFormat,
  memoryFormatCode,
} from "./dtype.js";
import { badArgument, TorchError } from "./errors.js";
import { addHook, addPostAccumulateGradHook, type Hook, type HookHandle } from "./hooks.js";
import { putIndices, type TensorIndex } from "./indexing.js";
import { inspectSymbol } from "./inspect-symbol.js";
import { type Handle, native } from "./native.js";
import { type NormOptions, nonzero, norm, type UniqueOptions, unique, uniqueConsecutive } from "./ops/composite.js";
import { quoted } from "./ops/names.js";
import { Operator } from "./ops/operator.js";
import * as ops from "./ops.generated.js";
import { formatTensor } from "./print-tensor.js";
import { handleFor, handleOf, isTensor, setTensorClass, TensorBase, wrap } from "./tensor-base.js";
import { readBigInt, Tag, words } from "./wire.js";

export { handleOf, isTensor, wrap };

/** A number where PyTorch takes one: integral numbers count as integers, bigints as int64. */
export type Scalar = number | bigint | boolean | Complex;

export interface Tensor extends ops.TensorMethods {}

/**
 * An n-dimensional array in LibTorch's memory, on a CPU or a CUDA device, that autograd can follow.
 *
 * Tensors come from functions (`torch.zeros`, `torch.tensor`, operators), not from this constructor. Operators are methods
 * with PyTorch's names in camelCase.
 *
 * @example
 * const x = torch.tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * x.mul(x).sum().backward();
 * x.grad; // [[2, 4], [6, 8]]
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface above
export class Tensor extends TensorBase {
  /** @internal */
  constructor(handle: Handle) {
    super(handle);
  }

  // ------------------------------------------------------------------------------------------------------- facts

  /** The extents, outermost first. */
  get shape(): number[] {
    native.shape(this.handle);
    return extents();
  }
  /** Number of dimensions. */
  get ndim(): number {
    native.shape(this.handle);
    return words[0]!;
  }
  dim(): number {
    return this.ndim;
  }
  /** The shape, or one extent; negative dimensions count from the end. */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number | number[] {
    const shape = this.shape;
    return dim === undefined ? shape : pick(shape, dim, "size");
  }
  /** Steps in elements, per dimension. */
  stride(): number[];
  stride(dim: number): number;
  stride(dim?: number): number | number[] {
    native.strides(this.handle);
    const strides = extents();
    return dim === undefined ? strides : pick(strides, dim, "stride");
  }
  /** How many elements there are. */
  numel(): number {
    native.shape(this.handle);
    let product = 1;
    for (let i = words[0]!; i > 0; i--) product *= words[i]!;
    return product;
  }
  nelement(): number {
    return this.numel();
  }
  /** Where the first element is in the storage, in elements. */
  storageOffset(): number {
    return native.storageOffset(this.handle);
  }
  get dtype(): DType {
    return dtypeName(native.dtype(this.handle));
  }
  get device(): Device {
    return deviceName(native.device(this.handle));
  }
  get layout(): Layout {
    return layoutName(native.layout(this.handle));
  }
  get isCuda(): boolean {
    return this.device.startsWith("cuda");
  }
  get isCpu(): boolean {
    return this.device === "cpu";
  }
  get isMeta(): boolean {
    return this.device === "meta";
  }
  get isSparse(): boolean {
    return this.layout === "sparseCoo";
  }
  get isSparseCsr(): boolean {
    return this.layout === "sparseCsr";
  }
  get isMkldnn(): boolean {
    return this.layout === "mkldnn";
  }
  get isQuantized(): boolean {
    return /^qu?int/.test(this.dtype);
  }
  /** Bytes of one element. */
  elementSize(): number {
    return native.elementSize(this.handle);
  }
  get itemsize(): number {
    return native.elementSize(this.handle);
  }
  get nbytes(): number {
    return this.numel() * this.elementSize();
  }
  /** Dimensions from the largest step to the smallest: how the elements lie in memory. */
  dimOrder(): number[] {
    const strides = this.stride();
    return strides.map((_, dim) => dim).sort((a, b) => strides[b]! - strides[a]! || a - b);
  }
  isContiguous({ memoryFormat = "contiguousFormat" }: { memoryFormat?: MemoryFormat } = {}): boolean {
    return native.isContiguous(this.handle, memoryFormatCode(memoryFormat));
  }
  /** Address of the first element; changes only when the storage is replaced. 0n on devices without addresses. */
  dataPtr(): bigint {
    return native.dataPtr(this.handle);
  }
  /** Counts in-place changes. */
  get version(): number {
    return native.version(this.handle);
  }
  /** Whether both names lead to the same tensor. */
  is(other: Tensor): boolean {
    return native.sameTensor(this.handle, handleFor("is", other));
  }

  // ---------------------------------------------------------------------------------------------------- autograd

  get requiresGrad(): boolean {
    return (native.flags(this.handle) & 1) !== 0;
  }
  set requiresGrad(value: boolean) {
    native.setRequiresGrad(this.handle, value);
  }
  requiresGrad_(value = true): this {
    native.setRequiresGrad(this.handle, value);
    return this;
  }
  get isLeaf(): boolean {
    return (native.flags(this.handle) & 2) !== 0;
  }
  isInference(): boolean {
    return (native.flags(this.handle) & 16) !== 0;
  }
  /** Name of the function that made it, such as `"MulBackward0"`, or null for a leaf. */
  get gradFn(): string | null {
    return native.gradFnName(this.handle);
  }
  /** The gradient that `backward()` accumulated here, or null. */
  get grad(): Tensor | null {
    const handle = native.grad(this.handle);
    return handle === 0 ? null : wrap(handle);
  }
  set grad(value: Tensor | null) {
    native.setGrad(this.handle, value === null ? 0 : handleFor("grad", value));
  }
  /** Keeps the gradient of a tensor that is not a leaf. */
  retainGrad(): this {
    native.retainGrad(this.handle);
    return this;
  }
  /**
   * Accumulates d self / d leaf into each leaf's `grad`.
   *
   * @param gradient what to multiply with, also as an option of that name; may be left out for a single element
   * @throws TorchError when nothing here requires grad
   *
   * @example
   * loss.backward(); y.backward(torch.onesLike(y)); y.backward({ gradient: dy, retainGraph: true });
   */
  backward(gradient: Tensor, options?: BackwardOptions): void;
  backward(options?: BackwardOptions): void;
  backward(first?: Tensor | BackwardOptions, rest?: BackwardOptions): void {
    const options = isTensor(first) ? { ...rest, gradient: first } : (first ?? {});
    const { gradient, retainGraph = false, createGraph = false, inputs } = options;
    native.backward(
      [handleFor("backward", this)],
      gradient === undefined ? null : [handleFor("backward", gradient)],
      retainGraph,
      createGraph,
      inputs === undefined ? null : inputs.map((input) => handleFor("backward", input)),
    );
  }
  /** Calls `hook` with the gradient on its way through; what it returns takes the gradient's place. */
  registerHook(hook: Hook): HookHandle {
    return addHook(this.handle, hook);
  }
  /**
   * Calls `hook` with this leaf each time a gradient has been added to its `grad`: an optimizer step per parameter inside
   * backward, so that gradients need not all be there at once.
   *
   * @throws TorchError `E_ARG` for a result, or a tensor that does not require grad
   *
   * @example
   * for (const p of model.parameters()) {
   *   p.registerPostAccumulateGradHook((leaf) => torch.noGrad(() => {
   *     leaf.sub_(leaf.grad!, { alpha: 0.1 });
   *     leaf.grad = null;
   *   }));
   * }
   */
  registerPostAccumulateGradHook(hook: (leaf: Tensor) => void): HookHandle {
    return addPostAccumulateGradHook(this.handle, hook);
  }
  /** The same storage under another tensor's identity: PyTorch's `x.data = y`. */
  setData(data: Tensor): this {
    native.setData(this.handle, handleFor("setData", data));
    return this;
  }

  /**
   * The same values in another dtype, on another device or in another memory format; itself when nothing changes.
   *
   * @example
   * x.to("float64"); x.to("cuda:0"); x.to(other); x.to({ dtype: "bfloat16", memoryFormat: "channelsLast" });
   */
  to(target: DType | Device | Tensor | ToOptions, options: ToOptions = {}): Tensor {
    let given: ToOptions;
    if (isTensor(target)) {
      given = { dtype: target.dtype, device: target.device, ...options };
    } else if (typeof target === "string") {
      given = isDType(target) ? { dtype: target, ...options } : { device: target, ...options };
    } else {
      given = target;
    }
    return toOperator.call([this, given]) as Tensor;
  }

  /** {@link to} the dtype of this name. */
  double(): Tensor {
    return this.to("float64");
  }
  float(): Tensor {
    return this.to("float32");
  }
  half(): Tensor {
    return this.to("float16");
  }
  bfloat16(): Tensor {
    return this.to("bfloat16");
  }
  long(): Tensor {
    return this.to("int64");
  }
  int(): Tensor {
    return this.to("int32");
  }
  short(): Tensor {
    return this.to("int16");
  }
  char(): Tensor {
    return this.to("int8");
  }
  byte(): Tensor {
    return this.to("uint8");
  }
  bool(): Tensor {
    return this.to("bool");
  }
  cfloat(): Tensor {
    return this.to("complex64");
  }
  cdouble(): Tensor {
    return this.to("complex128");
  }
  cpu(): Tensor {
    return this.to("cpu");
  }
  cuda(index?: number): Tensor {
    if (index !== undefined && !Number.isInteger(index)) {
      badArgument(`[cuda] expected the number of a device, got ${quoted(index)}`);
    }
    return this.to(index === undefined ? "cuda" : `cuda:${index}`);
  }
  /** The dtype's name, or with a dtype {@link to} it. */
  type(): DType;
  type(dtype: DType): Tensor;
  type(dtype?: DType): DType | Tensor {
    return dtype === undefined ? this.dtype : this.to(dtype);
  }

  // ------------------------------------------------------------- what PyTorch has as properties or writes in Python

  /** All dimensions in reverse order; a view. */
  get T(): Tensor {
    return ops.numpyT(this);
  }
  /** The last two dimensions exchanged; a view. */
  get mT(): Tensor {
    return ops.mT(this);
  }
  /** Conjugate transpose of a matrix. */
  get H(): Tensor {
    return ops.matrixH(this);
  }
  /** Conjugate transpose of the last two dimensions. */
  get mH(): Tensor {
    return ops.mH(this);
  }
  /** Real parts: a view of a complex tensor, a real one itself. */
  get real(): Tensor {
    return ops.real(this);
  }
  /** Imaginary parts of a complex tensor; a view. */
  get imag(): Tensor {
    return ops.imag(this);
  }
  /** Its own elements where `condition` holds, `other`'s elsewhere. */
  where(condition: Tensor, other: Tensor | Scalar): Tensor {
    return ops.where(condition, this, other);
  }
  /** (sum |x|^p)^(1/p), over all elements or along `dim`; see `torch.norm`. */
  norm(options?: NormOptions): Tensor;
  norm(p: NormOptions["p"], dim?: NormOptions["dim"], options?: Omit<NormOptions, "p" | "dim">): Tensor;
  norm(p: NormOptions["p"], options: Omit<NormOptions, "p">): Tensor;
  norm(
    p?: NormOptions["p"] | NormOptions,
    dim?: NormOptions["dim"] | Omit<NormOptions, "p">,
    options?: Omit<NormOptions, "p" | "dim">,
  ): Tensor {
    return norm(this, p, dim, options);
  }
  /** The distinct elements; see `torch.unique`. */
  unique(options: UniqueOptions & { returnInverse: true; returnCounts: true }): [Tensor, Tensor, Tensor];
  unique(options: UniqueOptions & ({ returnInverse: true } | { returnCounts: true })): [Tensor, Tensor];
  unique(options?: UniqueOptions): Tensor;
  unique(options?: UniqueOptions): Tensor | Tensor[] {
    return unique(this, options);
  }
  /** As {@link unique}, but only equal elements that follow each other become one. */
  uniqueConsecutive(options: UniqueOptions & { returnInverse: true; returnCounts: true }): [Tensor, Tensor, Tensor];
  uniqueConsecutive(options: UniqueOptions & ({ returnInverse: true } | { returnCounts: true })): [Tensor, Tensor];
  uniqueConsecutive(options?: Omit<UniqueOptions, "sorted">): Tensor;
  uniqueConsecutive(options?: UniqueOptions): Tensor | Tensor[] {
    return uniqueConsecutive(this, options);
  }
  /** Indices of the elements that are not zero; see `torch.nonzero`. */
  nonzero(options: { asTuple: true }): Tensor[];
  nonzero(options?: { asTuple?: false }): Tensor;
  nonzero(options?: { asTuple?: boolean }): Tensor | Tensor[] {
    return options?.asTuple ? nonzero(this, { asTuple: true }) : nonzero(this);
  }
  /** The n-th derivative of digamma: `torch.polygamma(n, x)`. */
  polygamma(n: number): Tensor {
    return ops.polygamma(n, this);
  }
  /**
   * Replaces each element x by `fn(x)`, in place. It runs in JavaScript, element by element, on the CPU: operators are
   * thousands of times faster. Autograd does not see it.
   *
   * @throws TorchError `E_DEVICE` for a tensor that is not on the CPU
   */
  apply_(fn: (x: number) => number): this {
    return overwrite(this, "apply_", (x) => fn(x));
  }
  /** As {@link apply_}, with the elements of another tensor (broadcast) as second argument. */
  map_(other: Tensor, fn: (x: number, y: number) => number): this {
    const values = other.expandAs(this).dataSync();
    return overwrite(this, "map_", (x, i) => fn(x, Number(values[i])));
  }
  /** A tensor with these values and this tensor's dtype and device, unless `options` say otherwise. */
  newTensor(data: TensorData, options: TensorOptions = {}): Tensor {
    return tensor(data, { dtype: this.dtype, device: this.device, ...options });
  }

  // ---------------------------------------------------------------------------------------------------- data out

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
  /** {@link item} as a plain number. */
  itemNumber(): number {
    return Number(this.item());
  }
  /** The elements in row-major order, as a typed array of the matching kind; bfloat16 and float16 as float32. Waits for the device. */
  dataSync(): TypedArray {
    if (capturingOn() !== undefined) refuseWhileCapturing("data", this.device, "it brings values to the host");
    return readElements(this, this.handle);
  }
  /** {@link dataSync} after a turn of the event loop. */
  async data(): Promise<TypedArray> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.dataSync();
  }
  /** The raw bytes in row-major order, whatever the dtype. */
  bytes(): Uint8Array {
    const out = new Uint8Array(this.nbytes);
    native.readData(this.handle, out);
    return out;
  }
  /** Nested arrays: numbers, booleans for bool, bigints for int64 beyond 2^53. A single element comes bare. */
  toArray(): NestedArray<number | bigint | boolean | Complex> {
    return nested(elementsOf(this), this.shape);
  }
  /** PyTorch's name of {@link toArray}. */
  tolist(): NestedArray<number | bigint | boolean | Complex> {
    return this.toArray();
  }
  /** Copies elements (row-major, matching kind) into a typed array. */
  copyTo(into: ArrayBufferView): void {
    native.readData(this.handle, into);
  }

  // ---------------------------------------------------------------------------------------------------- indexing

  /**
   * `x[...]` as Python writes it: integers, `torch.slice(start, stop, step)`, null (a new dimension), `"..."`, booleans,
   * boolean masks and index tensors. Without masks and index tensors the result shares storage.
   *
   * @example
   * x.index(0, torch.slice(1, null, 2), "...", null); // x[0, 1::2, ..., None]
   */
  index(...indices: TensorIndex[]): Tensor {
    return wrap(native.index(this.handle, putIndices(indices)));
  }
  /** `x[indices] = value`, in place; a number fills. */
  indexPut_(indices: readonly TensorIndex[], value: Tensor | number | bigint | boolean): this {
    const source = isTensor(value) ? value : scalarLike(this, value);
    native.indexPut(this.handle, handleFor("indexPut_", source), putIndices(indices));
    return this;
  }

  override toString(): string {
    return this.isDisposed ? "Tensor(disposed)" : formatTensor(this);
  }
  [inspectSymbol](): string {
    return this.toString();
  }
  get [Symbol.toStringTag](): string {
    return "Tensor";
  }
}

setTensorClass(Tensor);

/** Options of {@link Tensor.backward}. */
export interface BackwardOptions {
  gradient?: Tensor;
  retainGraph?: boolean;
  createGraph?: boolean;
  /** Leaves to accumulate into; default all. */
  inputs?: readonly Tensor[];
}

/** What {@link Tensor.to} may change. */
export interface ToOptions {
  dtype?: DType;
  device?: Device;
  memoryFormat?: MemoryFormat;
  /** Copies even when nothing changes. */
  copy?: boolean;
  /** Does not wait for a copy between pinned memory and a device. */
  nonBlocking?: boolean;
}

/** Runs every element through `fn`, with its position in row-major order. */
function overwrite<T extends Tensor>(self: T, op: string, fn: (x: number, i: number) => number): T {
  if (!self.isCpu || self.dtype.startsWith("complex")) {
    throw new TorchError("E_DEVICE", `[${op}] expected real numbers on the CPU, got ${self.dtype} on ${self.device}`);
  }
  const values = Array.from(self.dataSync() as Float64Array, (x, i) => fn(Number(x), i));
  const made = tensor(Float64Array.from(values), { shape: self.shape });
  const target = self.detach();
  target.copy_(made);
  made.dispose();
  target.dispose();
  return self;
}

const toOperator = new Operator("to", "aten::to", "dtype_layout");

function extents(): number[] {
  const n = words[0]!;
  const out = new Array<number>(n);
  for (let i = 0; i < n; i++) out[i] = words[i + 1]!;
  return out;
}

function pick(list: number[], dim: number, op: string): number {
  const value = Number.isInteger(dim) ? list.at(dim) : undefined;
  if (value === undefined) {
    badArgument(`[${op}] expected a dimension from ${-list.length} to ${list.length - 1}, got ${quoted(dim)}`);
  }
  return value;
}

function scalarLike(like: Tensor, value: number | bigint | boolean): Tensor {
  const array = typedArrayFor("float64", 1);
  array[0] = Number(value);
  const scalar = typeof value === "bigint" ? BigInt64Array.of(value) : array;
  const handle = native.fromData(scalar, -1, 0);
  return wrap(handle).to(like.dtype).to(like.device);
}
