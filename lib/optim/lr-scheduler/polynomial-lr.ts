import { settings } from "../../options.js";
import { atLeast, whole } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/**
 * Falls to 0 along a power of the share of epochs that is left.
 *
 *     lr(epoch) = base (1 - min(epoch, totalIters) / totalIters)^power
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.PolynomialLR.html
 *
 * @param options.totalIters default 5
 * @param options.power default 1
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.PolynomialLR(optimizer, { totalIters: 100, power: 2 });
 */
export class PolynomialLR extends LRScheduler<{ totalIters: number; power: number }> {
  constructor(optimizer: Scheduled, options?: { totalIters?: number; power?: number } & LastEpoch) {
    const defaults = { totalIters: 5, power: 1, lastEpoch: -1 };
    const { totalIters, power, lastEpoch } = settings("PolynomialLR", defaults, options);
    whole("PolynomialLR", "totalIters", totalIters);
    atLeast("PolynomialLR", "power", power);
    super(optimizer, { totalIters, power }, lastEpoch);
  }

  protected override nextLr({ lr, epoch, first }: Now): number {
    const { totalIters, power } = this.options;
    if (first || epoch > totalIters) return lr;
    return lr * ((1 - epoch / totalIters) / (1 - (epoch - 1) / totalIters)) ** power;
  }
}
