import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { oneOf, settings } from "../settings.js";

/** Options of {@link embedding}. */
export interface EmbeddingFunctionOptions {
  /** A row that gets no gradient; negative ones count from the end. */
  paddingIdx?: number | null;
  /** Rows that are looked up and have a larger norm are scaled down to it, in place. */
  maxNorm?: number | null;
  /** Which norm; default 2. */
  normType?: number;
  /** Divides a row's gradient by how often the row was looked up; default false. */
  scaleGradByFreq?: boolean;
  /** Sparse gradients; default false. */
  sparse?: boolean;
}

/** JavaScript's numbers make float32 tensors, which are no indices. */
function requireIndices(owner: string, input: Tensor): void {
  const { dtype } = input;
  if (dtype === "int64" || dtype === "int32") return;
  badArgument(
    `[${owner}] expected indices of dtype int64 or int32, got ${describeValue(input)}`,
    'input.to("int64"), or torch.tensor(indices, { dtype: "int64" })',
  );
}

/** A padding row counted from the start, or -1. */
export function paddingRow(owner: string, paddingIdx: number | null, rows: number): number {
  if (paddingIdx === null) return -1;
  if (!Number.isInteger(paddingIdx) || paddingIdx >= rows || paddingIdx < -rows) {
    badArgument(`[${owner}] expected paddingIdx from ${-rows} to ${rows - 1}, got ${describeValue(paddingIdx)}`);
  }
  return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
}

/**
 * Rows of `weight`.
 *
 * @param input int64 or int32 indices of any shape
 * @param weight [rows, size]
 */
export function embedding(input: Tensor, weight: Tensor, options?: EmbeddingFunctionOptions): Tensor {
  const defaults = {
    paddingIdx: null as number | null,
    maxNorm: null as number | null,
    normType: 2,
    scaleGradByFreq: false,
    sparse: false,
  };
  const { paddingIdx, maxNorm, normType, scaleGradByFreq, sparse } = settings("embedding", defaults, options);
  requireIndices("embedding", input);
  const padding = paddingRow("embedding", paddingIdx, weight.size(0));
  if (maxNorm !== null) noGrad(() => ops.embeddingRenorm_(weight, input, maxNorm, normType));
  return ops.embedding(weight, input, padding, scaleGradByFreq, sparse);
}

const BAG_MODES = ["sum", "mean", "max"] as const;
/** How the rows of one bag are joined. */
export type BagMode = (typeof BAG_MODES)[number];

/** Options of {@link embeddingBag}. */
export interface EmbeddingBagFunctionOptions extends EmbeddingFunctionOptions {
  /** Where each bag begins, for a flat list of indices; [bags] int64. */
  offsets?: Tensor | null;
  /** Default `"mean"`. */
  mode?: BagMode;
  /** A factor per index, of the input's shape; only with `"sum"`. */
  perSampleWeights?: Tensor | null;
  /** Whether the last offset is the number of indices; default false. */
  includeLastOffset?: boolean;
}

/**
 * The sum, mean or maximum of bags of rows, without the rows in between.
 *
 * @param input indices [bags, bag size], or flat [indices] with `offsets`
 * @param weight [rows, size]
 */
export function embeddingBag(input: Tensor, weight: Tensor, options?: EmbeddingBagFunctionOptions): Tensor {
  const defaults = {
    offsets: null as Tensor | null,
    paddingIdx: null as number | null,
    maxNorm: null as number | null,
    normType: 2,
    scaleGradByFreq: false,
    mode: "mean" as BagMode,
    sparse: false,
    perSampleWeights: null as Tensor | null,
    includeLastOffset: false,
  };
  const o = settings("embeddingBag", defaults, options);
  requireIndices("embeddingBag", input);
  const flat = input.ndim === 1;
  if (input.ndim > 2 || flat === (o.offsets === null)) {
    badArgument(
      `[embeddingBag] expected indices [bags, bag size], or flat ones with offsets, got ${describeValue(input)} ${o.offsets === null ? "without" : "with"} offsets`,
    );
  }
  const mode = BAG_MODES.indexOf(oneOf("embeddingBag", "mode", o.mode, BAG_MODES));
  if (o.perSampleWeights !== null && o.mode !== "sum")
    badArgument(`[embeddingBag] expected perSampleWeights with mode sum only, got mode ${o.mode}`);
  const [bags = 0, size = 0] = input.shape;
  const offsets =
    o.offsets ?? ops.arange(0, bags * size, size === 0 ? 1 : size, { dtype: input.dtype, device: input.device });
  const indices = flat ? input : input.reshape([-1]);
  const weights = o.perSampleWeights === null || flat ? o.perSampleWeights : o.perSampleWeights.reshape([-1]);
  const padding = o.paddingIdx === null ? null : paddingRow("embeddingBag", o.paddingIdx, weight.size(0));
  const { maxNorm } = o;
  if (maxNorm !== null) noGrad(() => ops.embeddingRenorm_(weight, indices, maxNorm, o.normType));
  const results = ops.embeddingBag(
    weight,
    indices,
    offsets,
    o.scaleGradByFreq,
    mode,
    o.sparse,
    weights,
    o.includeLastOffset,
    padding,
  );
  for (const extra of results.slice(1)) extra.dispose();
  return results[0];
}

/** 1 at each index, 0 elsewhere: indices [...] to [..., numClasses], int64; -1 takes the largest index + 1. */
export function oneHot(input: Tensor, numClasses = -1): Tensor {
  requireIndices("oneHot", input);
  return ops.oneHot(input.to("int64"), numClasses);
}
