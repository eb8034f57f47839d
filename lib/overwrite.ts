import { tensor } from "./creation.js";
import { TorchError } from "./errors.js";
import type { Tensor } from "./tensor.js";

/** Runs every element through `fn`, with its position in row-major order. */
export function overwrite<T extends Tensor>(self: T, op: string, fn: (x: number, i: number) => number): T {
  if (!self.isCpu || self.dtype.startsWith("complex")) {
    throw new TorchError("E_DEVICE", `[${op}] expected real numbers on the CPU, got ${self.dtype} on ${self.device}`);
  }
  const values = Array.from(self.dataSync() as Float64Array, (x, i) => fn(Number(x), i));
  const made = tensor(Float64Array.from(values), { shape: self.shape });
  const target = self.detach();
  target.copy_(made);
  made.dispose();
  target.dispose();
  return self;
}
