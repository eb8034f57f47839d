import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settings } from "../settings.js";
import { type LossOptions, type Reduction, reduced, reductionCode, requireSameShape } from "./reduction.js";

const MEAN = { reduction: "mean" as Reduction };

/** max(0, -y (x1 - x2) + margin), y 1 where x1 should rank higher and -1 otherwise. Default: margin 0. */
export function marginRankingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  options?: LossOptions & { margin?: number },
): Tensor {
  const { margin, reduction } = settings("marginRankingLoss", { margin: 0, ...MEAN }, options);
  return ops.marginRankingLoss(input1, input2, target, margin, reductionCode("marginRankingLoss", reduction));
}

/** x where the target is 1, max(0, margin - x) where it is -1. Default: margin 1. */
export function hingeEmbeddingLoss(input: Tensor, target: Tensor, options?: LossOptions & { margin?: number }): Tensor {
  const { margin, reduction } = settings("hingeEmbeddingLoss", { margin: 1, ...MEAN }, options);
  return ops.hingeEmbeddingLoss(input, target, margin, reductionCode("hingeEmbeddingLoss", reduction));
}

/** ln(1 + exp(-y x)), y 1 or -1. */
export function softMarginLoss(input: Tensor, target: Tensor, options?: LossOptions): Tensor {
  const { reduction } = settings("softMarginLoss", MEAN, options);
  requireSameShape("softMarginLoss", input, target);
  return ops.softMarginLoss(input, target, reductionCode("softMarginLoss", reduction));
}

/** Options of {@link multiMarginLoss}. */
export interface MultiMarginOptions extends LossOptions {
  /** 1 (default) or 2. */
  p?: number;
  /** Default 1. */
  margin?: number;
  /** A weight per class, [C]. */
  weight?: Tensor | null;
}

/**
 * sum_{i != y} max(0, margin - x_y + x_i)^p / C for one class number y per sample.
 *
 * @param input [N, C] or [C]
 * @param target int64 class numbers [N] or []
 */
export function multiMarginLoss(input: Tensor, target: Tensor, options?: MultiMarginOptions): Tensor {
  const defaults = { p: 1, margin: 1, weight: null as Tensor | null, ...MEAN };
  const { p, margin, weight, reduction } = settings("multiMarginLoss", defaults, options);
  if (p !== 1 && p !== 2) badArgument(`[multiMarginLoss] expected p to be 1 or 2, got ${describeValue(p)}`);
  return ops.multiMarginLoss(input, target, p, margin, weight, reductionCode("multiMarginLoss", reduction));
}

/**
 * sum_{j, i} max(0, 1 - (x_{y_j} - x_i)) / C over the classes y_j of a sample and the classes i that are none of them.
 *
 * @param target int64 class numbers of the input's shape; those from the first -1 on do not count
 */
export function multilabelMarginLoss(input: Tensor, target: Tensor, options?: LossOptions): Tensor {
  const { reduction } = settings("multilabelMarginLoss", MEAN, options);
  return ops.multilabelMarginLoss(input, target, reductionCode("multilabelMarginLoss", reduction));
}

/** Mean over the classes (the last dimension) of -(y ln s(x) + (1 - y) ln(1 - s(x))), s the sigmoid. */
export function multilabelSoftMarginLoss(
  input: Tensor,
  target: Tensor,
  options?: LossOptions & { weight?: Tensor | null },
): Tensor {
  const { weight, reduction } = settings(
    "multilabelSoftMarginLoss",
    { weight: null as Tensor | null, ...MEAN },
    options,
  );
  const positive = target.mul(ops.logSigmoid(input));
  const negative = target.rsub(1).mul(ops.logSigmoid(input.neg()));
  const loss = positive.add(negative).neg();
  const each = (weight === null ? loss : loss.mul(weight)).sum(-1).div(input.size(-1));
  return reduced("multilabelSoftMarginLoss", each, reduction);
}

/** Options of {@link tripletMarginLoss}. */
export interface TripletMarginOptions extends LossOptions {
  /** Default 1. */
  margin?: number;
  /** Of the norm; default 2. */
  p?: number;
  /** Added to each difference; default 1e-6. */
  eps?: number;
  /** Takes the distance between positive and negative where it is the smaller one; default false. */
  swap?: boolean;
}

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin), d(a, b) = |a - b + eps|_p over the last dimension.
 *
 * @see Balntas et al., Learning shallow convolutional feature descriptors with triplet losses, BMVC 2016
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options?: TripletMarginOptions,
): Tensor {
  const defaults = { margin: 1, p: 2, eps: 1e-6, swap: false, ...MEAN };
  const { margin, p, eps, swap, reduction } = settings("tripletMarginLoss", defaults, options);
  requireMargin("tripletMarginLoss", margin);
  const code = reductionCode("tripletMarginLoss", reduction);
  return ops.tripletMarginLoss(anchor, positive, negative, margin, p, eps, swap, code);
}

/** How far apart two tensors are, row by row. */
export type Distance = (a: Tensor, b: Tensor) => Tensor;
/** Options of {@link tripletMarginWithDistanceLoss}. */
export interface TripletDistanceOptions extends LossOptions {
  /** Default: `pairwiseDistance`. */
  distanceFunction?: Distance | null;
  /** Default 1. */
  margin?: number;
  /** As in {@link TripletMarginOptions}. */
  swap?: boolean;
}

/** {@link tripletMarginLoss} with a distance of one's own. */
export function tripletMarginWithDistanceLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options?: TripletDistanceOptions,
): Tensor {
  const owner = "tripletMarginWithDistanceLoss";
  const defaults = { distanceFunction: null as Distance | null, margin: 1, swap: false, ...MEAN };
  const { distanceFunction, margin, swap, reduction } = settings(owner, defaults, options);
  requireMargin(owner, margin);
  const distance = distanceFunction ?? ((a: Tensor, b: Tensor) => ops.pairwiseDistance(a, b));
  const near = distance(anchor, positive);
  const own = distance(anchor, negative);
  const far = swap ? ops.minimum(own, distance(positive, negative)) : own;
  return reduced(owner, near.sub(far).add(margin).clampMin(0), reduction);
}

function requireMargin(owner: string, margin: number): void {
  if (!(margin > 0)) badArgument(`[${owner}] expected margin > 0, got ${describeValue(margin)}`);
}
