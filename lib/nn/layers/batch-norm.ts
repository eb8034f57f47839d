import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { ones, zeros } from "../../ops.generated.js";
import { beforeRunningStatisticsChange, runningStatisticsFrozen } from "../../running-statistics.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import {
  type NormalizeArguments,
  normalizeBatch,
  normalizeBatchRelu,
  normalizeBatchReluAndSkip,
} from "../functional/norm.js";
import { ones_, zeros_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather } from "../settings.js";

/** Options of the batch norms. */
export interface BatchNormOptions extends FactoryOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Share of the batch in the running statistics; null takes the plain average of all batches. Default 0.1. */
  momentum?: number | null;
  /** Learns a scale and a shift per channel; default true. */
  affine?: boolean;
  /** Keeps running statistics for evaluation; default true. Without them, evaluation normalises with the batch too. */
  trackRunningStats?: boolean;
  /** Whether the affine part has a shift; default true. */
  bias?: boolean;
}

/** The options of a batch norm that may be positional, as in PyTorch. */
export type BatchNormArguments = Arguments<
  [eps: number, momentum: number | null, affine: boolean, trackRunningStats: boolean],
  BatchNormOptions
>;

/** What the batch norms share: see {@link BatchNorm2d}. `instanceof nn.BatchNorm` holds for all of them. */
export abstract class BatchNorm extends Module {
  readonly numFeatures: number;
  readonly eps: number;
  momentum: number | null;
  readonly affine: boolean;
  readonly trackRunningStats: boolean;
  weight: Parameter | null;
  bias: Parameter | null;
  runningMean: Tensor | null = null;
  runningVar: Tensor | null = null;
  /** How many batches went into the running statistics, int64. */
  numBatchesTracked: Tensor | null = null;
  readonly #dimensions: readonly number[];

  constructor(numFeatures: number, dimensions: readonly number[], args: readonly unknown[]) {
    super();
    const defaults = {
      eps: 1e-5,
      momentum: 0.1 as number | null,
      affine: true,
      trackRunningStats: true,
      bias: true,
      ...factory,
    };
    const names = ["eps", "momentum", "affine", "trackRunningStats"] as const;
    const { eps, momentum, affine, trackRunningStats, bias, ...where } = gather(new.target.name, names, defaults, args);
    this.numFeatures = count(new.target.name, "numFeatures", numFeatures);
    this.eps = eps;
    this.momentum = momentum;
    this.affine = affine;
    this.trackRunningStats = trackRunningStats;
    this.#dimensions = dimensions;
    this.weight = affine ? emptyParameter([numFeatures], where) : null;
    this.bias = affine && bias ? emptyParameter([numFeatures], where) : null;
    if (trackRunningStats) {
      this.registerBuffer("runningMean", zeros([numFeatures], where));
      this.registerBuffer("runningVar", ones([numFeatures], where));
      this.registerBuffer("numBatchesTracked", zeros([], { dtype: "int64", device: where.device }));
    }
    this.resetParameters();
  }

  /** Running mean 0, running variance 1, no batch counted. */
  resetRunningStats(): void {
    this.runningMean?.zero_();
    this.runningVar?.fill_(1);
    this.numBatchesTracked?.zero_();
  }
  /** Scale 1, shift 0, fresh running statistics. */
  resetParameters(): void {
    this.resetRunningStats();
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  /** Files written before PyTorch 0.4.1, and other tools, lack the counter. */
  override _mayBeMissing(name: string): boolean {
    return name === "num_batches_tracked";
  }

  forward(input: Tensor): Tensor {
    return normalizeBatch(input, ...this.#request(input));
  }
  /** @internal relu(forward(input)), as one kernel where there is one. */
  _forwardRelu(input: Tensor): Tensor {
    return normalizeBatchRelu(input, ...this.#request(input));
  }
  /** @internal The same, and the input again for a residual block's way around. */
  _forwardReluAndSkip(input: Tensor): [Tensor, Tensor] {
    return normalizeBatchReluAndSkip(input, ...this.#request(input));
  }

  #request(input: Tensor): NormalizeArguments {
    const { weight, bias, runningMean, runningVar, eps } = this;
    if (!this.#dimensions.includes(input.ndim)) {
      badArgument(
        `[${this.constructor.name}] expected an input of ${this.#dimensions.join(" or ")} dimensions, got ${describeValue(input)}`,
      );
    }
    if (this.training) {
      const keep = this.trackRunningStats;
      const momentum = keep ? this.#countBatch() : 0;
      return [keep ? runningMean : null, keep ? runningVar : null, weight, bias, true, momentum, eps];
    }
    const ownStatistics = runningMean === null || runningVar === null;
    return [runningMean, runningVar, weight, bias, ownStatistics, 0, eps];
  }

  /** Counts a batch that will go into the running statistics; the share that it has in them. */
  #countBatch(): number {
    const counter = this.numBatchesTracked;
    if (counter === null || runningStatisticsFrozen(counter)) return this.momentum ?? 0;
    beforeRunningStatisticsChange(counter);
    counter.add_(1);
    return this.momentum ?? 1 / counter.itemNumber();
  }

  override extraRepr(): string {
    const { numFeatures, eps, momentum, affine, trackRunningStats } = this;
    return `${numFeatures}, ${settingsText({ eps, momentum, affine, bias: this.bias !== null, trackRunningStats })}`;
  }
}

/**
 * {@link BatchNorm2d} for [N, C] or [N, C, L].
 *
 * @example
 * new nn.BatchNorm1d(100).forward(torch.randn([20, 100]));
 */
export class BatchNorm1d extends BatchNorm {
  constructor(numFeatures: number, ...args: BatchNormArguments) {
    super(numFeatures, [2, 3], args);
  }
}

/**
 * y = (x - mean) / sqrt(var + eps) weight + bias, per channel.
 *
 * Shapes: input and output [N, C, H, W]; `weight` (1 at first), `bias` (0 at first), `runningMean`, `runningVar` [C].
 *
 * In training, mean and variance (biased) are those of the batch, and the running ones move towards them:
 * running = (1 - momentum) running + momentum batch, with the unbiased variance. In evaluation the running ones are used.
 * In the second pass of a SAM step, training leaves every buffer as it is: the optimizer sees to that.
 *
 * @throws TorchError `E_ARG` for another number of dimensions, and in training for one value per channel
 * @see Ioffe and Szegedy, Batch Normalization, ICML 2015
 *
 * @example
 * const norm = new nn.BatchNorm2d(16);
 * norm.forward(torch.randn([8, 16, 32, 32]));
 * norm.numBatchesTracked!.item(); // 1
 */
export class BatchNorm2d extends BatchNorm {
  constructor(numFeatures: number, ...args: BatchNormArguments) {
    super(numFeatures, [4], args);
  }
}

/** {@link BatchNorm2d} for [N, C, D, H, W]. */
export class BatchNorm3d extends BatchNorm {
  constructor(numFeatures: number, ...args: BatchNormArguments) {
    super(numFeatures, [5], args);
  }
}
