import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { count, settings } from "../settings.js";

/** Options of {@link localResponseNorm}. */
export interface LocalResponseNormOptions {
  /** Default 1e-4. */
  alpha?: number;
  /** Default 0.75. */
  beta?: number;
  /** Default 1. */
  k?: number;
}

/**
 * x / (k + alpha / size sum x^2)^beta, the sum over `size` neighbouring channels (dimension 1).
 *
 * @param input [N, C, ...]
 * @see Krizhevsky et al., ImageNet Classification with Deep Convolutional Neural Networks, NeurIPS 2012
 */
export function localResponseNorm(input: Tensor, size: number, options?: LocalResponseNormOptions): Tensor {
  const { alpha, beta, k } = settings("localResponseNorm", { alpha: 1e-4, beta: 0.75, k: 1 }, options);
  count("localResponseNorm", "size", size);
  if (input.ndim < 3) badArgument(`[localResponseNorm] expected [N, C, ...], got ${describeValue(input)}`);
  if (input.numel() === 0) return input;
  const { shape } = input;
  const around = [Math.floor(size / 2), Math.floor((size - 1) / 2)];
  const squares = input.square().reshape([shape[0]!, 1, shape[1]!, -1]);
  const means = ops.avgPool2d(ops.constantPadNd(squares, [0, 0, ...around]), [size, 1], 1);
  return input.div(means.reshape(shape).mul(alpha).add(k).pow(beta));
}
