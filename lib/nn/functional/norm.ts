import { badArgument } from "../../errors.js";
import { native } from "../../native.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import { beforeRunningStatisticsChange, runningStatisticsFrozen } from "../../running-statistics.js";
import { handleOf, type Tensor, wrap } from "../../tensor.js";
import { optionalHandle } from "../optional-handle.js";
import { settings } from "../settings.js";

/** Options of {@link batchNorm}. */
export interface BatchNormFunctionOptions {
  /** Scale per channel, [C]. */
  weight?: Tensor | null;
  /** Shift per channel, [C]. */
  bias?: Tensor | null;
  /** Normalises with the batch's statistics and updates the running ones, instead of using the running ones; default false. */
  training?: boolean;
  /** Share of the batch in the running statistics; default 0.1. */
  momentum?: number;
  /** Added to the variance; default 1e-5. */
  eps?: number;
}

/**
 * (x - mean) / sqrt(var + eps) weight + bias, per channel (dimension 1).
 *
 * In training, mean and variance are the batch's; the running ones, where given, become
 * (1 - momentum) running + momentum batch, with the unbiased variance. In the second pass of a SAM step they stay as they are.
 *
 * @param input [N, C, ...]
 * @throws TorchError `E_ARG` for a training batch with one value per channel
 */
export function batchNorm(
  input: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options?: BatchNormFunctionOptions,
): Tensor {
  const defaults = {
    weight: null as Tensor | null,
    bias: null as Tensor | null,
    training: false,
    momentum: 0.1,
    eps: 1e-5,
  };
  const { weight, bias, training, momentum, eps } = settings("batchNorm", defaults, options);
  return normalizeBatch(input, runningMean, runningVar, weight, bias, training, momentum, eps);
}

/** What a batch norm normalises with, in the order of {@link normalizeBatch}. */
export type NormalizeArguments = readonly [
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  weight: Tensor | null,
  bias: Tensor | null,
  training: boolean,
  momentum: number,
  eps: number,
];

/** @internal {@link batchNorm} without an options object: layers call it once per forward. */
export function normalizeBatch(input: Tensor, ...given: NormalizeArguments): Tensor {
  const [runningMean, runningVar, weight, bias, training, momentum, eps] = given;
  const records = recordsStatistics(input, given);
  const [mean, variance] = records ? [runningMean, runningVar] : [null, null];
  return ops.batchNorm(input, weight, bias, mean, variance, training, momentum, eps, true);
}

/** @internal relu(batchNorm(input)) as one kernel where there is one. */
export function normalizeBatchRelu(input: Tensor, ...given: NormalizeArguments): Tensor {
  return wrap(native.batchNormRelu(...fusedArguments(input, given)));
}
/** @internal The same, and the input again: what flows back into that joins the input's gradient inside the kernel. */
export function normalizeBatchReluAndSkip(input: Tensor, ...given: NormalizeArguments): [Tensor, Tensor] {
  const [y, skip] = native.batchNormReluAndSkip(...fusedArguments(input, given));
  return [wrap(y), wrap(skip)];
}

function fusedArguments(input: Tensor, given: NormalizeArguments): Parameters<typeof native.batchNormRelu> {
  const [runningMean, runningVar, weight, bias, training, momentum, eps] = given;
  const records = recordsStatistics(input, given);
  const mean = records ? optionalHandle(runningMean) : 0;
  const variance = records ? optionalHandle(runningVar) : 0;
  const [w, b] = [optionalHandle(weight), optionalHandle(bias)];
  return [handleOf(input), 0, w, b, mean, variance, training, momentum, eps, true];
}

/** Checks a batch for training, and says whether the running statistics take part; they are announced if they will change. */
function recordsStatistics(input: Tensor, [runningMean, runningVar, , , training, , eps]: NormalizeArguments): boolean {
  if (!training) return true;
  requireSeveral("batchNorm", "value per channel", input, 0);
  if (!(eps > 0)) badArgument(`[batchNorm] expected eps > 0 in training, got ${describeValue(eps)}`);
  // Not momentum 0: that would still carry a NaN of the batch into the running statistics.
  if (runningStatisticsFrozen(runningMean)) return false;
  if (runningMean !== null && runningVar !== null) beforeRunningStatisticsChange(runningMean, runningVar);
  return true;
}

