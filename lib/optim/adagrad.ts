import { native } from "../native.js";
import { settings } from "../options.js";
import { notNegative } from "./checks.js";
import { NativeOptimizer } from "./native-optimizer.js";
import type { ParamGroup, Params } from "./param-group.js";

/** Options of {@link Adagrad}, of all its parameters or of a group. */
export interface AdagradOptions {
  /** Learning rate; default 0.01. */
  lr: number;
  /** How fast the learning rate falls with a parameter's steps; default 0. */
  lrDecay: number;
  /** lambda, added to the gradient as lambda w; default 0. */
  weightDecay: number;
  /** What the sum of squares starts from; default 0. */
  initialAccumulatorValue: number;
  /** Added to the denominator; default 1e-10. */
  eps: number;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: AdagradOptions = {
  lr: 0.01,
  lrDecay: 0,
  weightDecay: 0,
  initialAccumulatorValue: 0,
  eps: 1e-10,
  maximize: false,
};

/**
 * Adagrad: steps divided by the root of the sum of all squared gradients so far.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing)
 *     s <- s + g^2
 *     w <- w - lr / (1 + (t - 1) lrDecay) g / (sqrt(s) + eps)
 *
 * t counts a parameter's own steps. Multi-tensor operators natively; waits for the device only when `foundInf` is set.
 *
 * Source: Duchi et al., https://jmlr.org/papers/v12/duchi11a.html; https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link AdagradOptions}
 * @throws TorchError `E_ARG` for a negative number
 *
 * @example
 * const optimizer = new torch.optim.Adagrad(model.parameters(), { lr: 0.01 });
 */
export class Adagrad extends NativeOptimizer<AdagradOptions> {
  protected override readonly slots = { names: ["step", "sum"], required: ["step", "sum"] };

  constructor(params: Params<AdagradOptions>, options: Partial<AdagradOptions> = {}) {
    super(params, settings("Adagrad", DEFAULTS, options));
  }

  protected override checkOptions(group: ParamGroup<AdagradOptions>): void {
    const { lr, lrDecay, weightDecay, initialAccumulatorValue, eps } = group;
    notNegative("Adagrad", { lr, lrDecay, weightDecay, initialAccumulatorValue, eps });
  }

  protected override launch(
    list: number,
    group: ParamGroup<AdagradOptions>,
    gradScale: number,
    foundInf: number,
  ): void {
    const { lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize } = group;
    native.adagradStep(list, lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize, gradScale, foundInf);
  }
}
