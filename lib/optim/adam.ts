import { native } from "../native.js";
import { settings } from "../options.js";
import { atLeast, twoFractions } from "./checks.js";
import { NativeOptimizer } from "./native-optimizer.js";
import type { ParamGroup, Params } from "./param-group.js";

/** Options of {@link Adam} and {@link AdamW}, of all parameters or of a group. */
export interface AdamOptions {
  /** Learning rate; default 0.001. */
  lr: number;
  /** How much of the averages of the gradient and of its square is kept; default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the denominator; default 1e-8. */
  eps: number;
  /** lambda; default 0, and 0.01 for AdamW. */
  weightDecay: number;
  /** Divides by the largest average of squares so far; default false. */
  amsgrad: boolean;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
  /** Reads `lr` from the device, in fp32, so that a CUDA graph that holds steps follows its changes; no effect on the CPU. Default false. */
  capturable: boolean;
  /** Shrinks the weights instead of adding lambda w to the gradient; default false, and true for AdamW. */
  decoupledWeightDecay: boolean;
}

export const ADAM_DEFAULTS: AdamOptions = {
  lr: 0.001,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
  capturable: false,
  decoupledWeightDecay: false,
};

/**
 * Adam: steps scaled by running averages of the gradient and of its square.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing)
 *     m <- beta1 m + (1 - beta1) g,   v <- beta2 v + (1 - beta2) g^2
 *     w <- w - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
 *
 * t counts a parameter's own steps. One fused kernel per group, dtype and device; m and v have their parameter's dtype. A parameter
 * without a gradient keeps w, m, v and t.
 *
 * Source: Kingma and Ba, https://arxiv.org/abs/1412.6980; https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link AdamOptions}
 * @throws TorchError `E_ARG` for negative lr, eps or weightDecay, and for betas outside of [0, 1)
 *
 * @example
 * const optimizer = new torch.optim.Adam(model.parameters(), { lr: 1e-3 });
 */
export class Adam extends NativeOptimizer<AdamOptions> {
  protected override readonly slots = {
    names: ["step", "expAvg", "expAvgSq", "maxExpAvgSq"],
    required: ["step", "expAvg", "expAvgSq"],
  };

  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    super(params, settings("Adam", ADAM_DEFAULTS, options));
  }

  protected override checkOptions({ lr, betas, eps, weightDecay }: ParamGroup<AdamOptions>): void {
    const name = this.constructor.name;
    atLeast(name, "lr", lr);
    atLeast(name, "eps", eps);
    atLeast(name, "weightDecay", weightDecay);
    twoFractions(name, "betas", betas);
  }

  protected override launch(list: number, group: ParamGroup<AdamOptions>, gradScale: number, foundInf: number): void {
    const { lr, betas, eps, weightDecay, amsgrad, maximize, capturable, decoupledWeightDecay } = group;
    const [beta1, beta2] = betas;
    native.adamStep(
      list,
      lr,
      beta1,
      beta2,
      eps,
      weightDecay,
      amsgrad,
      maximize,
      capturable,
      decoupledWeightDecay,
      gradScale,
      foundInf,
    );
  }
}
