import { settings } from "../options.js";
import { ADAM_DEFAULTS, Adam, type AdamOptions } from "./adam.js";
import type { Params } from "./param-group.js";

/**
 * Adam with weight decay that does not pass through the averages.
 *
 *     w <- w - lr lambda w,   then Adam's step without lambda
 *
 * Source: Loshchilov and Hutter, https://arxiv.org/abs/1711.05101; https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link AdamOptions}; `weightDecay` is 0.01 by default
 *
 * @example
 * const optimizer = new torch.optim.AdamW(model.parameters(), { lr: 3e-4, weightDecay: 0.1 });
 */
export class AdamW extends Adam {
  constructor(params: Params<AdamOptions>, options: Partial<Omit<AdamOptions, "decoupledWeightDecay">> = {}) {
    const defaults = { ...ADAM_DEFAULTS, weightDecay: 0.01, decoupledWeightDecay: true };
    super(params, settings("AdamW", defaults, options));
  }
}
