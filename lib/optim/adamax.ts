import { maximum, zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { notNegative, twoFractions } from "./checks.js";
import { decayed } from "./decayed.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** Options of {@link Adamax}, of all its parameters or of a group. */
export interface AdamaxOptions {
  /** Learning rate; default 0.002. */
  lr: number;
  /** How much of the average and of the largest gradient is kept; default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the gradient's magnitude; default 1e-8. */
  eps: number;
  /** lambda, added to the gradient as lambda w; default 0. */
  weightDecay: number;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: AdamaxOptions = { lr: 0.002, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, maximize: false };

interface State {
  step: number;
  expAvg: Tensor;
  expInf: Tensor;
}

/**
 * Adamax: Adam with the infinity norm.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing)
 *     m <- beta1 m + (1 - beta1) g,   u <- max(beta2 u, |g| + eps)
 *     w <- w - lr / (1 - beta1^t) m / u
 *
 * Source: Kingma and Ba, https://arxiv.org/abs/1412.6980; https://docs.pytorch.org/docs/stable/generated/torch.optim.Adamax.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link AdamaxOptions}
 * @throws TorchError `E_ARG` for a negative number, and for betas outside of [0, 1)
 *
 * @example
 * const optimizer = new torch.optim.Adamax(model.parameters(), { lr: 2e-3 });
 */
export class Adamax extends TensorOptimizer<AdamaxOptions, State> {
  protected override readonly kept = { tensors: ["expAvg", "expInf"], scalars: ["step"] };

  constructor(params: Params<AdamaxOptions>, options: Partial<AdamaxOptions> = {}) {
    super(params, settings("Adamax", DEFAULTS, options));
  }

  protected override checkOptions({ lr, betas, eps, weightDecay }: ParamGroup<AdamaxOptions>): void {
    notNegative("Adamax", { lr, eps, weightDecay });
    twoFractions("Adamax", "betas", betas);
  }

  protected override fresh(param: Tensor): State {
    return { step: 0, expAvg: zerosLike(param), expInf: zerosLike(param) };
  }

  protected override move(param: Tensor, grad: Tensor, state: State, group: ParamGroup<AdamaxOptions>): void {
    const { lr, betas, eps } = group;
    const [beta1, beta2] = betas;
    state.step += 1;
    const g = decayed(param, grad, group);
    state.expAvg.lerp_(g, 1 - beta1);
    state.expInf.copy_(maximum(state.expInf.mul_(beta2), g.abs().add_(eps)));
    param.addcdiv_(state.expAvg, state.expInf, { value: -lr / (1 - beta1 ** state.step) });
  }
}
