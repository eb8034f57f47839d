import { readsSoFar, Tape } from "../../tape.js";
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

/** Where each quantity is among the numbers that a recorded step brings to the host. */
export type Places = ReadonlyMap<Quantity, number>;

/** A step's few scalars, left on the device until somebody asks. */
export class Diagnostics {
  readonly #kept = new Map<Quantity, Tensor | number>();
  readonly #places = new Map<Quantity, number>();
  readonly #read: (value: Tensor) => number | undefined;

  /** @param read the number of a value that costs nothing to read, and becomes that at once: a tensor more takes longer */
  constructor(read: (value: Tensor) => number | undefined = () => undefined) {
    this.#read = read;
  }

  note(quantity: Quantity, value: Tensor | null | undefined): void {
    this.#forget(quantity);
    if (value == null) return;
    const place = readsSoFar();
    const known = this.#read(value);
    this.#kept.set(quantity, known ?? keep(value.detach()));
    if (known !== undefined) this.#places.set(quantity, place);
  }

  /** Of the step that has just been recorded; undefined where something of it stayed on the device. */
  places(): Places | undefined {
    return this.#places.size === this.#kept.size ? new Map(this.#places) : undefined;
  }
  /** Takes the numbers of the tape that has just been played; those that it has not come to from `missing`. */
  take(places: Places, missing: () => Tensor): void {
    this.clear();
    for (const [quantity, place] of places) {
      if (Tape.hasRead(place)) this.#kept.set(quantity, Tape.numberAt(place));
      else this.note(quantity, missing());
    }
  }

  #forget(quantity: Quantity): void {
    const known = this.#kept.get(quantity);
    if (typeof known === "object") known.dispose();
    this.#kept.delete(quantity);
    this.#places.delete(quantity);
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
