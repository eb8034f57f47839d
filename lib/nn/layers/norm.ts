import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/kinds.js";
import { groupNorm, layerNorm, ones, rmsNorm, zeros } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText, shown } from "../describe-module.js";
import { instanceNorm } from "../functional/norm.js";
import { ones_, zeros_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather } from "../settings.js";

/** Options of {@link LayerNorm}. */
export interface LayerNormOptions extends FactoryOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Learns a scale and a shift per element; default true. */
  elementwiseAffine?: boolean;
  /** Whether the affine part has a shift; default true. */
  bias?: boolean;
}

const shapeList = (owner: string, shape: number | readonly number[]): number[] =>
  (typeof shape === "number" ? [shape] : [...shape]).map((size) => count(owner, "each size of normalizedShape", size));

/**
 * y = (x - mean) / sqrt(var + eps) weight + bias over the last dimensions, whose shape is `normalizedShape`.
 *
 * Shapes: input and output [..., ...normalizedShape]; `weight` (1 at first) and `bias` (0 at first) of `normalizedShape`. The
 * variance is the biased one.
 *
 * @throws TorchError `E_TORCH` for an input that does not end in `normalizedShape`
 * @see Ba, Kiros and Hinton, Layer Normalization, 2016
 *
 * @example
 * new nn.LayerNorm(10).forward(torch.randn([20, 5, 10]));
 */
export class LayerNorm extends Module {
  readonly normalizedShape: readonly number[];
  readonly eps: number;
  readonly elementwiseAffine: boolean;
  weight: Parameter | null;
  bias: Parameter | null;

  constructor(
    normalizedShape: number | readonly number[],
    ...args: Arguments<[eps: number, elementwiseAffine: boolean, bias: boolean], LayerNormOptions>
  ) {
    super();
    const defaults = { eps: 1e-5, elementwiseAffine: true, bias: true, ...factory };
    const { eps, elementwiseAffine, bias, ...where } = gather(
      "LayerNorm",
      ["eps", "elementwiseAffine", "bias"],
      defaults,
      args,
    );
    this.normalizedShape = shapeList("LayerNorm", normalizedShape);
    this.eps = eps;
    this.elementwiseAffine = elementwiseAffine;
    this.weight = elementwiseAffine ? emptyParameter(this.normalizedShape, where) : null;
    this.bias = elementwiseAffine && bias ? emptyParameter(this.normalizedShape, where) : null;
    this.resetParameters();
  }

