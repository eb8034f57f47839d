import { badArgument, TorchError } from "../../errors.js";
import {
  checkSchedulers,
  readSchedulerState,
  type Scheduled,
  type ScheduledGroup,
  type Scheduler,
  type SchedulerState,
  type Sequenced,
} from "./lr-scheduler.js";

/**
 * Several schedules at once: each steps in turn, and the factors of those that multiply are multiplied.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ChainedScheduler.html
 *
 * @param schedulers made on one optimizer
 * @throws TorchError `E_ARG` for none, for one that needs a metric, and for one of another optimizer
 *
 * @example
 * const { ConstantLR, ExponentialLR, ChainedScheduler } = torch.optim.lrScheduler;
 * const warmUp = new ConstantLR(optimizer, { factor: 0.1, totalIters: 5 });
 * const scheduler = new ChainedScheduler([warmUp, new ExponentialLR(optimizer, 0.9)]);
 */
export class ChainedScheduler implements Scheduler {
  readonly optimizer: Scheduled;
  readonly #schedulers: readonly Sequenced[];

  constructor(schedulers: readonly Sequenced[]) {
    checkSchedulers("ChainedScheduler", schedulers, undefined, "new ChainedScheduler([warmUp, decay])");
    if (schedulers.length === 0) badArgument("[ChainedScheduler] expected at least one scheduler, got none");
    this.optimizer = schedulers[0]!.optimizer;
    this.#schedulers = [...schedulers];
  }

  get lastEpoch(): number {
    return this.#schedulers[0]!.lastEpoch;
  }

  step(): void {
    for (const scheduler of this.#schedulers) scheduler.step();
  }

  getLastLr(): number[] {
    return (this.optimizer.paramGroups as readonly ScheduledGroup[]).map((group) => group.lr);
  }

  stateDict(): SchedulerState {
    return { lastEpoch: this.lastEpoch, schedulers: this.#schedulers.map((scheduler) => scheduler.stateDict()) };
  }

  loadStateDict(state: SchedulerState): void {
    const { schedulers } = readSchedulerState("ChainedScheduler", state);
    const list = Array.isArray(schedulers) ? (schedulers as SchedulerState[]) : [];
    if (list.length !== this.#schedulers.length) {
      throw new TorchError(
        "E_CHECKPOINT",
        `[ChainedScheduler.loadStateDict] expected the state of ${this.#schedulers.length} schedulers, got ${list.length}`,
      );
    }
    const before = this.#schedulers.map((scheduler) => scheduler.stateDict());
    try {
      this.#load(list);
    } catch (error) {
      this.#load(before);
      throw error;
    }
  }

  #load(states: readonly SchedulerState[]): void {
    for (const [i, scheduler] of this.#schedulers.entries()) scheduler.loadStateDict(states[i]!);
  }
}
