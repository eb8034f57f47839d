import { settings } from "../../options.js";
import { shareAboveZero, whole } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

const DEFAULTS = { factor: 1 / 3, totalIters: 5, lastEpoch: -1 };

/**
 * A smaller learning rate for the first epochs.
 *
 *     lr(epoch) = base factor   while epoch < totalIters,   base afterwards
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ConstantLR.html
 *
 * @param options.factor above 0, at most 1; default 1/3
 * @param options.totalIters default 5
 *
 * @example
 * const warmUp = new torch.optim.lrScheduler.ConstantLR(optimizer, { factor: 0.1, totalIters: 3 });
 */
export class ConstantLR extends LRScheduler<{ factor: number; totalIters: number }> {
  constructor(optimizer: Scheduled, options?: { factor?: number; totalIters?: number } & LastEpoch) {
    const { factor, totalIters, lastEpoch } = settings("ConstantLR", DEFAULTS, options);
    shareAboveZero("ConstantLR", "factor", factor);
    whole("ConstantLR", "totalIters", totalIters);
    super(optimizer, { factor, totalIters }, lastEpoch);
  }

  protected override nextLr({ lr, epoch, first }: Now): number {
    const { factor, totalIters } = this.options;
    if (first) return epoch === 0 ? lr * factor : lr;
    return epoch === totalIters ? lr * (1 / factor) : lr;
  }
}
