import type { DType } from "../dtype.js";
import { badArgument } from "../errors.js";
import type { Int, Ints } from "../ops.generated.js";
import * as ops from "../ops.generated.js";
import { checkOptions, type Defaults, settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { describeValue } from "./describe-value.js";
import { isOptions } from "./match.js";
import { Operator } from "./operator.js";

/** The functions that PyTorch writes in Python around its operators. They replace the generated ones of the same names. */

type Tensors = readonly Tensor[];
type ListOrRest = Tensors | readonly [Tensors];

const listOf = (given: ListOrRest): Tensors =>
  given.length === 1 && Array.isArray(given[0]) ? given[0] : (given as Tensors);

/**
 * Sums of products in Einstein's notation.
 *
 * @example
 * torch.einsum("bij,bjk->bik", a, b); // as a.bmm(b)
 */
export function einsum(equation: string, ...operands: Tensor[] | [Tensors]): Tensor {
  return ops.einsum(equation, listOf(operands));
}

/**
 * Coordinate grids from coordinate vectors; `"ij"` (default) indexes like a matrix, `"xy"` like a plot.
 *
 * @example
 * const [y, x] = torch.meshgrid([torch.arange(2), torch.arange(3)]); // both [2, 3]
 */
export function meshgrid(tensors: Tensors, options?: { indexing?: "ij" | "xy" }): Tensor[] {
  const { indexing } = settings<{ indexing: "ij" | "xy" }>("meshgrid", { indexing: "ij" }, options);
  return ops.meshgrid(tensors, { indexing });
}

/** The tensors expanded to their common shape. */
export const broadcastTensors = (...tensors: Tensor[] | [Tensors]): Tensor[] => ops.broadcastTensors(listOf(tensors));

/** All combinations of one element of each vector, as rows. */
export const cartesianProd = (...tensors: Tensor[] | [Tensors]): Tensor => ops.cartesianProd(listOf(tensors));

/** A matrix with the given ones along its diagonal. */
export const blockDiag = (...tensors: Tensor[] | [Tensors]): Tensor => ops.blockDiag(listOf(tensors));

/** The shape that shapes broadcast to; an error when they do not fit. */
export function broadcastShapes(...shapes: (readonly number[])[]): number[] {
  const out: number[] = [];
  for (const shape of shapes) {
    if (!Array.isArray(shape) || !shape.every(Number.isInteger)) {
      badArgument(`[broadcastShapes] expected lists of integers, got ${describeValue(shape)}`);
    }
    for (let i = 1; i <= shape.length; i++) {
      const extent = shape.at(-i)!;
      const before = out.at(-i);
      if (before === undefined) {
        out.unshift(extent);
      } else if (before === 1) {
        out[out.length - i] = extent;
      } else if (extent !== 1 && extent !== before) {
        badArgument(
          `[broadcastShapes] expected shapes that fit, got ${shapes.map((s) => `[${s.join(", ")}]`).join(", ")}`,
          "shapes are aligned from the last dimension; extents must be equal or 1",
        );
      }
    }
  }
  return out;
}

/**
 * Contraction over several dimensions: over the last `dims` of `a` and the first `dims` of `b`, or over two lists of them.
 *
 * @example
 * torch.tensordot(a, b, 1); // a matrix product
 * torch.tensordot(a, b, [[1, 0], [0, 1]]);
 */
export function tensordot(a: Tensor, b: Tensor, dims: number | readonly [Ints, Ints] = 2): Tensor {
  if (typeof dims !== "number") return ops.tensordot(a, b, dims[0], dims[1]);
  if (!Number.isInteger(dims) || dims < 0 || dims > Math.min(a.ndim, b.ndim)) {
    badArgument(`[tensordot] expected dims from 0 to ${Math.min(a.ndim, b.ndim)}, got ${dims}`);
  }
  const range = (start: number) => Array.from({ length: dims }, (_, i) => start + i);
  return ops.tensordot(a, b, range(a.ndim - dims), range(0));
}

/** What {@link norm} takes. */
export interface NormOptions {
  /** `"fro"` (default: 2-norm of all elements), `"nuc"`, or the p of a vector norm. */
  p?: number | "fro" | "nuc" | null;
  dim?: Ints | Int | null;
  keepdim?: boolean;
  dtype?: DType | null;
}

const NORM: Defaults<NormOptions> = { p: "fro", dim: null, keepdim: false, dtype: null };

/**
 * Norm of a tensor: (sum |x|^p)^(1/p), over all elements or along `dim`.
 *
 * @example
 * x.norm(); x.norm(1, 0); x.norm({ dim: 1, keepdim: true });
 */
export function norm(
  x: Tensor,
  p?: NormOptions["p"] | NormOptions,
  dim?: NormOptions["dim"] | Omit<NormOptions, "p">,
  rest: Omit<NormOptions, "p" | "dim"> = {},
): Tensor {
  const options: NormOptions = isOptions(p)
    ? p
    : isOptions(dim)
      ? { ...dim, p }
      : { ...rest, p, dim: dim as NormOptions["dim"] };
  checkOptions("norm", options, NORM);
  const { keepdim = false, dtype = null } = options;
  const along = options.dim ?? null;
  const order = options.p ?? (options.p === null ? 2 : "fro");
  if (order === "nuc") {
    const dims = along === null ? [-2, -1] : (along as Ints);
    return ops.linalgMatrixNorm(x, "nuc", dims, keepdim, { dtype });
  }
  if (order !== "fro" && typeof order !== "number")
    badArgument(`[norm] expected p to be a number, "fro" or "nuc", got ${describeValue(order)}`);
  return ops.linalgVectorNorm(x, order === "fro" ? 2 : order, along, keepdim, { dtype });
}

/** What {@link unique} takes. */
export interface UniqueOptions {
  /** Ascending order; default true. */
  sorted?: boolean;
  /** Also for each element of the input, where it is in the result. */
  returnInverse?: boolean;
  /** Also how often each value occurs. */
  returnCounts?: boolean;
  /** Unique slices along this dimension instead of unique elements. */
  dim?: number | null;
}
const UNIQUE: Defaults<UniqueOptions> = { sorted: true, returnInverse: false, returnCounts: false, dim: null };
type WithInverse = UniqueOptions & { returnInverse: true };
type WithCounts = UniqueOptions & { returnCounts: true };

function chosen([output, inverse, counts]: readonly Tensor[], options: UniqueOptions): Tensor | Tensor[] {
  const out = [output!];
  if (options.returnInverse) out.push(inverse!);
  else inverse!.dispose();
  if (options.returnCounts) out.push(counts!);
  else counts!.dispose();
  return out.length === 1 ? output! : out;
}

/**
 * The distinct elements; with `returnInverse` and `returnCounts` a list of results in that order.
 *
 * @example
 * const [values, counts] = torch.unique(x, { returnCounts: true });
 */
export function unique(x: Tensor, options: WithInverse & WithCounts): [values: Tensor, inverse: Tensor, counts: Tensor];
export function unique(x: Tensor, options: WithInverse): [values: Tensor, inverse: Tensor];
export function unique(x: Tensor, options: WithCounts): [values: Tensor, counts: Tensor];
export function unique(x: Tensor, options?: UniqueOptions): Tensor;
export function unique(x: Tensor, options: UniqueOptions = {}): Tensor | Tensor[] {
  checkOptions("unique", options, UNIQUE);
  const { sorted = true, returnInverse = false, returnCounts = false, dim = null } = options;
  const found =
    dim === null
      ? (uniqueElements.call([x, sorted, returnInverse, returnCounts]) as Tensor[])
      : ops.uniqueDim(x, dim, sorted, returnInverse, returnCounts);
  return chosen(found, options);
}
const uniqueElements = new Operator("unique", "aten::_unique2");

/** As {@link unique}, but only equal elements that follow each other become one. */
export function uniqueConsecutive(
  x: Tensor,
  options: WithInverse & WithCounts,
): [values: Tensor, inverse: Tensor, counts: Tensor];
export function uniqueConsecutive(x: Tensor, options: WithInverse): [values: Tensor, inverse: Tensor];
export function uniqueConsecutive(x: Tensor, options: WithCounts): [values: Tensor, counts: Tensor];
export function uniqueConsecutive(x: Tensor, options?: Omit<UniqueOptions, "sorted">): Tensor;
export function uniqueConsecutive(x: Tensor, options: UniqueOptions = {}): Tensor | Tensor[] {
  checkOptions("uniqueConsecutive", options, UNIQUE);
  const { returnInverse = false, returnCounts = false, dim = null } = options;
  return chosen(ops.uniqueConsecutive(x, returnInverse, returnCounts, dim), options);
}

/**
 * Indices of the elements that are not zero: one row each, or with `asTuple` one tensor per dimension.
 *
 * @example
 * x.index(...x.nonzero({ asTuple: true }));
 */
export function nonzero(x: Tensor, options: { asTuple: true }): Tensor[];
export function nonzero(x: Tensor, options?: { asTuple?: false }): Tensor;
export function nonzero(x: Tensor, options?: { asTuple?: boolean }): Tensor | Tensor[] {
  const { asTuple } = settings("nonzero", { asTuple: false }, options);
  return asTuple ? ops.nonzeroNumpy(x) : ops.nonzero(x);
}

/**
 * Flat positions as one index tensor per dimension of a shape.
 *
 * @throws TorchError `E_ARG` for positions that are no integers; `E_ARG` for one outside of the shape (looking waits for the device)
 *
 * @example
 * const [row, column] = torch.unravelIndex(x.argmax(), x.shape);
 */
export function unravelIndex(indices: Tensor, shape: Int | readonly number[]): Tensor[] {
  const extents = Array.isArray(shape) ? (shape as readonly number[]) : [Number(shape)];
  if (!extents.every((extent) => Number.isInteger(extent) && extent >= 0)) {
    badArgument(`[unravelIndex] expected a shape of whole numbers, got ${describeValue(shape)}`);
  }
  const size = extents.reduce((a, b) => a * b, 1);
  if (!/^u?int/.test(indices.dtype)) {
    badArgument(`[unravelIndex] expected positions of an integer dtype, got ${indices.dtype}`);
  }
  if (indices.numel() > 0 && (indices.min().itemNumber() < 0 || indices.max().itemNumber() >= size)) {
    badArgument(`[unravelIndex] expected positions from 0 to ${size - 1} for shape [${extents.join(", ")}]`);
  }
  let stride = size;
  return extents.map((extent) => {
    stride /= Math.max(1, extent);
    return ops.div(indices, stride, { roundingMode: "floor" }).remainder(Math.max(1, extent));
  });
}
