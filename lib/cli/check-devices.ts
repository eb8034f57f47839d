import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LibTorch } from "../libtorch/find.js";

/** What one device did in a process of its own. */
export type DeviceCheck = {
  /** `"cpu"`, `"cuda:0"`, ... */
  readonly device: string;
  /** Undefined when an operator and a backward pass gave the right numbers. */
  readonly problem?: string;
  readonly name?: string;
  /** In bytes. */
  readonly memory?: { readonly free: number; readonly total: number };
  /** The versions that LibTorch was built with, as it writes them. */
  readonly cuda?: string;
  readonly cudnn?: string;
};

/**
 * Runs one operator and one backward pass on each device, in a child process, so that a crash is an answer too.
 *
 * @returns what each device did, or the words for why the process gave no answer.
 */
export async function checkDevices(libtorch: LibTorch): Promise<DeviceCheck[] | string> {
  const probe = fileURLToPath(new URL("./probe-devices.js", import.meta.url));
  const env = { ...process.env, SAM_TORCH_LIBTORCH: libtorch.directory };
  const child = spawnSync(process.execPath, [probe], { encoding: "utf8", env, timeout: 120_000 });
  const line = child.stdout.trimEnd().split("\n").at(-1) ?? "";
  if (line.startsWith("[")) return withNames(JSON.parse(line) as DeviceCheck[]);
  const words =
    child.stderr.split("\n").find((text) => /^(\w*Error\b|[^ ].*: error while)/.test(text)) ??
    child.stderr.trim().split("\n").at(-1) ??
    "";
  return words || `it ended with ${child.signal ?? `code ${child.status}`}`;
}

/** Adds what the driver's own tool knows of each GPU. Left out when CUDA_VISIBLE_DEVICES hides some, as the order is then unknown. */
function withNames(checks: DeviceCheck[]): DeviceCheck[] {
  const gpus = checks.filter(({ device }) => device.startsWith("cuda"));
  if (gpus.length === 0) return checks;
  const query = ["--query-gpu=name,memory.free,memory.total", "--format=csv,noheader,nounits"];
  const smi = spawnSync("nvidia-smi", query, { encoding: "utf8", timeout: 20_000 });
  const rows = smi.status === 0 ? smi.stdout.trim().split("\n") : [];
  if (rows.length !== gpus.length) return checks;
  return checks.map((check) => {
    if (!check.device.startsWith("cuda")) return check;
    const [name, free, total] = (rows[Number(check.device.slice(5))] ?? "").split(",").map((text) => text.trim());
    return { ...check, name, memory: { free: Number(free) * 2 ** 20, total: Number(total) * 2 ** 20 } };
  });
}
