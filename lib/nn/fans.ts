import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import type { Tensor } from "../tensor.js";
import { oneOf } from "./settings.js";

/** Non-linearities that {@link calculateGain} knows, as PyTorch spells them. */
export type Nonlinearity =
  | "linear"
  | "conv1d"
  | "conv2d"
  | "conv3d"
  | "conv_transpose1d"
  | "conv_transpose2d"
  | "conv_transpose3d"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leaky_relu"
  | "selu";

/** Which number of connections a variance is kept over: forward (`fan_in`) or backward (`fan_out`). */
export type FanMode = "fan_in" | "fan_out";

const GAINS: Record<Exclude<Nonlinearity, "leaky_relu">, number> = {
  linear: 1,
  conv1d: 1,
  conv2d: 1,
  conv3d: 1,
  conv_transpose1d: 1,
  conv_transpose2d: 1,
  conv_transpose3d: 1,
  sigmoid: 1,
  tanh: 5 / 3,
  relu: Math.sqrt(2),
  selu: 3 / 4,
};

/**
 * The factor by which a non-linearity's input must be scaled for its output to keep the variance: 1 for linear layers and
 * sigmoid, 5/3 for tanh, sqrt(2) for relu, sqrt(2 / (1 + param^2)) for leaky_relu (slope `param`, default 0.01), 3/4 for selu.
 *
 * @example
 * nn.init.calculateGain("leaky_relu", 0.2); // 1.3867504905630728
 */
export function calculateGain(nonlinearity: Nonlinearity, param?: number | null): number {
  if (nonlinearity !== "leaky_relu") {
    oneOf("calculateGain", "nonlinearity", nonlinearity, [...Object.keys(GAINS), "leaky_relu"]);
    return GAINS[nonlinearity];
  }
  const slope = param ?? 0.01;
  if (typeof slope !== "number" || Number.isNaN(slope))
    badArgument(`[calculateGain] expected a slope, got ${describeValue(param)}`);
  return Math.sqrt(2 / (1 + slope ** 2));
}

/** Connections into and out of one unit of a weight `[out, in, ...kernel]`. */
export function fans(owner: string, tensor: Tensor): { fanIn: number; fanOut: number } {
  const [out, inner, ...kernel] = tensor.shape;
  if (out === undefined || inner === undefined) {
    badArgument(`[${owner}] expected a weight of at least 2 dimensions, got shape [${tensor.shape.join(", ")}]`);
  }
  const area = kernel.reduce((a, b) => a * b, 1);
  return { fanIn: inner * area, fanOut: out * area };
}
