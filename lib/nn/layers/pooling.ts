import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import type { OutputSize } from "../functional/pooling.js";
import * as functional from "../functional/pooling.js";
import { Module } from "../module.js";
import { runHooked } from "../run-hooked.js";
import { type Arguments, gather, perDimension, type Size, type Size1, type Size2, type Size3 } from "../settings.js";

/** Options of the maximum pools; S is a number or a list of one per dimension. */
export interface MaxPoolOptions<S> {
  /** Step of the window; default its size. */
  stride?: S | null;
  /** Elements of minus infinity added at each end, at most half the window; default 0. */
  padding?: S;
  /** Distance between the window's elements; default 1. */
  dilation?: S;
  /** Rounds the output's size up instead of down; default false. */
  ceilMode?: boolean;
}
type MaxPoolArguments<S> = Arguments<[stride: S | null, padding: S, dilation: S, ceilMode: boolean], MaxPoolOptions<S>>;

const MAX = [ops.maxPool1d, ops.maxPool2d, ops.maxPool3d] as const;
const MAX_WITH_INDICES = [ops.maxPool1dWithIndices, ops.maxPool2dWithIndices, ops.maxPool3dWithIndices] as const;

/** What the maximum pools share: see {@link MaxPool2d}. */
abstract class MaxPool extends Module {
  readonly kernelSize: Size;
  readonly stride: Size;
  readonly padding: Size;
  readonly dilation: Size;
  readonly ceilMode: boolean;
  readonly #n: number;

  constructor(n: number, kernelSize: Size, args: readonly unknown[]) {
    super();
    const name = `MaxPool${n}d`;
    const defaults = { stride: null as Size | null, padding: 0 as Size, dilation: 1 as Size, ceilMode: false };
    const { stride, padding, dilation, ceilMode } = gather(
      name,
      ["stride", "padding", "dilation", "ceilMode"],
      defaults,
      args,
    );
    perDimension(name, "kernelSize", kernelSize, n);
    perDimension(name, "stride", stride ?? kernelSize, n);
    perDimension(name, "padding", padding, n, 0);
    perDimension(name, "dilation", dilation, n);
    this.kernelSize = kernelSize;
    this.stride = stride ?? kernelSize;
    this.padding = padding;
    this.dilation = dilation;
    this.ceilMode = ceilMode;
    this.#n = n;
  }

  forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, dilation, ceilMode } = this;
    return MAX[this.#n - 1]!(input, kernelSize, stride, padding, dilation, ceilMode);
  }

  /**
   * The largest values and where each was found: PyTorch's `return_indices`, for `nn.MaxUnpool2d` and its like. Hooks run around it as
   * around `forward`; the output that they see is the pair.
   */
  forwardWithIndices(input: Tensor): [values: Tensor, indices: Tensor] {
    const { kernelSize, stride, padding, dilation, ceilMode } = this;
    const pool = MAX_WITH_INDICES[this.#n - 1]!;
    return runHooked(this, (x) => pool(x, kernelSize, stride, padding, dilation, ceilMode), input);
  }

  override extraRepr(): string {
    const { kernelSize, stride, padding, dilation, ceilMode } = this;
    return settingsText({ kernelSize, stride, padding, dilation, ceilMode });
  }
}

/** {@link MaxPool2d} over one dimension: [N, C, L] or [C, L]. */
export class MaxPool1d extends MaxPool {
  constructor(kernelSize: Size1, ...args: MaxPoolArguments<Size1>) {
    super(1, kernelSize, args);
  }
}

/**
 * The largest value of each window.
 *
 * Shapes: input [N, C, H, W] or [C, H, W]; the output has floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1
 * elements per dimension.
 *
 * @example
 * new nn.MaxPool2d(2).forward(torch.randn([1, 3, 32, 32])).shape; // [1, 3, 16, 16]
 */
export class MaxPool2d extends MaxPool {
  constructor(kernelSize: Size2, ...args: MaxPoolArguments<Size2>) {
    super(2, kernelSize, args);
  }
}

/** {@link MaxPool2d} over three dimensions: [N, C, D, H, W] or [C, D, H, W]. */
export class MaxPool3d extends MaxPool {
  constructor(kernelSize: Size3, ...args: MaxPoolArguments<Size3>) {
    super(3, kernelSize, args);
  }
}

/** Options of the average pools; S is a number or a list of one per dimension. */
export interface AvgPoolOptions<S> {
  /** Step of the window; default its size. */
  stride?: S | null;
  /** Zeros added at each end, at most half the window; default 0. */
  padding?: S;
  /** Rounds the output's size up instead of down; default false. */
  ceilMode?: boolean;
  /** Whether the zeros count in the mean; default true. */
  countIncludePad?: boolean;
  /** Divides the sum by this instead of the number of elements; not for one dimension. */
  divisorOverride?: number | null;
}
type AvgPoolArguments<S> = Arguments<
  [stride: S | null, padding: S, ceilMode: boolean, countIncludePad: boolean],
  AvgPoolOptions<S>
>;

/** What the average pools share: see {@link AvgPool2d}. */
abstract class AvgPool extends Module {
  readonly kernelSize: Size;
  readonly stride: Size;
  readonly padding: Size;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | null;
  readonly #n: number;

