import { settings } from "../../options.js";
import { atLeast } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/**
 * Multiplies the learning rate by `gamma` every epoch.
 *
 *     lr(epoch) = base gamma^epoch
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.ExponentialLR(optimizer, 0.95);
 */
export class ExponentialLR extends LRScheduler<{ gamma: number }> {
  constructor(optimizer: Scheduled, gamma: number, options?: LastEpoch) {
    const { lastEpoch } = settings("ExponentialLR", { lastEpoch: -1 }, options);
    atLeast("ExponentialLR", "gamma", gamma);
    super(optimizer, { gamma }, lastEpoch);
  }

  protected override nextLr({ lr, first }: Now): number {
    return first ? lr : lr * this.options.gamma;
  }
}
