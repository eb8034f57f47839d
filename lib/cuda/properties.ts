import type { Device } from "../device.js";
import { native } from "../native.js";
import { indexOf } from "./device-index.js";

/** What a CUDA device is. */
export interface DeviceProperties {
  name: string;
  /** Compute capability: 9 and 0 for Hopper's 9.0. */
  major: number;
  minor: number;
  multiProcessorCount: number;
  /** Bytes. */
  totalMemory: number;
}

/**
 * @param device default the current one
 * @throws TorchError `E_DEVICE` without a CUDA device, `E_LOAD` without this library's CUDA part
 *
 * @example
 * console.log(torch.cuda.getDeviceProperties().name);
 */
export function getDeviceProperties(device: Device = "cuda"): DeviceProperties {
  const [name, major, minor, multiProcessorCount, totalMemory] = native.cudaProperties(indexOf(device));
  return { name, major, minor, multiProcessorCount, totalMemory };
}

/**
 * The device that "cuda" stands for on this thread.
 *
 * @throws TorchError `E_DEVICE` without a CUDA device
 */
export const currentDevice = (): number => native.currentDevice();

/**
 * Makes another device the one that "cuda" stands for on this thread.
 *
 * @throws TorchError `E_DEVICE` for one that is not there
 *
 * @example
 * torch.cuda.setDevice(1);
 * torch.zeros([3], { device: "cuda" }).device; // "cuda:1"
 */
export const setDevice = (device: Device | number): void => native.setDevice(indexOf(device));
