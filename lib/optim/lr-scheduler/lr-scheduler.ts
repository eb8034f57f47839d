import { badArgument, TorchError } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { fromPython } from "./python-state.js";

/** What a scheduler acts on: any optimizer, SAM or its base alike. */
export interface Scheduled {
  readonly paramGroups: readonly object[];
}

/** A group as schedulers see it. */
export interface ScheduledGroup {
  lr: number;
  /** The learning rate that the schedule starts from. */
  initialLr?: number;
  [key: string]: unknown;
}

/** The groups of an optimizer, or an error of the scheduler. */
export function groupsOf(name: string, optimizer: Scheduled): readonly ScheduledGroup[] {
  if (Array.isArray(optimizer?.paramGroups)) return optimizer.paramGroups as readonly ScheduledGroup[];
  badArgument(`[${name}] expected an optimizer, got ${describeValue(optimizer)}`);
}

/** Refuses what is no list of schedulers that can be one of several. */
export function checkSchedulers(name: string, given: unknown, optimizer: Scheduled | undefined, help: string): void {
  if (!Array.isArray(given)) badArgument(`[${name}] expected a list of schedulers, got ${describeValue(given)}`, help);
  given.forEach((scheduler: Partial<Sequenced> | undefined, i) => {
    if (typeof scheduler?._restart !== "function") {
      badArgument(
        `[${name}] expected schedulers that step without a metric, got ${scheduler?.constructor?.name ?? describeValue(scheduler)} at ${i}`,
      );
    }
    if (scheduler.optimizer !== (optimizer ?? (given[0] as Sequenced).optimizer)) {
      badArgument(`[${name}] expected schedulers of one optimizer, got another's at ${i}`);
    }
  });
}

/** What a scheduler needs to go on in another run: plain numbers, lists and strings. */
export type SchedulerState = Record<string, unknown>;

/** What every scheduler can do. */
export interface Scheduler {
  /** Epochs, or whatever `step` counts, since the start. */
  readonly lastEpoch: number;
  step(): void;
  /** The learning rate of each group that was set last. */
  getLastLr(): number[];
  stateDict(): SchedulerState;
  loadStateDict(state: SchedulerState): void;
}

/** A scheduler that can be one of several in `SequentialLR`. @internal */
export interface Sequenced extends Scheduler {
  readonly optimizer: Scheduled;
  _begin(): void;
  _undo(): void;
  _restart(): void;
}

/** Where a schedule is, for one group. */
export interface Now {
  /** The group's present learning rate. */
  lr: number;
  /** The learning rate that the schedule started from. */
  base: number;
  /** Epochs since the start. */
  epoch: number;
  /** No epoch came before: the schedule starts, or goes on from a checkpoint (then `epoch` is not 0). */
  first: boolean;
  /** The group and its position. */
  group: ScheduledGroup;
  index: number;
}

/**
 * Sets the learning rate of every parameter group, epoch by epoch. Making one sets that of epoch 0; `step()`, called after each
 * epoch (or each batch, if that is what it counts), moves on.
 *
 * Schedules that multiply can be chained: several on one optimizer, each with its own `step()`, and the factors multiply.
 *
 * For one of your own, implement `nextLr`. Its parameters go through the constructor's `options`, and so into `stateDict()`.
 *
 * @typeParam O what the schedule is made of, such as `{ gamma: number }`
 *
 * @example
 * class HalfLife extends torch.optim.lrScheduler.LRScheduler<{ epochs: number }> {
 *   protected override nextLr({ lr, first }: torch.optim.lrScheduler.Now) {
 *     return first ? lr : lr * 0.5 ** (1 / this.options.epochs);
 *   }
 * }
 * const scheduler = new HalfLife(optimizer, { epochs: 10 });
 */
export abstract class LRScheduler<O extends object = object> implements Sequenced {
  readonly optimizer: Scheduled;
  protected readonly options: O;
  lastEpoch: number;
  /** Per group, the learning rate that the schedule started from. */
  baseLrs: number[] = [];
  #lastLr: number[] = [];

  /**
   * @param lastEpoch -1 to start; otherwise the schedule goes on after that epoch, with the groups' `lr` and `initialLr` as they
   *   were loaded. Loading both `stateDict`s does the same and more.
   */
  constructor(optimizer: Scheduled, options: O, lastEpoch = -1) {
    const name = this.constructor.name;
    groupsOf(name, optimizer);
    if (!Number.isSafeInteger(lastEpoch) || lastEpoch < -1) {
      badArgument(`[${name}] expected lastEpoch to be a whole number of at least -1, got ${describeValue(lastEpoch)}`);
    }
    this.optimizer = optimizer;
    this.options = options;
    this.lastEpoch = lastEpoch;
    this.groups.forEach((group, i) => {
      if (typeof group.lr !== "number")
        badArgument(`[${name}] expected group ${i} to have a number lr, got ${describeValue(group.lr)}`);
      if (lastEpoch >= 0 && typeof group.initialLr !== "number") {
        badArgument(
          `[${name}] expected initialLr in group ${i} to go on after epoch ${lastEpoch}, got none`,
          "load the optimizer's stateDict first, or start with lastEpoch -1",
        );
      }
      group.initialLr ??= group.lr;
      this.baseLrs.push(group.initialLr);
    });
    this._begin();
  }

