import type { ErrorCode } from "../errors.js";

/** The names that LibTorch's messages know, as they are here. */
const NAMES: readonly (readonly [inMessage: string, here: string])[] = [
  ["set_detect_anomaly", "torch.autograd.detectAnomaly(() => ...) around forward and backward names the operator"],
  ["allow_unused=True", "{ allowUnused: true } gives null for such inputs, { materializeGrads: true } zeros"],
];
const ON_A_DEVICE = /cuda|gpu/i;

/** The help of an error of LibTorch's, in this library's names: its messages are written for Python, and for every device. */
export function helpHere(code: ErrorCode, message: string, help: string): string {
  if (code === "E_OOM" && !ON_A_DEVICE.test(message)) {
    return "use a smaller batch, torch.tidy(), torch.collectGarbage() for tensors that were dropped, or torch.emptyCache() for memory that was kept";
  }
  const more = NAMES.filter(([inMessage]) => message.includes(inMessage)).map(([, here]) => here);
  return [help, ...more].filter((line) => line !== "").join("; ");
}
