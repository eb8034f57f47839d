import { badArgument } from "../../errors.js";
import type { ConvGeometry } from "../../native/nn.js";
import { type Handle, native } from "../../native.js";
import { conv1d, conv2d, conv3d, pad } from "../../ops.generated.js";
import { handleOf, type Tensor, wrap } from "../../tensor.js";
import { handleFor } from "../../tensor-base.js";
import { settingsText, shown } from "../describe-module.js";
import { fans } from "../fans.js";
import { kaimingUniform_, uniform_ } from "../init.js";
import { Module } from "../module.js";
import { optionalHandle } from "../optional-handle.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import {
  type Arguments,
  count,
  type FactoryOptions,
  factory,
  gather,
  oneOf,
  perDimension,
  type Size,
  type Size1,
  type Size2,
  type Size3,
} from "../settings.js";

const PADDING_MODES = ["zeros", "reflect", "replicate", "circular"] as const;
/** What lies beyond the border: zeros, the mirrored image, the edge, or the other side. */
export type ConvPaddingMode = (typeof PADDING_MODES)[number];

/** Options of the convolutions; S is a number or a list of one per dimension. */
export interface ConvOptions<S> extends FactoryOptions {
  /** Step of the window; default 1. */
  stride?: S;
  /** Elements added at each end; `"same"` keeps the size (stride 1 only), `"valid"` adds none. Default 0. */
  padding?: S | "same" | "valid";
  /** Distance between the window's elements; default 1. */
  dilation?: S;
  /** Groups of channels that do not see each other; must divide both channel counts. Default 1. */
  groups?: number;
  /** Adds a learned bias; default true. */
  bias?: boolean;
  /** Default `"zeros"`. */
  paddingMode?: ConvPaddingMode;
}

/** The options of a convolution that may be positional, as in PyTorch. */
export type ConvArguments<S> = Arguments<
  [stride: S, padding: S | "same" | "valid", dilation: S, groups: number, bias: boolean, paddingMode: ConvPaddingMode],
  ConvOptions<S>
>;

type Convolve = (
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  stride: readonly number[],
  padding: Size | string,
  dilation: readonly number[],
  groups: number,
) => Tensor;
const CONVOLVE = [conv1d, conv2d, conv3d] as unknown as readonly Convolve[];

/** U(-k, k), k = 1 / sqrt(fan in), for weight and bias of a convolution. */
export function resetConv(weight: Tensor, bias: Tensor | null): void {
  kaimingUniform_(weight, { a: Math.sqrt(5) });
  const { fanIn } = fans("Conv", weight);
  if (bias === null || fanIn === 0) return;
  const bound = 1 / Math.sqrt(fanIn);
  uniform_(bias, -bound, bound);
}

/** What the three convolutions share: see {@link Conv2d}. */
abstract class Conv extends Module {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[] | "same" | "valid";
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly paddingMode: ConvPaddingMode;
  weight: Parameter;
  bias: Parameter | null;
  readonly #convolve: Convolve;
  /** What `pad` adds before the convolution, for modes that the operator does not know. */
  readonly #ends: readonly number[];

  constructor(n: number, inChannels: number, outChannels: number, kernelSize: Size, args: readonly unknown[]) {
    super();
    const name = `Conv${n}d`;
    const names = ["stride", "padding", "dilation", "groups", "bias", "paddingMode"] as const;
    const defaults = {
      stride: 1 as Size,
      padding: 0 as Size | "same" | "valid",
      dilation: 1 as Size,
      groups: 1,
      bias: true,
      paddingMode: "zeros" as ConvPaddingMode,
      ...factory,
    };
    const { stride, padding, dilation, groups, bias, paddingMode, ...where } = gather(name, names, defaults, args);
    this.inChannels = count(name, "inChannels", inChannels);
    this.outChannels = count(name, "outChannels", outChannels);
    this.kernelSize = perDimension(name, "kernelSize", kernelSize, n);
    this.stride = perDimension(name, "stride", stride, n);
    this.dilation = perDimension(name, "dilation", dilation, n);
    this.groups = count(name, "groups", groups);
    this.paddingMode = oneOf(name, "paddingMode", paddingMode, PADDING_MODES);
    this.padding =
      typeof padding === "string"
        ? oneOf(name, "padding", padding, ["same", "valid"] as const)
        : perDimension(name, "padding", padding, n, 0);
    if (inChannels % groups !== 0 || outChannels % groups !== 0) {
      badArgument(
        `[${name}] expected groups to divide both channel counts, got ${inChannels} and ${outChannels} channels, ${groups} groups`,
      );
    }
    if (padding === "same" && this.stride.some((s) => s !== 1)) {
      badArgument(`[${name}] expected stride 1 with padding "same", got ${shown(this.stride)}`);
    }
    this.weight = emptyParameter([outChannels, inChannels / groups, ...this.kernelSize], where);
    this.bias = bias ? emptyParameter([outChannels], where) : null;
    this.#convolve = CONVOLVE[n - 1]!;
    this.#ends = paddingMode === "zeros" ? [] : this.#endsToPad();
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

  /** Left and right of the last dimension first. */
  #endsToPad(): number[] {
    const ends: number[] = [];
    for (let i = this.kernelSize.length - 1; i >= 0; i--) {
      if (this.padding === "same") {
        const total = this.dilation[i]! * (this.kernelSize[i]! - 1);
        ends.push(Math.floor(total / 2), Math.ceil(total / 2));
      } else {
        const both = this.padding === "valid" ? 0 : this.padding[i]!;
        ends.push(both, both);
      }
    }
    return ends;
  }

