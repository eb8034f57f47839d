import { badArgument, TorchError } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";

/** Where the best value was seen. */
export interface Best {
  readonly value: number;
  readonly epoch: number;
}

/**
 * Remembers the best of a series of values, and when it came.
 *
 * @example
 * const best = new BestMeter();
 * if (best.update(accuracy, epoch)) checkpoint.save();
 */
export class BestMeter {
  #best: Best | undefined;

  /** @param better `"higher"` for accuracies (default), `"lower"` for losses */
  constructor(readonly better: "higher" | "lower" = "higher") {
    if (better !== "higher" && better !== "lower") {
      badArgument(`[BestMeter] expected "higher" or "lower", got ${describeValue(better)}`);
    }
  }

  /** The best so far; `undefined` before the first. */
  get best(): Best | undefined {
    return this.#best;
  }

  /** Whether `value` is better than all before. NaN never is. */
  update(value: number, epoch: number): boolean {
    const before = this.#best?.value;
    const isBetter =
      before === undefined ? !Number.isNaN(value) : this.better === "higher" ? value > before : value < before;
    if (isBetter) this.#best = { value, epoch };
    return isBetter;
  }

  stateDict(): { best: Best | null } {
    return { best: this.#best ?? null };
  }

  loadStateDict(state: { best: Best | null }): void {
    const best = state.best;
    if (best !== null && (typeof best?.value !== "number" || typeof best.epoch !== "number")) {
      throw new TorchError(
        "E_CHECKPOINT",
        `[BestMeter] expected { value, epoch } or null, got ${JSON.stringify(best)}`,
      );
    }
    this.#best = best ?? undefined;
  }
}
