import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { zerosLike } from "../../ops.generated.js";
import { settings } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { Parameter } from "../parameter.js";

/**
 * Weight and bias of a convolution that does what the convolution and the batch norm behind it do in evaluation.
 *
 *     s = bnWeight / sqrt(bnVariance + eps),   weight' = s weight,   bias' = s (bias - bnMean) + bnBias
 *
 * @param weight [out, in / groups, ...], or [in, out / groups, ...] of a transposed one
 * @param bias, bnWeight, bnBias null stands for zeros, ones and zeros
 */
export function fuseConvBnWeights(
  weight: Tensor,
  bias: Tensor | null,
  bnMean: Tensor,
  bnVariance: Tensor,
  bnEps: number,
  bnWeight: Tensor | null,
  bnBias: Tensor | null,
  options?: { transpose?: boolean },
): [weight: Parameter, bias: Parameter] {
  const { transpose } = settings("fuseConvBnWeights", { transpose: false }, options);
  return noGrad(() => {
    const channels = bnMean.numel();
    if (weight.size(transpose ? 1 : 0) !== channels) {
      badArgument(
        `[fuseConvBnWeights] expected a weight with ${channels} output channels, got [${weight.shape.join(", ")}]`,
        transpose ? "transposed convolutions with groups cannot be fused" : undefined,
      );
    }
    const inverse = bnVariance.add(bnEps).rsqrt();
    const scale = bnWeight === null ? inverse : inverse.mul(bnWeight);
    const shape = weight.shape.map((_, i) => (i === (transpose ? 1 : 0) ? -1 : 1));
    const shifted = (bias ?? zerosLike(bnMean)).sub(bnMean).mul(scale);
    return [
      new Parameter(weight.mul(scale.reshape(shape).to(weight.dtype)), { requiresGrad: weight.requiresGrad }),
      new Parameter((bnBias === null ? shifted : shifted.add(bnBias)).to(weight.dtype), {
        requiresGrad: bias?.requiresGrad ?? weight.requiresGrad,
      }),
    ];
  });
}

/** {@link fuseConvBnWeights} for a linear map: weight [out, in]. */
export function fuseLinearBnWeights(
  weight: Tensor,
  bias: Tensor | null,
  bnMean: Tensor,
  bnVariance: Tensor,
  bnEps: number,
  bnWeight: Tensor | null,
  bnBias: Tensor | null,
): [weight: Parameter, bias: Parameter] {
  return fuseConvBnWeights(weight, bias, bnMean, bnVariance, bnEps, bnWeight, bnBias);
}
