import { type Device, deviceTypes, isDevice } from "./device.js";
import { type DType, dtypeNames, isDType } from "./dtype.js";
import { badArgument } from "./errors.js";
import { didYouMean, quoted } from "./ops/names.js";

/** What `x.to("...")` names: a dtype or a device. The error says both, since who misspells one has not said which it was. */
export function dtypeOrDevice(name: DType | Device): { dtype: DType } | { device: Device } {
  if (isDType(name)) return { dtype: name };
  if (isDevice(name)) return { device: name };
  badArgument(
    `[to] expected a dtype such as "float32" or a device such as "cuda:0", got ${quoted(name)}`,
    didYouMean((name as string).replace(/:.*/, ""), [...dtypeNames, ...deviceTypes]),
  );
}
