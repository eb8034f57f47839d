import { badArgument, TorchError } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { settings } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { atLeast, fraction, whole } from "../checks.js";
import {
  groupsOf,
  readSchedulerState,
  type Scheduled,
  type ScheduledGroup,
  type SchedulerState,
} from "./lr-scheduler.js";
import { perGroup } from "./options.js";

/** Options of {@link ReduceLROnPlateau}. */
export interface PlateauOptions {
  /** Whether a smaller or a larger metric is better; default "min". */
  mode: "min" | "max";
  /** On the learning rate; default 0.1. */
  factor: number;
  /** Epochs without improvement that are let pass; default 10. */
  patience: number;
  /** How much better counts; default 0.0001. */
  threshold: number;
  /** The threshold as a share of the best metric so far, or as a difference; default "rel". */
  thresholdMode: "rel" | "abs";
  /** Epochs after a reduction in which nothing is counted; default 0. */
  cooldown: number;
  /** Not below this; one number or one per group; default 0. */
  minLr: number | readonly number[];
  /** Smaller changes of the learning rate are left out; default 1e-8. */
  eps: number;
}

const DEFAULTS: PlateauOptions = {
  mode: "min",
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: "rel",
  cooldown: 0,
  minLr: 0,
  eps: 1e-8,
};

interface Progress {
  lastEpoch: number;
  /** null before the first step. */
  best: number | null;
  numBadEpochs: number;
  cooldownCounter: number;
}

/**
 * Multiplies the learning rate by `factor` when a metric has not improved for more than `patience` epochs.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.ReduceLROnPlateau(optimizer, { mode: "max", patience: 3 });
 * scheduler.step(accuracy);
 */
export class ReduceLROnPlateau {
  readonly optimizer: Scheduled;
  readonly #options: PlateauOptions;
  #progress: Progress = { lastEpoch: 0, best: null, numBadEpochs: 0, cooldownCounter: 0 };

  constructor(optimizer: Scheduled, options: Partial<PlateauOptions> = {}) {
    const name = "ReduceLROnPlateau";
    const groups = groupsOf(name, optimizer).length;
    const o = settings(name, DEFAULTS, options);
    if (o.mode !== "min" && o.mode !== "max")
      badArgument(`[${name}] expected mode "min" or "max", got ${describeValue(o.mode)}`);
    if (o.thresholdMode !== "rel" && o.thresholdMode !== "abs") {
      badArgument(`[${name}] expected thresholdMode "rel" or "abs", got ${describeValue(o.thresholdMode)}`);
    }
    fraction(name, "factor", o.factor);
    whole(name, "patience", o.patience, 0);
    whole(name, "cooldown", o.cooldown, 0);
    atLeast(name, "threshold", o.threshold);
    atLeast(name, "eps", o.eps);
    perGroup(name, "minLr", o.minLr, groups);
    this.optimizer = optimizer;
    this.#options = o;
  }

  /** Epochs since the start. */
  get lastEpoch(): number {
    return this.#progress.lastEpoch;
  }

  /** @param metric what is watched: a number, or a tensor with one element (waits for its device); NaN is no improvement */
  step(metric: number | Tensor): void {
    const value = typeof metric === "number" ? metric : metric?.itemNumber?.();
    if (typeof value !== "number")
      badArgument(`[ReduceLROnPlateau.step] expected a metric, got ${describeValue(metric)}`);
    const p = this.#progress;
    p.lastEpoch++;
    if (this.#isBetter(value)) {
      p.best = value;
      p.numBadEpochs = 0;
    } else {
      p.numBadEpochs++;
    }
    if (p.cooldownCounter > 0) {
      p.cooldownCounter--;
      p.numBadEpochs = 0;
    }
    if (p.numBadEpochs <= this.#options.patience) return;
    this.#reduce();
    p.cooldownCounter = this.#options.cooldown;
    p.numBadEpochs = 0;
  }

  getLastLr(): number[] {
    return this.#groups.map((group) => group.lr);
  }

  get #groups(): readonly ScheduledGroup[] {
    return this.optimizer.paramGroups as readonly ScheduledGroup[];
  }

  #isBetter(value: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options;
    const sign = mode === "min" ? -1 : 1;
    const best = this.#progress.best ?? -sign * Number.POSITIVE_INFINITY;
    const limit = thresholdMode === "rel" ? best * (1 + sign * threshold) : best + sign * threshold;
    return mode === "min" ? value < limit : value > limit;
  }

  #reduce(): void {
    const { factor, minLr, eps } = this.#options;
    this.#groups.forEach((group, i) => {
      const next = Math.max(group.lr * factor, typeof minLr === "number" ? minLr : (minLr[i] ?? 0));
      if (group.lr - next > eps) group.lr = next;
    });
  }

  stateDict(): SchedulerState {
    return structuredClone({ ...this.#options, ...this.#progress });
  }

  /** @throws TorchError `E_CHECKPOINT` for a state of another schedule; nothing has changed then */
  loadStateDict(state: SchedulerState): void {
    const saved = readSchedulerState("ReduceLROnPlateau", state);
    const { lastEpoch, best, numBadEpochs, cooldownCounter } = saved;
    const isBest = best === null || typeof best === "number";
    if (!isBest || !Number.isSafeInteger(numBadEpochs) || !Number.isSafeInteger(cooldownCounter)) {
      throw new TorchError(
        "E_CHECKPOINT",
        "[ReduceLROnPlateau.loadStateDict] expected best, numBadEpochs and cooldownCounter",
      );
    }
    this.#progress = {
      lastEpoch,
      best,
      numBadEpochs: numBadEpochs as number,
      cooldownCounter: cooldownCounter as number,
    };
    for (const key of Object.keys(DEFAULTS) as (keyof PlateauOptions)[]) {
      const isList = key === "minLr" && Array.isArray(saved[key]);
      if (isList || typeof saved[key] === typeof DEFAULTS[key]) Object.assign(this.#options, { [key]: saved[key] });
    }
  }
}