  /** The learning rate of one group for `now.epoch`. */
  protected abstract nextLr(now: Now): number;

  /** Whether this option is not in a state of Python's, which has it in the optimizer's groups: the scheduler that loads has its own. */
  protected isKeptByGroups(_option: string): boolean {
    return false;
  }

  /** Moves on by one epoch. */
  step(): void {
    this.lastEpoch++;
    this.#set(false);
  }

  getLastLr(): number[] {
    return [...this.#lastLr];
  }

  protected get groups(): readonly ScheduledGroup[] {
    return this.optimizer.paramGroups as readonly ScheduledGroup[];
  }

  #set(first: boolean, fromBase = false): void {
    this.groups.forEach((group, index) => {
      // A group that was added on the way starts from what it has now.
      this.baseLrs[index] ??= group.initialLr ??= group.lr;
      const base = this.baseLrs[index]!;
      group.lr = this.nextLr({ lr: fromBase ? base : group.lr, base, epoch: this.lastEpoch, first, group, index });
    });
    this.#lastLr = this.groups.map((group) => group.lr);
  }

  /** Everything but the optimizer. Functions among the options are left out. */
  stateDict(): SchedulerState {
    const options = Object.entries(this.options).filter(([, value]) => isPlain(value));
    return structuredClone({
      ...Object.fromEntries(options),
      lastEpoch: this.lastEpoch,
      baseLrs: this.baseLrs,
      lastLr: this.#lastLr,
    });
  }

  /**
   * Goes on where another scheduler was, also one of Python's (`scheduler.state_dict()`). The groups' learning rates come with the
   * optimizer's own state.
   *
   * @throws TorchError `E_CHECKPOINT` for a state of another schedule or of another number of groups; nothing has changed then
   */
  loadStateDict(state: SchedulerState): void {
    const name = this.constructor.name;
    const { lastEpoch, baseLrs, lastLr, ...saved } = readSchedulerState(name, state);
    const isPython = !Object.hasOwn(state, "lastEpoch");
    const options: Record<string, unknown> = {};
    for (const [key, own] of Object.entries(this.options)) {
      if (!isPlain(own) || own === undefined) continue;
      const value = isPython && saved[key] === undefined && this.isKeptByGroups(key) ? own : saved[key];
      if (typeof value !== typeof own || Array.isArray(value) !== Array.isArray(own)) {
        throw new TorchError("E_CHECKPOINT", `[${name}.loadStateDict] expected ${key}, got ${describeValue(value)}`);
      }
      options[key] = value;
    }
    checkLrs(name, "baseLrs", baseLrs, this.groups.length);
    checkLrs(name, "lastLr", lastLr, this.groups.length);
    Object.assign(this.options, structuredClone(options));
    this.lastEpoch = lastEpoch;
    this.baseLrs = [...(baseLrs as number[])];
    this.#lastLr = [...(lastLr as number[])];
  }

  /** @internal The step that sets the first learning rates. */
  _begin(): void {
    this.lastEpoch++;
    this.#set(true);
  }
  /** @internal Takes that step back, so that another schedule may come first. */
  _undo(): void {
    this.lastEpoch--;
  }
  /** @internal From the start, at the base learning rates. */
  _restart(): void {
    this.lastEpoch = 0;
    this.#set(true, true);
  }
}

/** What structured cloning can copy. */
const isPlain = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isPlain) : typeof value !== "function" && typeof value !== "symbol";

/** A saved state, ours or Python's, with a number as lastEpoch, or `E_CHECKPOINT`. */
export function readSchedulerState(name: string, given: SchedulerState): SchedulerState & { lastEpoch: number } {
  const state = fromPython(given);
  const epoch: unknown = state?.lastEpoch;
  if (!Number.isSafeInteger(epoch)) {
    const isObject = typeof state === "object" && state !== null && !Array.isArray(state);
    const got = isObject ? `an object with ${Object.keys(state).join(", ") || "nothing"}` : describeValue(state);
    throw new TorchError(
      "E_CHECKPOINT",
      `[${name}.loadStateDict] expected the state of a scheduler, with lastEpoch, got ${got}`,
    );
  }
  return state as SchedulerState & { lastEpoch: number };
}

function checkLrs(name: string, key: string, value: unknown, groups: number): void {
  if (Array.isArray(value) && value.length === groups && value.every((lr) => typeof lr === "number")) return;
  const got = Array.isArray(value) ? `${value.length}` : describeValue(value);
  throw new TorchError("E_CHECKPOINT", `[${name}.loadStateDict] expected ${key} for ${groups} groups, got ${got}`);
}
