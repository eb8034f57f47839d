import { badArgument, TorchError } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { rand } from "../../ops.generated.js";
import { expectFunction } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { shareAboveZero } from "../checks.js";
import type { Params } from "../param-group.js";
import type { Accumulation } from "./accumulation.js";
import type { RangeClosure } from "./closure.js";
import type { SAMGroupOptions, SAMOptions } from "./options.js";
import type { BaseOptimizer } from "./rule.js";
import { SAM } from "./sam.js";
import { onRisenSamples, type SampleClosure } from "./sample-closure.js";

export interface ESAMOptions extends SAMOptions {
  /** Share of the parameter tensors that is perturbed, drawn anew each step; default 0.5. */
  beta?: number;
  /** Share of the samples that the second pass trains on: those whose loss rose most; default 0.5. */
  gamma?: number;
  /** Chooses the tensors instead of chance. */
  choose?: (tensors: number, step: number) => readonly boolean[];
}

/**
 * Efficient SAM: perturbs a random share beta of the tensors (scaled 1/beta, so that the mean is SAM's eps), and trains on the
 * gamma b samples whose loss rose most.
 *
 * The closure differs from SAM's: it returns the losses of the samples and does not call `backward()`. Micro-batches are refused:
 * the samples are chosen from the whole batch.
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
  readonly #rule: Required<Pick<ESAMOptions, "beta" | "gamma" | "choose">>;
  #chosen: readonly boolean[] = [];

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options?: ESAMOptions & Partial<O>) {
    super(params, Base, options);
    const { beta = 0.5, gamma = 0.5, choose } = options ?? {};
    shareAboveZero("ESAM", "beta", beta);
    shareAboveZero("ESAM", "gamma", gamma);
    if (choose !== undefined) expectFunction("ESAM.choose", choose, "choose: (tensors, step) => booleans");
    this.#rule = { beta, gamma, choose: choose ?? ((n) => tidy(() => rand([n]).lt(beta).toArray() as boolean[])) };
  }

  protected override epsScale(index: number): number {
    return this.#chosen[index] ? 1 / this.#rule.beta : 0;
  }

  override step(closure: SampleClosure): Tensor;
  override step(closure: RangeClosure, accumulation: Accumulation): never;
  override step(closure: SampleClosure | RangeClosure, accumulation?: Accumulation): Tensor {
    if (accumulation !== undefined)
      badArgument("[ESAM.step] expected a whole batch to choose samples from, got micro-batches");
    const tensors = this.paramGroups.reduce((n, group) => n + group.params.length, 0);
    const chosen = this.#rule.choose(tensors, this.steps);
    if (!Array.isArray(chosen) || chosen.length !== tensors) {
      badArgument(
        `[ESAM.step] expected choose to return ${tensors} booleans, got ${Array.isArray(chosen) ? chosen.length : describeValue(chosen)}`,
      );
    }
    this.#chosen = chosen;
    const { scaler } = this.options;
    const backward = (loss: Tensor) => (scaler?.scale(loss) ?? loss).backward();
    return super.step(onRisenSamples("ESAM", closure as SampleClosure, this.#rule.gamma, backward));
  }
  override firstStep(): never {
    throw new TorchError(
      "E_STATE",
      "[ESAM.firstStep] expected step(closure), got two calls: samples are chosen in between",
    );
  }
}
