import { tensor as makeTensor } from "../creation.js";
import { badArgument } from "../errors.js";
import type { Generator } from "../generator.js";
import { emptyLike, erf, where } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { inPlace, type RandomOptions } from "./in-place.js";
import { type Arguments, expectNumbers, gather } from "./settings.js";

/**
 * Values from N(mean, std^2), drawn again until they lie in [a, b]. The bounds are absolute, not multiples of `std`.
 *
 * @param args mean (default 0), std (default 1), a (default -2), b (default 2), `{ generator }`
 *
 * @example
 * nn.init.truncNormal_(layer.weight, { std: 0.02 });
 */
export function truncNormal_(
  tensor: Tensor,
  ...args: Arguments<
    [mean: number, std: number, a: number, b: number],
    RandomOptions & { mean?: number; std?: number; a?: number; b?: number }
  >
): Tensor {
  const defaults = { mean: 0, std: 1, a: -2, b: 2, generator: null as Generator | null };
  const { mean, std, a, b, generator } = gather("truncNormal_", ["mean", "std", "a", "b"], defaults, args);
  expectNumbers("truncNormal_", { mean, std, a, b });
  if (!(a < b) || !(std > 0)) badArgument(`[truncNormal_] expected a < b and std > 0, got a ${a}, b ${b}, std ${std}`);
  if (!tensor.isFloatingPoint()) badArgument(`[truncNormal_] expected a floating point tensor, got ${tensor.dtype}`);
  return inPlace("truncNormal_", tensor, () => {
    if (tensor.device === "meta") return;
    const inside = normalCdf((b - mean) / std) - normalCdf((a - mean) / std);
    const mode = Math.max(a, Math.min(mean, b));
    const slope = Math.abs(mean - mode) / std / std;
    if (inside > 0.3) redrawOutside(tensor, { mean, std, a, b, generator });
    else if (slope * (b - a) > 4) rejectFromExponential(tensor, slope, { mean, std, a, b, generator });
    else rejectFromUniform(tensor, { mean, std, a, b, generator });
  });
}

interface Truncation {
  mean: number;
  std: number;
  a: number;
  b: number;
  generator: Generator | null;
}

const normalCdf = (x: number): number => (1 + erf(makeTensor(x / Math.SQRT2, { dtype: "float64" })).itemNumber()) / 2;

/** Cheap where most of the distribution lies between the bounds. */
function redrawOutside(tensor: Tensor, { mean, std, a, b, generator }: Truncation): void {
  const low = makeTensor(a, { dtype: tensor.dtype }).itemNumber();
  const high = makeTensor(b, { dtype: tensor.dtype }).itemNumber();
  tensor.normal_(mean, std, { generator });
  let drawn: Tensor = tensor;
  for (;;) {
    const outside = drawn.lt(low).logicalOr(drawn.gt(high));
    if (outside.any().item() !== true) break;
    drawn = where(outside, emptyLike(drawn).normal_(mean, std, { generator }), drawn);
  }
  if (drawn !== tensor) tensor.copy_(drawn);
}

/** A tail of the distribution: uniform candidates, accepted with the density relative to its highest value between the bounds. */
function rejectFromUniform(tensor: Tensor, { mean, std, a, b, generator }: Truncation): void {
  const mode = Math.max(a, Math.min(mean, b));
  const logPeak = -0.5 * ((mode - mean) / std) ** 2;
  const candidates = emptyLike(tensor);
  const draw = emptyLike(tensor);
  const rejected = (): Tensor => {
    candidates.sub_(mean).div_(std).pow_(2).mul_(-0.5).sub_(logPeak);
    return draw.uniform_({ generator }).log_().gt(candidates);
  };
  tensor.uniform_(a, b, { generator });
  candidates.copy_(tensor);
  let pending = rejected();
  let drawn: Tensor = tensor;
  while (pending.any().item() === true) {
    candidates.uniform_(a, b, { generator });
    drawn = where(pending, candidates, drawn);
    pending = where(pending, rejected(), pending);
  }
  if (drawn !== tensor) tensor.copy_(drawn);
}

/**
 * Far out in a tail, where of uniform candidates hardly one is accepted: at a distance d from the bound that is nearer to the mean the
 * density is exp(-slope d) exp(-d^2 / (2 std^2)) of that at the bound, so candidates come from the first factor.
 */
function rejectFromExponential(tensor: Tensor, slope: number, { mean, std, a, b, generator }: Truncation): void {
  const [bound, inward] = mean > b ? [b, -1] : [a, 1];
  if (!Number.isFinite(slope)) {
    tensor.fill_(bound); // nearer to it than numbers lie
    return;
  }
  const distance = emptyLike(tensor);
  const draw = emptyLike(tensor);
  let drawn: Tensor | undefined;
  for (;;) {
    distance.exponential_(slope, { generator });
    const accepted = draw
      .uniform_({ generator })
      .log_()
      .le(distance.div(std).square().mul(-0.5))
      .logicalAnd(distance.le(b - a));
    const next = where(accepted, distance, drawn ?? Number.NaN);
    // What has been accepted stays.
    drawn = drawn === undefined ? next : where(drawn.isnan(), next, drawn);
    if (drawn.isnan().any().item() !== true) break;
  }
  tensor.copy_(drawn.mul(inward).add(bound).clamp(a, b));
}
