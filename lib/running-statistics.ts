import { noteModeChange } from "./mode-changes.js";
import type { Tensor } from "./tensor.js";

let frozen = 0;
/** Buffers that stay as they are until they are released. */
const held = new WeakSet<Tensor>();
let recorder: ((buffers: readonly Tensor[]) => void) | undefined;

/**
 * Runs `fn` with every running statistic (batch norm's mean, variance and batch count) left as it is: layers normalise with
 * the batch, but record nothing. SAM's second pass runs so; nothing in the modules is touched.
 */
export function freezeRunningStatistics<T>(fn: () => T): T {
  const thaw = freezeUntilThawed();
  try {
    return fn();
  } finally {
    thaw();
  }
}

/** As {@link freezeRunningStatistics}, until the function it returns is called (once or more). */
export function freezeUntilThawed(): () => void {
  let done = false;
  frozen++;
  return () => {
    if (!done) frozen--;
    done = true;
  };
}

/** These buffers stay as they are, or no longer; saying it twice is saying it once. */
export function holdRunningStatistics(buffers: Iterable<Tensor>, isHeld: boolean): void {
  for (const buffer of buffers) {
    if (held.has(buffer) !== isHeld) noteModeChange();
    if (isHeld) held.add(buffer);
    else held.delete(buffer);
  }
}

/** Asked by layers that keep running statistics, with one of theirs. */
export const runningStatisticsFrozen = (buffer: Tensor | null): boolean =>
  frozen > 0 || (buffer !== null && held.has(buffer));

/** Called by layers with the buffers that they are about to change, so that a step that is skipped can take it back. */
export function beforeRunningStatisticsChange(...buffers: Tensor[]): void {
  recorder?.(buffers);
}

/** Runs `fn` with `record` called before each change of running statistics. */
export function recordRunningStatistics<T>(record: (buffers: readonly Tensor[]) => void, fn: () => T): T {
  const before = recorder;
  recorder = record;
  try {
    return fn();
  } finally {
    recorder = before;
  }
}
