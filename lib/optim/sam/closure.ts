import { withGradMode } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { isTensor, type Tensor } from "../../tensor.js";
import { refusePromise } from "../checks.js";

/** Computes the loss of the batch, calls `backward()` on it and returns it. Called once per pass. */
export type Closure = () => Tensor;

/** The same for one micro-batch: samples `start` to `end`, without `end`. */
export type RangeClosure = (start: number, end: number) => Tensor;

/** What the closure returns, if that is a loss. */
export function lossOf(name: string, closure: () => unknown): Tensor {
  const loss = withGradMode(true, closure);
  if (isTensor(loss)) {
    if (!loss.isDisposed) return loss;
    badArgument(`[${name}.step] expected the closure to return the loss, got a tensor that was disposed`);
  }
  refusePromise(name, loss);
  badArgument(
    `[${name}.step] expected the closure to return the loss, got ${typeof loss}`,
    "end the closure with `return loss`",
  );
}
