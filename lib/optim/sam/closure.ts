import { withGradMode } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { ignoreFailure, isThenable } from "../../synchronous.js";
import { isTensor, type Tensor } from "../../tensor.js";

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
  const isPromise = isThenable(loss);
  if (isPromise) ignoreFailure(loss);
  badArgument(
    `[${name}.step] expected the closure to return the loss, got ${isPromise ? "a promise" : typeof loss}`,
    isPromise
      ? "the closure must be synchronous: load the batch before the step"
      : "end the closure with `return loss`",
  );
}
