import { noGrad } from "../autograd.js";
import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { keep, tidy } from "../tidy.js";
import { Landscape, type Problem } from "./problem.js";

export interface NeighbourhoodOptions {
  /** Radius; default 0.05. */
  rho?: number;
  /** Neighbourhood scaled with each weight: |eps / (|w| + eta)| <= rho. Default false. */
  adaptive?: boolean;
  eta?: number;
  /** Norm of the neighbourhood: 2 (default) or Infinity. */
  p?: 2 | number;
}

export interface WorstCaseOptions extends NeighbourhoodOptions {
  /** Steps of ascent; default 20. */
  steps?: number;
  /** Length of a step as a share of rho; default 0.25, halved when a step does not climb. */
  stepSize?: number;
}

type Ball = Required<NeighbourhoodOptions>;
const BALL: Ball = { rho: 0.05, adaptive: false, eta: 0, p: 2 };

/** Sharpness around w. */
export interface Sharpness {
  /** L(w). */
  loss: number;
  /** The largest loss that was found. */
  perturbedLoss: number;
  /** perturbedLoss - loss */
  sharpness: number;
}

/**
 * m-sharpness: how much the loss of a batch rises when the weights move against that batch, one step of ascent far; the mean
 * over batches. m is the number of samples in a batch.
 *
 *     mean over batches B of L_B(w + eps_B) - L_B(w);  eps_B = rho g / |g| (adaptive: rho T^2 g / |T g|, p = infinity: rho T sign(g))
 *
 * Source: Foret et al., https://arxiv.org/abs/2010.01412, section 4.1
 *
 * @example
 * model.eval();
 * const { sharpness } = torch.sharpness.mSharpness({ params: model.parameters(), loss, batches }, { rho: 0.05 });
 */
export function mSharpness<B>(problem: Problem<B>, options: NeighbourhoodOptions = {}): Sharpness {
  const ball = check("mSharpness", settings("mSharpness", BALL, options));
  const landscape = new Landscape<B>(problem);
  try {
    let loss = 0;
    let perturbedLoss = 0;
    for (const entry of landscape.batches) {
      const share = entry[1];
      tidy(() => {
        const { value, vector } = landscape.derivative(undefined, [entry]);
        const size = lengths(landscape, ball);
        landscape.moveTo(noGrad(() => steepest(vector.mul(size), ball.p).mul(ball.rho).mul(size)));
        loss += share * value;
        perturbedLoss += share * landscape.value([entry]);
        landscape.moveTo();
      });
    }
    return { loss, perturbedLoss, sharpness: perturbedLoss - loss };
  } finally {
    landscape.close();
  }
}

/**
 * Worst-case sharpness: the largest rise of the mean loss inside the whole neighbourhood, by projected gradient ascent.
 *
 *     max over |eps / T|_p <= rho of L(w + eps) - L(w);  T = |w| + eta where adaptive, else 1
 *
 * A lower bound, as every search is. Source: Kwon et al., https://arxiv.org/abs/2102.11600; Andriushchenko et al.,
 * https://arxiv.org/abs/2302.07011
 *
 * @example
 * const { sharpness } = torch.sharpness.worstCase({ params: model.parameters(), loss, batches }, { rho: 0.002, adaptive: true });
 */
export function worstCase<B>(problem: Problem<B>, options: WorstCaseOptions = {}): Sharpness {
  const { steps, stepSize, ...given } = settings("worstCase", { ...BALL, steps: 20, stepSize: 0.25 }, options);
  const ball = check("worstCase", given);
  if (!Number.isInteger(steps) || steps < 1)
    badArgument(`[worstCase] expected steps >= 1, got ${describeValue(steps)}`);
  const landscape = new Landscape<B>(problem);
  const kept: Tensor[] = [];
  try {
    const size = keep(tidy(() => lengths(landscape, ball)));
    kept.push(size);
    const loss = landscape.value();
    let best = loss;
    let at = keep(tidy(() => size.mul(0))); // in units of T
    kept.push(at);
    let length = stepSize * ball.rho;
    for (let i = 0; i < steps; i++) {
      const next = tidy(() =>
        noGrad(() => {
          landscape.moveTo(at.mul(size));
          const uphill = steepest(landscape.derivative().vector.mul(size), ball.p);
          // The first step goes to the edge: SAM's own eps, so the answer is never below one step of ascent.
          return project(at.add(uphill.mul(i === 0 ? ball.rho : length)), ball);
        }),
      );
      tidy(() => landscape.moveTo(noGrad(() => next.mul(size))));
      const value = landscape.value();
      if (value > best || i === 0) {
        best = Math.max(best, value);
        at = keep(next);
        kept.push(at);
      } else {
        next.dispose();
        length /= 2;
      }
    }
    return { loss, perturbedLoss: best, sharpness: best - loss };
  } finally {
    for (const tensor of kept) tensor.dispose();
    landscape.close();
  }
}

function check(name: string, ball: Ball): Ball {
  const { rho, p } = ball;
  if (typeof rho !== "number" || !(rho >= 0 && rho < Number.POSITIVE_INFINITY)) {
    badArgument(`[${name}] expected rho >= 0, got ${describeValue(rho)}`);
  }
  if (p !== 2 && p !== Number.POSITIVE_INFINITY) {
    badArgument(`[${name}] expected p to be 2 or Infinity, got ${describeValue(p)}`);
  }
  return ball;
}

/** T, flat. */
function lengths<B>(landscape: Landscape<B>, { adaptive, eta }: Ball): Tensor {
  return noGrad(() => {
    const home = landscape.home();
    return adaptive ? home.abs().add(eta) : home.mul(0).add(1);
  });
}

/** The direction of unit norm in which a linear function rises most; 0 where it is flat. */
function steepest(gradient: Tensor, p: number): Tensor {
  if (p !== 2) return gradient.sign();
  const norm = gradient.norm().itemNumber();
  return norm > 0 && Number.isFinite(norm) ? gradient.div(norm) : gradient.mul(0);
}

function project(point: Tensor, { rho, p }: Ball): Tensor {
  if (p !== 2) return point.clamp(-rho, rho);
  const norm = point.norm().itemNumber();
  return norm > rho ? point.mul(rho / norm) : point;
}
