import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { settings } from "../../options.js";
import { atLeast, whole } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/**
 * Multiplies the learning rate by `gamma` at each milestone; twice where one is named twice.
 *
 *     lr(epoch) = base gamma^(number of milestones <= epoch)
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html
 *
 * @param milestones epochs, in any order
 * @param options.gamma default 0.1
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.MultiStepLR(optimizer, [60, 120, 160], { gamma: 0.2 });
 */
export class MultiStepLR extends LRScheduler<{ milestones: number[]; gamma: number }> {
  constructor(optimizer: Scheduled, milestones: Iterable<number>, options?: { gamma?: number } & LastEpoch) {
    const { gamma, lastEpoch } = settings("MultiStepLR", { gamma: 0.1, lastEpoch: -1 }, options);
    if (typeof (milestones as Partial<Iterable<number>> | undefined)?.[Symbol.iterator] !== "function") {
      badArgument(`[MultiStepLR] expected a list of milestones, got ${describeValue(milestones)}`);
    }
    const list = [...milestones].sort((a, b) => a - b);
    for (const milestone of list) whole("MultiStepLR", "each milestone", milestone, 0);
    atLeast("MultiStepLR", "gamma", gamma);
    super(optimizer, { milestones: list, gamma }, lastEpoch);
  }

  protected override nextLr({ lr, epoch, first }: Now): number {
    if (first && epoch !== 0) return lr;
    const { milestones, gamma } = this.options;
    const times = milestones.filter((milestone) => milestone === epoch).length;
    return times === 0 ? lr : lr * gamma ** times;
  }
}
