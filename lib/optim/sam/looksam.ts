import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { finite } from "../checks.js";
import type { Params } from "../param-group.js";
import type { SAMGroupOptions, SAMOptions } from "./options.js";
import type { ParamVector } from "./param-vector.js";
import type { BaseOptimizer } from "./rule.js";
import { SAM } from "./sam.js";

export interface LookSAMOptions extends SAMOptions {
  /** A second pass every k-th step; default 5. */
  k?: number;
  /** Weight of the kept direction on the other steps; default 0.7. */
  alpha?: number;
}

/**
 * SAM at the price of little more than one pass: the part of gs that g does not have changes slowly, so it is kept.
 *
 *     every k-th step:  gv = gs - (<gs, g> / |g|^2) g;  w <- base(w, gs)
 *     other steps:      w <- base(w, g + alpha |g| / (|gv| + 1e-8) gv), with one pass
 *
 * Source: Liu et al., CVPR 2022, https://arxiv.org/abs/2203.02714
 *
 * @example
 * new torch.optim.LookSAM(model.parameters(), torch.optim.SGD, { k: 5, alpha: 0.7, lr: 0.1 });
 */
export class LookSAM<O extends object = Record<string, unknown>> extends SAM<O> {
  protected static override readonly ruleKeys = ["k", "alpha"];
  readonly #rule: { k: number; alpha: number };
  #gv: ParamVector | undefined;

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options?: LookSAMOptions & Partial<O>) {
    super(params, Base, options);
    const { k = 5, alpha = 0.7 } = options ?? {};
    if (!Number.isInteger(k) || k < 1)
      badArgument(`[LookSAM] expected k to be an integer >= 1, got ${describeValue(k)}`);
    finite("LookSAM", "alpha", alpha);
    this.#rule = { k, alpha };
  }

  protected override get needsFirstGradient(): boolean {
    return true;
  }
  protected override takesSecondPass(step: number): boolean {
    return step % this.#rule.k === 0 || this.#gv === undefined;
  }
  protected override combine(gs: ParamVector, g: ParamVector): ParamVector {
    const along = gs.dot(g).div(g.dot(g)).nanToNum({ nan: 0, posinf: 0, neginf: 0 });
    this.#gv = gs.clone().add_(g, along.neg());
    return gs;
  }
  protected override combineSingle(g: ParamVector): ParamVector {
    const gv = this.#gv;
    return gv ? g.add_(gv, g.norm().div(gv.norm().add(1e-8)).mul(this.#rule.alpha)) : g;
  }
  protected override ruleState(): Record<string, ParamVector | undefined> {
    return { gv: this.#gv };
  }
  protected override loadRuleState({ gv }: Record<string, ParamVector | undefined>): void {
    this.#gv = gv;
  }
}