  forward(input: Tensor): Tensor {
    const { weight, bias, stride, dilation, groups } = this;
    if (this.#ends.length === 0) return this.#convolve(input, weight, bias, stride, this.padding, dilation, groups);
    const padded = pad(input, this.#ends, this.paddingMode, null);
    return this.#convolve(padded, weight, bias, stride, 0, dilation, groups);
  }

  override extraRepr(): string {
    const { inChannels, outChannels, kernelSize, stride, padding, dilation, groups, paddingMode } = this;
    const parts: Record<string, unknown> = { kernelSize, stride };
    if (typeof padding === "string" || padding.some((p) => p !== 0)) parts.padding = padding;
    if (dilation.some((d) => d !== 1)) parts.dilation = dilation;
    if (groups !== 1) parts.groups = groups;
    if (this.bias === null) parts.bias = false;
    if (paddingMode !== "zeros") parts.paddingMode = paddingMode;
    return `${inChannels}, ${outChannels}, ${settingsText(parts)}`;
  }
}

/**
 * {@link Conv2d} over one dimension: input [N, inChannels, L] or [inChannels, L].
 *
 * @example
 * new nn.Conv1d(16, 33, 3, { stride: 2 }).forward(torch.randn([20, 16, 50])).shape; // [20, 33, 24]
 */
export class Conv1d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: Size1, ...args: ConvArguments<Size1>) {
    super(1, inChannels, outChannels, kernelSize, args);
  }
}

/**
 * Cross-correlation: y[n, o] = b[o] + sum_c W[o, c] * x[n, c], the sum over the channels of o's group.
 *
 * Shapes: input [N, inChannels, H, W] or [inChannels, H, W]; `weight` [outChannels, inChannels / groups, kh, kw]; `bias`
 * [outChannels]. The output has floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1 elements per dimension.
 * Weight and bias begin as U(-k, k), k = 1 / sqrt(inChannels / groups * kh * kw).
 *
 * @throws TorchError `E_ARG` for settings that do not go together; `E_TORCH` for an input of another shape or dtype
 *
 * @example
 * const conv = new nn.Conv2d(3, 16, 3, { padding: 1, bias: false });
 * conv.forward(torch.randn([8, 3, 32, 32])).shape; // [8, 16, 32, 32]
 */
export class Conv2d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: Size2, ...args: ConvArguments<Size2>) {
    super(2, inChannels, outChannels, kernelSize, args);
  }

  override forward(input: Tensor): Tensor {
    return this.#own(input, 0) ?? super.forward(input);
  }
  /** @internal forward(input) + addend, with the addition inside the convolution's kernel where there is one. */
  _forwardAdding(input: Tensor, addend: Tensor): Tensor {
    return this.#own(input, optionalHandle(addend)) ?? super.forward(input).add(addend);
  }

  /** @internal norm(forward(input)), and its ReLU, in evaluation; null where padding has a name or a mode. */
  _forwardNorm(input: Tensor, norm: FoldedNorm, rectified: boolean): Tensor | null {
    const geometry = this.#geometry();
    if (geometry === null) return null;
    const [x, w, b] = [handleFor("conv2d", input), handleOf(this.weight), optionalHandle(this.bias)];
    const [mean, variance] = [optionalHandle(norm.runningMean), optionalHandle(norm.runningVar)];
    const [scale, shift] = [optionalHandle(norm.weight), optionalHandle(norm.bias)];
    return wrap(native.conv2dNorm(x, w, b, mean, variance, scale, shift, norm.eps, rectified, ...geometry));
  }

  /** By this library's entry, which goes to LibTorch's operator where it has no kernel; null for padding by name or mode. */
  #own(input: Tensor, addend: Handle): Tensor | null {
    const geometry = this.#geometry();
    if (geometry === null) return null;
    const [x, w, b] = [handleFor("conv2d", input), handleOf(this.weight), optionalHandle(this.bias)];
    return wrap(native.conv2d(x, w, b, addend, ...geometry));
  }

  #geometry(): ConvGeometry | null {
    const { stride, padding, dilation, groups, paddingMode } = this;
    if (typeof padding === "string" || paddingMode !== "zeros") return null;
    return [stride[0]!, stride[1]!, padding[0]!, padding[1]!, dilation[0]!, dilation[1]!, groups];
  }
}

/** What a convolution needs of the batch norm behind it. */
export interface FoldedNorm {
  readonly runningMean: Tensor | null;
  readonly runningVar: Tensor | null;
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
  readonly eps: number;
}

/** {@link Conv2d} over three dimensions: input [N, inChannels, D, H, W] or [inChannels, D, H, W]. */
export class Conv3d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: Size3, ...args: ConvArguments<Size3>) {
    super(3, inChannels, outChannels, kernelSize, args);
  }
}
