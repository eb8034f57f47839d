import { layerNorm, rmsNorm } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText, shown } from "../describe-module.js";
import { ones_, zeros_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather, listOf } from "../settings.js";

/** Options of {@link LayerNorm}. */
export interface LayerNormOptions extends FactoryOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Learns a scale and a shift per element; default true. */
  elementwiseAffine?: boolean;
  /** Whether the affine part has a shift; default true. */
  bias?: boolean;
}

const shapeList = (owner: string, shape: number | readonly number[]): number[] =>
  (typeof shape === "number" ? [shape] : listOf(owner, "normalizedShape", shape)).map((size) =>
    count(owner, "each size of normalizedShape", size),
  );

/**
 * y = (x - mean) / sqrt(var + eps) weight + bias over the last dimensions, whose shape is `normalizedShape`.
 *
 * Shapes: input and output [..., ...normalizedShape]; `weight` (1 at first) and `bias` (0 at first) of `normalizedShape`. The
 * variance is the biased one.
 *
 * @throws TorchError `E_TORCH` for an input that does not end in `normalizedShape`
 * @see Ba, Kiros and Hinton, Layer Normalization, 2016
 *
 * @example
 * new nn.LayerNorm(10).forward(torch.randn([20, 5, 10]));
 */
export class LayerNorm extends Module {
  readonly normalizedShape: readonly number[];
  readonly eps: number;
  readonly elementwiseAffine: boolean;
  weight: Parameter | null;
  bias: Parameter | null;

  constructor(
    normalizedShape: number | readonly number[],
    ...args: Arguments<[eps: number, elementwiseAffine: boolean, bias: boolean], LayerNormOptions>
  ) {
    super();
    const defaults = { eps: 1e-5, elementwiseAffine: true, bias: true, ...factory };
    const { eps, elementwiseAffine, bias, ...where } = gather(
      "LayerNorm",
      ["eps", "elementwiseAffine", "bias"],
      defaults,
      args,
    );
    this.normalizedShape = shapeList("LayerNorm", normalizedShape);
    this.eps = eps;
    this.elementwiseAffine = elementwiseAffine;
    this.weight = elementwiseAffine ? emptyParameter(this.normalizedShape, where) : null;
    this.bias = elementwiseAffine && bias ? emptyParameter(this.normalizedShape, where) : null;
    this.resetParameters();
  }

  /** Scale 1, shift 0. */
  resetParameters(): void {
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  forward(input: Tensor): Tensor {
    return layerNorm(input, this.normalizedShape, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    const { normalizedShape, eps, elementwiseAffine } = this;
    return `${shown(normalizedShape)}, ${settingsText({ eps, elementwiseAffine, bias: this.bias !== null })}`;
  }
}

/** Options of {@link RMSNorm}. */
export interface RMSNormOptions extends FactoryOptions {
  /** Added to the mean square; null (default) takes the smallest step of the input's dtype. */
  eps?: number | null;
  /** Learns a scale per element; default true. */
  elementwiseAffine?: boolean;
}

/**
 * y = x / sqrt(mean(x^2) + eps) weight over the last dimensions, whose shape is `normalizedShape`.
 *
 * @see Zhang and Sennrich, Root Mean Square Layer Normalization, NeurIPS 2019
 *
 * @example
 * new nn.RMSNorm(10, { eps: 1e-6 }).forward(torch.randn([20, 5, 10]));
 */
export class RMSNorm extends Module {
  readonly normalizedShape: readonly number[];
  readonly eps: number | null;
  readonly elementwiseAffine: boolean;
  weight: Parameter | null;

  constructor(
    normalizedShape: number | readonly number[],
    ...args: Arguments<[eps: number | null, elementwiseAffine: boolean], RMSNormOptions>
  ) {
    super();
    const defaults = { eps: null as number | null, elementwiseAffine: true, ...factory };
    const { eps, elementwiseAffine, ...where } = gather("RMSNorm", ["eps", "elementwiseAffine"], defaults, args);
    this.normalizedShape = shapeList("RMSNorm", normalizedShape);
    this.eps = eps;
    this.elementwiseAffine = elementwiseAffine;
    this.weight = elementwiseAffine ? emptyParameter(this.normalizedShape, where) : null;
    this.resetParameters();
  }

  /** Scale 1. */
  resetParameters(): void {
    if (this.weight !== null) ones_(this.weight);
  }

  forward(input: Tensor): Tensor {
    return rmsNorm(input, this.normalizedShape, this.weight, this.eps);
  }

  override extraRepr(): string {
    const { normalizedShape, eps, elementwiseAffine } = this;
    return `${shown(normalizedShape)}, ${settingsText({ eps, elementwiseAffine })}`;
  }
}
