import { finite, fraction } from "../checks.js";
import type { Params } from "../param-group.js";
import type { SAMGroupOptions, SAMOptions } from "./options.js";
import type { ParamVector } from "./param-vector.js";
import type { BaseOptimizer } from "./rule.js";
import { SAM } from "./sam.js";

export interface FSAMOptions extends SAMOptions {
  /** How much of the average is taken out of the gradient; default 1. */
  sigma?: number;
  /** Decay of the average; default 0.9. */
  lambda?: number;
}

/**
 * Friendly SAM: perturbs along the batch's own noise, without the part of the gradient that all batches share.
 *
 *     d = g - sigma m;  eps = rho d / |d|;  then m <- lambda m + (1 - lambda) g;  the first step has d = g, m = g
 *
 * Source: Li et al., CVPR 2024, https://arxiv.org/abs/2403.12350
 *
 * @example
 * new torch.optim.FSAM(model.parameters(), torch.optim.SGD, { sigma: 1, lambda: 0.9, lr: 0.1 });
 */
export class FSAM<O extends object = Record<string, unknown>> extends SAM<O> {
  protected static override readonly ruleKeys = ["sigma", "lambda"];
  readonly #sigma: number;
  readonly #lambda: number;
  #mean: ParamVector | undefined;

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options?: FSAMOptions & Partial<O>) {
    super(params, Base, options);
    const { sigma = 1, lambda = 0.9 } = options ?? {};
    fraction("FSAM", "lambda", lambda);
    finite("FSAM", "sigma", sigma);
    this.#sigma = sigma;
    this.#lambda = lambda;
  }

  protected override get needsFirstGradient(): boolean {
    return true;
  }
  protected override ascent(g: ParamVector): ParamVector {
    return this.#mean === undefined ? g : g.clone().add_(this.#mean, -this.#sigma);
  }
  protected override combine(gs: ParamVector, g: ParamVector): ParamVector {
    const kept = this.#mean?.clone().scale_(this.#lambda);
    this.#mean = kept?.add_(g, 1 - this.#lambda) ?? g.clone();
    return gs;
  }
  protected override ruleState(): Record<string, ParamVector | undefined> {
    return { mean: this.#mean };
  }
  protected override loadRuleState({ mean }: Record<string, ParamVector | undefined>): void {
    this.#mean = mean;
  }
}
