import type { Device } from "./device.js";
import type { DType, MemoryFormat } from "./dtype.js";
import { dtypeOrDevice } from "./dtype-or-device.js";
import { checkOptions, type Defaults } from "./options.js";
import { isTensor, type TensorBase } from "./tensor-base.js";

/** Options of `Tensor.to`. */
export interface ToOptions {
  dtype?: DType;
  device?: Device;
  memoryFormat?: MemoryFormat;
  /** Copies even when nothing changes. */
  copy?: boolean;
  /** Does not wait for a copy between pinned memory and a device. */
  nonBlocking?: boolean;
}

/** Every option of `Tensor.to`, for {@link targetOptions}. */
export const TO: Defaults<ToOptions> = {
  nonBlocking: false,
  copy: false,
  dtype: null,
  device: null,
  memoryFormat: null,
};

/** What `to(target, options)` asks for, by name. Options are checked in either place. */
export function targetOptions<O extends ToOptions>(
  target: DType | Device | TensorBase | O,
  options: O | undefined,
  known: Defaults<NoInfer<O>>,
): O {
  checkOptions<O>("to", options, known);
  if (isTensor(target)) return { dtype: target.dtype, device: target.device, ...options } as O;
  if (typeof target === "string") {
    return { ...dtypeOrDevice(target), ...options } as O;
  }
  if (target === undefined) return options ?? ({} as O);
  checkOptions<O>("to", target as O, known);
  return options === undefined ? (target as O) : { ...(target as O), ...options };
}
