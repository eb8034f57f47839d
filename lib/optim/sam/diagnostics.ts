import type { Tensor } from "../../tensor.js";
import { keep } from "../../tidy.js";
import type { ParamVector } from "./param-vector.js";

/** What {@link SAM.diagnostics} tells about the last step; null for what that step did not have. */
export interface DiagnosticsReport {
  /** L(w). */
  loss: number | null;
  /** L(w + eps) - L(w). */
  sharpness: number | null;
  /** |g|; for adaptive groups |T g|. */
  gradNorm: number | null;
  /** |gs|. */
  sharpGradNorm: number | null;
  /** cos(g, gs); needs the option `diagnostics`. */
  cosine: number | null;
  /** |eps|; needs the option `diagnostics`. */
  epsNorm: number | null;
}

/** Keeps a step's few scalars on the device until somebody asks. */
export class Diagnostics {
  #length: Tensor | null = null;
  #eps: Tensor | null = null;
  #first: Tensor | null = null;
  #second: Tensor | null = null;
  #norm: Tensor | null = null;
  #dot: Tensor | null = null;
  #plainNorm: Tensor | null = null;

  /** |T d| of the last perturbation. */
  get gradientLength(): Tensor | null {
    return this.#length;
  }

  begin(length: Tensor, eps: Tensor | null): void {
    this.#drop();
    this.#length = length;
    this.#eps = eps;
  }

  finish(
    first: Tensor | null,
    second: Tensor | null,
    g: ParamVector | null,
    gs: ParamVector | null,
    norm: Tensor,
    full: boolean,
  ): void {
    if (gs === null && this.#first !== null) this.#drop();
    this.#first = first === null ? null : keep(first.detach());
    this.#second = second === null ? null : keep(second.detach());
    this.#norm = norm;
    if (g !== null && gs !== null && full) {
      this.#dot = keep(g.dot(gs));
      this.#plainNorm = keep(g.norm());
    }
  }

  read(): DiagnosticsReport {
    const value = (t: Tensor | null) => (t === null || t.isDisposed ? null : t.itemNumber());
    const loss = value(this.#first);
    const perturbedLoss = value(this.#second);
    const twoPasses = this.#length !== null;
    const sharpGradNorm = twoPasses ? value(this.#norm) : null;
    const plain = value(this.#plainNorm);
    const dot = value(this.#dot);
    return {
      loss,
      sharpness: loss === null || perturbedLoss === null ? null : perturbedLoss - loss,
      gradNorm: plain ?? (twoPasses ? value(this.#length) : value(this.#norm)),
      sharpGradNorm,
      cosine: dot === null || plain === null || sharpGradNorm === null ? null : dot / (plain * sharpGradNorm),
      epsNorm: value(this.#eps),
    };
  }

  #drop(): void {
    for (const tensor of [this.#length, this.#eps, this.#first, this.#second, this.#norm, this.#dot, this.#plainNorm]) {
      tensor?.dispose();
    }
    this.#length = this.#eps = this.#first = this.#second = this.#norm = this.#dot = this.#plainNorm = null;
  }
}
