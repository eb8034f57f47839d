import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import type { Size } from "../settings.js";

/*
 * An output has floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1 elements per dimension; `ceilMode` rounds up.
 * `stride` defaults to the kernel's size.
 */

/** The largest value in a window of [N, C, L]. */
export const maxPool1d = ops.maxPool1d;
/** The largest value in a window of [N, C, H, W]. */
export const maxPool2d = ops.maxPool2d;
/** The largest value in a window of [N, C, D, H, W]. */
export const maxPool3d = ops.maxPool3d;
/** The mean of a window of [N, C, L]. */
export const avgPool1d = ops.avgPool1d;
/** The mean of a window of [N, C, H, W]; `divisorOverride` divides the sum by something else. */
export const avgPool2d = ops.avgPool2d;
/** The mean of a window of [N, C, D, H, W]. */
export const avgPool3d = ops.avgPool3d;

/** {@link maxPool1d}, and where each value was found: for {@link maxUnpool1d}. */
export const maxPool1dWithIndices = ops.maxPool1dWithIndices;
/** {@link maxPool2d}, and where each value was found. */
export const maxPool2dWithIndices = ops.maxPool2dWithIndices;
/** {@link maxPool3d}, and where each value was found. */
export const maxPool3dWithIndices = ops.maxPool3dWithIndices;

/** An output size in which null keeps the input's. */
export type OutputSize = number | readonly (number | null)[];

function sizes(input: Tensor, outputSize: OutputSize): Size {
  if (typeof outputSize === "number" || !outputSize.includes(null)) return outputSize as Size;
  const { shape } = input;
  return outputSize.map((size, i) => size ?? shape[shape.length - outputSize.length + i] ?? 0);
}

/** Means of windows that are chosen so that the output has `outputSize` elements. */
export const adaptiveAvgPool1d = (input: Tensor, outputSize: OutputSize): Tensor =>
  ops.adaptiveAvgPool1d(input, sizes(input, outputSize));
/** {@link adaptiveAvgPool1d} over two dimensions. */
export const adaptiveAvgPool2d = (input: Tensor, outputSize: OutputSize): Tensor =>
  ops.adaptiveAvgPool2d(input, sizes(input, outputSize));
/** {@link adaptiveAvgPool1d} over three dimensions. */
export const adaptiveAvgPool3d = (input: Tensor, outputSize: OutputSize): Tensor =>
  ops.adaptiveAvgPool3d(input, sizes(input, outputSize));

/** {@link adaptiveMaxPool1d}, and where each value was found. */
export const adaptiveMaxPool1dWithIndices = (input: Tensor, outputSize: OutputSize): [Tensor, Tensor] =>
  ops.adaptiveMaxPool1d(input, sizes(input, outputSize));
/** {@link adaptiveMaxPool2d}, and where each value was found. */
export const adaptiveMaxPool2dWithIndices = (input: Tensor, outputSize: OutputSize): [Tensor, Tensor] =>
  ops.adaptiveMaxPool2d(input, sizes(input, outputSize));
/** {@link adaptiveMaxPool3d}, and where each value was found. */
export const adaptiveMaxPool3dWithIndices = (input: Tensor, outputSize: OutputSize): [Tensor, Tensor] =>
  ops.adaptiveMaxPool3d(input, sizes(input, outputSize));

/** The first result; the second one, where each value came from, is freed. */
function values([result, indices]: readonly Tensor[]): Tensor {
  indices!.dispose();
  return result!;
}
/** Largest values of windows that are chosen so that the output has `outputSize` elements. */
export const adaptiveMaxPool1d = (input: Tensor, outputSize: OutputSize): Tensor =>
  values(ops.adaptiveMaxPool1d(input, sizes(input, outputSize)));
/** {@link adaptiveMaxPool1d} over two dimensions. */
export const adaptiveMaxPool2d = (input: Tensor, outputSize: OutputSize): Tensor =>
  values(ops.adaptiveMaxPool2d(input, sizes(input, outputSize)));
/** {@link adaptiveMaxPool1d} over three dimensions. */
export const adaptiveMaxPool3d = (input: Tensor, outputSize: OutputSize): Tensor =>
  values(ops.adaptiveMaxPool3d(input, sizes(input, outputSize)));
