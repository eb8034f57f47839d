import { badArgument, TorchError } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { whole } from "../checks.js";
import {
  checkSchedulers,
  groupsOf,
  readSchedulerState,
  type Scheduled,
  type ScheduledGroup,
  type SchedulerState,
  type Sequenced,
} from "./lr-scheduler.js";

/**
 * One schedule after the other: schedule i + 1 takes over at `milestones[i]` and starts from its own beginning.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html
 *
 * @param schedulers made on the same optimizer, just before
 * @param milestones epochs, rising; one fewer than schedulers
 *
 * @example
 * const { LinearLR, CosineAnnealingLR, SequentialLR } = torch.optim.lrScheduler;
 * const warmUp = new LinearLR(optimizer, { startFactor: 0.1, totalIters: 5 });
 * const scheduler = new SequentialLR(optimizer, [warmUp, new CosineAnnealingLR(optimizer, 95)], [5]);
 */
export class SequentialLR implements Sequenced {
  readonly optimizer: Scheduled;
  lastEpoch = -1;
  readonly #schedulers: readonly Sequenced[];
  readonly #milestones: readonly number[];
  #current = 0;

  constructor(optimizer: Scheduled, schedulers: readonly Sequenced[], milestones: readonly number[]) {
    groupsOf("SequentialLR", optimizer);
    const help = "new SequentialLR(optimizer, [warmUp, decay], [5])";
    checkSchedulers("SequentialLR", schedulers, optimizer, help);
    if (!Array.isArray(milestones)) {
      badArgument(`[SequentialLR] expected a list of milestones, got ${describeValue(milestones)}`, help);
    }
    if (schedulers.length === 0 || milestones.length !== schedulers.length - 1) {
      badArgument(
        `[SequentialLR] expected one milestone fewer than schedulers, got ${milestones.length} and ${schedulers.length}`,
        help,
      );
    }
    milestones.forEach((milestone, i) => {
      whole("SequentialLR", "each milestone", milestone);
      if (i > 0 && milestone <= milestones[i - 1]!)
        badArgument(`[SequentialLR] expected rising milestones, got ${milestones.join(", ")}`);
    });
    this.optimizer = optimizer;
    this.#schedulers = [...schedulers];
    this.#milestones = [...milestones];
    for (const group of optimizer.paramGroups as readonly ScheduledGroup[]) group.lr = group.initialLr ?? group.lr;
    for (const scheduler of schedulers) scheduler._undo();
    this._begin();
  }

  step(): void {
    this.lastEpoch++;
    const next = this.#milestones.filter((milestone) => milestone <= this.lastEpoch).length;
    const scheduler = this.#schedulers[next]!;
    if (next !== this.#current) scheduler._restart();
    else scheduler.step();
    this.#current = next;
  }

  getLastLr(): number[] {
    return this.#schedulers[this.#current]!.getLastLr();
  }

  stateDict(): SchedulerState {
    return { lastEpoch: this.lastEpoch, schedulers: this.#schedulers.map((scheduler) => scheduler.stateDict()) };
  }

  loadStateDict(state: SchedulerState): void {
    const { lastEpoch, schedulers } = readSchedulerState("SequentialLR", state);
    const list = Array.isArray(schedulers) ? (schedulers as SchedulerState[]) : [];
    if (list.length !== this.#schedulers.length) {
      throw new TorchError(
        "E_CHECKPOINT",
        `[SequentialLR.loadStateDict] expected the state of ${this.#schedulers.length} schedulers, got ${list.length}`,
      );
    }
    const before = this.#schedulers.map((scheduler) => scheduler.stateDict());
    try {
      this.#load(list);
    } catch (error) {
      this.#load(before);
      throw error;
    }
    this.lastEpoch = lastEpoch;
    this.#current = this.#milestones.filter((milestone) => milestone <= lastEpoch).length;
  }

  #load(states: readonly SchedulerState[]): void {
    for (const [i, scheduler] of this.#schedulers.entries()) scheduler.loadStateDict(states[i]!);
  }

  /** @internal */
  _begin(): void {
    this.lastEpoch++;
    this.#schedulers[0]!._begin();
  }
  /** @internal */
  _undo(): void {
    this.lastEpoch--;
    this.#schedulers[0]!._undo();
  }
  /** @internal */
  _restart(): void {
    this.lastEpoch = 0;
    this.#current = 0;
    this.#schedulers[0]!._restart();
  }
}
