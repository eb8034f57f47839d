import { type Device, parseDevice } from "./device.js";
import { native } from "./native.js";

const CUDA = 1;

/** How many CUDA devices there are: 0 without a driver, without a device, or with a LibTorch for CPUs only. */
export const deviceCount = (): number => native.deviceCount(CUDA);

export const isAvailable = (): boolean => deviceCount() > 0;

const indexOf = (device: Device): number => {
  const { index } = parseDevice(device);
  return Math.max(index, 0);
};

/** Waits for everything that was launched on the device. */
export const synchronize = (device: Device = "cuda"): void => native.synchronize(indexOf(device));

/** Gives cached memory that no tensor uses back to the driver. */
export const emptyCache = (): void => native.emptyCache();

/** Bytes of live tensors on the device. */
export const memoryAllocated = (device: Device = "cuda"): number => native.deviceMemory(indexOf(device))[0];
/** Most bytes of live tensors since {@link resetPeakMemoryStats}. */
export const maxMemoryAllocated = (device: Device = "cuda"): number => native.deviceMemory(indexOf(device))[1];
/** Bytes that the caching allocator holds. */
export const memoryReserved = (device: Device = "cuda"): number => native.deviceMemory(indexOf(device))[2];
export const maxMemoryReserved = (device: Device = "cuda"): number => native.deviceMemory(indexOf(device))[3];
export const resetPeakMemoryStats = (device: Device = "cuda"): void => native.resetPeakDeviceMemory(indexOf(device));
