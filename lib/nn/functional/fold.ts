import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { perDimension, type Size2, settings } from "../settings.js";

/** Options of {@link fold} and {@link unfold}. */
export interface FoldOptions {
  /** Distance between a block's elements; default 1. */
  dilation?: Size2;
  /** Zeros around the image; default 0. */
  padding?: Size2;
  /** Step between blocks; default 1. */
  stride?: Size2;
}
const DEFAULTS = { dilation: 1 as Size2, padding: 0 as Size2, stride: 1 as Size2 };

function pairs(owner: string, options: FoldOptions | undefined): [number[], number[], number[]] {
  const { dilation, padding, stride } = settings(owner, DEFAULTS, options);
  return [
    perDimension(owner, "dilation", dilation, 2),
    perDimension(owner, "padding", padding, 2, 0),
    perDimension(owner, "stride", stride, 2),
  ];
}

/** The blocks of [N, C, H, W] that a kernel slides over, as columns: [N, C kh kw, number of blocks]. */
export function unfold(input: Tensor, kernelSize: Size2, options?: FoldOptions): Tensor {
  const [dilation, padding, stride] = pairs("unfold", options);
  return ops.im2col(input, perDimension("unfold", "kernelSize", kernelSize, 2), dilation, padding, stride);
}

/** Adds blocks [N, C kh kw, number of blocks] up to an image [N, C, ...outputSize]; the adjoint of {@link unfold}. */
export function fold(input: Tensor, outputSize: Size2, kernelSize: Size2, options?: FoldOptions): Tensor {
  const [dilation, padding, stride] = pairs("fold", options);
  const size = perDimension("fold", "outputSize", outputSize, 2);
  return ops.col2im(input, size, perDimension("fold", "kernelSize", kernelSize, 2), dilation, padding, stride);
}
