import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { Module } from "../module.js";
import { ModuleList } from "../module-list.js";
import { Sequential } from "../sequential.js";
import { count, type FactoryOptions, factory, settings } from "../settings.js";
import { Linear } from "./linear.js";

/** Options of {@link AdaptiveLogSoftmaxWithLoss}. */
export interface AdaptiveLogSoftmaxOptions extends FactoryOptions {
  /** Each tail's inner width is inFeatures / divValue^(i + 1); default 4. */
  divValue?: number;
  /** Adds a learned bias to the head; default false. */
  headBias?: boolean;
}

/**
 * Softmax over very many classes, sorted by frequency: frequent ones in the head, rare ones in clusters behind smaller and
 * smaller linear maps.
 *
 * Shapes: input [N, inFeatures] or [inFeatures], target int64 [N] or []; output the log-probability of each target, and the mean
 * of their negatives.
 *
 * @param cutoffs first class of each cluster, ascending
 * @throws TorchError `E_ARG` for cutoffs that are not ascending between 1 and nClasses - 1
 * @see Grave et al., Efficient softmax approximation for GPUs, ICML 2017
 *
 * @example
 * const head = new nn.AdaptiveLogSoftmaxWithLoss(64, 10000, [100, 1000]);
 * const [logProbs, loss] = head.forward(hidden, words);
 */
export class AdaptiveLogSoftmaxWithLoss extends Module<
  [input: Tensor, target: Tensor],
  [output: Tensor, loss: Tensor]
> {
  readonly inFeatures: number;
  readonly nClasses: number;
  /** With nClasses at the end. */
  readonly cutoffs: readonly number[];
  readonly divValue: number;
  readonly headBias: boolean;
  head: Linear;
  tail: ModuleList<Sequential>;

  constructor(inFeatures: number, nClasses: number, cutoffs: readonly number[], options?: AdaptiveLogSoftmaxOptions) {
    super();
    const name = "AdaptiveLogSoftmaxWithLoss";
    const { divValue, headBias, ...where } = settings(name, { divValue: 4, headBias: false, ...factory }, options);
    const ascending = cutoffs.every((c, i) => Number.isInteger(c) && c > (cutoffs[i - 1] ?? 0) && c < nClasses);
    if (cutoffs.length === 0 || !ascending) {
      badArgument(`[${name}] expected ascending cutoffs from 1 to ${nClasses - 1}, got [${cutoffs.join(", ")}]`);
    }
    this.inFeatures = count(name, "inFeatures", inFeatures);
    this.nClasses = count(name, "nClasses", nClasses);
    this.cutoffs = [...cutoffs, nClasses];
    this.divValue = divValue;
    this.headBias = headBias;
    this.head = new Linear(inFeatures, cutoffs[0]! + cutoffs.length, { bias: headBias, ...where });
    this.tail = new ModuleList(
      cutoffs.map((first, i) => {
        const width = Math.floor(inFeatures / divValue ** (i + 1));
        return new Sequential(
          new Linear(inFeatures, width, { bias: false, ...where }),
          new Linear(width, this.cutoffs[i + 1]! - first, { bias: false, ...where }),
        );
      }),
    );
  }

  forward(input: Tensor, target: Tensor): [Tensor, Tensor] {
    const single = target.ndim === 0;
    if (target.ndim > 1 || input.ndim !== target.ndim + 1 || (!single && input.size(0) !== target.size(0))) {
      badArgument(
        `[AdaptiveLogSoftmaxWithLoss] expected [N, ${this.inFeatures}] and targets [N], or both without N, got ${describeValue(input)} and ${describeValue(target)}`,
      );
    }
    const each = this.logProb(single ? input.unsqueeze(0) : input);
    const output = each.gather(1, target.view([-1, 1])).squeeze(1);
    return [single ? output.squeeze(0) : output, output.mean().neg()];
  }

  /** Log-probabilities of all classes, [N, nClasses]. */
  logProb(input: Tensor): Tensor {
    const first = this.cutoffs[0]!;
    const head = ops.logSoftmax(this.head.forward(input), 1);
    const clusters = [...this.tail].map((tail, i) =>
      ops.logSoftmax(tail.forward(input), 1).add(head.narrow(1, first + i, 1)),
    );
    return ops.cat([head.narrow(1, 0, first), ...clusters], 1);
  }
  /** The likeliest class of each sample, [N]. */
  predict(input: Tensor): Tensor {
    return this.logProb(input).argmax(1);
  }
}
