import { TorchError } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { BatchNorm } from "../layers/batch-norm.js";
import { Conv1d, Conv2d, Conv3d } from "../layers/conv.js";
import { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from "../layers/conv-transpose.js";
import { Linear } from "../layers/linear.js";
import type { Module } from "../module.js";
import { fuseConvBnWeights, fuseLinearBnWeights } from "./fuse-bn.js";

type AnyConv = Conv1d | Conv2d | Conv3d | ConvTranspose1d | ConvTranspose2d | ConvTranspose3d;
const CONVS = [Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d];

/**
 * One convolution that does what `conv` and the batch norm behind it do in evaluation; both stay as they are.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.fusion.fuse_conv_bn_eval.html
 *
 * @throws TorchError `E_STATE` unless both are in evaluation mode and the norm keeps running statistics; `E_ARG` for other layers,
 * subclasses, transposed convolutions with groups, and another number of channels
 *
 * @example
 * const fused = nn.utils.fuseConvBnEval(conv.eval(), norm.eval());
 * fused.forward(x); // as norm.forward(conv.forward(x)), within rounding
 */
export function fuseConvBnEval<C extends AnyConv>(conv: C, bn: BatchNorm): C {
  const Class = CONVS.find((one) => one === conv?.constructor) as unknown as
    | (new (
        ...args: unknown[]
      ) => C)
    | undefined;
  if (Class === undefined) refuse("fuseConvBnEval", "a convolution", conv);
  const { mean, variance } = statistics("fuseConvBnEval", conv, bn);
  const { stride, padding, dilation, groups } = conv;
  const rest = "outputPadding" in conv ? { outputPadding: conv.outputPadding } : { paddingMode: conv.paddingMode };
  const { dtype } = conv.weight;
  const where = { dtype, device: "meta" }; // nothing is drawn: both are replaced
  const options = { stride, padding, dilation, groups, bias: true, ...rest, ...where };
  const fused = new Class(conv.inChannels, conv.outChannels, conv.kernelSize, options);
  const transpose = "outputPadding" in conv;
  [fused.weight, fused.bias] = fuseConvBnWeights(conv.weight, conv.bias, mean, variance, bn.eps, bn.weight, bn.bias, {
    transpose,
  });
  fused.eval();
  return fused;
}

/**
 * One linear layer that does what `linear` and the batch norm behind it do in evaluation; both stay as they are.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.fusion.fuse_linear_bn_eval.html
 *
 * @throws TorchError as {@link fuseConvBnEval}
 */
export function fuseLinearBnEval(linear: Linear, bn: BatchNorm): Linear {
  if (linear?.constructor !== Linear) refuse("fuseLinearBnEval", "a Linear", linear);
  const { mean, variance } = statistics("fuseLinearBnEval", linear, bn);
  const { dtype } = linear.weight;
  const fused = new Linear(linear.inFeatures, linear.outFeatures, { bias: true, dtype, device: "meta" });
  const { weight, bias } = linear;
  [fused.weight, fused.bias] = fuseLinearBnWeights(weight, bias, mean, variance, bn.eps, bn.weight, bn.bias);
  return fused.eval();
}

function statistics(op: string, layer: Module, bn: BatchNorm) {
  if (!(bn instanceof BatchNorm)) refuse(op, "a batch norm", bn);
  if (layer.training || bn.training) {
    throw new TorchError("E_STATE", `[${op}] expected layers in evaluation mode`, "layer.eval(), norm.eval()");
  }
  const { runningMean: mean, runningVar: variance } = bn;
  if (mean === null || variance === null) {
    throw new TorchError("E_STATE", `[${op}] expected a batch norm that keeps running statistics`);
  }
  return { mean, variance };
}

function refuse(op: string, expected: string, got: unknown): never {
  const name = typeof got === "object" && got !== null ? got.constructor.name : describeValue(got);
  throw new TorchError("E_ARG", `[${op}] expected ${expected} of this library, got ${name}`);
}
