import { settings } from "../../options.js";
import { share, shareAboveZero, whole } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

const DEFAULTS = { startFactor: 1 / 3, endFactor: 1, totalIters: 5, lastEpoch: -1 };

/**
 * A factor that goes from `startFactor` to `endFactor` in a straight line: warm-up, or a linear decay.
 *
 *     lr(epoch) = base (startFactor + (endFactor - startFactor) min(epoch, totalIters) / totalIters)
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html
 *
 * @param options.startFactor above 0, at most 1; default 1/3
 * @param options.endFactor from 0 to 1; default 1
 * @param options.totalIters default 5
 *
 * @example
 * const warmUp = new torch.optim.lrScheduler.LinearLR(optimizer, { startFactor: 0.01, totalIters: 5 });
 */
export class LinearLR extends LRScheduler<{ startFactor: number; endFactor: number; totalIters: number }> {
  constructor(
    optimizer: Scheduled,
    options?: { startFactor?: number; endFactor?: number; totalIters?: number } & LastEpoch,
  ) {
    const { startFactor, endFactor, totalIters, lastEpoch } = settings("LinearLR", DEFAULTS, options);
    shareAboveZero("LinearLR", "startFactor", startFactor);
    share("LinearLR", "endFactor", endFactor);
    whole("LinearLR", "totalIters", totalIters);
    super(optimizer, { startFactor, endFactor, totalIters }, lastEpoch);
  }

  protected override nextLr({ lr, epoch, first }: Now): number {
    const { startFactor, endFactor, totalIters } = this.options;
    if (first) return epoch === 0 ? lr * startFactor : lr;
    if (epoch > totalIters) return lr;
    const rise = endFactor - startFactor;
    return lr * (1 + rise / (totalIters * startFactor + (epoch - 1) * rise));
  }
}
