import { badArgument } from "../errors.js";
import { zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { notNegative } from "./checks.js";
import { decayed } from "./decayed.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** Options of {@link Adadelta}, of all its parameters or of a group. */
export interface AdadeltaOptions {
  /** Factor on each step; default 1. */
  lr: number;
  /** How much of the averages of squares is kept; default 0.9. */
  rho: number;
  /** Added below both roots; default 1e-6. */
  eps: number;
  /** lambda, added to the gradient as lambda w; default 0. */
  weightDecay: number;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: AdadeltaOptions = { lr: 1, rho: 0.9, eps: 1e-6, weightDecay: 0, maximize: false };

interface State {
  step: number;
  squareAvg: Tensor;
  accDelta: Tensor;
}

/**
 * Adadelta: steps in the units of the parameters, without a learning rate to choose.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing)
 *     v <- rho v + (1 - rho) g^2
 *     d = sqrt(u + eps) / sqrt(v + eps) g,   u <- rho u + (1 - rho) d^2
 *     w <- w - lr d
 *
 * Source: Zeiler, https://arxiv.org/abs/1212.5701; https://docs.pytorch.org/docs/stable/generated/torch.optim.Adadelta.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link AdadeltaOptions}
 * @throws TorchError `E_ARG` for a negative number, and for rho above 1
 *
 * @example
 * const optimizer = new torch.optim.Adadelta(model.parameters());
 */
export class Adadelta extends TensorOptimizer<AdadeltaOptions, State> {
  protected override readonly kept = { tensors: ["squareAvg", "accDelta"], scalars: ["step"] };

  constructor(params: Params<AdadeltaOptions>, options: Partial<AdadeltaOptions> = {}) {
    super(params, settings("Adadelta", DEFAULTS, options));
  }

  protected override checkOptions({ lr, rho, eps, weightDecay }: ParamGroup<AdadeltaOptions>): void {
    notNegative("Adadelta", { lr, rho, eps, weightDecay });
    if (rho > 1) badArgument(`[Adadelta] expected 0 <= rho <= 1, got ${rho}`);
  }

  protected override fresh(param: Tensor): State {
    return { step: 0, squareAvg: zerosLike(param), accDelta: zerosLike(param) };
  }

  protected override move(param: Tensor, grad: Tensor, state: State, group: ParamGroup<AdadeltaOptions>): void {
    const { lr, rho, eps } = group;
    state.step += 1;
    const g = decayed(param, grad, group);
    state.squareAvg.mul_(rho).addcmul_(g, g, { value: 1 - rho });
    const deviation = state.squareAvg.add(eps).sqrt_();
    const delta = state.accDelta.add(eps).sqrt_().div_(deviation).mul_(g);
    state.accDelta.mul_(rho).addcmul_(delta, delta, { value: 1 - rho });
    param.add_(delta, { alpha: -lr });
  }
}
