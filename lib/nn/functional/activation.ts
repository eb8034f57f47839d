import type { DType } from "../../dtype.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { type Arguments, gather, settings } from "../settings.js";

/** Options of activations that can write their result over their input. */
export interface InplaceOptions {
  /** Overwrites the input and saves its memory; default false. */
  inplace?: boolean;
}

/** An activation without settings, and its twin that overwrites. */
const plain =
  (name: string, pure: (x: Tensor) => Tensor, overwriting: (x: Tensor) => Tensor) =>
  (input: Tensor, options?: InplaceOptions): Tensor =>
    options !== undefined && settings(name, { inplace: false }, options).inplace ? overwriting(input) : pure(input);

/** max(0, x). */
export const relu = plain("relu", ops.relu, ops.relu_);
/** min(max(0, x), 6). */
export const relu6 = plain("relu6", ops.relu6, ops.relu6_);
/** x sigmoid(x), also called swish. */
export const silu = plain("silu", ops.silu, ops.silu_);
/** x tanh(ln(1 + exp(x))). */
export const mish = plain("mish", ops.mish, ops.mish_);
/** scale (max(0, x) + min(0, alpha (exp(x) - 1))), scale 1.0507..., alpha 1.6732... */
export const selu = plain("selu", ops.selu, ops.selu_);
/** x relu6(x + 3) / 6. */
export const hardswish = plain("hardswish", ops.hardswish, ops.hardswish_);
/** relu6(x + 3) / 6. */
export const hardsigmoid = plain("hardsigmoid", ops.hardsigmoid, ops.hardsigmoid_);

/** 1 / (1 + exp(-x)). */
export const sigmoid = ops.sigmoid;
/** (exp(x) - exp(-x)) / (exp(x) + exp(-x)). */
export const tanh = ops.tanh;
/** ln(1 / (1 + exp(-x))). */
export const logsigmoid = (input: Tensor): Tensor => ops.logSigmoid(input);
/** x / (1 + |x|). */
export const softsign = (input: Tensor): Tensor => ops.div(input, ops.add(ops.abs(input), 1));
/** x - tanh(x). */
export const tanhshrink = (input: Tensor): Tensor => ops.sub(input, ops.tanh(input));
/** x for x >= 0, weight x otherwise; one weight, or one per channel (dimension 1). */
export const prelu = ops.prelu;
/** a sigmoid(b), where a and b are the halves of x along `dim` (default -1). */
export const glu = ops.glu;
/** x Phi(x), Phi the normal distribution's CDF; `approximate: "tanh"` uses 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). */
export const gelu = ops.gelu;
/** ln(1 + exp(beta x)) / beta; linear where beta x > threshold. Defaults: beta 1, threshold 20. */
export const softplus = ops.softplus;
/** x - lambd for x > lambd, x + lambd for x < -lambd, 0 between. Default: lambd 0.5. */
export const softshrink = ops.softshrink;
/** x where |x| > lambd, 0 elsewhere. Default: lambd 0.5. */
export const hardshrink = ops.hardshrink;

/** x for x >= 0, negativeSlope x (default 0.01) otherwise. */
export function leakyRelu(
  input: Tensor,
  ...args: Arguments<[negativeSlope: number], InplaceOptions & { negativeSlope?: number }>
): Tensor {
  const { negativeSlope, inplace } = gather(
    "leakyRelu",
    ["negativeSlope"],
    { negativeSlope: 0.01, inplace: false },
    args,
  );
  return inplace ? ops.leakyRelu_(input, negativeSlope) : ops.leakyRelu(input, negativeSlope);
}

/** x for x > 0, alpha (exp(x) - 1) otherwise. Default: alpha 1. */
export function elu(input: Tensor, ...args: Arguments<[alpha: number], InplaceOptions & { alpha?: number }>): Tensor {
  const { alpha, inplace } = gather("elu", ["alpha"], { alpha: 1, inplace: false }, args);
  return inplace ? ops.elu_(input, alpha) : ops.elu(input, alpha);
}

