import { zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { notNegative, twoFractions } from "./checks.js";
import { decayed } from "./decayed.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** Options of {@link RAdam}, of all its parameters or of a group. */
export interface RAdamOptions {
  /** Learning rate; default 0.001. */
  lr: number;
  /** How much of the averages of the gradient and of its square is kept; default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the denominator; default 1e-8. */
  eps: number;
  /** lambda, added to the gradient as lambda w; default 0. */
  weightDecay: number;
  /** Shrinks the weights instead of adding lambda w to the gradient; default false. */
  decoupledWeightDecay: boolean;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: RAdamOptions = {
  lr: 0.001,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  decoupledWeightDecay: false,
  maximize: false,
};

interface State {
  step: number;
  expAvg: Tensor;
  expAvgSq: Tensor;
}

/**
 * RAdam: Adam that steps without the second moment until enough gradients have been seen for its variance to be bounded.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing; decoupled: w <- w - lr lambda w)
 *     m <- beta1 m + (1 - beta1) g,   v <- beta2 v + (1 - beta2) g^2,   mh = m / (1 - beta1^t)
 *     r_inf = 2 / (1 - beta2) - 1,    r_t = r_inf - 2 t beta2^t / (1 - beta2^t)
 *     w <- w - lr mh rect sqrt(1 - beta2^t) / (sqrt(v) + eps)    where r_t > 5, w <- w - lr mh elsewhere
 *     rect = sqrt((r_t - 4) (r_t - 2) r_inf / ((r_inf - 4) (r_inf - 2) r_t))
 *
 * Source: Liu et al., https://arxiv.org/abs/1908.03265; https://docs.pytorch.org/docs/stable/generated/torch.optim.RAdam.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link RAdamOptions}
 * @throws TorchError `E_ARG` for a negative number, and for betas outside of [0, 1)
 *
 * @example
 * const optimizer = new torch.optim.RAdam(model.parameters(), { lr: 1e-3 });
 */
export class RAdam extends TensorOptimizer<RAdamOptions, State> {
  protected override readonly kept = { tensors: ["expAvg", "expAvgSq"], scalars: ["step"] };

  constructor(params: Params<RAdamOptions>, options: Partial<RAdamOptions> = {}) {
    super(params, settings("RAdam", DEFAULTS, options));
  }

  protected override checkOptions({ lr, betas, eps, weightDecay }: ParamGroup<RAdamOptions>): void {
    notNegative("RAdam", { lr, eps, weightDecay });
    twoFractions("RAdam", "betas", betas);
  }

  protected override fresh(param: Tensor): State {
    return { step: 0, expAvg: zerosLike(param), expAvgSq: zerosLike(param) };
  }

  protected override move(param: Tensor, grad: Tensor, state: State, group: ParamGroup<RAdamOptions>): void {
    const { lr, betas, eps } = group;
    const [beta1, beta2] = betas;
    state.step += 1;
    const t = state.step;
    const g = decayed(param, grad, group);
    state.expAvg.lerp_(g, 1 - beta1);
    state.expAvgSq.mul_(beta2).addcmul_(g, g, { value: 1 - beta2 });
    const correction2 = 1 - beta2 ** t;
    const longest = 2 / (1 - beta2) - 1;
    const length = longest - (2 * t * beta2 ** t) / correction2;
    const change = state.expAvg.div(1 - beta1 ** t).mul_(lr);
    if (length > 5) {
      const rectified = Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
      const adaptive = state.expAvgSq.sqrt().add_(eps).reciprocal_().mul_(Math.sqrt(correction2));
      change.mul_(adaptive).mul_(rectified);
    }
    param.sub_(change);
  }
}
