import { grad as autogradGrad, enableGrad, noGrad } from "../autograd.js";
import type { Device } from "../device.js";
import type { DType } from "../dtype.js";
import { badArgument } from "../errors.js";
import { masterOf } from "../master-weights.js";
import { describeValue } from "../ops/describe-value.js";
import { cat } from "../ops.generated.js";
import { type Defaults, expectFunction, expectOptions } from "../options.js";
import { freezeRunningStatistics } from "../running-statistics.js";
import { isTensor, type Tensor } from "../tensor.js";
import { keep, tidy } from "../tidy.js";

/** A function of the weights: the mean of `loss` over `batches`, each weighted by its samples. */
export interface Problem<B> {
  /** The weights; other tensors are constants. */
  params: Iterable<Tensor>;
  /** Mean loss of one batch. For a deterministic answer put the model into `eval()` mode. */
  loss: (batch: B) => Tensor;
  batches: readonly B[];
  /** Samples in a batch; default: the first extent of its first tensor. */
  sizeOf?: (batch: B) => number;
}

const PROBLEM: Defaults<Problem<unknown>> = { params: null, loss: null, batches: null, sizeOf: null };

/** Refuses what a {@link Landscape} cannot be made of. */
function checkProblem<B>(problem: Problem<B>): Problem<B> {
  const help = "{ params: model.parameters(), loss: ([x, y]) => ..., batches: [[x, y]] }";
  expectOptions<Problem<unknown>>("sharpness", problem as Problem<unknown>, PROBLEM);
  const { params, loss, batches, sizeOf } = problem;
  if (typeof (params as Partial<Iterable<Tensor>> | undefined)?.[Symbol.iterator] !== "function") {
    badArgument(`[sharpness] expected params to be parameters, got ${describeValue(params)}`, help);
  }
  expectFunction("sharpness.loss", loss, help);
  if (sizeOf !== undefined) expectFunction("sharpness.sizeOf", sizeOf, "sizeOf: (batch) => number of samples");
  if (Array.isArray(batches)) return problem;
  badArgument(`[sharpness] expected batches to be a list, got ${describeValue(batches)}`, help);
}

/** A batch and its share of all samples. */
export type Weighted<B> = readonly [batch: B, share: number];

/** A {@link Problem} with its weights listed, checked, and able to move. */
export class Landscape<B> {
  readonly params: Tensor[];
  readonly #loss: (batch: B) => Tensor;
  readonly #batches: readonly Weighted<B>[];
  readonly #home: Tensor[];

  constructor(problem: Problem<B>) {
    const { params, loss, batches, sizeOf = defaultSize } = checkProblem(problem);
    this.params = [...params].filter((p) => p.requiresGrad);
    if (this.params.length === 0) badArgument("[sharpness] expected parameters that require grad, got none");
    if (batches.length === 0) badArgument("[sharpness] expected at least one batch, got none");
    const sizes = batches.map((batch) => sizeOf(batch));
    const total = sizes.reduce((a, b) => a + b, 0);
    if (!(total > 0)) badArgument(`[sharpness] expected batches with samples, got ${total}`);
    this.#batches = batches.map((batch, i) => [batch, sizes[i]! / total] as const);
    this.#loss = loss;
    this.#home = noGrad(() => this.params.map((p) => keep((masterOf(p) ?? p).clone())));
  }

  /** The dtype in which weights can move, and where they are. */
  get like(): { dtype: DType; device: Device } {
    const { dtype, device } = this.#home[0]!;
    return { dtype, device };
  }
  get size(): number {
    return this.params.reduce((n, p) => n + p.numel(), 0);
  }
  get batches(): readonly Weighted<B>[] {
    return this.#batches;
  }

  /** L at the present weights. */
  value(batches: readonly Weighted<B>[] = this.#batches): number {
    const whole = batches.reduce((n, [, share]) => n + share, 0);
    return noGrad(() =>
      freezeRunningStatistics(() =>
        batches.reduce((sum, [batch, share]) => sum + (share / whole) * tidy(() => this.#loss(batch).itemNumber()), 0),
      ),
    );
  }

  /** L and its gradient as one flat vector; with `along`, the Hessian times that vector instead. */
  derivative(along?: Tensor, batches: readonly Weighted<B>[] = this.#batches): { value: number; vector: Tensor } {
    const whole = batches.reduce((n, [, share]) => n + share, 0);
    let value = 0;
    const vector = tidy(() => {
      let sum: Tensor | undefined;
      for (const [batch, share] of batches) {
        const part = tidy(() =>
          enableGrad(() =>
            freezeRunningStatistics(() => {
              const loss = this.#loss(batch);
              value += (share / whole) * loss.itemNumber();
              return (along === undefined ? this.#gradient(loss) : this.#curvature(loss, along)).mul(share / whole);
            }),
          ),
        );
        sum = sum === undefined ? part : sum.add_(part);
      }
      return sum!;
    });
    return { value, vector };
  }

  #gradient(loss: Tensor): Tensor {
    return flatten(gradients(loss, this.params, false), this.params).detach();
  }

  #curvature(loss: Tensor, along: Tensor): Tensor {
    const first = gradients(loss, this.params, true);
    const product = first
      .map((g, i) => [g, i] as const)
      .filter((pair): pair is [Tensor, number] => pair[0]?.requiresGrad === true)
      .map(([g, i]) => g.mul(unflatten(along, this.params)[i]!).sum());
    if (product.length === 0) return along.mul(0); // a linear loss has no curvature
    const total = product.reduce((a, b) => a.add(b));
    return flatten(gradients(total, this.params, false), this.params).detach();
  }

  /** Weights at w + offset; undefined is w, exactly. */
  moveTo(offset?: Tensor): void {
    noGrad(() =>
      tidy(() => {
        const parts = offset === undefined ? undefined : unflatten(offset, this.params);
        this.params.forEach((p, i) => {
          const home = this.#home[i]!;
          p.copy_(parts === undefined ? home : home.add(parts[i]!));
        });
      }),
    );
  }

  /** The weights at w, flat. */
  home(): Tensor {
    return flatten(this.#home, this.params);
  }

  /** Back to w; the landscape cannot be used afterwards. */
  close(): void {
    this.moveTo();
    for (const tensor of this.#home) tensor.dispose();
  }
}

function defaultSize(batch: unknown): number {
  const first = Array.isArray(batch) ? batch[0] : batch;
  if (isTensor(first) && first.ndim > 0) return first.size(0);
  return badArgument(
    "[sharpness] expected batches that begin with a tensor",
    "pass sizeOf: (batch) => number of samples",
  );
}

function gradients(output: Tensor, params: readonly Tensor[], createGraph: boolean): (Tensor | null)[] {
  return autogradGrad([output], params, { createGraph, allowUnused: true });
}

/** One vector from tensors like the parameters; zeros where one is missing. */
export function flatten(parts: readonly (Tensor | null)[], params: readonly Tensor[]): Tensor {
  return cat(parts.map((part, i) => (part ?? params[i]!.detach().mul(0)).reshape([-1])));
}

/** Views of a flat vector in the shapes of the parameters. */
function unflatten(vector: Tensor, params: readonly Tensor[]): Tensor[] {
  let at = 0;
  return params.map((p) => {
    const n = p.numel();
    const part = vector.narrow(0, at, n).view(p.shape);
    at += n;
    return part;
  });
}
