import type { Device } from "./device.js";
import { type DType, dtypeCode, dtypeName } from "./dtype.js";
import { native } from "./native.js";
import { setFactoryDevice } from "./ops/factory-device.js";

export { factoryDevice as getDefaultDevice } from "./ops/factory-device.js";

/** The dtype of floating point tensors when none is given; float32 at first. */
export const getDefaultDtype = (): DType => dtypeName(native.defaultDtype());

/**
 * Changes the dtype of floating point tensors when none is given, for the whole process.
 *
 * @example
 * torch.setDefaultDtype("float64");
 */
export function setDefaultDtype(dtype: DType): void {
  native.setDefaultDtype(dtypeCode(dtype));
}

/**
 * Changes where tensors are created when no device is given, for this thread; `"cpu"` at first.
 *
 * @example
 * torch.setDefaultDevice("cuda");
 */
export const setDefaultDevice = (device: Device): void => setFactoryDevice(device);
