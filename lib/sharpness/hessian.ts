import { noGrad } from "../autograd.js";
import { tensor } from "../creation.js";
import { badArgument } from "../errors.js";
import { Generator } from "../generator.js";
import { describeValue } from "../ops/describe-value.js";
import { linalg, randint, randn, stack } from "../ops.generated.js";
import { checkOptions, type Defaults, settings } from "../options.js";
import { isTensor, type Tensor } from "../tensor.js";
import { keep, tidy } from "../tidy.js";
import { Landscape, type Problem } from "./problem.js";

/**
 * The Hessian of the mean loss times a vector, without the Hessian: d/dw <grad L, v>. Costs about two gradients.
 *
 * @param v flat, in the order of the parameters
 *
 * @example
 * const hv = torch.sharpness.hessianVectorProduct({ params: model.parameters(), loss, batches }, v);
 */
export function hessianVectorProduct<B>(problem: Problem<B>, v: Tensor): Tensor {
  const landscape = new Landscape<B>(problem);
  try {
    if (!isTensor(v)) badArgument(`[hessianVectorProduct] expected a vector, got ${describeValue(v)}`);
    if (v.ndim !== 1 || v.numel() !== landscape.size) {
      badArgument(`[hessianVectorProduct] expected a vector of ${landscape.size}, got [${v.shape.join(", ")}]`);
    }
    return landscape.derivative(v).vector;
  } finally {
    landscape.close();
  }
}

export interface EigenvalueOptions {
  /** How many of the largest; default 1. */
  k?: number;
  /** Lanczos steps at most; default max(3 k, 30). */
  iterations?: number;
  /** Stops when the k values change by less than this, relative to the largest; default 1e-4. */
  tolerance?: number;
  /** Of the start vector; default 0. */
  seed?: number;
}

const EIGENVALUES: Defaults<EigenvalueOptions> = { k: 1, iterations: 30, tolerance: 1e-4, seed: 0 };

/**
 * The largest eigenvalues of the Hessian of the mean loss, by Lanczos with full reorthogonalisation.
 *
 *     beta_j q_(j+1) = H q_j - alpha_j q_j - beta_(j-1) q_(j-1);  eigenvalues of the tridiagonal matrix of alpha and beta
 *
 * Costs `iterations` Hessian-vector products and as many vectors of memory. Source: Golub and Van Loan, Matrix Computations, ch. 10
 *
 * @returns in descending order; fewer than k where the Hessian has fewer distinct ones
 *
 * @example
 * model.eval();
 * const [sharpest] = torch.sharpness.hessianEigenvalues({ params: model.parameters(), loss, batches }, { k: 5 });
 */
export function hessianEigenvalues<B>(problem: Problem<B>, options: EigenvalueOptions = {}): number[] {
  checkOptions("hessianEigenvalues", options, EIGENVALUES);
  const { k = 1, tolerance = 1e-4, seed = 0 } = options;
  if (!Number.isInteger(k) || k < 1)
    badArgument(`[hessianEigenvalues] expected k to be an integer >= 1, got ${describeValue(k)}`);
  const landscape = new Landscape<B>(problem);
  const basis: Tensor[] = [];
  try {
    const limit = Math.min(options.iterations ?? Math.max(3 * k, 30), landscape.size);
    const { like } = landscape;
    const alpha: number[] = [];
    const beta: number[] = [];
    let values: number[] = [];
    let next = noGrad(() => tidy(() => unit(seeded(landscape.size, seed).to(like))));
    for (let j = 0; j < limit; j++) {
      basis.push(keep(next));
      const step = noGrad(() =>
        tidy(() => {
          const product = landscape.derivative(next).vector;
          alpha.push(product.dot(next).itemNumber());
          // Twice is enough: rounding makes a single projection lose orthogonality, and ghosts of found values appear.
          const all = stack(basis);
          let rest = product;
          for (let i = 0; i < 2; i++) rest = rest.sub(all.t().mv(all.mv(rest)));
          return rest;
        }),
      );
      const length = tidy(() => step.norm().itemNumber());
      const before = values;
      values = tridiagonalEigenvalues(alpha, beta).slice(0, k);
      const scale = Math.abs(values[0]!) || 1;
      const isSettled = before.length === k && values.every((v, i) => Math.abs(v - before[i]!) <= tolerance * scale);
      if (length <= 1e-10 * scale || (isSettled && j >= 2 * k)) {
        step.dispose();
        break;
      }
      beta.push(length);
      next = noGrad(() => tidy(() => step.div(length)));
      step.dispose();
    }
    return values;
  } finally {
    for (const vector of basis) vector.dispose();
    landscape.close();
  }
}

function seeded(n: number, seed: number): Tensor {
  return randn([n], { generator: new Generator().manualSeed(seed), dtype: "float64" });
}

const unit = (v: Tensor): Tensor => v.div(v.norm());

/** Eigenvalues of a symmetric tridiagonal matrix, descending. */
function tridiagonalEigenvalues(diagonal: readonly number[], off: readonly number[]): number[] {
  const n = diagonal.length;
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? diagonal[i]! : Math.abs(i - j) === 1 ? off[Math.min(i, j)]! : 0)),
  );
  return tidy(() =>
    Array.from(linalg.eigvalsh(tensor(rows, { dtype: "float64" })).dataSync() as Float64Array).reverse(),
  );
}

export interface TraceOptions {
  /** Random vectors; the error falls with their square root. Default 16. */
  samples?: number;
  seed?: number;
}

const TRACE: Required<TraceOptions> = { samples: 16, seed: 0 };

/**
 * The trace of the Hessian of the mean loss, by Hutchinson's estimator: the mean of v' H v over vectors of random signs.
 *
 * Source: Hutchinson, 1989
 *
 * @returns the mean and its standard error
 *
 * @example
 * const { trace, error } = torch.sharpness.hessianTrace({ params: model.parameters(), loss, batches }, { samples: 64 });
 */
export function hessianTrace<B>(problem: Problem<B>, options?: TraceOptions): { trace: number; error: number } {
  const { samples, seed } = settings("hessianTrace", TRACE, options);
  if (!Number.isInteger(samples) || samples < 1)
    badArgument(`[hessianTrace] expected samples >= 1, got ${describeValue(samples)}`);
  const landscape = new Landscape<B>(problem);
  const generator = new Generator().manualSeed(seed);
  const { like } = landscape;
  try {
    const values = Array.from({ length: samples }, () =>
      tidy(() => {
        const v = randint(0, 2, [landscape.size], { generator, dtype: "float64" }).mul(2).sub(1).to(like);
        return landscape.derivative(v).vector.dot(v).itemNumber();
      }),
    );
    const trace = values.reduce((a, b) => a + b, 0) / samples;
    const variance = values.reduce((sum, v) => sum + (v - trace) ** 2, 0) / Math.max(1, samples - 1);
    return { trace, error: Math.sqrt(variance / samples) };
  } finally {
    landscape.close();
  }
}
