import { noGrad } from "../../autograd.js";
import type { Device } from "../../device.js";
import { defaultGenerator, type Generator } from "../../generator.js";
import { native } from "../../native.js";
import { where } from "../../ops.generated.js";
import { recordRunningStatistics } from "../../running-statistics.js";
import { isRecording } from "../../tape.js";
import { handleOf, type Tensor } from "../../tensor.js";
import { keep, tidy } from "../../tidy.js";

/** What a step has to be able to take back besides the weights: running statistics, and the state of random generators. */
export class StepGuard {
  readonly #saved = new Map<Tensor, Tensor>();
  readonly #generators: Generator[];
  #states: Tensor[] = [];

  /** @param devices those whose generators are to be replayed, besides the CPU's; undefined for no replay */
  constructor(devices?: Iterable<Device>) {
    this.#generators = devices === undefined ? [] : [...new Set(["cpu" as Device, ...devices])].map(defaultGenerator);
  }

  /** Runs a first pass, noting each running statistic before it changes. */
  record<T>(fn: () => T): T {
    return recordRunningStatistics((buffers) => {
      for (const buffer of buffers) {
        if (this.#saved.has(buffer)) continue;
        const saved = keep(noGrad(() => buffer.clone()));
        this.#saved.set(buffer, saved);
        if (isRecording()) native.tapeRollBack(handleOf(buffer), handleOf(saved));
      }
    }, fn);
  }

  /** Running statistics back to what they were; with `when`, only where that is not 0, decided on the device. */
  rollBack(when?: Tensor): void {
    noGrad(() =>
      tidy(() => {
        for (const [buffer, saved] of this.#saved) {
          if (buffer.isDisposed) continue;
          buffer.copy_(when === undefined ? saved : where(when.to(buffer.device).ne(0), saved, buffer));
        }
      }),
    );
  }

  /** Notes the state of the generators, for {@link replay}. */
  rememberRandom(): void {
    this.#forgetRandom();
    this.#states = this.#generators.map((generator) => keep(generator.getState()));
  }

  /** The generators as {@link rememberRandom} found them: the next pass draws the same numbers again. */
  replay(): void {
    this.#states.forEach((state, i) => void this.#generators[i]!.setState(state));
  }

  dispose(): void {
    for (const saved of this.#saved.values()) saved.dispose();
    this.#saved.clear();
    this.#forgetRandom();
  }

  #forgetRandom(): void {
    for (const state of this.#states) state.dispose();
    this.#states = [];
  }
}
