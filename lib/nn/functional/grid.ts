import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { oneOf, settings } from "../settings.js";

const MODES = ["bilinear", "nearest", "bicubic"] as const;
const PADDINGS = ["zeros", "border", "reflection"] as const;

/** Options of {@link gridSample}. */
export interface GridSampleOptions {
  /** Default `"bilinear"` (trilinear for five dimensions). */
  mode?: (typeof MODES)[number];
  /** What lies outside: 0 (default), the border, or the mirror image. */
  paddingMode?: (typeof PADDINGS)[number];
  /** Whether -1 and 1 are the centres of the corner pixels instead of their outer edges; default false. */
  alignCorners?: boolean;
}

/**
 * Values of [N, C, H, W] at the places of a grid [N, Ho, Wo, 2] of (x, y) from -1 to 1; or of [N, C, D, H, W] at (x, y, z).
 *
 * @example
 * const grid = nn.functional.affineGrid(theta, images.shape); // spatial transformer
 * nn.functional.gridSample(images, grid);
 */
export function gridSample(input: Tensor, grid: Tensor, options?: GridSampleOptions): Tensor {
  const defaults = {
    mode: MODES[0] as GridSampleOptions["mode"],
    paddingMode: PADDINGS[0] as GridSampleOptions["paddingMode"],
    alignCorners: false,
  };
  const { mode, paddingMode, alignCorners } = settings("gridSample", defaults, options);
  const how = MODES.indexOf(oneOf("gridSample", "mode", mode, MODES));
  const outside = PADDINGS.indexOf(oneOf("gridSample", "paddingMode", paddingMode, PADDINGS));
  return ops.gridSampler(input, grid, how, outside, alignCorners);
}

/**
 * The grid of {@link gridSample} that an affine map makes: rows of `theta` give x and y (and z) from (x, y, (z,) 1).
 *
 * @param theta [N, 2, 3], or [N, 3, 4] for volumes
 * @param size of the output: [N, C, H, W], or [N, C, D, H, W]
 */
export function affineGrid(
  theta: Tensor,
  size: readonly number[],
  options?: Pick<GridSampleOptions, "alignCorners">,
): Tensor {
  const { alignCorners } = settings("affineGrid", { alignCorners: false }, options);
  const n = size.length - 2;
  const [, rows, columns] = theta.shape;
  if ((n !== 2 && n !== 3) || theta.ndim !== 3 || rows !== n || columns !== n + 1) {
    badArgument(
      `[affineGrid] expected theta [N, 2, 3] and four sizes, or theta [N, 3, 4] and five, got ${describeValue(theta)} and [${size.join(", ")}]`,
    );
  }
  return ops.affineGridGenerator(theta, size, alignCorners);
}
