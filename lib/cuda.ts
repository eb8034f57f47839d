import { native } from "./native.js";

export { CUDAGraph } from "./cuda/cuda-graph.js";
export { hasCudaPart } from "./cuda/cuda-part.js";
export { Event } from "./cuda/event.js";
export { type Graphed, graph } from "./cuda/graph.js";
export type { GraphCounts, GraphOptions } from "./cuda/graph-cache.js";
export {
  emptyCache,
  maxMemoryAllocated,
  maxMemoryReserved,
  memGetInfo,
  memoryAllocated,
  memoryReserved,
  resetPeakMemoryStats,
  synchronize,
} from "./cuda/memory.js";
export { currentDevice, type DeviceProperties, getDeviceProperties, setDevice } from "./cuda/properties.js";
export { currentStream, defaultStream, Stream, withStream } from "./cuda/stream.js";

const CUDA = 1;

/** How many CUDA devices there are: 0 without a driver, without a device, or with a LibTorch for CPUs only. */
export const deviceCount = (): number => native.deviceCount(CUDA);

export const isAvailable = (): boolean => deviceCount() > 0;
