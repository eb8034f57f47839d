import {
  currentSavedTensorHooks,
  type SavedTensorHooks,
  type Unpacking,
  withSavedTensorHooks,
} from "../autograd/saved-tensor-hooks.js";
import { enableGrad, isGradEnabled, noGrad } from "../autograd.js";
import type { Device } from "../device.js";
import { badArgument, TorchError } from "../errors.js";
import { defaultGenerator } from "../generator.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { checkOptions, type Defaults, expectFunction } from "../options.js";
import { freezeRunningStatistics, recordRunningStatistics, runningStatisticsFrozen } from "../running-statistics.js";
import { synchronous } from "../synchronous.js";
import type { Tensor } from "../tensor.js";
import { handleOf, isTensor, wrap } from "../tensor-base.js";
import { findTensors, keep, tidy } from "../tidy.js";

/** Options of {@link checkpoint}. */
export interface CheckpointOptions {
  /** Draws the same random numbers again, so that dropout has the same mask; default true. */
  preserveRngState?: boolean;
  /** `"default"` compares shape, dtype and device of what is computed again with the first time; `"none"` does not. */
  determinismCheck?: "default" | "none";
}

const OPTIONS: Defaults<CheckpointOptions> = { preserveRngState: true, determinismCheck: "default" };

/**
 * Runs `fn` and keeps none of the tensors that its backward needs: backward computes them again when it comes there. Memory
 * for time: about one more forward of `fn`.
 *
 * As PyTorch's with `use_reentrant=False`: works with `backward()` and `torch.autograd.grad`, with `inputs`, `retainGraph` and
 * hooks, nests, and stops recomputing at the last tensor that is needed. The second run sees the autocast state of the first,
 * and its random numbers unless `preserveRngState` is false. Unlike PyTorch's, running statistics of modules count once: what
 * the second run does to them is taken back. Otherwise `fn` must compute the same again; a difference in what it saves is an
 * error. Arguments are kept alive, also by `torch.tidy()`; other tensors that `fn` uses must live until backward.
 *
 * Source: https://docs.pytorch.org/docs/stable/checkpoint.html; Chen et al. 2016, https://arxiv.org/abs/1604.06174
 *
 * @param fn must not be async
 * @param args arguments of `fn`
 * @throws TorchError `E_ARG` when `fn` gives a promise; `E_STATE` from backward when the second run saves other tensors than the first
 *
 * @example
 * let x = input;
 * for (const block of blocks) x = torch.utils.checkpoint.checkpoint((x) => block.forward(x), [x]);
 * loss(x).backward();
 */
export function checkpoint<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  args: A,
  options: CheckpointOptions = {},
): R {
  const help = "checkpoint((x) => block.forward(x), [x], { preserveRngState: false })";
  expectFunction("checkpoint", fn, help);
  if (!Array.isArray(args as unknown)) {
    badArgument(`[checkpoint] expected the function's arguments as a list, got ${describeValue(args)}`, help);
  }
  checkOptions("checkpoint", options, OPTIONS);
  if (!isGradEnabled()) return synchronous("checkpoint", fn(...args));
  const frame = new Frame(fn as (...args: readonly unknown[]) => unknown, args, options);
  return synchronous(
    "checkpoint",
    withSavedTensorHooks(frame, () => fn(...args)),
  );
}

/**
 * A chain of functions in `segments` parts, each of them but the last under {@link checkpoint}.
 *
 * @param functions modules or functions of one tensor
 *
 * @example
 * const y = torch.utils.checkpoint.checkpointSequential([stage1, stage2, stage3, head], 2, x);
 */
export function checkpointSequential(
  functions: readonly (((x: Tensor) => Tensor) | { forward(x: Tensor): Tensor })[],
  segments: number,
  input: Tensor,
  options: CheckpointOptions = {},
): Tensor {
  checkOptions("checkpointSequential", options, OPTIONS);
  if (!Array.isArray(functions)) {
    badArgument(
      `[checkpointSequential] expected a list of modules or functions, got ${describeValue(functions)}`,
      "[...sequential] lists the modules of a Sequential",
    );
  }
  const size = Math.floor(functions.length / segments);
  if (!Number.isInteger(segments) || size < 1) {
    throw new TorchError(
      "E_ARG",
      `[checkpointSequential] expected from 1 to ${functions.length} segments, got ${describeValue(segments)}`,
    );
  }
  const run = (start: number, end: number) => (x: Tensor) =>
    functions.slice(start, end).reduce((y, f) => (typeof f === "function" ? f(y) : f.forward(y)), x);
  let x = input;
  let start = 0;
  for (; start < size * (segments - 1); start += size) {
    x = checkpoint(run(start, start + size), [x], options);
  }
  return run(start, functions.length)(x);
}

/** Ends the second run once everything that is needed is there. */
class Stop extends Error {}

const AUTOCAST_DEVICES = [0, 1]; // cpu, cuda

interface Kept {
  readonly packed: unknown;
  readonly hooks: SavedTensorHooks<unknown> | undefined;
}

/** One call: what is needed to run it again, and what the second run has given. */
class Frame implements SavedTensorHooks<number> {
  readonly #fn: (...args: readonly unknown[]) => unknown;
  readonly #args: readonly unknown[];
  readonly #tensors = new Map<number, Kept>();
  readonly #random: [Device, Tensor][];
  readonly #autocast: readonly (readonly [number, boolean, number, boolean])[];
  readonly #isFrozen = runningStatisticsFrozen(null);
  readonly #checks: boolean;
  readonly #saved: string[] = [];
  #again = new Map<number, Tensor>();
  #task = -2;

