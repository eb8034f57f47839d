import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";

const { cpu } = torch.backends;

/** Runs `fn` with LibTorch's operators only. */
export function byLibTorch<T>(fn: () => T): T {
  const { fusedNorm, fusedLinear, winograd, wideHalf } = cpu;
  cpu.fusedNorm = false;
  cpu.fusedLinear = false;
  cpu.winograd = false;
  cpu.wideHalf = false;
  const matrixUnit = native.setMatrixUnit("off");
  try {
    return fn();
  } finally {
    Object.assign(cpu, { fusedNorm, fusedLinear, winograd, wideHalf });
    native.setMatrixUnit(matrixUnit);
  }
}

/** |got - want| / |want|, in float64; what is as good as 0 counts as 1e-6 an element. */
export const errorTo = (got: torch.Tensor, want: torch.Tensor): number =>
  got.double().sub(want).norm().itemNumber() / Math.max(want.norm().itemNumber(), 1e-6 * Math.sqrt(want.numel()));
