import { isDebug, liveSites } from "./debug.js";
import { type Device, deviceName } from "./device.js";
import { type DType, dtypeName } from "./dtype.js";
import { collect } from "./lifetime.js";
import { native } from "./native.js";
import { words } from "./wire.js";

/** What {@link memory} reports. */
export interface MemoryReport {
  /** Tensors that JavaScript can name and has not disposed. */
  tensors: number;
  /** Bytes of their storages per device, each storage counted once however many tensors share it. */
  bytes: Partial<Record<Device, number>>;
  /** All bytes that LibTorch holds on the CPU now, graphs and native state included, and at most since {@link resetPeakMemory}. */
  allocated: number;
  peak: number;
  /** Bytes that were freed on the CPU and are kept for the next use; {@link emptyCache} gives them back to the system. */
  cached: number;
  /** In debug mode (`torch.setDebug(true)`, or SAM_TORCH_DEBUG=1): every live tensor that was made since, and where. */
  live?: LiveTensor[];
}

/** A tensor in {@link MemoryReport}. */
export interface LiveTensor {
  /** Function, file, line and column that made it: the first outside this library. */
  site: string;
  shape: number[];
  dtype: DType;
  device: Device;
  /** Of its own elements; views share them. */
  bytes: number;
}

/**
 * Live tensors and bytes, exactly. Tensors that JavaScript has dropped but that are not collected yet still count;
 * `torch.collectGarbage()` first gives the number of those in use.
 */
export function memory(): MemoryReport {
  const [tensors, ...pairs] = native.liveTensors() as [number, ...number[]];
  const bytes: MemoryReport["bytes"] = {};
  for (let i = 0; i < pairs.length; i += 2) bytes[deviceName(pairs[i]!)] = pairs[i + 1]!;
  return {
    tensors,
    bytes,
    allocated: native.allocatedBytes(),
    peak: native.peakBytes(),
    cached: native.cachedBytes(),
    ...(isDebug() ? { live: liveTensors() } : {}),
  };
}

function liveTensors(): LiveTensor[] {
  return Array.from(liveSites(), ([handle, site]) => {
    native.shape(handle);
    const shape = Array.from(words.subarray(1, 1 + words[0]!));
    return {
      site,
      shape,
      dtype: dtypeName(native.dtype(handle)),
      device: deviceName(native.device(handle)),
      bytes: shape.reduce((a, b) => a * b, native.elementSize(handle)),
    };
  });
}

export const resetPeakMemory = (): void => native.resetPeak();

/** Frees every tensor that JavaScript has dropped, now. */
export function collectGarbage(): void {
  collect(true);
}

/**
 * Gives the CPU memory that was freed and kept for the next use back to the system, and returns how many bytes went.
 *
 * By default up to half of the memory that the process may use is kept (`SAM_TORCH_CACHE_LIMIT`: bytes, or with k, m or g),
 * less when the system runs short. `SAM_TORCH_ALLOCATOR=default` leaves memory to LibTorch's own allocator: nothing is
 * kept then, and `allocated` and `peak` stay 0. `SAM_TORCH_ALLOCATOR=system` keeps nothing either, but counts.
 *
 * @example
 * trainOneEpoch();
 * torch.emptyCache(); // another process needs the memory now
 */
export function emptyCache(): number {
  return native.trimMemory();
}
