import { noGrad } from "../autograd.js";
import { badArgument } from "../errors.js";
import type { Generator } from "../generator.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor, type Tensor } from "../tensor.js";
import { tidy } from "../tidy.js";

/** Options of every random initialiser. */
export interface RandomOptions {
  /** Default: the default generator of the tensor's device. */
  generator?: Generator | null;
}

/** Runs `fill` on `tensor`; whatever else it makes is freed. */
export function inPlace(owner: string, tensor: Tensor, fill: () => void): Tensor {
  if (!isTensor(tensor)) badArgument(`[${owner}] expected a tensor, got ${describeValue(tensor)}`);
  noGrad(() =>
    tidy(() => {
      fill();
    }),
  );
  return tensor;
}
