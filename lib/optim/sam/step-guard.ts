import { defaultGenerator, type Generator } from "../../generator.js";
import { noGrad } from "../../autograd.js";
import { recordRunningStatistics } from "../../running-statistics.js";
import type { Tensor } from "../../tensor.js";
import { keep } from "../../tidy.js";
import { where } from "../../ops.generated.js";

/** What a step has to be able to take back besides the weights: running statistics and the state of random generators. */
export class StepGuard {
  readonly #saved = new Map<Tensor, Tensor>();
  #random: [Generator, Tensor][] = [];

  /** Runs the first pass, noting each running statistic before it changes. */
  record<T>(fn: () => T): T {
    return recordRunningStatistics((buffers) => {
      for (const buffer of buffers) {
        if (!this.#saved.has(buffer)) this.#saved.set(buffer, keep(noGrad(() => buffer.clone())));
      }
    }, fn);
  }

  /** Running statistics back to what they were; with `when`, only where that is not 0, decided on the device. */
  rollBack(when?: Tensor): void {
    noGrad(() => {
      for (const [buffer, saved] of this.#saved) {
        if (buffer.isDisposed) continue;
        if (when === undefined) {
          buffer.copy_(saved);
          continue;
        }
        const chosen = where(when.ne(0), saved, buffer);
        buffer.copy_(chosen);
        chosen.dispose();
      }
    });
    this.forget();
  }

  /** Remembers the generators of every device in use, for {@link replay}. */
  rememberRandom(devices: Iterable<Tensor["device"]>): void {
    this.#random = [...new Set<Tensor["device"]>(["cpu", ...devices])].map((device) => {
      const generator = defaultGenerator(device);
      return [generator, keep(generator.getState())];
    });
  }

  /** The generators as {@link rememberRandom} found them: the next pass draws the same numbers again. */
  replay(): void {
    for (const [generator, state] of this.#random) generator.setState(state);
  }

  forget(): void {
    for (const saved of this.#saved.values()) saved.dispose();
    this.#saved.clear();
    for (const [, state] of this.#random) state.dispose();
    this.#random = [];
  }
}
