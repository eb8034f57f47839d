import { native } from "../../native.js";
import type { Tensor } from "../../tensor.js";
import { handleOf, wrap } from "../../tensor-base.js";

const forgotten = new FinalizationRegistry<number>((id) => native.vectorDispose(id));
let current: VectorScope | undefined;

/**
 * One tensor per parameter, seen as one long vector: a gradient, a moving average of gradients. The rules of the SAM family
 * are formulas on these; all arithmetic is native and none of it waits for the device.
 *
 * What a rule makes during a step is freed at the step's end unless `ruleState()` names it.
 */
export class ParamVector {
  readonly #id: number;

  private constructor(id: number) {
    this.#id = id;
    forgotten.register(this, id, this);
    current?.vectors.add(this);
  }

  /**
   * The gradients of the parameters in these native lists, shared; with `take` they leave the parameters. With `leavesFactors` those
   * that {@link Perturber.collectFactors} keeps as factors are missing.
   */
  static gradients(lists: number[], { take = false, leavesFactors = false } = {}): ParamVector {
    return new ParamVector(native.gradsOf(lists, take, leavesFactors));
  }

  /** A vector that shares these tensors; null where a parameter has none. */
  static from(tensors: readonly (Tensor | null)[]): ParamVector {
    return new ParamVector(native.vectorFrom(tensors.map((t) => (t === null ? 0 : handleOf(t)))));
  }

  /** @internal */
  get id(): number {
    return this.#id;
  }
  /** How many parameters have a tensor here. */
  get count(): number {
    return native.vectorCount(this.#id);
  }
  clone(): ParamVector {
    return new ParamVector(native.vectorClone(this.#id));
  }
  /** Its tensors, shared; null where a parameter has none. */
  tensors(): (Tensor | null)[] {
    return native.vectorTensors(this.#id).map((h) => (h === 0 ? null : wrap(h)));
  }
  /** Makes its tensors the gradients of the parameters (no copy). */
  putAsGradients(lists: number[]): void {
    native.putGrads(this.#id, lists);
  }

  /** <self, other>, as a tensor on the device. */
  dot(other: ParamVector): Tensor {
    return wrap(native.vectorDot(this.#id, other.#id));
  }
  /** |self|, as a tensor on the device. */
  norm(p = 2): Tensor {
    return wrap(native.vectorNorm(this.#id, p));
  }
  /** self <- factor self */
  scale_(factor: number | Tensor): this {
    native.vectorScale(this.#id, asFactor(factor));
    return this;
  }
  /** self <- self min(1, limit / (|self| + 1e-6)) */
  clipNorm_(limit: number): this {
    return this.scale_(this.norm().add(1e-6).reciprocal().mul(limit).clampMax(1));
  }
  /** self <- self + factor other */
  add_(other: ParamVector, factor: number | Tensor = 1): this {
    native.vectorAdd(this.#id, other.#id, asFactor(factor));
    return this;
  }
  /** self <- other where `when` is not 0, decided on the device; zeros where there is no other. */
  takeWhere_(when: Tensor, other: ParamVector): this {
    native.vectorTakeWhere(this.#id, handleOf(when), other.#id);
    return this;
  }
  /** parameters <- parameters + factors[i] self, one factor per parameter; nothing where `unless` is not 0. */
  addToParameters(lists: number[], factors: Float64Array, unless: Tensor | null = null): void {
    native.addToParams(lists, this.#id, factors, unless === null ? 0 : handleOf(unless));
  }
  dispose(): void {
    current?.vectors.delete(this);
    forgotten.unregister(this);
    native.vectorDispose(this.#id);
  }
}

const asFactor = (factor: number | Tensor): number | [number] =>
  typeof factor === "number" ? factor : [handleOf(factor)];

/**
 * The vectors of one optimizer's step. They hold memory that no collector knows of, and finalizers do not run inside a synchronous
 * loop, so they are freed when the step has ended.
 */
export class VectorScope {
  readonly vectors = new Set<ParamVector>();

  /** Runs `fn`; vectors made in it belong to this scope. */
  run<T>(fn: () => T): T {
    const before = current;
    current = this;
    try {
      return fn();
    } finally {
      current = before;
    }
  }

  /** Frees all but these, which stay in the scope: once they are not named any more they go too. */
  freeAllBut(kept: Iterable<ParamVector | undefined>): void {
    const stays = new Set(kept);
    for (const vector of this.vectors) {
      if (stays.has(vector)) continue;
      this.vectors.delete(vector);
      vector.dispose();
    }
  }
}