/** max(0, x) + min(0, alpha (exp(x / alpha) - 1)). Default: alpha 1. */
export function celu(input: Tensor, ...args: Arguments<[alpha: number], InplaceOptions & { alpha?: number }>): Tensor {
  const { alpha, inplace } = gather("celu", ["alpha"], { alpha: 1, inplace: false }, args);
  return inplace ? ops.celu_(input, alpha) : ops.celu(input, alpha);
}

/** x, clipped to [minVal, maxVal]. Defaults: -1 and 1. */
export function hardtanh(
  input: Tensor,
  ...args: Arguments<[minVal: number, maxVal: number], InplaceOptions & { minVal?: number; maxVal?: number }>
): Tensor {
  const defaults = { minVal: -1, maxVal: 1, inplace: false };
  const { minVal, maxVal, inplace } = gather("hardtanh", ["minVal", "maxVal"], defaults, args);
  return inplace ? ops.hardtanh_(input, minVal, maxVal) : ops.hardtanh(input, minVal, maxVal);
}

/** x where x > threshold, `value` elsewhere. */
export function threshold(input: Tensor, limit: number, value: number, options?: InplaceOptions): Tensor {
  const { inplace } = settings("threshold", { inplace: false }, options);
  return inplace ? ops.threshold_(input, limit, value) : ops.threshold(input, limit, value);
}

/** Options of {@link rrelu}. */
export interface RReLUOptions extends InplaceOptions {
  /** Default 1/8. */
  lower?: number;
  /** Default 1/3. */
  upper?: number;
  /** Draws slopes; otherwise their mean is taken. Default false. */
  training?: boolean;
}
/** x for x >= 0, a x otherwise, a drawn from U(lower, upper) for each element in training and their mean otherwise. */
export function rrelu(input: Tensor, options?: RReLUOptions): Tensor {
  const defaults = { lower: 1 / 8, upper: 1 / 3, training: false, inplace: false };
  const { lower, upper, training, inplace } = settings("rrelu", defaults, options);
  return inplace ? ops.rrelu_(input, lower, upper, training) : ops.rrelu(input, lower, upper, training);
}

/** {@link relu} over its input; the same holds for the others with an underscore. */
export const relu_ = ops.relu_;
export const leakyRelu_ = ops.leakyRelu_;
export const elu_ = ops.elu_;
export const celu_ = ops.celu_;
export const selu_ = ops.selu_;
export const hardtanh_ = ops.hardtanh_;
export const threshold_ = ops.threshold_;
export const rrelu_ = ops.rrelu_;

/**
 * A sample of the Gumbel-softmax distribution along `dim`: softmax((x + g) / tau), g = -ln(-ln u) Gumbel noise.
 *
 * @param options.tau temperature; default 1
 * @param options.hard makes the sample one-hot, with the gradient of the soft one; default false
 * @param options.dim default -1
 * @see Jang et al., Categorical Reparameterization with Gumbel-Softmax, ICLR 2017
 */
export function gumbelSoftmax(logits: Tensor, options?: { tau?: number; hard?: boolean; dim?: number }): Tensor {
  const { tau, hard, dim } = settings("gumbelSoftmax", { tau: 1, hard: false, dim: -1 }, options);
  const noise = ops.emptyLike(logits).exponential_().log().neg();
  const soft = ops.softmax(logits.add(noise).div(tau), dim);
  if (!hard) return soft;
  const one = ops.zerosLike(soft).scatter_(dim, soft.argmax(dim, true), 1);
  return one.sub(soft.detach()).add(soft);
}

/** Options of {@link softmax} and its like. */
export interface SoftmaxOptions {
  /** Computes in this dtype instead of the input's. */
  dtype?: DType;
}
/** exp(x_i) / sum_j exp(x_j) along `dim`. */
export const softmax = (input: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor =>
  ops.softmax(input, dim, options);
/** ln of {@link softmax}, without overflow. */
export const logSoftmax = (input: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor =>
  ops.logSoftmax(input, dim, options);
/** softmax(-x) along `dim`. */
export const softmin = (input: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor =>
  ops.softmax(ops.neg(input), dim, options);