  constructor(n: number, kernelSize: Size, args: readonly unknown[]) {
    super();
    const name = `AvgPool${n}d`;
    const common = { stride: null as Size | null, padding: 0 as Size, ceilMode: false, countIncludePad: true };
    const defaults = n === 1 ? common : { ...common, divisorOverride: null as number | null };
    const names = ["stride", "padding", "ceilMode", "countIncludePad"] as const;
    const given = gather<typeof common & { divisorOverride?: number | null }>(name, names, defaults, args);
    const { stride, padding, ceilMode, countIncludePad, divisorOverride = null } = given;
    this.kernelSize = n === 1 ? perDimension(name, "kernelSize", kernelSize, n) : kernelSize;
    this.stride = n === 1 ? perDimension(name, "stride", stride ?? kernelSize, n) : (stride ?? kernelSize);
    this.padding = n === 1 ? perDimension(name, "padding", padding, n, 0) : padding;
    perDimension(name, "kernelSize", this.kernelSize, n);
    perDimension(name, "stride", this.stride, n);
    perDimension(name, "padding", this.padding, n, 0);
    this.ceilMode = ceilMode;
    this.countIncludePad = countIncludePad;
    this.divisorOverride = divisorOverride;
    this.#n = n;
  }

  forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride } = this;
    if (this.#n === 1) return ops.avgPool1d(input, kernelSize, stride, padding, ceilMode, countIncludePad);
    const pool = this.#n === 2 ? ops.avgPool2d : ops.avgPool3d;
    return pool(input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }

  override extraRepr(): string {
    const { kernelSize, stride, padding } = this;
    return settingsText({ kernelSize, stride, padding });
  }
}

/** {@link AvgPool2d} over one dimension: [N, C, L] or [C, L]. */
export class AvgPool1d extends AvgPool {
  constructor(kernelSize: Size1, ...args: AvgPoolArguments<Size1>) {
    super(1, kernelSize, args);
  }
}

/**
 * The mean of each window.
 *
 * Shapes: input [N, C, H, W] or [C, H, W]; the output has floor((size + 2 padding - kernel) / stride) + 1 elements per dimension.
 *
 * @example
 * new nn.AvgPool2d(8).forward(torch.randn([1, 64, 8, 8])).shape; // [1, 64, 1, 1]
 */
export class AvgPool2d extends AvgPool {
  constructor(kernelSize: Size2, ...args: AvgPoolArguments<Size2>) {
    super(2, kernelSize, args);
  }
}

/** {@link AvgPool2d} over three dimensions: [N, C, D, H, W] or [C, D, H, W]. */
export class AvgPool3d extends AvgPool {
  constructor(kernelSize: Size3, ...args: AvgPoolArguments<Size3>) {
    super(3, kernelSize, args);
  }
}

/** What the adaptive pools share: see {@link AdaptiveAvgPool2d}. */
abstract class AdaptivePool extends Module {
  readonly outputSize: OutputSize;
  readonly #pool: (input: Tensor, outputSize: OutputSize) => Tensor;

  constructor(pool: (input: Tensor, outputSize: OutputSize) => Tensor, outputSize: OutputSize) {
    super();
    this.outputSize = outputSize;
    this.#pool = pool;
  }
  forward(input: Tensor): Tensor {
    return this.#pool(input, this.outputSize);
  }
  override extraRepr(): string {
    return settingsText({ outputSize: this.outputSize });
  }
}

/** {@link AdaptiveAvgPool2d} over one dimension: [N, C, L] or [C, L]. */
export class AdaptiveAvgPool1d extends AdaptivePool {
  constructor(outputSize: number | readonly [number]) {
    super(functional.adaptiveAvgPool1d, outputSize);
  }
}

/**
 * Means of windows that are chosen so that the output has `outputSize` elements, whatever the input's size; null keeps it.
 *
 * Shapes: input [N, C, H, W] or [C, H, W].
 *
 * @example
 * new nn.AdaptiveAvgPool2d(1).forward(torch.randn([1, 64, 7, 9])).shape; // [1, 64, 1, 1]
 */
export class AdaptiveAvgPool2d extends AdaptivePool {
  constructor(outputSize: number | readonly [number | null, number | null]) {
    super(functional.adaptiveAvgPool2d, outputSize);
  }
}

/** {@link AdaptiveAvgPool2d} over three dimensions: [N, C, D, H, W] or [C, D, H, W]. */
export class AdaptiveAvgPool3d extends AdaptivePool {
  constructor(outputSize: number | readonly [number | null, number | null, number | null]) {
    super(functional.adaptiveAvgPool3d, outputSize);
  }
}

/** {@link AdaptiveAvgPool1d} with the largest value in place of the mean. */
export class AdaptiveMaxPool1d extends AdaptivePool {
  constructor(outputSize: number | readonly [number]) {
    super(functional.adaptiveMaxPool1d, outputSize);
  }
}

/** {@link AdaptiveAvgPool2d} with the largest value in place of the mean. */
export class AdaptiveMaxPool2d extends AdaptivePool {
  constructor(outputSize: number | readonly [number | null, number | null]) {
    super(functional.adaptiveMaxPool2d, outputSize);
  }
}

/** {@link AdaptiveAvgPool3d} with the largest value in place of the mean. */
export class AdaptiveMaxPool3d extends AdaptivePool {
  constructor(outputSize: number | readonly [number | null, number | null, number | null]) {
    super(functional.adaptiveMaxPool3d, outputSize);
  }
}
