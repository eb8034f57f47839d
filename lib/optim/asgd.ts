import { zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { notNegative } from "./checks.js";
import { decayed } from "./decayed.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** Options of {@link ASGD}, of all its parameters or of a group. */
export interface ASGDOptions {
  /** First learning rate; default 0.01. */
  lr: number;
  /** Decay of the weights and of the learning rate; default 1e-4. */
  lambd: number;
  /** Power of the learning rate's decay; default 0.75. */
  alpha: number;
  /** The step at which averaging begins; default 1e6. */
  t0: number;
  /** Added to the gradient as weightDecay w; default 0. */
  weightDecay: number;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: ASGDOptions = { lr: 0.01, lambd: 1e-4, alpha: 0.75, t0: 1e6, weightDecay: 0, maximize: false };

/** eta and mu are rounded to float32, as PyTorch keeps them. */
interface State {
  step: number;
  eta: number;
  mu: number;
  ax: Tensor;
}

/**
 * Averaged SGD. The average of the weights is kept beside them, as `ax`: `optimizer.stateOf(param).ax`.
 *
 *     g <- g + weightDecay w                             (-g before that when maximizing)
 *     w <- (1 - lambd eta) w - eta g
 *     ax <- ax + mu (w - ax)
 *     eta <- lr / (1 + lambd lr t)^alpha,   mu <- 1 / max(1, t - t0)
 *
 * Source: Polyak and Juditsky, 1992; https://docs.pytorch.org/docs/stable/generated/torch.optim.ASGD.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link ASGDOptions}
 * @throws TorchError `E_ARG` for a negative lr or weightDecay
 *
 * @example
 * const optimizer = new torch.optim.ASGD(model.parameters(), { lr: 0.1, t0: 1000 });
 */
export class ASGD extends TensorOptimizer<ASGDOptions, State> {
  protected override readonly kept = { tensors: ["ax"], scalars: ["step", "eta", "mu"] };

  constructor(params: Params<ASGDOptions>, options: Partial<ASGDOptions> = {}) {
    super(params, settings("ASGD", DEFAULTS, options));
  }

  protected override checkOptions({ lr, weightDecay }: ParamGroup<ASGDOptions>): void {
    notNegative("ASGD", { lr, weightDecay });
  }

  protected override fresh(param: Tensor, { lr }: ParamGroup<ASGDOptions>): State {
    return { step: 0, eta: Math.fround(lr), mu: 1, ax: zerosLike(param) };
  }

  protected override move(param: Tensor, grad: Tensor, state: State, group: ParamGroup<ASGDOptions>): void {
    const { lr, lambd, alpha, t0 } = group;
    state.step += 1;
    const g = decayed(param, grad, group);
    param.mul_(1 - lambd * state.eta).add_(g, { alpha: -state.eta });
    if (state.mu === 1) state.ax.copy_(param);
    else state.ax.add_(param.sub(state.ax).mul_(state.mu));
    state.eta = Math.fround(lr / (1 + lambd * lr * state.step) ** alpha);
    state.mu = Math.fround(1 / Math.max(1, state.step - t0));
  }
}