/** The variance of one value is 0 whatever it is. Dimension 1 holds the channels; dimensions before `from` do not count. */
function requireSeveral(owner: string, what: string, input: Tensor, from: number): void {
  const { shape } = input;
  let values = 1;
  for (let i = from; i < shape.length; i++) if (i !== 1) values *= shape[i]!;
  if (values === 1 && shape.length > 1) {
    badArgument(
      `[${owner}] expected more than one ${what} in training, got ${describeValue(input)}`,
      owner === "batchNorm" ? "a larger batch, or model.eval()" : undefined,
    );
  }
}

/** Options of {@link instanceNorm}. */
export interface InstanceNormFunctionOptions extends Omit<BatchNormFunctionOptions, "training"> {
  /** Default true; otherwise the running statistics are used. */
  useInputStats?: boolean;
}

/** {@link batchNorm} with statistics of each sample on its own. */
export function instanceNorm(
  input: Tensor,
  runningMean: Tensor | null = null,
  runningVar: Tensor | null = null,
  options?: InstanceNormFunctionOptions,
): Tensor {
  const defaults = {
    weight: null as Tensor | null,
    bias: null as Tensor | null,
    useInputStats: true,
    momentum: 0.1,
    eps: 1e-5,
  };
  const { weight, bias, useInputStats, momentum, eps } = settings("instanceNorm", defaults, options);
  if (useInputStats) {
    requireSeveral("instanceNorm", "element per channel", input, 2);
    if (runningStatisticsFrozen(runningMean))
      return ops.instanceNorm(input, weight, bias, null, null, true, momentum, eps, true);
    if (runningMean !== null && runningVar !== null) beforeRunningStatisticsChange(runningMean, runningVar);
  }
  return ops.instanceNorm(input, weight, bias, runningMean, runningVar, useInputStats, momentum, eps, true);
}

/** Options of {@link layerNorm} and {@link groupNorm}. */
export interface AffineOptions {
  weight?: Tensor | null;
  bias?: Tensor | null;
  /** Added to the variance; default 1e-5. */
  eps?: number;
}

/** (x - mean) / sqrt(var + eps) weight + bias over the last dimensions, whose shape is `normalizedShape`. */
export function layerNorm(input: Tensor, normalizedShape: readonly number[], options?: AffineOptions): Tensor {
  const defaults = { weight: null as Tensor | null, bias: null as Tensor | null, eps: 1e-5 };
  const { weight, bias, eps } = settings("layerNorm", defaults, options);
  return ops.layerNorm(input, normalizedShape, weight, bias, eps);
}

/** (x - mean) / sqrt(var + eps) weight + bias over groups of channels; weight and bias per channel. */
export function groupNorm(input: Tensor, numGroups: number, options?: AffineOptions): Tensor {
  const defaults = { weight: null as Tensor | null, bias: null as Tensor | null, eps: 1e-5 };
  const { weight, bias, eps } = settings("groupNorm", defaults, options);
  return ops.groupNorm(input, numGroups, weight, bias, eps);
}

/** x / sqrt(mean(x^2) + eps) weight over the last dimensions; eps defaults to the smallest step of the dtype. */
export function rmsNorm(
  input: Tensor,
  normalizedShape: readonly number[],
  options?: { weight?: Tensor | null; eps?: number | null },
): Tensor {
  const { weight, eps } = settings("rmsNorm", { weight: null as Tensor | null, eps: null as number | null }, options);
  return ops.rmsNorm(input, normalizedShape, weight, eps);
}

/** x / max(|x|_p, eps) along `dim`. Defaults: p 2, dim 1, eps 1e-12. */
export function normalize(input: Tensor, options?: { p?: number; dim?: number; eps?: number }): Tensor {
  const { p, dim, eps } = settings("normalize", { p: 2, dim: 1, eps: 1e-12 }, options);
  return input.div(ops.norm(input, p, [dim], true).clampMin(eps).expandAs(input));
}
