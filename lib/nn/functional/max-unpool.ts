import { badArgument } from "../../errors.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { perDimension, type Size, settings } from "../settings.js";

/** Options of {@link maxUnpool2d} and its like. */
export interface MaxUnpoolOptions {
  /** Step of the pool's window; default its size. */
  stride?: Size | null;
  /** The pool's padding; default 0. */
  padding?: Size;
  /** Which of the sizes that pool to the input's size; default the smallest without leftovers. May have N and C in front. */
  outputSize?: readonly number[] | null;
}

const unpooling =
  (n: 1 | 2 | 3) =>
  (input: Tensor, indices: Tensor, kernelSize: Size, options?: MaxUnpoolOptions): Tensor => {
    const owner = `maxUnpool${n}d`;
    const defaults = { stride: null as Size | null, padding: 0 as Size, outputSize: null as readonly number[] | null };
    const given = settings(owner, defaults, options);
    const window = perDimension(owner, "kernelSize", kernelSize, n);
    const stride = perDimension(owner, "stride", given.stride ?? window, n);
    const padding = perDimension(owner, "padding", given.padding, n, 0);
    const size = outputSize(owner, input, window, stride, padding, given.outputSize);
    if (n === 3) return ops.maxUnpool3d(input, indices, size, stride, padding);
    if (n === 2) return ops.maxUnpool2d(input, indices, size);
    return ops.maxUnpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), [...size, 1]).squeeze(-1);
  };

function outputSize(
  owner: string,
  input: Tensor,
  window: readonly number[],
  stride: readonly number[],
  padding: readonly number[],
  wanted: readonly number[] | null,
): readonly number[] {
  const n = window.length;
  const extents = input.shape.slice(-n);
  const least = extents.map((size, d) => (size - 1) * stride[d]! + window[d]! - 2 * padding[d]!);
  if (wanted === null) return least;
  const size = wanted.length === n + 2 ? wanted.slice(2) : wanted;
  const fits = size.length === n && size.every((s, d) => Math.abs(s - least[d]!) < stride[d]!);
  if (!fits) {
    badArgument(
      `[${owner}] expected an outputSize less than a step [${stride.join(", ")}] away from [${least.join(", ")}], got [${wanted.join(", ")}]`,
    );
  }
  return size;
}

/** Puts each value of [N, C, L] where `maxPool1dWithIndices` found it, and 0 everywhere else. */
export const maxUnpool1d = unpooling(1);
/** {@link maxUnpool1d} over two dimensions. */
export const maxUnpool2d = unpooling(2);
/** {@link maxUnpool1d} over three dimensions. */
export const maxUnpool3d = unpooling(3);
