import { noGrad } from "../autograd.js";
import type { Device } from "../device.js";
import { type DType, dtypeCode, isDType } from "../dtype.js";
import { badArgument } from "../errors.js";
import { isTensor, type Tensor, type ToOptions } from "../tensor.js";
import type { AnyModule } from "./module.js";

/** `Module.to`: new storage under the same tensor objects, gradients included. */
export function convertModule(
  module: AnyModule,
  target: DType | Device | Tensor | ToOptions,
  options: ToOptions,
): void {
  const wanted = parse(target, options);
  if (wanted.dtype !== undefined) {
    dtypeCode(wanted.dtype);
    if (!/^(float|bfloat|complex)/.test(wanted.dtype)) {
      badArgument(`[to] expected a floating-point or complex dtype for a module, got ${wanted.dtype}`);
    }
  }
  noGrad(() => {
    for (const parameter of module.parameters()) {
      const grad = parameter.grad;
      convert(parameter, wanted);
      if (grad === null) continue;
      if (parameter.device === "meta") {
        parameter.grad = null;
      } else {
        convert(grad, wanted);
      }
      grad.dispose();
    }
    for (const buffer of module.buffers()) convert(buffer, wanted);
  });
}

function parse(target: DType | Device | Tensor | ToOptions, options: ToOptions): ToOptions {
  if (isTensor(target)) return { dtype: target.dtype, device: target.device, ...options };
  if (typeof target !== "string") return target;
  return isDType(target) ? { dtype: target, ...options } : { device: target, ...options };
}

const FORMAT_DIMENSIONS = { channelsLast: 4, channelsLast3d: 5 } as const;

function convert(tensor: Tensor, { dtype, device, memoryFormat, nonBlocking }: ToOptions): void {
  const own: ToOptions = { device, nonBlocking };
  if (tensor.isFloatingPoint() || tensor.isComplex()) own.dtype = dtype;
  if (memoryFormat === "channelsLast" || memoryFormat === "channelsLast3d") {
    if (tensor.ndim === FORMAT_DIMENSIONS[memoryFormat]) own.memoryFormat = memoryFormat;
  } else if (memoryFormat !== undefined) {
    own.memoryFormat = memoryFormat;
  }
  const converted = tensor.to(own);
  if (!converted.is(tensor)) replace(tensor, converted);
  converted.dispose();
}

/** LibTorch cannot put a tensor with data under the identity of one without (device meta), or the other way round. */
function replace(tensor: Tensor, converted: Tensor): void {
  if ((tensor.device === "meta") === (converted.device === "meta")) {
    tensor.setData(converted);
    return;
  }
  const { requiresGrad } = tensor;
  tensor._become(converted);
  tensor.requiresGrad = requiresGrad;
}