  /** Scale 1, shift 0. */
  resetParameters(): void {
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  forward(input: Tensor): Tensor {
    return layerNorm(input, this.normalizedShape, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    const { normalizedShape, eps, elementwiseAffine } = this;
    return `${shown(normalizedShape)}, ${settingsText({ eps, elementwiseAffine, bias: this.bias !== null })}`;
  }
}

/** Options of {@link RMSNorm}. */
export interface RMSNormOptions extends FactoryOptions {
  /** Added to the mean square; null (default) takes the smallest step of the input's dtype. */
  eps?: number | null;
  /** Learns a scale per element; default true. */
  elementwiseAffine?: boolean;
}

/**
 * y = x / sqrt(mean(x^2) + eps) weight over the last dimensions, whose shape is `normalizedShape`.
 *
 * @see Zhang and Sennrich, Root Mean Square Layer Normalization, NeurIPS 2019
 *
 * @example
 * new nn.RMSNorm(10, { eps: 1e-6 }).forward(torch.randn([20, 5, 10]));
 */
export class RMSNorm extends Module {
  readonly normalizedShape: readonly number[];
  readonly eps: number | null;
  readonly elementwiseAffine: boolean;
  weight: Parameter | null;

  constructor(
    normalizedShape: number | readonly number[],
    ...args: Arguments<[eps: number | null, elementwiseAffine: boolean], RMSNormOptions>
  ) {
    super();
    const defaults = { eps: null as number | null, elementwiseAffine: true, ...factory };
    const { eps, elementwiseAffine, ...where } = gather("RMSNorm", ["eps", "elementwiseAffine"], defaults, args);
    this.normalizedShape = shapeList("RMSNorm", normalizedShape);
    this.eps = eps;
    this.elementwiseAffine = elementwiseAffine;
    this.weight = elementwiseAffine ? emptyParameter(this.normalizedShape, where) : null;
    this.resetParameters();
  }

  /** Scale 1. */
  resetParameters(): void {
    if (this.weight !== null) ones_(this.weight);
  }

  forward(input: Tensor): Tensor {
    return rmsNorm(input, this.normalizedShape, this.weight, this.eps);
  }

  override extraRepr(): string {
    const { normalizedShape, eps, elementwiseAffine } = this;
    return `${shown(normalizedShape)}, ${settingsText({ eps, elementwiseAffine })}`;
  }
}

/** Options of {@link GroupNorm}. */
export interface GroupNormOptions extends FactoryOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Learns a scale and a shift per channel; default true. */
  affine?: boolean;
  /** Whether the affine part has a shift; default true. */
  bias?: boolean;
}

/**
 * y = (x - mean) / sqrt(var + eps) weight + bias over each of `numGroups` groups of channels of each sample.
 *
 * Shapes: input and output [N, numChannels, ...]; `weight` (1 at first) and `bias` (0 at first) [numChannels].
 *
 * @throws TorchError `E_ARG` when `numGroups` does not divide `numChannels`
 * @see Wu and He, Group Normalization, ECCV 2018
 *
 * @example
 * new nn.GroupNorm(3, 6).forward(torch.randn([20, 6, 10, 10]));
 */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;
  readonly affine: boolean;
  weight: Parameter | null;
  bias: Parameter | null;

  constructor(
    numGroups: number,
    numChannels: number,
    ...args: Arguments<[eps: number, affine: boolean], GroupNormOptions>
  ) {
    super();
    const { eps, affine, bias, ...where } = gather(
      "GroupNorm",
      ["eps", "affine"],
      { eps: 1e-5, affine: true, bias: true, ...factory },
      args,
    );
    this.numGroups = count("GroupNorm", "numGroups", numGroups);
    this.numChannels = count("GroupNorm", "numChannels", numChannels);
    if (numChannels % numGroups !== 0) {
      badArgument(
        `[GroupNorm] expected numGroups to divide numChannels, got ${numGroups} groups and ${numChannels} channels`,
      );
    }
    this.eps = eps;
    this.affine = affine;
    this.weight = affine ? emptyParameter([numChannels], where) : null;
    this.bias = affine && bias ? emptyParameter([numChannels], where) : null;
    this.resetParameters();
  }

  /** Scale 1, shift 0. */
  resetParameters(): void {
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  forward(input: Tensor): Tensor {
    return groupNorm(input, this.numGroups, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    const { numGroups, numChannels, eps, affine } = this;
    return `${numGroups}, ${numChannels}, ${settingsText({ eps, affine, bias: this.bias !== null })}`;
  }
}

/** Options of the instance norms. */
export interface InstanceNormOptions extends FactoryOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Share of the batch in the running statistics; default 0.1. */
  momentum?: number;
  /** Learns a scale and a shift per channel; default false. */
  affine?: boolean;
  /** Keeps running statistics and uses them in evaluation; default false. */
  trackRunningStats?: boolean;
}
type InstanceNormArguments = Arguments<
  [eps: number, momentum: number, affine: boolean, trackRunningStats: boolean],
  InstanceNormOptions
>;

/** What the instance norms share: see {@link InstanceNorm2d}. */
abstract class InstanceNorm extends Module {
  readonly numFeatures: number;
  readonly eps: number;
  momentum: number;
  readonly affine: boolean;
  readonly trackRunningStats: boolean;
  weight: Parameter | null;
  bias: Parameter | null;
  runningMean: Tensor | null = null;
  runningVar: Tensor | null = null;
  /** PyTorch keeps this counter in the state dict, but does not count here. */
  numBatchesTracked: Tensor | null = null;
  readonly #dimensions: number;

