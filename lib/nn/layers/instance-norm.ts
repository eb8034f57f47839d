import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { ones, zeros } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { instanceNorm } from "../functional/norm.js";
import { ones_, zeros_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather } from "../settings.js";

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
