import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { rand } from "../../ops.generated.js";
import { isTensor, type Tensor } from "../../tensor.js";
import { keep } from "../../tidy.js";
import type { Params } from "../param-group.js";
import type { SAMGroupOptions, SAMOptions } from "./options.js";
import { perturbed } from "./perturbed.js";
import { type BaseOptimizer, SAM } from "./sam.js";

export interface ESAMOptions extends SAMOptions {
  /** Share of the parameter tensors that is perturbed, drawn anew each step; default 0.5. */
  beta?: number;
  /** Share of the samples that the second pass trains on: those whose loss rose most; default 0.5. */
  gamma?: number;
  /** Chooses the tensors instead of chance. */
  choose?: (tensors: number, step: number) => readonly boolean[];
}

/** Gives the loss of each sample (shape [b]); with `samples` (int64 indices) of those samples only. Does not call backward. */
export type SampleClosure = (samples: Tensor | null) => Tensor;

/**
 * Efficient SAM: perturbs a random share beta of the tensors (scaled 1/beta, so that the mean is SAM's eps), and trains on the
 * gamma b samples whose loss rose most.
 *
 * The closure differs from SAM's: it returns the losses of the samples and does not call `backward()`.
 *
 * Source: Du et al., ICLR 2022, https://arxiv.org/abs/2110.03141
 *
 * @example
 * optimizer.step((samples) => {
 *   const [inputs, targets] = samples === null ? [x, y] : [x.index(samples), y.index(samples)];
 *   return F.crossEntropy(model.forward(inputs), targets, { reduction: "none" });
 * });
 */
export class ESAM<O extends object = Record<string, unknown>> extends SAM<O> {
  protected static override readonly ruleKeys = ["beta", "gamma", "choose"];
  readonly #rule: Required<Pick<ESAMOptions, "beta" | "gamma">> & Pick<ESAMOptions, "choose">;
  #chosen: readonly boolean[] = [];

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options: ESAMOptions & Partial<O>) {
    super(params, Base, options);
    const { beta = 0.5, gamma = 0.5, choose } = options;
    if (!(beta > 0 && beta <= 1)) badArgument(`[ESAM] expected 0 < beta <= 1, got ${beta}`);
    if (!(gamma > 0 && gamma <= 1)) badArgument(`[ESAM] expected 0 < gamma <= 1, got ${gamma}`);
    this.#rule = { beta, gamma, choose };
  }

  protected override epsScale(index: number): number {
    return this.#chosen[index] ? 1 / this.#rule.beta : 0;
  }

  // @ts-expect-error the closure is called with samples instead of nothing or a range: an ESAM cannot stand where a SAM's step is called
  override step(closure: SampleClosure): Tensor {
    const { beta, gamma, choose } = this.#rule;
    const tensors = this.paramGroups.reduce((n, group) => n + group.params.length, 0);
    this.#chosen =
      choose?.(tensors, this.steps) ?? Array.from(rand([tensors], { dtype: "float64" }).dataSync() as Float64Array, (u) => u < beta);
    let before: Tensor | undefined;
    const losses = (samples: Tensor | null) => {
      const out: unknown = closure(samples);
      if (isTensor(out) && out.ndim === 1) return out;
      badArgument(
        `[ESAM.step] expected the closure to return one loss per sample, got ${isTensor(out) ? `shape [${out.shape}]` : typeof out}`,
        'compute the loss with { reduction: "none" }, and do not call backward()',
      );
    };
    try {
      return super.step(() => {
        let samples: Tensor | null = null;
        if (before !== undefined && perturbed.has(this)) {
          const rise = noGrad(() => losses(null).sub(before!));
          const count = Math.max(1, Math.floor(gamma * rise.numel()));
          samples = rise.topk(count).indices.sort().values;
        }
        const each = losses(samples);
        before ??= keep(each.detach());
        const loss = each.mean();
        loss.backward();
        return loss;
      });
    } finally {
      before?.dispose();
    }
  }
}
