import { settings } from "../../options.js";
import { atLeast, whole } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/**
 * Falls from the base learning rate to `etaMin` along half a cosine in `tMax` epochs, and rises again after that.
 *
 *     lr(epoch) = etaMin + (base - etaMin) (1 + cos(pi epoch / tMax)) / 2
 *
 * Computed from the present learning rate, so that it chains with other schedulers.
 *
 * Source: Loshchilov and Hutter, https://arxiv.org/abs/1608.03983;
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html
 *
 * @param options.etaMin default 0
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.CosineAnnealingLR(optimizer, epochs);
 */
export class CosineAnnealingLR extends LRScheduler<{ tMax: number; etaMin: number }> {
  constructor(optimizer: Scheduled, tMax: number, options?: { etaMin?: number } & LastEpoch) {
    const { etaMin, lastEpoch } = settings("CosineAnnealingLR", { etaMin: 0, lastEpoch: -1 }, options);
    whole("CosineAnnealingLR", "tMax", tMax);
    atLeast("CosineAnnealingLR", "etaMin", etaMin);
    super(optimizer, { tMax, etaMin }, lastEpoch);
  }

  protected override nextLr({ lr, base, epoch, first }: Now): number {
    if (first) return lr;
    const { tMax, etaMin } = this.options;
    // At the bottom the ratio below would be 0 / 0.
    if ((epoch - 1 - tMax) % (2 * tMax) === 0) return lr + ((base - etaMin) * (1 - Math.cos(Math.PI / tMax))) / 2;
    const height = (at: number) => 1 + Math.cos((Math.PI * at) / tMax);
    return (height(epoch) / height(epoch - 1)) * (lr - etaMin) + etaMin;
  }
}
