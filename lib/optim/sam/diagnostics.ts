import type { Tensor } from "../../tensor.js";
import { keep } from "../../tidy.js";

/** What {@link SAM.diagnostics} tells about the last step; null for what that step did not have. */
export interface DiagnosticsReport {
  /** L(w); null for MSAM, whose one pass is at w + eps. */
  loss: number | null;
  /** L(w + eps). */
  perturbedLoss: number | null;
  /** L(w + eps) - L(w). */
  sharpness: number | null;
  /** |g|; for adaptive or masked perturbations, and for `m-sam`, it needs the option `diagnostics`. */
  gradNorm: number | null;
  /** |gs|, before clipping. */
  sharpGradNorm: number | null;
  /** cos(g, gs); needs the option `diagnostics`. */
  cosine: number | null;
  /** |eps|; needs the option `diagnostics`. With `m-sam` that of the last micro-batch. */
  epsNorm: number | null;
}

/** The scalars that a report is made of. */
type Quantity = "loss" | "perturbedLoss" | "gradNorm" | "sharpGradNorm" | "dot" | "epsNorm";

/** A step's few scalars, left on the device until somebody asks. */
export class Diagnostics {
  readonly #kept = new Map<Quantity, Tensor | number>();
  readonly #read: (value: Tensor) => number | undefined;

  /** @param read the number of a value that costs nothing to read, and becomes that at once: a tensor more takes longer */
  constructor(read: (value: Tensor) => number | undefined = () => undefined) {
    this.#read = read;
  }

  note(quantity: Quantity, value: Tensor | null | undefined): void {
    this.#forget(quantity);
    if (value == null) return;
    this.#kept.set(quantity, this.#read(value) ?? keep(value.detach()));
  }

  #forget(quantity: Quantity): void {
    const known = this.#kept.get(quantity);
    if (typeof known === "object") known.dispose();
    this.#kept.delete(quantity);
  }

  has(quantity: Quantity): boolean {
    return this.#kept.has(quantity);
  }

  clear(): void {
    for (const quantity of this.#kept.keys()) this.#forget(quantity);
  }

  /** Waits for the device. */
  read(): DiagnosticsReport {
    const value = (quantity: Quantity) => {
      const known = this.#kept.get(quantity) ?? null;
      return typeof known === "object" ? (known?.itemNumber() ?? null) : known;
    };
    const [loss, perturbedLoss, gradNorm, sharpGradNorm, dot] = [
      value("loss"),
      value("perturbedLoss"),
      value("gradNorm"),
      value("sharpGradNorm"),
      value("dot"),
    ];
    const product = (gradNorm ?? 0) * (sharpGradNorm ?? 0);
    return {
      loss,
      perturbedLoss,
      sharpness: loss === null || perturbedLoss === null ? null : perturbedLoss - loss,
      gradNorm,
      sharpGradNorm,
      cosine: dot !== null && product > 0 ? Math.max(-1, Math.min(1, dot / product)) : null,
      epsNorm: value("epsNorm"),
    };
  }
}
