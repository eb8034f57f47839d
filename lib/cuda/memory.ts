import type { Device } from "../device.js";
import { native } from "../native.js";
import { indexOf } from "./device-index.js";

// Without a GPU there is nothing to wait for and nothing is held: the functions below do nothing and give 0, so that one program
// serves both kinds of machine.

const NONE = [0, 0, 0, 0] as const;

function statistics(
  device: Device,
): readonly [allocated: number, peak: number, reserved: number, peakReserved: number] {
  return native.deviceCount(1) === 0 ? NONE : native.deviceMemory(indexOf(device));
}

/** Waits for everything that was launched on the device. */
export function synchronize(device: Device = "cuda"): void {
  if (native.deviceCount(1) > 0) native.synchronize(indexOf(device));
}

/** Gives cached memory that no tensor uses back to the driver. */
export const emptyCache = (): void => native.emptyCache();

/** Bytes of live tensors on the device. */
export const memoryAllocated = (device: Device = "cuda"): number => statistics(device)[0];
/** Most bytes of live tensors since {@link resetPeakMemoryStats}. */
export const maxMemoryAllocated = (device: Device = "cuda"): number => statistics(device)[1];
/** Bytes that the caching allocator holds. */
export const memoryReserved = (device: Device = "cuda"): number => statistics(device)[2];
/** Most bytes that it has held since {@link resetPeakMemoryStats}. */
export const maxMemoryReserved = (device: Device = "cuda"): number => statistics(device)[3];

/** Both peaks start again from what is held now. */
export function resetPeakMemoryStats(device: Device = "cuda"): void {
  if (native.deviceCount(1) > 0) native.resetPeakDeviceMemory(indexOf(device));
}

/**
 * Bytes of the device that are free, and all of them, whichever process holds the rest.
 *
 * @throws TorchError `E_DEVICE` without a CUDA device
 */
export function memGetInfo(device: Device = "cuda"): { free: number; total: number } {
  const [free, total] = native.deviceMemoryInfo(indexOf(device));
  return { free, total };
}
