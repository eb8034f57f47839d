import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/kinds.js";
import type { Tensor } from "../../tensor.js";
import { oneOf } from "../settings.js";

/** What a loss does with one value per element: their mean, their sum, or nothing. */
export type Reduction = "mean" | "sum" | "none";
/** In LibTorch's order. */
export const REDUCTIONS = ["none", "mean", "sum"] as const;

/** Options of every loss. */
export interface LossOptions {
  /** Default `"mean"`. */
  reduction?: Reduction;
}

/** LibTorch's number for a reduction. */
export const reductionCode = (owner: string, reduction: Reduction): number =>
  REDUCTIONS.indexOf(oneOf(owner, "reduction", reduction, REDUCTIONS));

/** One value per element or sample, reduced. */
export function reduced(owner: string, each: Tensor, reduction: Reduction): Tensor {
  oneOf(owner, "reduction", reduction, REDUCTIONS);
  return reduction === "none" ? each : reduction === "sum" ? each.sum() : each.mean();
}

export const sameShape = (a: Tensor, b: Tensor): boolean => {
  const [x, y] = [a.shape, b.shape];
  return x.length === y.length && x.every((size, i) => size === y[i]);
};

export function requireSameShape(owner: string, input: Tensor, target: Tensor): void {
  if (sameShape(input, target)) return;
  badArgument(
    `[${owner}] expected a target of the input's shape, got input ${describeValue(input)} and target ${describeValue(target)}`,
  );
}
