import { ParamVector } from "./param-vector.js";
import { SAM } from "./sam.js";
import type { Tensor } from "../../tensor.js";

/**
 * Momentum-SAM: perturbs against the base optimizer's momentum v, which costs no second pass.
 *
 *     eps = -rho v / |v|;  w <- base(w, grad L(w + eps))
 *
 * Weights are at w outside of the step, so evaluation and checkpoints see what was learned. The first step, without a momentum
 * yet, is the base optimizer's. Base: SGD with momentum, Adam or AdamW (their first moment).
 * Running statistics change in the one pass there is. Typical rho: 3.
 *
 * Source: Becker et al., https://arxiv.org/abs/2401.12033
 *
 * @example
 * new torch.optim.MSAM(model.parameters(), torch.optim.SGD, { rho: 3, lr: 0.1, momentum: 0.9 });
 */
export class MSAM<O extends object = Record<string, unknown>> extends SAM<O> {
  protected override perturbBeforeFirstPass(): ParamVector | undefined {
    const momenta: (Tensor | null)[] = this.base.momenta();
    return momenta.every((v) => v === null) ? undefined : ParamVector.from(momenta).clone().scale_(-1);
  }
  protected override takesSecondPass(): boolean {
    return false;
  }
}
