import type { Tensor } from "../../tensor.js";
import * as F from "../functional/likelihood-loss.js";
import type { Reduction } from "../functional/reduction.js";
import { Module } from "../module.js";
import { settings } from "../settings.js";

const MEAN = { reduction: "mean" as Reduction };

/** exp(x) - y x for the logarithm x of a Poisson distribution's rate, or x - y ln(x + eps) for the rate itself. */
export class PoissonNLLLoss extends Module<[logInput: Tensor, target: Tensor]> {
  readonly logInput: boolean;
  readonly full: boolean;
  readonly eps: number;
  readonly reduction: Reduction;
  constructor(options?: F.PoissonNLLOptions) {
    super();
    const defaults = { logInput: true, full: false, eps: 1e-8, ...MEAN };
    const { logInput, full, eps, reduction } = settings("PoissonNLLLoss", defaults, options);
    this.logInput = logInput;
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { logInput, full, eps, reduction } = this;
    return F.poissonNllLoss(input, target, { logInput, full, eps, reduction });
  }
}

/** (ln max(var, eps) + (x - y)^2 / max(var, eps)) / 2. Defaults: full false, eps 1e-6. */
export class GaussianNLLLoss extends Module<[input: Tensor, target: Tensor, variance: Tensor | number]> {
  readonly full: boolean;
  readonly eps: number;
  readonly reduction: Reduction;
  constructor(options?: F.GaussianNLLOptions) {
    super();
    const { full, eps, reduction } = settings("GaussianNLLLoss", { full: false, eps: 1e-6, ...MEAN }, options);
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor, variance: Tensor | number): Tensor {
    const { full, eps, reduction } = this;
    return F.gaussianNllLoss(input, target, variance, { full, eps, reduction });
  }
}

type Lengths = Tensor | readonly number[];
/**
 * Connectionist temporal classification: -ln of the probability of all alignments of the targets with the input.
 * Defaults: blank 0, zeroInfinity false.
 *
 * Shapes: logProbs [T, N, C] or [T, C]; targets int64 [N, S], or one after the other; lengths of inputs and of targets [N].
 *
 * @see Graves et al., Connectionist Temporal Classification, ICML 2006
 */
export class CTCLoss extends Module<
  [logProbs: Tensor, targets: Tensor, inputLengths: Lengths, targetLengths: Lengths]
> {
  readonly blank: number;
  readonly zeroInfinity: boolean;
  readonly reduction: Reduction;
  constructor(options?: F.CTCOptions) {
    super();
    const { blank, zeroInfinity, reduction } = settings("CTCLoss", { blank: 0, zeroInfinity: false, ...MEAN }, options);
    this.blank = blank;
    this.zeroInfinity = zeroInfinity;
    this.reduction = reduction;
  }
  forward(logProbs: Tensor, targets: Tensor, inputLengths: Lengths, targetLengths: Lengths): Tensor {
    const { blank, zeroInfinity, reduction } = this;
    return F.ctcLoss(logProbs, targets, inputLengths, targetLengths, { blank, zeroInfinity, reduction });
  }
}
