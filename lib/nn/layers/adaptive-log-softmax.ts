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
 * A cluster that no target of the batch is in is not computed, and its weights get no gradient, as in PyTorch.
 *
 * @throws TorchError `E_ARG` for cutoffs that are not ascending between 1 and nClasses - 1, and for targets outside of 0 to nClasses - 1
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
    const output = this.#targetLogProb(single ? input.unsqueeze(0) : input, single ? target.unsqueeze(0) : target);
    return [single ? output.squeeze(0) : output, output.mean().neg()];
  }

  /** Clusters that no target is in are left out, so that their weights get no gradient and keep their optimizer's state. */
  #targetLogProb(input: Tensor, target: Tensor): Tensor {
    const first = this.cutoffs[0]!;
    const [cluster, counts] = this.#clustersOf(target);
    // In the head, a cluster's class stands for all of its own.
    const classes = target.where(target.lt(first), cluster.add(first - 2));
    const head = ops.logSoftmax(this.head.forward(input), 1);
    let output = head.gather(1, classes.unsqueeze(1)).squeeze(1);
    if (counts[1] === target.size(0)) return output;
    const order = cluster.argsort({ stable: true });
    let from = counts[1]!;
    for (const [i, tail] of [...this.tail].entries()) {
      const rows = counts[i + 2]!;
      if (rows === 0) continue;
      const where = order.narrow(0, from, rows);
      const own = target.indexSelect(0, where).sub(this.cutoffs[i]!).unsqueeze(1);
      const all = ops.logSoftmax(tail.forward(input.indexSelect(0, where)), 1);
      output = output.indexAdd(0, where, all.gather(1, own).squeeze(1));
      from += rows;
    }
    return output;
  }

  /**
   * The cluster of each target, 1 for the head's own classes, and how many targets are in each: the one time that this layer waits for the
   * device.
   */
  #clustersOf(target: Tensor): [Tensor, number[]] {
    let cluster = target.ge(0).to("int64");
    for (const cutoff of this.cutoffs) cluster = cluster.add(target.ge(cutoff));
    const numbers = ops.arange(this.cutoffs.length + 2, { device: target.device });
    const counts = cluster.unsqueeze(1).eq(numbers).sum(0).toArray<number[]>();
    if (counts[0] !== 0 || counts.at(-1) !== 0) {
      const [least, most] = [target.min().item(), target.max().item()];
      badArgument(
        `[AdaptiveLogSoftmaxWithLoss] expected targets from 0 to ${this.nClasses - 1}, got some from ${least} to ${most}`,
      );
    }
    return [cluster, counts];
  }

  /** Log-probabilities of all classes, [N, nClasses]. */
  logProb(input: Tensor): Tensor {
    return this.#fullLogProb(input, this.head.forward(input));
  }

  #fullLogProb(input: Tensor, headOutput: Tensor): Tensor {
    const first = this.cutoffs[0]!;
    const head = ops.logSoftmax(headOutput, 1);
    const clusters = [...this.tail].map((tail, i) =>
      ops.logSoftmax(tail.forward(input), 1).add(head.narrow(1, first + i, 1)),
    );
    return ops.cat([head.narrow(1, 0, first), ...clusters], 1);
  }

  /** The likeliest class of each sample, [N]: where that is one of the head's, no cluster is looked into. */
  predict(input: Tensor): Tensor {
    const head = this.head.forward(input);
    const best = head.argmax(1);
    const rare = best.ge(this.cutoffs[0]!).nonzero().squeeze(1);
    if (rare.numel() === 0) return best;
    if (rare.numel() === best.numel()) return this.#fullLogProb(input, head).argmax(1);
    const rows = this.#fullLogProb(input.indexSelect(0, rare), head.indexSelect(0, rare));
    return best.indexCopy(0, rare, rows.argmax(1));
  }
}
