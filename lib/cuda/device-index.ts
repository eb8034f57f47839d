import { type Device, parseDevice } from "../device.js";
import { badArgument } from "../errors.js";

/** The number of a CUDA device; -1, which native code takes for the current one, for "cuda". */
export function indexOf(device: Device | number): number {
  if (typeof device === "number") {
    if (Number.isInteger(device) && device >= 0 && device < 128) return device;
    badArgument(`[cuda] expected a device's number from 0, got ${device}`);
  }
  if (!device.startsWith("cuda")) {
    badArgument(`[cuda] expected a CUDA device, got "${device}"`, 'name one as "cuda" or "cuda:1"');
  }
  return parseDevice(device).index;
}
