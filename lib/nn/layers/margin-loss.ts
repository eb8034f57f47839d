import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import type { Tensor } from "../../tensor.js";
import * as F from "../functional/margin-loss.js";
import type { LossOptions, Reduction } from "../functional/reduction.js";
import { Module } from "../module.js";
import { settings } from "../settings.js";

type Two = [input: Tensor, target: Tensor];
type Three = [first: Tensor, second: Tensor, third: Tensor];
const MEAN = { reduction: "mean" as Reduction };

/** max(0, -y (x1 - x2) + margin), y 1 where x1 should rank higher and -1 otherwise. Default: margin 0. */
export class MarginRankingLoss extends Module<[input1: Tensor, input2: Tensor, target: Tensor]> {
  readonly margin: number;
  readonly reduction: Reduction;
  constructor(options?: LossOptions & { margin?: number }) {
    super();
    const { margin, reduction } = settings("MarginRankingLoss", { margin: 0, ...MEAN }, options);
    this.margin = margin;
    this.reduction = reduction;
  }
  forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    const { margin, reduction } = this;
    return F.marginRankingLoss(input1, input2, target, { margin, reduction });
  }
}

/** x where the target is 1, max(0, margin - x) where it is -1. Default: margin 1. */
export class HingeEmbeddingLoss extends Module<Two> {
  readonly margin: number;
  readonly reduction: Reduction;
  constructor(options?: LossOptions & { margin?: number }) {
    super();
    const { margin, reduction } = settings("HingeEmbeddingLoss", { margin: 1, ...MEAN }, options);
    this.margin = margin;
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { margin, reduction } = this;
    return F.hingeEmbeddingLoss(input, target, { margin, reduction });
  }
}

/** ln(1 + exp(-y x)), y 1 or -1. */
export class SoftMarginLoss extends Module<Two> {
  readonly reduction: Reduction;
  constructor(options?: LossOptions) {
    super();
    this.reduction = settings("SoftMarginLoss", MEAN, options).reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return F.softMarginLoss(input, target, { reduction: this.reduction });
  }
}

/** sum_{i != y} max(0, margin - x_y + x_i)^p / C for one class number y per sample. Defaults: p 1, margin 1. */
export class MultiMarginLoss extends Module<Two> {
  readonly p: number;
  readonly margin: number;
  weight: Tensor | null;
  readonly reduction: Reduction;
  constructor(options?: F.MultiMarginOptions) {
    super();
    const defaults = { p: 1, margin: 1, weight: null as Tensor | null, ...MEAN };
    const { p, margin, weight, reduction } = settings("MultiMarginLoss", defaults, options);
    if (p !== 1 && p !== 2) badArgument(`[MultiMarginLoss] expected p to be 1 or 2, got ${describeValue(p)}`);
    this.p = p;
    this.margin = margin;
    this.weight = this.registerBuffer("weight", weight);
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { p, margin, weight, reduction } = this;
    return F.multiMarginLoss(input, target, { p, margin, weight, reduction });
  }
}

/** sum max(0, 1 - (x_y - x_i)) / C over the classes y of a sample and the classes i that are none of them. */
export class MultiLabelMarginLoss extends Module<Two> {
  readonly reduction: Reduction;
  constructor(options?: LossOptions) {
    super();
    this.reduction = settings("MultiLabelMarginLoss", MEAN, options).reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return F.multilabelMarginLoss(input, target, { reduction: this.reduction });
  }
}

/** Mean over the classes (the last dimension) of -(y ln s(x) + (1 - y) ln(1 - s(x))), s the sigmoid. */
export class MultiLabelSoftMarginLoss extends Module<Two> {
  weight: Tensor | null;
  readonly reduction: Reduction;
  constructor(options?: LossOptions & { weight?: Tensor | null }) {
    super();
    const defaults = { weight: null as Tensor | null, ...MEAN };
    const { weight, reduction } = settings("MultiLabelSoftMarginLoss", defaults, options);
    this.weight = this.registerBuffer("weight", weight);
    this.reduction = reduction;
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const { weight, reduction } = this;
    return F.multilabelSoftMarginLoss(input, target, { weight, reduction });
  }
}

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin), d(a, b) = |a - b + eps|_p over the last dimension.
 * Defaults: margin 1, p 2, eps 1e-6, swap false.
 *
 * @see Balntas et al., Learning shallow convolutional feature descriptors with triplet losses, BMVC 2016
 */
export class TripletMarginLoss extends Module<Three> {
  readonly margin: number;
  readonly p: number;
  readonly eps: number;
  readonly swap: boolean;
  readonly reduction: Reduction;
  constructor(options?: F.TripletMarginOptions) {
    super();
    const defaults = { margin: 1, p: 2, eps: 1e-6, swap: false, ...MEAN };
    const { margin, p, eps, swap, reduction } = settings("TripletMarginLoss", defaults, options);
    this.margin = margin;
    this.p = p;
    this.eps = eps;
    this.swap = swap;
    this.reduction = reduction;
  }
  forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    const { margin, p, eps, swap, reduction } = this;
    return F.tripletMarginLoss(anchor, positive, negative, { margin, p, eps, swap, reduction });
  }
}

/** {@link TripletMarginLoss} with a distance of one's own. */
export class TripletMarginWithDistanceLoss extends Module<Three> {
  readonly distanceFunction: F.Distance | null;
  readonly margin: number;
  readonly swap: boolean;
  readonly reduction: Reduction;
  constructor(options?: F.TripletDistanceOptions) {
    super();
    const defaults = { distanceFunction: null as F.Distance | null, margin: 1, swap: false, ...MEAN };
    const { distanceFunction, margin, swap, reduction } = settings("TripletMarginWithDistanceLoss", defaults, options);
    this.distanceFunction = distanceFunction;
    this.margin = margin;
    this.swap = swap;
    this.reduction = reduction;
  }
  forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    const { distanceFunction, margin, swap, reduction } = this;
    const options = { distanceFunction, margin, swap, reduction };
    return F.tripletMarginWithDistanceLoss(anchor, positive, negative, options);
  }
}
