import type { Tensor } from "../../tensor.js";
import * as F from "../functional/loss.js";
import { Module } from "../module.js";
import { settings } from "../settings.js";

type Two = [input: Tensor, target: Tensor];
const MEAN = { reduction: "mean" as F.Reduction };

/**
 * (x - y)^2, as mean (default), sum or per element.
 *
 * @example
 * new nn.MSELoss().forward(prediction, target).backward();
 */
export class MSELoss extends Module<Two> {
  readonly reduction: F.Reduction;
  constructor(options?: F.LossOptions) {
    super();
    this.reduction = settings("MSELoss", MEAN, options).reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return F.mseLoss(input, target, { reduction: this.reduction });
  }
}

/** |x - y|. */
export class L1Loss extends Module<Two> {
  readonly reduction: F.Reduction;
  constructor(options?: F.LossOptions) {
    super();
    this.reduction = settings("L1Loss", MEAN, options).reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return F.l1Loss(input, target, { reduction: this.reduction });
  }
}

/** 0.5 (x - y)^2 / beta where |x - y| < beta, |x - y| - 0.5 beta elsewhere. Default: beta 1. */
export class SmoothL1Loss extends Module<Two> {
  readonly reduction: F.Reduction;
  readonly beta: number;
  constructor(options?: F.LossOptions & { beta?: number }) {
    super();
    const { reduction, beta } = settings("SmoothL1Loss", { ...MEAN, beta: 1 }, options);
    this.reduction = reduction;
    this.beta = beta;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { reduction, beta } = this;
    return F.smoothL1Loss(input, target, { reduction, beta });
  }
}

/** 0.5 (x - y)^2 where |x - y| < delta, delta (|x - y| - 0.5 delta) elsewhere. Default: delta 1. */
export class HuberLoss extends Module<Two> {
  readonly reduction: F.Reduction;
  readonly delta: number;
  constructor(options?: F.LossOptions & { delta?: number }) {
    super();
    const { reduction, delta } = settings("HuberLoss", { ...MEAN, delta: 1 }, options);
    this.reduction = reduction;
    this.delta = delta;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { reduction, delta } = this;
    return F.huberLoss(input, target, { reduction, delta });
  }
}

/**
 * -w_y ln softmax(x)_y, the target smoothed: 1 - labelSmoothing + labelSmoothing / C for the right class y and
 * labelSmoothing / C for each other one. `"mean"` divides by the sum of the weights w used.
 *
 * Shapes: input (logits) [N, C], [C] or [N, C, d1, ...]; target int64 class numbers [N], [] or [N, d1, ...], or probabilities
 * of the input's shape; `weight` [C].
 *
 * @throws TorchError `E_ARG` for class numbers of another dtype; `E_TORCH` for numbers out of range
 *
 * @example
 * const criterion = new nn.CrossEntropyLoss({ labelSmoothing: 0.1 });
 * criterion.forward(model.forward(images), labels).backward();
 */
export class CrossEntropyLoss extends Module<Two> {
  weight: Tensor | null;
  readonly ignoreIndex: number;
  readonly reduction: F.Reduction;
  readonly labelSmoothing: number;
  constructor(options?: F.CrossEntropyOptions) {
    super();
    const defaults = { weight: null as Tensor | null, ignoreIndex: -100, ...MEAN, labelSmoothing: 0 };
    const { weight, ignoreIndex, reduction, labelSmoothing } = settings("CrossEntropyLoss", defaults, options);
    this.weight = this.registerBuffer("weight", weight);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
    this.labelSmoothing = labelSmoothing;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { weight, ignoreIndex, reduction, labelSmoothing } = this;
    return F.crossEntropy(input, target, { weight, ignoreIndex, reduction, labelSmoothing });
  }
}

/**
 * The smoothed cross entropy of davda54/sam: the smoothing (default 0.1) is spread over the classes other than the right one,
 * and the loss is the Kullback-Leibler divergence sum_c t_c (ln t_c - ln softmax(x)_c). The reference reports one value per
 * sample: `reduction: "none"`.
 *
 * Shapes: input (logits) [N, C], target int64 class numbers [N].
 */
