import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import type { Tensor } from "../../tensor.js";
import { isTensor } from "../../tensor-base.js";
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

/** Refuses arrays and numbers, before they are asked for their shape. */
export function requireTensors(owner: string, input: unknown, target: unknown): void {
  for (const [name, given] of [
    ["input", input],
    ["target", target],
  ] as const) {
    if (!isTensor(given)) {
      badArgument(
        `[${owner}] expected a tensor for '${name}', got ${describeValue(given)}`,
        owner === "crossEntropy" && name === "target"
          ? 'torch.tensor(labels, { dtype: "int64" })'
          : "torch.tensor(values) makes one",
      );
    }
  }
}

export function requireSameShape(owner: string, input: Tensor, target: Tensor): void {
  requireTensors(owner, input, target);
  if (sameShape(input, target)) return;
  badArgument(
    `[${owner}] expected a target of the input's shape, got input ${describeValue(input)} and target ${describeValue(target)}`,
  );
}
