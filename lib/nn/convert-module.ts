import { noGrad } from "../autograd.js";
import type { Device } from "../device.js";
import { type DType, dtypeCode } from "../dtype.js";
import { badArgument } from "../errors.js";
import { dropMaster, followDtype, masterOf, setMaster, writeWorkingWeights } from "../master-weights.js";
import type { Defaults } from "../options.js";
import { refuseWhilePerturbed } from "../perturbed.js";
import type { Tensor, ToOptions } from "../tensor.js";
import { TO, targetOptions } from "../to-options.js";
import type { AnyModule } from "./module.js";

/** Options of `Module.to`. */
export interface ModuleToOptions extends ToOptions {
  /** Keeps weights in `dtype`, bfloat16 or float16, with their float32 values behind them. */
  masterWeights?: boolean;
}

const MODULE_TO: Defaults<ModuleToOptions> = { ...TO, masterWeights: false };

/** `Module.to`: new storage under the same tensor objects, gradients included. */
export function convertModule(
  module: AnyModule,
  target: DType | Device | Tensor | ModuleToOptions,
  options: ModuleToOptions | undefined,
): void {
  const { masterWeights = false, ...wanted } = targetOptions<ModuleToOptions>(target, options, MODULE_TO);
  const { dtype, ...place } = wanted;
  if (masterWeights && dtype !== "bfloat16" && dtype !== "float16") {
    badArgument(`[to] expected bfloat16 or float16 with masterWeights, got ${dtype ?? "no dtype"}`);
  }
  if (masterWeights) refuseWhilePerturbed("to", "change the model");
  if (dtype !== undefined) {
    dtypeCode(dtype, "to");
    if (!/^(float|bfloat|complex)/.test(dtype)) {
      badArgument(`[to] expected a floating-point or complex dtype for a module, got ${dtype}`);
    }
  }
  const lowered = masterWeights ? loweredParameters(module) : new Set();
  noGrad(() => {
    for (const parameter of module.parameters()) {
      if (dtype !== undefined || place.device === "meta") endMaster(parameter);
      const to = masterWeights ? place : wanted;
      const grad = parameter.grad;
      const master = masterOf(parameter);
      if (master !== undefined) convert(master, place);
      convert(parameter, to);
      writeWorkingWeights(parameter);
      followDtype(parameter);
      if (lowered.has(parameter)) beginMaster(parameter, dtype!);
      if (grad === null) continue;
      if (parameter.device === "meta") {
        parameter.grad = null;
      } else {
        convert(grad, to);
      }
      grad.dispose();
    }
    for (const buffer of module.buffers()) convert(buffer, masterWeights ? place : wanted);
  });
}

/** What autocast would cast, unless another module has it too and may use it as it is, as an embedding does. */
function loweredParameters(module: AnyModule): Set<unknown> {
  const lowered = new Set<unknown>();
  const others = new Set<unknown>();
  for (const part of module.modules()) {
    const own = part._loweredParameters();
    for (const parameter of part.parameters({ recurse: false })) {
      (own.includes(parameter) && (masterOf(parameter) ?? parameter).dtype === "float32" ? lowered : others).add(
        parameter,
      );
    }
  }
  for (const parameter of others) lowered.delete(parameter);
  return lowered;
}

/** The parameter's storage goes to the master; what autograd and the layers know becomes its rounding. */
function beginMaster(parameter: Tensor, dtype: DType): void {
  const master = parameter.detach();
  const working = parameter.to(dtype);
  parameter.setData(working);
  working.dispose();
  setMaster(parameter, master);
}

function endMaster(parameter: Tensor): void {
  const master = masterOf(parameter);
  if (master === undefined) return;
  parameter.setData(master);
  dropMaster(parameter);
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
