import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { perDimension, type Size, settings } from "../settings.js";

/** Options of {@link fractionalMaxPool2d} and its like: one of `outputSize` and `outputRatio`. */
export interface FractionalMaxPoolOptions {
  outputSize?: Size | null;
  /** The output's size as a share of the input's, between 0 and 1. */
  outputRatio?: number | readonly number[] | null;
  /** Where windows begin: uniform numbers [N, C, dimensions]; drawn where not given. */
  randomSamples?: Tensor | null;
}

const pooling =
  (n: 2 | 3) =>
  (input: Tensor, kernelSize: Size, options?: FractionalMaxPoolOptions): [values: Tensor, indices: Tensor] => {
    const owner = `fractionalMaxPool${n}d`;
    const defaults = {
      outputSize: null as Size | null,
      outputRatio: null as number | readonly number[] | null,
      randomSamples: null as Tensor | null,
    };
    const given = settings(owner, defaults, options);
    const size = sizeOf(owner, input, n, given.outputSize, given.outputRatio);
    const { shape, dtype, device } = input;
    const batch = shape.length === n + 1 ? 1 : shape[0]!;
    const samples = given.randomSamples ?? ops.rand([batch, shape.at(-n - 1)!, n], { dtype, device });
    const pool = n === 2 ? ops.fractionalMaxPool2d : ops.fractionalMaxPool3d;
    return pool(input, kernelSize, size, samples);
  };

function sizeOf(
  owner: string,
  input: Tensor,
  n: number,
  size: Size | null,
  ratio: number | readonly number[] | null,
): number[] {
  if ((size === null) === (ratio === null)) {
    badArgument(`[${owner}] expected either outputSize or outputRatio, got both or neither`);
  }
  if (size !== null) return perDimension(owner, "outputSize", size, n);
  const ratios = typeof ratio === "number" ? new Array<number>(n).fill(ratio) : [...ratio!];
  if (ratios.length !== n || !ratios.every((r) => r > 0 && r < 1)) {
    badArgument(
      `[${owner}] expected outputRatio between 0 and 1, for one or ${n} dimensions, got ${describeValue(ratio)}`,
    );
  }
  return input.shape.slice(-n).map((extent, d) => Math.trunc(extent * ratios[d]!));
}

/**
 * Largest values of windows that overlap at random, and where each was found.
 *
 * @see Graham, Fractional Max-Pooling, 2014
 */
export const fractionalMaxPool2dWithIndices = pooling(2);
/** {@link fractionalMaxPool2dWithIndices} over three dimensions. */
export const fractionalMaxPool3dWithIndices = pooling(3);

const valuesOf =
  (pool: typeof fractionalMaxPool2dWithIndices): ((...args: Parameters<typeof pool>) => Tensor) =>
  (...args) => {
    const [values, indices] = pool(...args);
    indices.dispose();
    return values;
  };
/** Largest values of windows of [N, C, H, W] that overlap at random. */
export const fractionalMaxPool2d = valuesOf(fractionalMaxPool2dWithIndices);
/** {@link fractionalMaxPool2d} over three dimensions. */
export const fractionalMaxPool3d = valuesOf(fractionalMaxPool3dWithIndices);
