import { noGrad } from "../autograd.js";
import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor, type Tensor } from "../tensor.js";
import { keep, tidy } from "../tidy.js";

/** A number, or a tensor: a single element for the whole batch, or one element per sample. Booleans count as 0 and 1. */
export type Metric = number | Tensor;

/**
 * The mean of a metric over many batches.
 *
 * Tensors are added up where they are, in float64, and are read only when {@link value} is asked for: updating never waits for
 * a device.
 *
 *     value = sum_i count_i * metric_i / sum_i count_i
 *
 * @example
 * const loss = new Average();
 * for (const [x, y] of batches) loss.update(criterion(model.forward(x), y), y.size(0));
 * console.log(loss.value());
 */
export class Average {
  #sum = 0;
  #count = 0;
  /** What is not read yet, on its device. */
  #pending: Tensor | undefined;

  /** How many samples it is the mean of. */
  get count(): number {
    return this.#count;
  }

  /**
   * @param metric one value for the batch, or one per sample
   * @param count samples in the batch; by default one per element of `metric`
   */
  update(metric: Metric, count?: number): void {
    if (count !== undefined && !(count >= 0 && Number.isFinite(count))) {
      badArgument(`[Average] expected a count >= 0, got ${describeValue(count)}`);
    }
    if (!isTensor(metric)) {
      if (typeof metric !== "number")
        badArgument(`[Average] expected a number or a tensor, got ${describeValue(metric)}`);
      this.#sum += metric * (count ?? 1);
      this.#count += count ?? 1;
      return;
    }
    const elements = metric.numel();
    const samples = count ?? elements;
    if (elements === 0 || samples === 0) return;
    this.#add(metric, samples / elements);
    this.#count += samples;
  }

  /** The mean; NaN before the first update. Waits for the device if tensors came in. */
  value(): number {
    return this.sum() / this.#count;
  }

  /** The weighted sum that {@link value} divides by {@link count}. Waits for the device if tensors came in. */
  sum(): number {
    if (this.#pending !== undefined) {
      this.#sum += this.#pending.itemNumber();
      this.#pending.dispose();
      this.#pending = undefined;
    }
    return this.#sum;
  }

  reset(): void {
    this.#pending?.dispose();
    this.#pending = undefined;
    this.#sum = 0;
    this.#count = 0;
  }

  stateDict(): { sum: number; count: number } {
    return { sum: this.sum(), count: this.#count };
  }

  loadStateDict(state: { sum: number; count: number }): void {
    if (typeof state?.sum !== "number" || typeof state.count !== "number") {
      badArgument(`[Average] expected { sum, count }, got ${JSON.stringify(state)}`);
    }
    this.reset();
    this.#sum = state.sum;
    this.#count = state.count;
  }

  #add(metric: Tensor, weight: number): void {
    // Another device begins a new sum; the old one is read, which happens once per change.
    if (this.#pending !== undefined && this.#pending.device !== metric.device) this.sum();
    noGrad(() =>
      tidy(() => {
        const total = metric.detach().sum({ dtype: "float64" });
        const before = this.#pending;
        if (before === undefined) {
          this.#pending = keep(weight === 1 ? total : total.mul(weight));
        } else if (before.isInference()) {
          // Made in inference mode, it may not change outside; a step of validation may be in either.
          this.#pending = keep(before.add(total, { alpha: weight }));
          before.dispose();
        } else {
          before.add_(total, { alpha: weight });
        }
      }),
    );
  }
}
