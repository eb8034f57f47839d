import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The NVIDIA driver's version, `"580.82.07"`, or undefined without a driver. Costs one file; on Windows one process. */
export function nvidiaDriver(): string | undefined {
  if (process.platform === "darwin") return undefined;
  try {
    const text = readFileSync("/proc/driver/nvidia/version", "utf8");
    const version = /\b(\d{3,}\.\d+(?:\.\d+)?)\b/.exec(text)?.[1];
    if (version !== undefined) return version;
  } catch {
    // No such file: no driver, or one that is not in this kernel (Windows, WSL).
  }
  if (process.platform !== "win32" && !existsSync("/dev/dxg")) return undefined;
  const smi = spawnSync("nvidia-smi", ["--query-gpu=driver_version", "--format=csv,noheader"], {
    encoding: "utf8",
    timeout: 10_000,
  });
  return smi.status === 0 ? smi.stdout.split("\n")[0]?.trim() || undefined : undefined;
}

/** Whether a GPU is likely to be usable; only files are looked at, so it costs microseconds. */
export function hasNvidiaDevice(): boolean {
  return existsSync("/proc/driver/nvidia/version") || existsSync("/dev/nvidiactl");
}

/**
 * The flavour of LibTorch for a driver: CUDA 13 needs driver 580, every CUDA 12 runs on 525 (minor version compatibility).
 *
 * Undefined when the driver is too old for both. These two flavours exist for every supported LibTorch.
 */
export function cudaFlavour(driver: string): "cu130" | "cu126" | undefined {
  const major = Number.parseInt(driver, 10);
  if (major >= 580) return "cu130";
  return major >= 525 ? "cu126" : undefined;
}
