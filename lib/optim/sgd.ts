import { badArgument } from "../errors.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { settings } from "../options.js";
import { atLeast } from "./checks.js";
import { NativeOptimizer } from "./native-optimizer.js";
import type { ParamGroup, Params } from "./param-group.js";

/** Options of {@link SGD}, of all its parameters or of a group. */
export interface SGDOptions {
  /** Learning rate; default 0.001. */
  lr: number;
  /** mu; default 0. */
  momentum: number;
  /** tau, of the gradient in the momentum; default 0. */
  dampening: number;
  /** lambda, added to the gradient as lambda w; default 0. */
  weightDecay: number;
  /** Steps along the momentum as it will be; default false. */
  nesterov: boolean;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
  /** Reads `lr` from the device, in fp32, so that a CUDA graph that holds steps follows its changes; no effect on the CPU. Default false. */
  capturable: boolean;
}

const DEFAULTS: SGDOptions = {
  lr: 0.001,
  momentum: 0,
  dampening: 0,
  weightDecay: 0,
  nesterov: false,
  maximize: false,
  capturable: false,
};

/**
 * Stochastic gradient descent with momentum.
 *
 *     g <- g + lambda w                                  (-g before that when maximizing)
 *     v <- mu v + (1 - tau) g                            (v = g in a parameter's first step)
 *     w <- w - lr v                                      (nesterov: w - lr (g + mu v))
 *
 * One fused kernel per group, dtype and device; v has its parameter's dtype. A parameter without a gradient keeps w and v.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link SGDOptions}
 * @throws TorchError `E_ARG` for negative lr, momentum or weightDecay, and for nesterov without momentum or with dampening
 *
 * @example
 * const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.1, momentum: 0.9, weightDecay: 5e-4 });
 * optimizer.zeroGrad();
 * loss.backward();
 * optimizer.step();
 */
export class SGD extends NativeOptimizer<SGDOptions> {
  protected override readonly slots = { names: ["momentumBuffer"], required: [] };

  constructor(params: Params<SGDOptions>, options: Partial<SGDOptions> = {}) {
    super(params, settings("SGD", DEFAULTS, options));
  }

  protected override checkOptions({ lr, momentum, dampening, weightDecay, nesterov }: ParamGroup<SGDOptions>): void {
    atLeast("SGD", "lr", lr);
    atLeast("SGD", "momentum", momentum);
    atLeast("SGD", "weightDecay", weightDecay);
    if (!Number.isFinite(dampening))
      badArgument(`[SGD] expected dampening to be a number, got ${describeValue(dampening)}`);
    if (nesterov && !(momentum > 0 && dampening === 0)) {
      badArgument(`[SGD] expected momentum > 0 and dampening 0 with nesterov, got ${momentum} and ${dampening}`);
    }
  }

  protected override launch(list: number, group: ParamGroup<SGDOptions>, gradScale: number, foundInf: number): void {
    const { lr, momentum, dampening, weightDecay, nesterov, maximize, capturable } = group;
    native.sgdStep(list, lr, momentum, dampening, weightDecay, nesterov, maximize, capturable, gradScale, foundInf);
  }
}
