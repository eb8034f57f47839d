import type { Device } from "../device.js";
import { TorchError } from "../errors.js";

let current: Device | undefined;

/** The kind of device ("cuda") whose launches are being recorded into a graph now, instead of run. */
export const capturingOn = (): Device | undefined => current;

/** Runs `fn` as the recording of a graph on `device`. */
export function whileCapturing<T>(device: Device, fn: () => T): T {
  const before = current;
  current = device;
  try {
    return fn();
  } finally {
    current = before;
  }
}

/**
 * Called by what has to wait for a device: during a capture nothing runs, so there would be nothing to wait for, and CUDA would
 * end the capture with an error that names no operation.
 */
export function refuseWhileCapturing(operation: string, device: Device, why: string): void {
  if (current === undefined || device.split(":")[0] !== current.split(":")[0]) return;
  throw new TorchError(
    "E_STATE",
    `[${operation}] expected not to be called while a CUDA graph is captured, got called: ${why}`,
    "keep the value on the device, and read it after the graph has been replayed",
  );
}
