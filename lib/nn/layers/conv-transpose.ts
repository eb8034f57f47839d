import { badArgument } from "../../errors.js";
import { convTranspose1d, convTranspose2d, convTranspose3d } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText, shown } from "../describe-module.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import {
  type Arguments,
  count,
  type FactoryOptions,
  factory,
  gather,
  listOf,
  perDimension,
  type Size,
  type Size1,
  type Size2,
  type Size3,
} from "../settings.js";
import { resetConv } from "./conv.js";

/** Options of the transposed convolutions; S is a number or a list of one per dimension. */
export interface ConvTransposeOptions<S> extends FactoryOptions {
  /** Step of the window in the output; default 1. */
  stride?: S;
  /** Takes dilation (kernel - 1) - padding away from each end of the output; default 0. */
  padding?: S;
  /** Elements added at one end of the output; less than stride or dilation. Default 0. */
  outputPadding?: S;
  /** Groups of channels that do not see each other; must divide both channel counts. Default 1. */
  groups?: number;
  /** Adds a learned bias; default true. */
  bias?: boolean;
  /** Distance between the window's elements; default 1. */
  dilation?: S;
}

type ConvTransposeArguments<S> = Arguments<
  [stride: S, padding: S, outputPadding: S, groups: number, bias: boolean, dilation: S],
  ConvTransposeOptions<S>
>;

const CONVOLVE = [convTranspose1d, convTranspose2d, convTranspose3d] as const;

/** What the three transposed convolutions share: see {@link ConvTranspose2d}. */
abstract class ConvTranspose extends Module<[input: Tensor, outputSize?: readonly number[] | null]> {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly outputPadding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  weight: Parameter;
  bias: Parameter | null;

  constructor(n: number, inChannels: number, outChannels: number, kernelSize: Size, args: readonly unknown[]) {
    super();
    const name = `ConvTranspose${n}d`;
    const names = ["stride", "padding", "outputPadding", "groups", "bias", "dilation"] as const;
    const defaults = {
      stride: 1 as Size,
      padding: 0 as Size,
      outputPadding: 0 as Size,
      groups: 1,
      bias: true,
      dilation: 1 as Size,
      ...factory,
    };
    const { stride, padding, outputPadding, groups, bias, dilation, ...where } = gather(name, names, defaults, args);
    this.inChannels = count(name, "inChannels", inChannels);
    this.outChannels = count(name, "outChannels", outChannels);
    this.kernelSize = perDimension(name, "kernelSize", kernelSize, n);
    this.stride = perDimension(name, "stride", stride, n);
    this.padding = perDimension(name, "padding", padding, n, 0);
    this.outputPadding = perDimension(name, "outputPadding", outputPadding, n, 0);
    this.dilation = perDimension(name, "dilation", dilation, n);
    this.groups = count(name, "groups", groups);
    if (inChannels % groups !== 0 || outChannels % groups !== 0) {
      badArgument(
        `[${name}] expected groups to divide both channel counts, got ${inChannels} and ${outChannels} channels, ${groups} groups`,
      );
    }
    this.weight = emptyParameter([inChannels, outChannels / groups, ...this.kernelSize], where);
    this.bias = bias ? emptyParameter([outChannels], where) : null;
    this.resetParameters();
  }

  /** Draws the initial values anew. */
  resetParameters(): void {
    resetConv(this.weight, this.bias);
  }

  /** @internal */
  override _loweredParameters(): readonly (Parameter | null)[] {
    return [this.weight, this.bias];
  }

  /**
   * @param outputSize chooses among the `stride` sizes per dimension that a convolution brings to the input's, in `outputPadding`'s
   * place: the output's spatial sizes, or its whole shape
   * @throws TorchError `E_ARG` for a size that no output padding below the stride leads to
   */
  forward(input: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { weight, bias, stride, padding, groups, dilation } = this;
    const convolve = CONVOLVE[this.kernelSize.length - 1]!;
    const outputPadding = outputSize === null ? this.outputPadding : outputPaddingFor(this, input, outputSize);
    return convolve(input, weight, bias, stride, padding, outputPadding, groups, dilation);
  }

  override extraRepr(): string {
    const { inChannels, outChannels, kernelSize, stride, padding, outputPadding, dilation, groups } = this;
    const parts: Record<string, unknown> = { kernelSize, stride };
    if (padding.some((p) => p !== 0)) parts.padding = padding;
    if (dilation.some((d) => d !== 1)) parts.dilation = dilation;
    if (outputPadding.some((p) => p !== 0)) parts.outputPadding = outputPadding;
    if (groups !== 1) parts.groups = groups;
    if (this.bias === null) parts.bias = false;
    return `${inChannels}, ${outChannels}, ${settingsText(parts)}`;
  }
}

/** What is to be added to the smallest output to have `outputSize`, of which only the spatial sizes count. */
function outputPaddingFor(layer: ConvTranspose, input: Tensor, outputSize: readonly number[]): number[] {
  const { kernelSize, stride, padding, dilation } = layer;
  const n = kernelSize.length;
  const name = `ConvTranspose${n}d`;
  const others = input.ndim === n + 2 ? 2 : 1;
  const list = listOf(name, "outputSize", outputSize);
  if (list.length !== n && list.length !== n + others) {
    badArgument(`[${name}] expected outputSize to be a list of ${n} or ${n + others}, got a list of ${list.length}`);
  }
  const sizes = list.slice(-n);
  const given = input.shape.slice(-n);
  const least = given.map(
    (size, i) => (size - 1) * stride[i]! - 2 * padding[i]! + dilation[i]! * (kernelSize[i]! - 1) + 1,
  );
  const most = least.map((size, i) => size + stride[i]! - 1);
  if (!sizes.every((size, i) => Number.isInteger(size) && size >= least[i]! && size <= most[i]!)) {
    badArgument(
      `[${name}] expected outputSize from ${shown(least)} to ${shown(most)} for an input of ${shown(given)}, got ${shown(sizes)}`,
    );
  }
  return sizes.map((size, i) => size - least[i]!);
}

/** {@link ConvTranspose2d} over one dimension: input [N, inChannels, L] or [inChannels, L]. */
export class ConvTranspose1d extends ConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: Size1, ...args: ConvTransposeArguments<Size1>) {
    super(1, inChannels, outChannels, kernelSize, args);
  }
}

/**
 * The gradient of {@link Conv2d} with respect to its input, as a layer: it enlarges what a convolution of the same settings
 * makes smaller.
 *
 * Shapes: input [N, inChannels, H, W] or [inChannels, H, W]; `weight` [inChannels, outChannels / groups, kh, kw]; `bias`
 * [outChannels]. The output has (size - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1 elements per dimension.
 * Weight and bias begin as U(-k, k), k = 1 / sqrt(outChannels / groups * kh * kw).
 *
 * @example
 * const up = new nn.ConvTranspose2d(16, 8, 3, { stride: 2, padding: 1, outputPadding: 1 });
 * up.forward(torch.randn([1, 16, 12, 12])).shape; // [1, 8, 24, 24]
 * up.forward(torch.randn([1, 16, 12, 12]), [23, 24]).shape; // [1, 8, 23, 24]
 */
export class ConvTranspose2d extends ConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: Size2, ...args: ConvTransposeArguments<Size2>) {
    super(2, inChannels, outChannels, kernelSize, args);
  }
}

/** {@link ConvTranspose2d} over three dimensions: input [N, inChannels, D, H, W] or [inChannels, D, H, W]. */
export class ConvTranspose3d extends ConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: Size3, ...args: ConvTransposeArguments<Size3>) {
    super(3, inChannels, outChannels, kernelSize, args);
  }
}
