import type { Complex } from "./complex.js";
import { TENSOR_OPTIONS, type TensorData, type TensorOptions, tensor } from "./creation.js";
import type { Device } from "./device.js";
import type { DType } from "./dtype.js";
import { badArgument } from "./errors.js";
import { putIndices, scalarLike, type TensorIndex } from "./indexing.js";
import { inspectSymbol } from "./inspect-symbol.js";
import { type Handle, native } from "./native.js";
import { type NormOptions, nonzero, norm, type UniqueOptions, unique, uniqueConsecutive } from "./ops/composite.js";
import { quoted } from "./ops/names.js";
import { Operator } from "./ops/operator.js";
import * as ops from "./ops.generated.js";
import { checkOptions } from "./options.js";
import { overwrite } from "./overwrite.js";
import { formatTensor } from "./print-tensor.js";
import { TensorAutograd } from "./tensor-autograd.js";
import { handleFor, handleOf, isTensor, setTensorClass, wrap } from "./tensor-base.js";
import { TO, type ToOptions, targetOptions } from "./to-options.js";

export type { BackwardOptions } from "./tensor-autograd.js";
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
export class Tensor extends TensorAutograd {
  /** @internal */
  constructor(handle: Handle) {
    super(handle);
  }

  // --------------------------------------------------------------------------------------- other dtypes, devices

  /**
   * The same values in another dtype, on another device or in another memory format; itself when nothing changes.
   *
   * @example
   * x.to("float64"); x.to("cuda:0"); x.to(other); x.to({ dtype: "bfloat16", memoryFormat: "channelsLast" });
   */
  to(target: DType | Device | Tensor | ToOptions, options?: ToOptions): Tensor {
    return toOperator.call([this, targetOptions(target, options, TO)]) as Tensor;
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
    return options === undefined ? nonzero(this) : nonzero(this, options as { asTuple: true });
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
  newTensor(data: TensorData, options?: TensorOptions): Tensor {
    checkOptions("newTensor", options, TENSOR_OPTIONS);
    return tensor(data, { dtype: this.dtype, device: this.device, ...options });
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

/** What {@link Tensor.to} may change. */
export type { ToOptions } from "./to-options.js";

const toOperator = new Operator("to", "aten::to", "dtype_layout");
