import { enableGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { isTensor, type Tensor } from "../../tensor.js";

/** Computes the loss of the batch, calls `backward()` on it and returns it. Called once per pass. */
export type Closure = () => Tensor;

/** The same for one micro-batch: samples `start` to `end`, without `end`. */
export type RangeClosure = (start: number, end: number) => Tensor;

/** What the closure returns, if that is a loss. */
export function lossOf(name: string, closure: () => unknown): Tensor {
  const loss = enableGrad(closure);
  if (isTensor(loss)) {
    if (!loss.isDisposed) return loss;
    badArgument(`[${name}.step] expected the closure to return the loss, got a tensor that was disposed`);
  }
  const isPromise = typeof (loss as { then?: unknown } | null | undefined)?.then === "function";
  // Nobody will await it: without a handler its failure would end the process.
  if (isPromise) (loss as PromiseLike<unknown>).then(undefined, () => {});
  badArgument(
    `[${name}.step] expected the closure to return the loss, got ${isPromise ? "a promise" : typeof loss}`,
    isPromise
      ? "the closure must be synchronous: load the batch before the step"
      : "end the closure with `return loss`",
  );
}
