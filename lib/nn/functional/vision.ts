import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { operator } from "../../ops/operator.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { oneOf, settings } from "../settings.js";

/** How {@link pad} fills: with `value`, mirrored, with the edge, or from the other side. */
export type PadMode = "constant" | "reflect" | "replicate" | "circular";

/**
 * Adds elements at the ends of the last dimensions; negative numbers take some away.
 *
 * @param padding [left, right] of the last dimension, then [top, bottom] of the one before, and so on
 * @param options.mode default `"constant"`
 * @param options.value default 0
 *
 * @example
 * nn.functional.pad(images, [4, 4, 4, 4], { mode: "reflect" });
 */
export function pad(
  input: Tensor,
  padding: readonly number[],
  options?: { mode?: PadMode; value?: number | null },
): Tensor {
  const { mode, value } = settings("pad", { mode: "constant" as PadMode, value: null as number | null }, options);
  return ops.pad(input, padding, mode, value);
}

/** [N, C r^2, H, W] to [N, C, H r, W r]. */
export const pixelShuffle = ops.pixelShuffle;
/** [N, C, H r, W r] to [N, C r^2, H, W]. */
export const pixelUnshuffle = ops.pixelUnshuffle;

/** [N, C, ...] with the channels of `groups` groups interleaved. */
export const channelShuffle = ops.channelShuffle;

const MODES = ["nearest", "nearest-exact", "area", "linear", "bilinear", "bicubic", "trilinear"] as const;
/** Kinds of interpolation; `linear` for [N, C, L], `bilinear` and `bicubic` for [N, C, H, W], `trilinear` for [N, C, D, H, W]. */
export type InterpolationMode = (typeof MODES)[number];

/** Options of {@link interpolate}: exactly one of `size` and `scaleFactor`. */
export interface InterpolateOptions {
  size?: number | readonly number[] | null;
  scaleFactor?: number | readonly number[] | null;
  /** Default `"nearest"`. */
  mode?: InterpolationMode;
  /** Whether the corner pixels of both grids lie on each other (linear modes and bicubic); default false. */
  alignCorners?: boolean | null;
  /** Computes with the factor that follows from the whole-numbered size; default false. */
  recomputeScaleFactor?: boolean;
  /** Smooths while shrinking (`bilinear` and `bicubic`); default false. */
  antialias?: boolean;
}

type Factors = readonly number[] | null;
type Sampler = (x: Tensor, size: Factors, factors: Factors, align: boolean) => Tensor;
const adaptive: Record<number, (x: Tensor, size: readonly number[]) => Tensor> = {
  1: ops.adaptiveAvgPool1d,
  2: ops.adaptiveAvgPool2d,
  3: ops.adaptiveAvgPool3d,
};
const exact = (n: number) =>
  operator<(x: Tensor, size: Factors, factors: Factors) => Tensor>("interpolate", `aten::_upsample_nearest_exact${n}d`);
const antialiased = (mode: string) =>
  operator<(x: Tensor, size: Factors, align: boolean, factors: Factors) => Tensor>(
    "interpolate",
    `aten::_upsample_${mode}2d_aa`,
  );
const [exact1, exact2, exact3] = [exact(1), exact(2), exact(3)];
const [smoothBilinear, smoothBicubic] = [antialiased("bilinear"), antialiased("bicubic")];

/** By mode and number of dimensions; antialiased ones have `+` in their name. */
const SAMPLERS: Record<string, Sampler> = {
  nearest1: (x, size, factors) => ops.upsampleNearest1d(x, size, factors),
  nearest2: (x, size, factors) => ops.upsampleNearest2d(x, size, factors),
  nearest3: (x, size, factors) => ops.upsampleNearest3d(x, size, factors),
  "nearest-exact1": (x, size, factors) => exact1(x, size, factors),
  "nearest-exact2": (x, size, factors) => exact2(x, size, factors),
  "nearest-exact3": (x, size, factors) => exact3(x, size, factors),
  linear1: (x, size, factors, align) => ops.upsampleLinear1d(x, size, align, factors),
  bilinear2: (x, size, factors, align) => ops.upsampleBilinear2d(x, size, align, factors),
  bicubic2: (x, size, factors, align) => ops.upsampleBicubic2d(x, size, align, factors),
  trilinear3: (x, size, factors, align) => ops.upsampleTrilinear3d(x, size, align, factors),
  "bilinear+2": (x, size, factors, align) => smoothBilinear(x, size, align, factors),
  "bicubic+2": (x, size, factors, align) => smoothBicubic(x, size, align, factors),
};

/**
 * Resizes [N, C, ...spatial].
 *
 * @example
 * nn.functional.interpolate(images, { scaleFactor: 2, mode: "bilinear" });
 */
export function interpolate(input: Tensor, options: InterpolateOptions): Tensor {
  const defaults = {
    size: null as number | readonly number[] | null,
    scaleFactor: null as number | readonly number[] | null,
    mode: "nearest" as InterpolationMode,
    alignCorners: null as boolean | null,
    recomputeScaleFactor: false,
    antialias: false,
  };
  const { size, scaleFactor, mode, alignCorners, recomputeScaleFactor, antialias } = settings(
    "interpolate",
    defaults,
    options,
  );
  oneOf("interpolate", "mode", mode, MODES);
  const n = input.ndim - 2;
  if ((size === null) === (scaleFactor === null))
    badArgument("[interpolate] expected either size or scaleFactor, got both or neither");
  if (alignCorners !== null && (mode.startsWith("nearest") || mode === "area")) {
    badArgument(`[interpolate] expected alignCorners with linear modes and bicubic only, got mode ${mode}`);
  }
  let target = expand("size", size, n);
  let factors = expand("scaleFactor", scaleFactor, n);
  if (factors !== null && (recomputeScaleFactor || mode === "area")) {
    const { shape } = input;
    target = factors.map((factor, i) => Math.trunc(shape[i + 2]! * factor));
    factors = null;
  }
  const pool = adaptive[n];
  if (mode === "area" && pool !== undefined && !antialias) return pool(input, target!);
  const sampler = SAMPLERS[`${mode}${antialias ? "+" : ""}${n}`];
  if (sampler === undefined) {
    badArgument(
      `[interpolate] expected a mode for inputs of ${n} spatial dimensions, got ${mode}${antialias ? " with antialias" : ""} for ${describeValue(input)}`,
    );
  }
  return sampler(input, target, factors, alignCorners ?? false);
}

function expand(name: string, value: number | readonly number[] | null, n: number): Factors {
  if (value === null) return null;
  if (typeof value === "number") return new Array<number>(Math.max(n, 0)).fill(value);
  if (value.length !== n)
    badArgument(`[interpolate] expected ${name} to be a number or a list of ${n}, got a list of ${value.length}`);
  return value;
}
