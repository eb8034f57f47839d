import type { Tensor } from "../tensor.js";

/** A point on the line x + t d: the function's value, its gradient, and its slope along d. */
export interface LinePoint {
  t: number;
  f: number;
  g: Tensor;
  slope: number;
}

/** How hard {@link strongWolfe} tries. */
interface Effort {
  /** The largest magnitude in d. */
  reach: number;
  toleranceChange: number;
  maxEvaluations: number;
}

const [C1, C2] = [1e-4, 0.9];

/**
 * The minimum of the cubic through two points with slopes, clipped to the bounds; their middle where it has none.
 *
 * Source: Nocedal and Wright, Numerical Optimization, equation 3.59
 */
function cubicMinimum(a: LinePoint, b: LinePoint, least: number, most: number): number {
  const d1 = a.slope + b.slope - (3 * (a.f - b.f)) / (a.t - b.t);
  const square = d1 ** 2 - a.slope * b.slope;
  if (!(square >= 0)) return (least + most) / 2;
  const d2 = Math.sqrt(square);
  const [low, high] = a.t <= b.t ? [a, b] : [b, a];
  const at = high.t - (high.t - low.t) * ((high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2));
  return Math.min(Math.max(at, least), most);
}

/**
 * A step length that fulfils the strong Wolfe conditions: f has fallen by enough, and the slope by enough too.
 *
 * Source: Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6, as PyTorch's LBFGS has them
 *
 * @param at evaluates f at x + t d, and leaves x as it is
 * @param start at t = 0
 * @param t the first length to try
 * @returns the chosen point, and how often f was evaluated
 */
export function strongWolfe(
  at: (t: number) => LinePoint,
  start: LinePoint,
  t: number,
  { reach, toleranceChange, maxEvaluations }: Effort,
): { point: LinePoint; evaluations: number } {
  let now = at(t);
  let before = start;
  let rounds = 0;
  let evaluations = 1;
  const falls = (point: LinePoint): boolean => point.f <= start.f + C1 * point.t * start.slope;
  const flat = (point: LinePoint): boolean => Math.abs(point.slope) <= -C2 * start.slope;
  let bracket: [LinePoint, LinePoint] | undefined;
  while (rounds < maxEvaluations) {
    if (!falls(now) || (rounds > 1 && now.f >= before.f)) {
      bracket = [before, now];
      break;
    }
    if (flat(now)) return { point: now, evaluations };
    if (now.slope >= 0) {
      bracket = [before, now];
      break;
    }
    const next = cubicMinimum(before, now, now.t + 0.01 * (now.t - before.t), now.t * 10);
    before = now;
    now = at(next);
    evaluations++;
    rounds++;
  }
  bracket ??= [start, now];
  let [low, high] = bracket[0].f <= bracket[1].f ? bracket : [bracket[1], bracket[0]];
  let stalled = false;
  let done = false;
  while (!done && rounds < maxEvaluations) {
    const [least, most] = [Math.min(low.t, high.t), Math.max(low.t, high.t)];
    if ((most - least) * reach < toleranceChange) break;
    let length = cubicMinimum(low, high, least, most);
    // Too near an end twice in a row, or beyond it: a tenth of the way in.
    const margin = 0.1 * (most - least);
    if (Math.min(most - length, length - least) < margin) {
      if (stalled || length >= most || length <= least) {
        length = Math.abs(length - most) < Math.abs(length - least) ? most - margin : least + margin;
        stalled = false;
      } else {
        stalled = true;
      }
    } else {
      stalled = false;
    }
    const point = at(length);
    evaluations++;
    rounds++;
    if (!falls(point) || point.f >= low.f) {
      high = point;
      if (high.f < low.f) [low, high] = [high, low];
    } else {
      if (flat(point)) done = true;
      else if (point.slope * (high.t - low.t) >= 0) high = low;
      low = point;
    }
  }
  return { point: low, evaluations };
}
