import { noGrad } from "../autograd.js";
import { badArgument } from "../errors.js";
import { Generator } from "../generator.js";
import { describeValue } from "../ops/describe-value.js";
import { randn } from "../ops.generated.js";
import { checkOptions, type Defaults } from "../options.js";
import type { Tensor } from "../tensor.js";
import { keep, tidy } from "../tidy.js";
import { flatten, Landscape, type Problem } from "./problem.js";

export interface SurfaceOptions {
  /** 1 for a line, 2 for a plane; default 2. */
  dimensions?: 1 | 2;
  /** Coordinates from -range to range; 1 is as far as each filter is long. Default 1. */
  range?: number;
  /** Points along each axis, odd so that w is one of them; default 21. */
  points?: number;
  /** Of the directions; default 0. */
  seed?: number;
  /** Directions of your own, one list of tensors like the parameters for each; they are filter-normalised too. Default: random. */
  directions?: readonly (readonly Tensor[])[];
}

const SURFACE: Defaults<SurfaceOptions> = { dimensions: 2, range: 1, points: 21, seed: 0, directions: null };

/** Losses on a grid. */
export interface Surface {
  /** Coordinates along each axis. */
  axis: number[];
  /** `losses[i]` at w + axis[i] d for a line; `losses[i * points + j]` at w + axis[i] d1 + axis[j] d2 for a plane. */
  losses: number[];
}

/**
 * The loss along random directions, filter-normalised so that nets of different scale can be compared: each filter of a
 * direction is as long as the filter of the weights; biases and normalisation parameters stay.
 *
 * Source: Li et al., Visualizing the Loss Landscape of Neural Nets, https://arxiv.org/abs/1712.09913
 *
 * @example
 * model.eval();
 * const { axis, losses } = torch.sharpness.lossSurface({ params: model.parameters(), loss, batches }, { points: 25 });
 */
export function lossSurface<B>(problem: Problem<B>, options: SurfaceOptions = {}): Surface {
  checkOptions("lossSurface", options, SURFACE);
  const { dimensions = 2, range = 1, points = 21, seed = 0 } = options;
  if (dimensions !== 1 && dimensions !== 2)
    badArgument(`[lossSurface] expected 1 or 2 dimensions, got ${describeValue(dimensions)}`);
  if (!Number.isInteger(points) || points < 3 || points % 2 === 0) {
    badArgument(`[lossSurface] expected an odd number of points >= 3, got ${describeValue(points)}`);
  }
  const axis = Array.from({ length: points }, (_, i) => range * ((2 * i) / (points - 1) - 1));
  const landscape = new Landscape<B>(problem);
  const directions: Tensor[] = [];
  const at = (...coordinates: number[]) => {
    tidy(() =>
      landscape.moveTo(noGrad(() => directions.map((d, i) => d.mul(coordinates[i]!)).reduce((a, b) => a.add(b)))),
    );
    return landscape.value();
  };
  try {
    const given = options.directions;
    if (given !== undefined) checkDirections(given, dimensions, landscape.params);
    const generator = new Generator().manualSeed(seed);
    for (let i = 0; i < dimensions; i++) {
      directions.push(keep(noGrad(() => tidy(() => direction(landscape.params, given?.[i] ?? generator)))));
    }
    const losses = dimensions === 1 ? axis.map((a) => at(a)) : axis.flatMap((a) => axis.map((b) => at(a, b)));
    return { axis, losses };
  } finally {
    for (const d of directions) d.dispose();
    landscape.close();
  }
}

function checkDirections(given: readonly (readonly Tensor[])[], dimensions: number, params: readonly Tensor[]): void {
  const shapes = (tensors: readonly Tensor[]) => tensors.map((t) => `[${t.shape.join(", ")}]`).join(", ");
  if (given.length !== dimensions) badArgument(`[lossSurface] expected ${dimensions} directions, got ${given.length}`);
  for (const one of given) {
    if (shapes(one) === shapes(params)) continue;
    badArgument(`[lossSurface] expected directions like the parameters, ${shapes(params)}, got ${shapes(one)}`);
  }
}

/** Random or as given, with each filter (first dimension) as long as that of the weights; 0 for parameters with one dimension. */
function direction(params: readonly Tensor[], from: readonly Tensor[] | Generator): Tensor {
  const parts = params.map((p, i) => {
    if (p.ndim <= 1) return null;
    const raw = from instanceof Generator ? randn(p.shape, { generator: from }) : from[i]!.detach();
    const d = raw.to({ dtype: p.dtype, device: p.device });
    const length = (t: Tensor) =>
      t
        .flatten(1)
        .norm(2, [1])
        .view([-1, ...p.shape.slice(1).map(() => 1)]);
    return d.mul(length(p.detach()).div(length(d).add(1e-10)));
  });
  return flatten(parts, params);
}
