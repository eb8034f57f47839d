import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { finite } from "../checks.js";
import type { ParamGroup, Params } from "../param-group.js";
import type { SAMGroupOptions, SAMOptions } from "./options.js";
import type { ParamVector } from "./param-vector.js";
import type { BaseOptimizer } from "./rule.js";
import { SAM } from "./sam.js";

export interface GSAMOptions extends SAMOptions {
  /** Weight of the part of g that is orthogonal to gs; default 0.4. */
  alpha?: number;
  /** rho goes linearly with lr from `rhoMin` at `lrMin` (default 0) to `rhoMax` at `lrMax`, not beyond. Default: rho as it is. */
  rhoMin?: number;
  rhoMax?: number;
  lrMin?: number;
  lrMax?: number;
}

/**
 * Surrogate-gap guided SAM: also descends along the part of g that does not change the perturbed loss.
 *
 *     g_perp = g - (<g, gs> / |gs|^2) gs;  w <- base(w, gs - alpha g_perp)
 *
 * Source: Zhuang et al., ICLR 2022, https://arxiv.org/abs/2203.08065
 *
 * @example
 * new torch.optim.GSAM(model.parameters(), torch.optim.AdamW, { alpha: 0.4, rhoMin: 0.02, rhoMax: 0.1, lrMax: 1e-3, lr: 1e-3 });
 */
export class GSAM<O extends object = Record<string, unknown>> extends SAM<O> {
  protected static override readonly ruleKeys = ["alpha", "rhoMin", "rhoMax", "lrMin", "lrMax"];
  readonly #rule: GSAMOptions;

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options?: GSAMOptions & Partial<O>) {
    super(params, Base, options);
    const { alpha = 0.4, rhoMin, rhoMax, lrMin = 0, lrMax } = options ?? {};
    finite("GSAM", "alpha", alpha);
    if ((rhoMin !== undefined || rhoMax !== undefined) && !(rhoMin! >= 0 && rhoMin! <= rhoMax! && lrMin < lrMax!)) {
      badArgument(
        `[GSAM] expected 0 <= rhoMin <= rhoMax and lrMin < lrMax, got ${[rhoMin, rhoMax, lrMin, lrMax].map((value) => describeValue(value)).join(", ")}`,
      );
    }
    this.#rule = options ?? {};
  }

  protected override get needsFirstGradient(): boolean {
    return true;
  }
  protected override rhoOf(group: ParamGroup<O & SAMGroupOptions>, step: number): number {
    const { rhoMin, rhoMax = 0, lrMin = 0, lrMax = 0 } = this.#rule;
    if (rhoMin === undefined) return super.rhoOf(group, step);
    const share = ((group as unknown as { lr: number }).lr - lrMin) / (lrMax - lrMin);
    return rhoMin + (rhoMax - rhoMin) * Math.min(1, Math.max(0, share));
  }
  protected override combine(gs: ParamVector, g: ParamVector): ParamVector {
    const { alpha = 0.4 } = this.#rule;
    const along = g.dot(gs).div(gs.dot(gs)).nanToNum({ nan: 0, posinf: 0, neginf: 0 });
    return gs.scale_(along.mul(alpha).add(1)).add_(g, -alpha); // gs - alpha (g - along gs)
  }
}
