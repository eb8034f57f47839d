import { zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { notNegative, twoFractions } from "./checks.js";
import { decayed } from "./decayed.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** Options of {@link NAdam}, of all its parameters or of a group. */
export interface NAdamOptions {
  /** Learning rate; default 0.002. */
  lr: number;
  /** How much of the averages of the gradient and of its square is kept; default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the denominator; default 1e-8. */
  eps: number;
  /** lambda, added to the gradient as lambda w; default 0. */
  weightDecay: number;
  /** How fast momentum rises towards beta1; default 0.004. */
  momentumDecay: number;
  /** Shrinks the weights instead of adding lambda w to the gradient; default false. */
  decoupledWeightDecay: boolean;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: NAdamOptions = {
  lr: 0.002,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  momentumDecay: 0.004,
  decoupledWeightDecay: false,
  maximize: false,
};

interface State {
  step: number;
  /** Product of the momenta so far, rounded to float32 as PyTorch keeps it. */
  muProduct: number;
  expAvg: Tensor;
  expAvgSq: Tensor;
}

/**
 * NAdam: Adam with Nesterov's momentum.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing; decoupled: w <- w - lr lambda w)
 *     mu_t = beta1 (1 - 0.96^(t momentumDecay) / 2)
 *     m <- beta1 m + (1 - beta1) g,   v <- beta2 v + (1 - beta2) g^2,   d = sqrt(v / (1 - beta2^t)) + eps
 *     w <- w - lr (1 - mu_t) / (1 - prod mu_1..t) g / d - lr mu_(t+1) / (1 - prod mu_1..t+1) m / d
 *
 * Source: Dozat, https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ;
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.NAdam.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link NAdamOptions}
 * @throws TorchError `E_ARG` for a negative number, and for betas outside of [0, 1)
 *
 * @example
 * const optimizer = new torch.optim.NAdam(model.parameters(), { lr: 2e-3 });
 */
export class NAdam extends TensorOptimizer<NAdamOptions, State> {
  protected override readonly kept = { tensors: ["expAvg", "expAvgSq"], scalars: ["step", "muProduct"] };

  constructor(params: Params<NAdamOptions>, options: Partial<NAdamOptions> = {}) {
    super(params, settings("NAdam", DEFAULTS, options));
  }

  protected override checkOptions({ lr, betas, eps, weightDecay, momentumDecay }: ParamGroup<NAdamOptions>): void {
    notNegative("NAdam", { lr, eps, weightDecay, momentumDecay });
    twoFractions("NAdam", "betas", betas);
  }

  protected override fresh(param: Tensor): State {
    return { step: 0, muProduct: 1, expAvg: zerosLike(param), expAvgSq: zerosLike(param) };
  }

  protected override move(param: Tensor, grad: Tensor, state: State, group: ParamGroup<NAdamOptions>): void {
    const { lr, betas, eps, momentumDecay } = group;
    const [beta1, beta2] = betas;
    state.step += 1;
    const t = state.step;
    const g = decayed(param, grad, group);
    const momentum = (step: number) => beta1 * (1 - 0.5 * 0.96 ** (step * momentumDecay));
    const [mu, next] = [momentum(t), momentum(t + 1)];
    state.muProduct = Math.fround(state.muProduct * Math.fround(mu));
    state.expAvg.lerp_(g, 1 - beta1);
    state.expAvgSq.mul_(beta2).addcmul_(g, g, { value: 1 - beta2 });
    const denominator = state.expAvgSq
      .div(1 - beta2 ** t)
      .sqrt_()
      .add_(eps);
    param.addcdiv_(g, denominator, { value: (-lr * (1 - mu)) / (1 - state.muProduct) });
    param.addcdiv_(state.expAvg, denominator, { value: (-lr * next) / (1 - state.muProduct * next) });
  }
}
