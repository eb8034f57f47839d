import os from "node:os";
import { settings } from "../options.js";
import { writeQuietly } from "./quiet-stream.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
type StopSignal = (typeof SIGNALS)[number];

/**
 * One press of Ctrl-C may arrive several times: from the terminal, and again from npm, which passes it on to the program that it
 * runs. What comes within this time counts as the same.
 */
const SAME_SIGNAL_MS = 250;

/** What {@link onInterrupt} gives. */
export interface Interrupt {
  /** Whether a signal asked the loop to stop. Changes only when the event loop gets a turn, so await something in each step. */
  readonly requested: boolean;
  /** The signal that came, or `undefined`. */
  readonly signal: StopSignal | undefined;
  /** 130 after SIGINT, 143 after SIGTERM, 0 before. */
  readonly exitCode: number;
  /** Stops listening; the signals end the process again, as without this. */
  dispose(): void;
  [Symbol.dispose](): void;
}

const notifyOnStderr = (signal: string): void =>
  writeQuietly(process.stderr, `\n${signal}: stopping after this step (once more to stop at once)\n`);

/**
 * Turns the first SIGINT (Ctrl-C) or SIGTERM into a request: the loop finishes its step, saves, and leaves. The second one ends the
 * process at once, even in the middle of a long step.
 *
 * @param options.notify told once about the request; by default one line on stderr
 *
 * @example
 * using interrupt = onInterrupt();
 * for await (const batch of loader) {
 *   trainStep(batch);
 *   if (interrupt.requested) break;
 * }
 * if (interrupt.requested) checkpoint.save({ epoch, step });
 * process.exitCode = interrupt.exitCode;
 */
export function onInterrupt(options?: { notify?: (signal: string) => void }): Interrupt {
  const { notify } = settings("onInterrupt", { notify: notifyOnStderr }, options);
  let received: StopSignal | undefined;
  const handle = (signal: StopSignal) => {
    received = signal;
    notify(signal);
    // Asleep, so that copies of the signal queue up and are dropped with the listener. From then on the system's default holds, which
    // needs no turn of the event loop: the next signal ends the process even while a step hangs.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SAME_SIGNAL_MS);
    dispose();
  };
  const dispose = () => {
    for (const signal of SIGNALS) process.off(signal, handle);
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return {
    get requested() {
      return received !== undefined;
    },
    get signal() {
      return received;
    },
    get exitCode() {
      return received === undefined ? 0 : exitCodeOf(received);
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

/** What a shell reports for a process that a signal has ended. */
function exitCodeOf(signal: StopSignal): number {
  return 128 + os.constants.signals[signal];
}