  constructor(fn: (...args: readonly unknown[]) => unknown, args: readonly unknown[], options: CheckpointOptions) {
    this.#fn = fn;
    this.#args = args.map((arg, i) => {
      if (!isTensor(arg)) return arg;
      this.#tensors.set(i, keepArgument(arg));
      return undefined;
    });
    this.#checks = options.determinismCheck !== "none";
    this.#random = (options.preserveRngState ?? true) ? randomStates(args) : [];
    this.#autocast = AUTOCAST_DEVICES.map((type) => [type, ...native.autocastState(type)] as const);
  }

  pack(tensor: Tensor): number {
    this.#saved.push(factsOf(tensor));
    tensor.dispose();
    return this.#saved.length - 1;
  }

  unpack(index: number, how: Unpacking): { tensor: Tensor; isGivenAway: boolean } {
    if (this.#task !== how.task || !this.#again.has(index)) {
      this.#forget();
      this.#runAgain(how);
      this.#task = how.task;
    }
    const tensor = this.#again.get(index);
    if (tensor === undefined) throw this.#mismatch(`got ${this.#again.size}`);
    if (!how.keepsGraph) this.#again.delete(index);
    return { tensor, isGivenAway: !how.keepsGraph };
  }

  #forget(): void {
    for (const tensor of this.#again.values()) tensor.dispose();
    this.#again = new Map();
  }

  #mismatch(got: string): TorchError {
    return new TorchError(
      "E_STATE",
      `[checkpoint] expected the second run to save the same ${this.#saved.length} tensors as the first, ${got}`,
      "the function must compute the same again: look for state that it changes, and for random numbers of own generators",
    );
  }

  #runAgain(how: Unpacking): void {
    const again = this.#again;
    const hooks: SavedTensorHooks<number> = {
      pack: (tensor) => {
        const index = again.size;
        const facts = factsOf(tensor);
        if (this.#checks && facts !== this.#saved[index]) {
          throw this.#mismatch(`got ${facts} for ${this.#saved[index] ?? "nothing"} as number ${index}`);
        }
        again.set(index, keep(noGrad(() => tensor.detach())));
        tensor.dispose();
        if (again.size === this.#saved.length) throw new Stop();
        return index;
      },
      unpack: (index) => ({ tensor: again.get(index)!, isGivenAway: false }),
    };
    try {
      this.#asBefore(() =>
        tidy(() => {
          const args = this.#args.map((arg, i) => {
            const kept = this.#tensors.get(i);
            return kept === undefined ? arg : argumentOf(kept, how);
          });
          enableGrad(() => withSavedTensorHooks(hooks, () => void this.#fn(...args)));
        }),
      );
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
    }
  }

  /** Runs `fn` with the generators and autocast as they were, and leaves them and running statistics as they are. */
  #asBefore(fn: () => void): void {
    const before = this.#random.map(([device]) => [device, keep(defaultGenerator(device).getState())] as const);
    for (const [device, state] of this.#random) defaultGenerator(device).setState(state);
    const buffers = new Map<Tensor, Tensor>();
    const record = (changed: readonly Tensor[]) => {
      for (const buffer of changed) if (!buffers.has(buffer)) buffers.set(buffer, keep(noGrad(() => buffer.clone())));
    };
    const autocast = this.#autocast.map(([type, ...state]) => [type, ...native.enterAutocast(type, ...state)] as const);
    try {
      recordRunningStatistics(record, () => (this.#isFrozen ? freezeRunningStatistics(fn) : fn()));
    } finally {
      for (const state of autocast.reverse()) native.exitAutocast(...state);
      for (const [buffer, saved] of buffers) {
        noGrad(() => buffer.copy_(saved));
        saved.dispose();
      }
      for (const [device, state] of before) {
        defaultGenerator(device).setState(state);
        state.dispose();
      }
    }
  }
}

/**
 * An argument under a name of our own, which no scope disposes. Inside another checkpoint it goes through that one's hooks:
 * the outer one computes it again before the inner one runs.
 */
function keepArgument(argument: Tensor): Kept {
  const hooks = currentSavedTensorHooks();
  const own = keep(wrap(native.alias(handleOf(argument))));
  if (hooks === undefined || argument.isLeaf) return { packed: own, hooks: undefined };
  return { packed: { value: hooks.pack(own), requiresGrad: argument.requiresGrad }, hooks };
}

function argumentOf({ packed, hooks }: Kept, how: Unpacking): Tensor {
  if (hooks === undefined) return packed as Tensor;
  const { value, requiresGrad } = packed as { value: unknown; requiresGrad: boolean };
  const { tensor, isGivenAway } = hooks.unpack(value, how);
  const detached = tensor.detach();
  if (isGivenAway) tensor.dispose();
  return detached.requiresGrad_(requiresGrad);
}

const factsOf = (tensor: Tensor): string => `${tensor.dtype} [${tensor.shape.join(", ")}] ${tensor.device}`;

function randomStates(args: readonly unknown[]): [Device, Tensor][] {
  const tensors = new Set<Tensor>();
  findTensors(args, tensors, new Set());
  const devices = new Set<Device>(["cpu"]);
  for (const tensor of tensors) if (tensor.isCuda) devices.add(tensor.device);
  return [...devices].map((device) => [device, keep(defaultGenerator(device).getState())]);
}
