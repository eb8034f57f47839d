import { badArgument } from "../../errors.js";
import { native } from "../../native.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import { handleOf, type Tensor, wrap } from "../../tensor.js";
import { optionalHandle } from "../optional-handle.js";
import { oneOf, settings } from "../settings.js";
import {
  type LossOptions,
  REDUCTIONS,
  type Reduction,
  reductionCode,
  requireSameShape,
  requireTensors,
  sameShape,
} from "./reduction.js";

export type { LossOptions, Reduction } from "./reduction.js";

/** A loss of the differences. Shapes that differ are broadcast, but that is nearly always a mistake such as [N] against [N, 1]. */
function pointwise(
  owner: string,
  input: Tensor,
  target: Tensor,
  reduction: Reduction,
  loss: (x: Tensor, y: Tensor, reduction: number) => Tensor,
): Tensor {
  const code = reductionCode(owner, reduction);
  requireTensors(owner, input, target);
  if (sameShape(input, target)) return loss(input, target, code);
  process.emitWarning(
    `[${owner}] input [${input.shape.join(", ")}] and target [${target.shape.join(", ")}] differ in shape and are broadcast; is that meant?`,
    "TorchWarning",
  );
  const [x, y] = ops.broadcastTensors([input, target]);
  return loss(x!, y!, code);
}

/** (x - y)^2. */
export function mseLoss(input: Tensor, target: Tensor, options?: LossOptions): Tensor {
  const { reduction } = settings("mseLoss", { reduction: "mean" as Reduction }, options);
  return pointwise("mseLoss", input, target, reduction, ops.mseLoss);
}

/** |x - y|. */
export function l1Loss(input: Tensor, target: Tensor, options?: LossOptions): Tensor {
  const { reduction } = settings("l1Loss", { reduction: "mean" as Reduction }, options);
  return pointwise("l1Loss", input, target, reduction, ops.l1Loss);
}

/** 0.5 (x - y)^2 / beta where |x - y| < beta, |x - y| - 0.5 beta elsewhere. Default: beta 1; 0 is {@link l1Loss}. */
export function smoothL1Loss(input: Tensor, target: Tensor, options?: LossOptions & { beta?: number }): Tensor {
  const { reduction, beta } = settings("smoothL1Loss", { reduction: "mean" as Reduction, beta: 1 }, options);
  return pointwise("smoothL1Loss", input, target, reduction, (x, y, code) => ops.smoothL1Loss(x, y, code, beta));
}

/** 0.5 (x - y)^2 where |x - y| < delta, delta (|x - y| - 0.5 delta) elsewhere. Default: delta 1. */
export function huberLoss(input: Tensor, target: Tensor, options?: LossOptions & { delta?: number }): Tensor {
  const { reduction, delta } = settings("huberLoss", { reduction: "mean" as Reduction, delta: 1 }, options);
  return pointwise("huberLoss", input, target, reduction, (x, y, code) => ops.huberLoss(x, y, code, delta));
}

/** Options of {@link nllLoss}. */
export interface NLLLossOptions extends LossOptions {
  /** A weight per class, [C]; `"mean"` divides by the sum of the weights used. */
  weight?: Tensor | null;
  /** A target that counts neither in the loss nor in its mean; default -100. */
  ignoreIndex?: number;
}
/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions extends NLLLossOptions {
  /** Share of the target that is spread evenly over all classes, the right one included; from 0 (default) to 1. */
  labelSmoothing?: number;
}

/** JavaScript's numbers make float32 tensors; class numbers must not be that. */
function checkClasses(owner: string, input: Tensor, target: Tensor): void {
  requireTensors(owner, input, target);
  const { dtype } = target;
  if (dtype === "int64" || dtype === "uint8") return;
  const probabilities = owner === "crossEntropy" && sameShape(input, target);
  if (probabilities && /^b?float/.test(dtype)) return;
  badArgument(
    `[${owner}] expected class numbers of dtype int64${owner === "crossEntropy" ? ", or probabilities of the input's shape" : ""}, got input ${describeValue(input)} and target ${describeValue(target)}`,
    'target.to("int64"), or torch.tensor(labels, { dtype: "int64" })',
  );
}

/**
 * -ln softmax(x)[y], or -sum_c y_c ln softmax(x)_c for probabilities y.
 *
 * @param input logits [N, C], [C] or [N, C, d1, ...]
 * @param target int64 class numbers [N], [] or [N, d1, ...], or probabilities of the input's shape
 * @throws TorchError `E_ARG` for class numbers of a dtype other than int64 (uint8); `E_TORCH` for numbers out of range
 *
 * @example
 * nn.functional.crossEntropy(logits, labels, { labelSmoothing: 0.1 });
 */
export function crossEntropy(input: Tensor, target: Tensor, options?: CrossEntropyOptions): Tensor {
  const defaults = {
    weight: null as Tensor | null,
    ignoreIndex: -100,
    reduction: "mean" as Reduction,
    labelSmoothing: 0,
  };
  const { weight, ignoreIndex, reduction, labelSmoothing } = settings("crossEntropy", defaults, options);
  checkClasses("crossEntropy", input, target);
  return cross(input, target, weight, reductionCode("crossEntropy", reduction), ignoreIndex, labelSmoothing);
}

/** As one node of autograd where native code has one. */
function cross(
  input: Tensor,
  target: Tensor,
  weight: Tensor | null,
  ...numbers: [reduction: number, ignoreIndex: number, labelSmoothing: number]
): Tensor {
  return wrap(native.crossEntropy(handleOf(input), handleOf(target), optionalHandle(weight), ...numbers));
}

