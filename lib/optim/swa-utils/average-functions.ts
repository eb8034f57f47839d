import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import type { Tensor } from "../../tensor.js";

/** The new average of a tensor: of the old average, the present value, and how many values it is made of so far. */
export type AverageFunction = (averaged: Tensor, current: Tensor, count: number) => Tensor;

/** {@link AverageFunction} for many tensors of one dtype and device: it changes the averages in place. */
export type MultiAverageFunction = (averaged: readonly Tensor[], current: readonly Tensor[], count: number) => void;

/** The exponential average: decay averaged + (1 - decay) current. */
export function getEmaAvgFn(decay = 0.999): AverageFunction {
  checkDecay("getEmaAvgFn", decay);
  return (averaged, current) => averaged.mul(decay).add(current.mul(1 - decay));
}

/** The mean of all values so far. */
export const getSwaAvgFn = (): AverageFunction => (averaged, current, count) =>
  averaged.add(current.sub(averaged).div(count + 1));

/** The exponential average of many tensors, in place: averaged + (1 - decay) (current - averaged). */
export function getEmaMultiAvgFn(decay = 0.999): MultiAverageFunction {
  checkDecay("getEmaMultiAvgFn", decay);
  const whole = getEmaAvgFn(decay);
  return (averaged, current, count) => move(averaged, current, 1 - decay, (a, c) => whole(a, c, count));
}

/** The mean of all values so far of many tensors, in place. */
export const getSwaMultiAvgFn = (): MultiAverageFunction => (averaged, current, count) => {
  const whole = getSwaAvgFn();
  move(averaged, current, 1 / (count + 1), (a, c) => whole(a, c, count));
};

/** A share of the way to the present values; counts and the like, which have no lerp, become what `whole` gives. */
function move(
  averaged: readonly Tensor[],
  current: readonly Tensor[],
  share: number,
  whole: (averaged: Tensor, current: Tensor) => Tensor,
): void {
  for (const [i, average] of averaged.entries()) {
    const value = current[i]!;
    if (average.isFloatingPoint() || average.isComplex()) average.lerp_(value, share);
    else average.copy_(whole(average, value));
  }
}

function checkDecay(owner: string, decay: unknown): void {
  if (typeof decay !== "number" || !(decay >= 0 && decay <= 1))
    badArgument(`[${owner}] expected decay from 0 to 1, got ${describeValue(decay)}`);
}