export class SmoothCrossEntropyLoss extends Module<Two> {
  readonly smoothing: number;
  readonly reduction: F.Reduction;
  constructor(options?: F.LossOptions & { smoothing?: number }) {
    super();
    const { smoothing, reduction } = settings("SmoothCrossEntropyLoss", { smoothing: 0.1, ...MEAN }, options);
    this.smoothing = smoothing;
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { smoothing, reduction } = this;
    return F.smoothCrossEntropy(input, target, { smoothing, reduction });
  }
}

/** -w_y x_y for log-probabilities x; shapes and weights as in {@link CrossEntropyLoss}. */
export class NLLLoss extends Module<Two> {
  weight: Tensor | null;
  readonly ignoreIndex: number;
  readonly reduction: F.Reduction;
  constructor(options?: F.NLLLossOptions) {
    super();
    const { weight, ignoreIndex, reduction } = settings(
      "NLLLoss",
      { weight: null as Tensor | null, ignoreIndex: -100, ...MEAN },
      options,
    );
    this.weight = this.registerBuffer("weight", weight);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { weight, ignoreIndex, reduction } = this;
    return F.nllLoss(input, target, { weight, ignoreIndex, reduction });
  }
}

/** -w (y ln x + (1 - y) ln(1 - x)) for probabilities x; logarithms are cut off at -100. Target of the input's shape. */
export class BCELoss extends Module<Two> {
  weight: Tensor | null;
  readonly reduction: F.Reduction;
  constructor(options?: F.LossOptions & { weight?: Tensor | null }) {
    super();
    const { weight, reduction } = settings("BCELoss", { weight: null as Tensor | null, ...MEAN }, options);
    this.weight = this.registerBuffer("weight", weight);
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { weight, reduction } = this;
    return F.binaryCrossEntropy(input, target, { weight, reduction });
  }
}

/**
 * -w (posWeight y ln s(x) + (1 - y) ln(1 - s(x))), s the sigmoid, without overflow. Target of the input's shape.
 *
 * @example
 * new nn.BCEWithLogitsLoss({ posWeight: torch.tensor([3]) }).forward(logits, target);
 */
export class BCEWithLogitsLoss extends Module<Two> {
  weight: Tensor | null;
  posWeight: Tensor | null;
  readonly reduction: F.Reduction;
  constructor(options?: F.BCEWithLogitsOptions) {
    super();
    const defaults = { weight: null as Tensor | null, posWeight: null as Tensor | null, ...MEAN };
    const { weight, posWeight, reduction } = settings("BCEWithLogitsLoss", defaults, options);
    this.weight = this.registerBuffer("weight", weight);
    this.posWeight = this.registerBuffer("posWeight", posWeight);
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { weight, posWeight, reduction } = this;
    return F.binaryCrossEntropyWithLogits(input, target, { weight, posWeight, reduction });
  }
}

/** y (ln y - x) for log-probabilities x; `reduction: "batchmean"` is the divergence as mathematics has it. */
export class KLDivLoss extends Module<Two> {
  readonly reduction: F.Reduction | "batchmean";
  readonly logTarget: boolean;
  constructor(options?: F.KLDivOptions) {
    super();
    const defaults = { reduction: "mean" as F.Reduction | "batchmean", logTarget: false };
    const { reduction, logTarget } = settings("KLDivLoss", defaults, options);
    this.reduction = reduction;
    this.logTarget = logTarget;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { reduction, logTarget } = this;
    return F.klDiv(input, target, { reduction, logTarget });
  }
}

/** 1 - cos(x1, x2) where the target is 1, max(0, cos(x1, x2) - margin) where it is -1. Default: margin 0. */
export class CosineEmbeddingLoss extends Module<[Tensor, Tensor, Tensor]> {
  readonly margin: number;
  readonly reduction: F.Reduction;
  constructor(options?: F.LossOptions & { margin?: number }) {
    super();
    const { margin, reduction } = settings("CosineEmbeddingLoss", { margin: 0, ...MEAN }, options);
    this.margin = margin;
    this.reduction = reduction;
  }
  forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    const { margin, reduction } = this;
    return F.cosineEmbeddingLoss(input1, input2, target, { margin, reduction });
  }
}