/**
 * The cross entropy of davda54/sam: the smoothing is spread over the classes other than the right one, and the loss is the
 * Kullback-Leibler divergence, which is 0 for perfect predictions.
 *
 * With t = 1 - smoothing for the right class and smoothing / (C - 1) for each other one: sum_c t_c (ln t_c - ln softmax(x)_c).
 * That is {@link crossEntropy} with labelSmoothing = smoothing C / (C - 1), plus a constant.
 *
 * @param input logits [N, C]
 * @param target int64 class numbers [N]
 * @param options.smoothing default 0.1; less than 1
 */
export function smoothCrossEntropy(
  input: Tensor,
  target: Tensor,
  options?: LossOptions & { smoothing?: number },
): Tensor {
  const owner = "smoothCrossEntropy";
  const { smoothing, reduction } = settings(owner, { smoothing: 0.1, reduction: "mean" as Reduction }, options);
  const classes = input.ndim === 2 ? input.size(1) : 0;
  if (classes < 2) badArgument(`[${owner}] expected logits [N, C] of at least 2 classes, got ${describeValue(input)}`);
  // Beyond (C - 1) / C the right class is the least likely one, which crossEntropy's smoothing cannot say.
  if (!(smoothing >= 0 && smoothing <= (classes - 1) / classes)) {
    badArgument(
      `[${owner}] expected a smoothing from 0 to ${(classes - 1) / classes} for ${classes} classes, got ${describeValue(smoothing)}`,
    );
  }
  checkClasses(owner, input, target);
  const code = reductionCode(owner, reduction);
  const labelSmoothing = Math.min(1, (smoothing * classes) / (classes - 1));
  const loss = cross(input, target, null, code, -100, labelSmoothing);
  const xlogx = (t: number) => (t === 0 ? 0 : t * Math.log(t));
  const entropy = xlogx(1 - smoothing) + (classes - 1) * xlogx(smoothing / (classes - 1));
  return ops.add(loss, reduction === "sum" ? entropy * input.size(0) : entropy);
}

/** -x[y] for log-probabilities x; shapes as in {@link crossEntropy}. */
export function nllLoss(input: Tensor, target: Tensor, options?: NLLLossOptions): Tensor {
  const defaults = { weight: null as Tensor | null, ignoreIndex: -100, reduction: "mean" as Reduction };
  const { weight, ignoreIndex, reduction } = settings("nllLoss", defaults, options);
  checkClasses("nllLoss", input, target);
  return ops.nllLossNd(input, target, weight, reductionCode("nllLoss", reduction), ignoreIndex);
}

/** -(y ln x + (1 - y) ln(1 - x)) for probabilities x; logarithms are cut off at -100. `weight` multiplies each element. */
export function binaryCrossEntropy(
  input: Tensor,
  target: Tensor,
  options?: LossOptions & { weight?: Tensor | null },
): Tensor {
  const defaults = { weight: null as Tensor | null, reduction: "mean" as Reduction };
  const { weight, reduction } = settings("binaryCrossEntropy", defaults, options);
  requireSameShape("binaryCrossEntropy", input, target);
  return ops.binaryCrossEntropy(input, target, weight, reductionCode("binaryCrossEntropy", reduction));
}

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface BCEWithLogitsOptions extends LossOptions {
  /** Multiplies each element's loss; must broadcast. */
  weight?: Tensor | null;
  /** Multiplies the loss where the target is 1, per class; must broadcast. */
  posWeight?: Tensor | null;
}

/** -(posWeight y ln s(x) + (1 - y) ln(1 - s(x))), s the sigmoid, without overflow. */
export function binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, options?: BCEWithLogitsOptions): Tensor {
  const defaults = { weight: null as Tensor | null, posWeight: null as Tensor | null, reduction: "mean" as Reduction };
  const { weight, posWeight, reduction } = settings("binaryCrossEntropyWithLogits", defaults, options);
  requireSameShape("binaryCrossEntropyWithLogits", input, target);
  return ops.binaryCrossEntropyWithLogits(
    input,
    target,
    weight,
    posWeight,
    reductionCode("binaryCrossEntropyWithLogits", reduction),
  );
}

/** Options of {@link klDiv}. */
export interface KLDivOptions {
  /** Default `"mean"`: over all elements. `"batchmean"` divides by the batch size and is the divergence as mathematics has it. */
  reduction?: Reduction | "batchmean";
  /** Whether the target is log-probabilities too; default false. */
  logTarget?: boolean;
}

/** y (ln y - x) for log-probabilities x. */
export function klDiv(input: Tensor, target: Tensor, options?: KLDivOptions): Tensor {
  const defaults = { reduction: "mean" as Reduction | "batchmean", logTarget: false };
  const { reduction, logTarget } = settings("klDiv", defaults, options);
  oneOf("klDiv", "reduction", reduction, [...REDUCTIONS, "batchmean"]);
  if (reduction !== "batchmean") return ops.klDiv(input, target, reductionCode("klDiv", reduction), { logTarget });
  const sum = ops.klDiv(input, target, reductionCode("klDiv", "sum"), { logTarget });
  return input.ndim === 0 ? sum : sum.div(input.size(0));
}

/** 1 - cos(x1, x2) where the target is 1, max(0, cos(x1, x2) - margin) where it is -1. Default: margin 0. */
export function cosineEmbeddingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  options?: LossOptions & { margin?: number },
): Tensor {
  const { margin, reduction } = settings("cosineEmbeddingLoss", { margin: 0, reduction: "mean" as Reduction }, options);
  return ops.cosineEmbeddingLoss(input1, input2, target, margin, reductionCode("cosineEmbeddingLoss", reduction));
}