  constructor(n: number, numFeatures: number, args: readonly unknown[]) {
    super();
    const name = `InstanceNorm${n}d`;
    const defaults = { eps: 1e-5, momentum: 0.1, affine: false, trackRunningStats: false, ...factory };
    const names = ["eps", "momentum", "affine", "trackRunningStats"] as const;
    const { eps, momentum, affine, trackRunningStats, ...where } = gather(name, names, defaults, args);
    this.numFeatures = count(name, "numFeatures", numFeatures);
    this.eps = eps;
    this.momentum = momentum;
    this.affine = affine;
    this.trackRunningStats = trackRunningStats;
    this.#dimensions = n;
    this.weight = affine ? (ones_(emptyParameter([numFeatures], where)) as Parameter) : null;
    this.bias = affine ? (zeros_(emptyParameter([numFeatures], where)) as Parameter) : null;
    if (trackRunningStats) {
      this.registerBuffer("runningMean", zeros([numFeatures], where));
      this.registerBuffer("runningVar", ones([numFeatures], where));
      this.registerBuffer("numBatchesTracked", zeros([], { dtype: "int64", device: where.device }));
    }
  }

  override _mayBeMissing(name: string): boolean {
    return name === "num_batches_tracked";
  }

  forward(input: Tensor): Tensor {
    const n = this.#dimensions;
    const { ndim } = input;
    if (ndim !== n + 1 && ndim !== n + 2) {
      badArgument(
        `[InstanceNorm${n}d] expected an input of ${n + 1} or ${n + 2} dimensions, got ${describeValue(input)}`,
      );
    }
    const channels = input.size(ndim - n - 1);
    if (channels !== this.numFeatures && (this.affine || this.trackRunningStats)) {
      badArgument(`[InstanceNorm${n}d] expected ${this.numFeatures} channels, got ${describeValue(input)}`);
    }
    if (ndim === n + 2) return this.#normalize(input);
    return this.#normalize(input.unsqueeze(0)).squeeze(0);
  }
  #normalize(input: Tensor): Tensor {
    const { weight, bias, momentum, eps, runningMean, runningVar } = this;
    const useInputStats = this.training || !this.trackRunningStats;
    return instanceNorm(input, runningMean, runningVar, { weight, bias, momentum, eps, useInputStats });
  }

  override extraRepr(): string {
    const { numFeatures, eps, momentum, affine, trackRunningStats } = this;
    return `${numFeatures}, ${settingsText({ eps, momentum, affine, bias: this.bias !== null, trackRunningStats })}`;
  }
}

/** {@link InstanceNorm2d} for [N, C, L] or [C, L]. */
export class InstanceNorm1d extends InstanceNorm {
  constructor(numFeatures: number, ...args: InstanceNormArguments) {
    super(1, numFeatures, args);
  }
}

/**
 * y = (x - mean) / sqrt(var + eps) weight + bias, per channel of each sample.
 *
 * Shapes: input and output [N, C, H, W] or [C, H, W]; `weight` and `bias`, where `affine`, [C].
 *
 * @see Ulyanov, Vedaldi and Lempitsky, Instance Normalization, 2016
 *
 * @example
 * new nn.InstanceNorm2d(16, { affine: true }).forward(torch.randn([8, 16, 32, 32]));
 */
export class InstanceNorm2d extends InstanceNorm {
  constructor(numFeatures: number, ...args: InstanceNormArguments) {
    super(2, numFeatures, args);
  }
}

/** {@link InstanceNorm2d} for [N, C, D, H, W] or [C, D, H, W]. */
export class InstanceNorm3d extends InstanceNorm {
  constructor(numFeatures: number, ...args: InstanceNormArguments) {
    super(3, numFeatures, args);
  }
}
