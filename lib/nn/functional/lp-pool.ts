import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { perDimension, type Size, settings } from "../settings.js";

/** Options of {@link lpPool2d} and its like. */
export interface LPPoolOptions {
  /** Step of the window; default its size. */
  stride?: Size | null;
  /** Rounds the output's size up instead of down; default false. */
  ceilMode?: boolean;
}

type Pool = (input: Tensor, kernelSize: Size, stride: Size, padding: number, ceilMode: boolean) => Tensor;
const AVERAGE: readonly Pool[] = [ops.avgPool1d, ops.avgPool2d, ops.avgPool3d];
const MAXIMUM = [ops.maxPool1d, ops.maxPool2d, ops.maxPool3d] as const;

const pooling =
  (n: 1 | 2 | 3) =>
  (input: Tensor, normType: number, kernelSize: Size, options?: LPPoolOptions): Tensor => {
    const owner = `lpPool${n}d`;
    const { stride, ceilMode } = settings(owner, { stride: null as Size | null, ceilMode: false }, options);
    const window = perDimension(owner, "kernelSize", kernelSize, n);
    const step = stride ?? window;
    if (Math.abs(normType) === Number.POSITIVE_INFINITY) {
      const magnitude = normType > 0 ? input.abs() : input.abs().neg();
      const most = MAXIMUM[n - 1]!(magnitude, window, step, 0, 1, ceilMode);
      return normType > 0 ? most : most.neg();
    }
    const mean = AVERAGE[n - 1]!(input.pow(normType), window, step, 0, ceilMode);
    const size = window.reduce((a, b) => a * b, 1);
    // sign(x) relu(|x|) is x, but for the gradient at 0, which it makes 0.
    return mean
      .sign()
      .mul(mean.abs().relu())
      .mul(size)
      .pow(1 / normType);
  };

/** (sum x^p)^(1/p) of each window of [N, C, L]; p infinite is the largest magnitude. */
export const lpPool1d = pooling(1);
/** {@link lpPool1d} over two dimensions. */
export const lpPool2d = pooling(2);
/** {@link lpPool1d} over three dimensions. */
export const lpPool3d = pooling(3);
