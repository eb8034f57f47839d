import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { Average, type Metric } from "./average.js";
import type { LogMetrics } from "./log-table.js";

interface Sums {
  readonly sum: number;
  readonly count: number;
}

/** A {@link LogPhase} in a checkpoint. */
export interface LogPhaseState {
  step: number;
  loss: Sums;
  accuracy: Sums;
}

const NOTHING: Sums = { sum: 0, count: 0 };

/** Loss and accuracy of one pass over a data set, as a whole and since they were last looked at. */
export class LogPhase {
  /** Steps done. */
  step = 0;
  readonly #loss = new Average();
  readonly #accuracy = new Average();
  #seen = { loss: NOTHING, accuracy: NOTHING };
  #steps = 0;

  /** @param steps steps in all */
  constructor(steps: number) {
    this.steps = steps;
  }

  get steps(): number {
    return this.#steps;
  }
  set steps(steps: number) {
    if (!(Number.isInteger(steps) && steps >= 0))
      badArgument(`[Log] expected the number of steps, got ${describeValue(steps)}`);
    this.#steps = steps;
  }

  get isComplete(): boolean {
    return this.step >= this.#steps;
  }

  /** @param count samples in the batch; by default as many as the accuracy or the loss has elements */
  add(loss: Metric, accuracy: Metric | undefined, count: number | undefined): void {
    const samples = count ?? (typeof accuracy === "object" && accuracy.ndim > 0 ? accuracy.numel() : undefined);
    this.#loss.update(loss, samples);
    if (accuracy !== undefined) {
      this.#accuracy.update(accuracy, samples ?? (typeof loss === "object" ? loss.numel() : undefined));
    }
    this.step++;
  }

  /** Means over all steps. Waits for the device, as do the others below. */
  metrics(): LogMetrics {
    return { loss: this.#loss.value(), accuracy: this.#accuracy.count > 0 ? this.#accuracy.value() : undefined };
  }

  /** Means since the last call. */
  recent(): LogMetrics {
    const before = this.#seen;
    const now = { loss: this.#loss.stateDict(), accuracy: this.#accuracy.stateDict() };
    this.#seen = now;
    const mean = (a: Sums, b: Sums) => (b.sum - a.sum) / (b.count - a.count);
    return {
      loss: mean(before.loss, now.loss),
      accuracy: now.accuracy.count > 0 ? mean(before.accuracy, now.accuracy) : undefined,
    };
  }

  stateDict(): LogPhaseState {
    return { step: this.step, loss: this.#loss.stateDict(), accuracy: this.#accuracy.stateDict() };
  }

  loadStateDict(state: LogPhaseState): void {
    this.#loss.loadStateDict(state.loss);
    this.#accuracy.loadStateDict(state.accuracy);
    this.step = state.step;
    this.#seen = { loss: state.loss, accuracy: state.accuracy };
  }
}
