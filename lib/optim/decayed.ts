import type { Tensor } from "../tensor.js";

/** A group's weight decay lambda. */
interface Decay {
  lr: number;
  weightDecay: number;
  decoupledWeightDecay?: boolean;
}

/** The gradient with weight decay, g + lambda w; where decoupled w <- w - lr lambda w, in place, and the gradient as it is. */
export function decayed(param: Tensor, grad: Tensor, { lr, weightDecay, decoupledWeightDecay = false }: Decay): Tensor {
  if (weightDecay === 0) return grad;
  if (!decoupledWeightDecay) return grad.add(param, { alpha: weightDecay });
  param.mul_(1 - lr * weightDecay);
  return grad;
}
