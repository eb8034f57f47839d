import { settings } from "../../options.js";
import { atLeast, whole } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/**
 * Half a cosine from the base learning rate to `etaMin`, again and again; each period is `tMult` times as long as the one before.
 *
 *     lr = etaMin + (base - etaMin) (1 + cos(pi t / T)) / 2,   t epochs into a period of T
 *
 * Source: Loshchilov and Hutter, https://arxiv.org/abs/1608.03983;
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html
 *
 * @param t0 epochs of the first period
 * @param options.tMult default 1
 * @param options.etaMin default 0
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.CosineAnnealingWarmRestarts(optimizer, 10, { tMult: 2 });
 */
export class CosineAnnealingWarmRestarts extends LRScheduler<{ t0: number; tMult: number; etaMin: number }> {
  constructor(optimizer: Scheduled, t0: number, options?: { tMult?: number; etaMin?: number } & LastEpoch) {
    const defaults = { tMult: 1, etaMin: 0, lastEpoch: -1 };
    const { tMult, etaMin, lastEpoch } = settings("CosineAnnealingWarmRestarts", defaults, options);
    whole("CosineAnnealingWarmRestarts", "t0", t0);
    whole("CosineAnnealingWarmRestarts", "tMult", tMult);
    atLeast("CosineAnnealingWarmRestarts", "etaMin", etaMin);
    super(optimizer, { t0, tMult, etaMin }, lastEpoch);
  }

  protected override nextLr({ base, epoch }: Now): number {
    const { t0, tMult, etaMin } = this.options;
    let t = epoch;
    let period = t0;
    if (tMult === 1) {
      t %= t0;
    } else {
      for (; t >= period; period *= tMult) t -= period;
    }
    return etaMin + ((base - etaMin) * (1 + Math.cos((Math.PI * t) / period))) / 2;
  }
}
