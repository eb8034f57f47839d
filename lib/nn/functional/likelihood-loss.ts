import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import { isTensor, type Tensor } from "../../tensor.js";
import { settings } from "../settings.js";
import { type LossOptions, type Reduction, reduced, reductionCode } from "./reduction.js";

const MEAN = { reduction: "mean" as Reduction };

/** Options of {@link poissonNllLoss}. */
export interface PoissonNLLOptions extends LossOptions {
  /** Whether the input is the logarithm of the rate; default true. */
  logInput?: boolean;
  /** Adds Stirling's approximation of ln y! where y > 1; default false. */
  full?: boolean;
  /** Added to the rate inside the logarithm without `logInput`; default 1e-8. */
  eps?: number;
}

/** exp(x) - y x for the logarithm x of a Poisson distribution's rate, or x - y ln(x + eps) for the rate itself. */
export function poissonNllLoss(input: Tensor, target: Tensor, options?: PoissonNLLOptions): Tensor {
  const defaults = { logInput: true, full: false, eps: 1e-8, ...MEAN };
  const { logInput, full, eps, reduction } = settings("poissonNllLoss", defaults, options);
  return ops.poissonNllLoss(input, target, logInput, full, eps, reductionCode("poissonNllLoss", reduction));
}

/** Options of {@link gaussianNllLoss}. */
export interface GaussianNLLOptions extends LossOptions {
  /** Adds ln(2 pi) / 2; default false. */
  full?: boolean;
  /** The least variance; default 1e-6. */
  eps?: number;
}

/**
 * (ln max(var, eps) + (x - y)^2 / max(var, eps)) / 2; the cut at eps does not reach the gradient.
 *
 * @param variance of the input's shape, with one value for the last dimension, or a number
 * @throws TorchError `E_ARG` for a negative variance (looking costs a wait for the device) or one of another shape
 * @see Nix and Weigend, Estimating the mean and variance of the target probability distribution, 1994
 */
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor | number,
  options?: GaussianNLLOptions,
): Tensor {
  const { full, eps, reduction } = settings("gaussianNllLoss", { full: false, eps: 1e-6, ...MEAN }, options);
  const given = isTensor(variance) ? variance : ops.onesLike(input).mul(variance);
  if (given.lt(0).any().item() === true) badArgument("[gaussianNllLoss] expected a variance of at least 0, got less");
  // Cut where autograd does not see it: the gradient passes as if nothing had been cut, as in PyTorch.
  const cut = spreadOver(input, given).clone();
  noGrad(() => cut.clampMin_(eps));
  const loss = cut.log().add(input.sub(target).square().div(cut)).mul(0.5);
  return reduced("gaussianNllLoss", full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss, reduction);
}

function spreadOver(input: Tensor, variance: Tensor): Tensor {
  const [want, have] = [input.shape, variance.shape];
  const fits = (a: readonly number[], b: readonly number[]) =>
    a.length === b.length && a.every((size, i) => size === b[i]);
  if (fits(want, have)) return variance;
  if (fits(want.slice(0, -1), have)) return variance.unsqueeze(-1);
  const others = have.filter((size, i) => size !== want[i]);
  if (have.length === want.length && others.length === 1 && others[0] === 1) return variance;
  badArgument(
    `[gaussianNllLoss] expected a variance of the input's shape, or with one value for its last dimension, got input ${describeValue(input)} and variance ${describeValue(variance)}`,
  );
}

/** Options of {@link ctcLoss}. */
export interface CTCOptions extends LossOptions {
  /** The class that stands for no label; default 0. */
  blank?: number;
  /** Makes infinite losses (inputs shorter than their targets) and their gradients zero; default false. */
  zeroInfinity?: boolean;
}

/**
 * Connectionist temporal classification: -ln of the probability of all alignments of `targets` with the input. `"mean"` divides
 * each loss by its target's length first.
 *
 * @param logProbs log-probabilities [T, N, C] or [T, C]
 * @param targets int64 class numbers [N, S], or one after the other [sum of targetLengths]
 * @param inputLengths, targetLengths lists or int64 tensors [N]
 * @see Graves et al., Connectionist Temporal Classification, ICML 2006
 */
export function ctcLoss(
  logProbs: Tensor,
  targets: Tensor,
  inputLengths: Tensor | readonly number[],
  targetLengths: Tensor | readonly number[],
  options?: CTCOptions,
): Tensor {
  const { blank, zeroInfinity, reduction } = settings("ctcLoss", { blank: 0, zeroInfinity: false, ...MEAN }, options);
  const code = reductionCode("ctcLoss", reduction);
  if (isTensor(inputLengths) && isTensor(targetLengths)) {
    return ops.ctcLoss(logProbs, targets, inputLengths, targetLengths, blank, code, zeroInfinity);
  }
  const list = (lengths: Tensor | readonly number[]) =>
    isTensor(lengths) ? Array.from(lengths.dataSync(), Number) : lengths;
  return ops.ctcLoss(logProbs, targets, list(inputLengths), list(targetLengths), blank, code, zeroInfinity);
}
