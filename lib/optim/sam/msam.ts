import { badArgument, TorchError } from "../../errors.js";
import type { Params } from "../param-group.js";
import type { SAMGroupOptions, SAMOptions } from "./options.js";
import { ParamVector } from "./param-vector.js";
import type { BaseOptimizer } from "./rule.js";
import { SAM } from "./sam.js";

/**
 * Momentum-SAM: perturbs against the base optimizer's momentum v, which costs no second pass.
 *
 *     eps = -rho v / |v|;  w <- base(w, grad L(w + eps))
 *
 * Weights are at w outside of the step, so evaluation and checkpoints see what was learned. The first step, without a momentum
 * yet, is the base optimizer's. Base: SGD with momentum, Adam or AdamW (their first moment). Typical rho: 3.
 * The one pass there is gives the loss that `step` returns, at w + eps, and changes running statistics.
 *
 * Source: Becker et al., https://arxiv.org/abs/2401.12033
 *
 * @example
 * new torch.optim.MSAM(model.parameters(), torch.optim.SGD, { rho: 3, lr: 0.1, momentum: 0.9 });
 */
export class MSAM<O extends object = Record<string, unknown>> extends SAM<O> {
  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options?: SAMOptions & Partial<O>) {
    super(params, Base, options);
    if (!this.paramGroups.every((group) => group.momentum === 0)) return;
    badArgument(
      `[MSAM] expected a base with momentum, got ${Base.name} with momentum 0: it would never perturb`,
      "momentum: 0.9",
    );
  }

  protected override earlyAscent(): ParamVector | undefined {
    const momenta = this.base.momenta();
    return momenta.every((v) => v === null) ? undefined : ParamVector.from(momenta).clone().scale_(-1);
  }
  protected override takesSecondPass(): boolean {
    return false;
  }
  override firstStep(): never {
    throw new TorchError("E_STATE", "[MSAM.firstStep] expected step(closure), got two calls: MSAM has one pass");
  }
}
