import { native } from "../native.js";
import { settings } from "../options.js";
import { notNegative } from "./checks.js";
import { NativeOptimizer } from "./native-optimizer.js";
import type { ParamGroup, Params } from "./param-group.js";

/** Options of {@link RMSprop}, of all its parameters or of a group. */
export interface RMSpropOptions {
  /** Learning rate; default 0.01. */
  lr: number;
  /** How much of the average of squares is kept; default 0.99. */
  alpha: number;
  /** Added to the denominator; default 1e-8. */
  eps: number;
  /** lambda, added to the gradient as lambda w; default 0. */
  weightDecay: number;
  /** mu; default 0. */
  momentum: number;
  /** Divides by the standard deviation instead of the root mean square; default false. */
  centered: boolean;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: RMSpropOptions = {
  lr: 0.01,
  alpha: 0.99,
  eps: 1e-8,
  weightDecay: 0,
  momentum: 0,
  centered: false,
  maximize: false,
};

/**
 * RMSprop: steps divided by a running root mean square of the gradient.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing)
 *     v <- alpha v + (1 - alpha) g^2
 *     s = sqrt(v) + eps                                  (centered: sqrt(v - m^2) + eps, m the running mean of g)
 *     b <- mu b + g / s,   w <- w - lr b
 *
 * Multi-tensor operators natively; waits for the device only when `foundInf` is set.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link RMSpropOptions}
 * @throws TorchError `E_ARG` for a negative number
 *
 * @example
 * const optimizer = new torch.optim.RMSprop(model.parameters(), { lr: 1e-3 });
 */
export class RMSprop extends NativeOptimizer<RMSpropOptions> {
  protected override readonly slots = {
    names: ["step", "squareAvg", "gradAvg", "momentumBuffer"],
    required: ["squareAvg"],
  };

  constructor(params: Params<RMSpropOptions>, options: Partial<RMSpropOptions> = {}) {
    super(params, settings("RMSprop", DEFAULTS, options));
  }

  protected override checkOptions({ lr, alpha, eps, weightDecay, momentum }: ParamGroup<RMSpropOptions>): void {
    notNegative("RMSprop", { lr, alpha, eps, weightDecay, momentum });
  }

  protected override launch(
    list: number,
    group: ParamGroup<RMSpropOptions>,
    gradScale: number,
    foundInf: number,
  ): void {
    const { lr, alpha, eps, weightDecay, momentum, centered, maximize } = group;
    native.rmspropStep(list, lr, alpha, eps, weightDecay, momentum, centered, maximize, gradScale, foundInf);
  }
}
