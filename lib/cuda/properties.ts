import { type Device, parseDevice } from "../device.js";
import { native } from "../native.js";
import { cudaOperator } from "./module.js";

const deviceProperties =
  cudaOperator<(index: number) => [name: string, major: number, minor: number, processors: number, bytes: number]>(
    "device_properties",
  );

/** What a CUDA device is. */
export interface DeviceProperties {
  name: string;
  /** Compute capability, such as 9.0 for Hopper. */
  major: number;
  minor: number;
  multiProcessorCount: number;
  /** Bytes. */
  totalMemory: number;
}

/**
 * @throws TorchError `E_DEVICE` without a CUDA device, `E_LOAD` without this library's CUDA part
 *
 * @example
 * console.log(torch.cuda.getDeviceProperties().name);
 */
export function getDeviceProperties(device: Device = "cuda"): DeviceProperties {
  const current = native.currentDevice();
  const { index } = parseDevice(device);
  const [name, major, minor, multiProcessorCount, totalMemory] = deviceProperties(index < 0 ? current : index);
  return { name, major, minor, multiProcessorCount, totalMemory };
}

/** The device that "cuda" stands for on this thread. */
export const currentDevice = (): number => native.currentDevice();

/** Makes another device the one that "cuda" stands for. */
export function setDevice(device: Device | number): void {
  native.setDevice(typeof device === "number" ? device : Math.max(0, parseDevice(device).index));
}
