import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { settings } from "../../options.js";
import { whole } from "../checks.js";
import { groupsOf, LRScheduler, type Now, type Scheduled } from "../lr-scheduler/lr-scheduler.js";
import { type LastEpoch, perGroup } from "../lr-scheduler/options.js";

/** Options of {@link SWALR}. */
export interface SWALROptions extends LastEpoch {
  /** Epochs until the new learning rate is reached; default 10; 0 sets it with the first step. */
  annealEpochs?: number;
  /** Default "cos". */
  annealStrategy?: "cos" | "linear";
}

const DEFAULTS: Required<SWALROptions> = { annealEpochs: 10, annealStrategy: "cos", lastEpoch: -1 };

/**
 * Anneals from the present learning rate to one that then stays: for stochastic weight averaging.
 *
 *     lr(epoch) = swaLr a + base (1 - a), a = (1 - cos(pi x)) / 2 or x, x = min(1, epoch / annealEpochs)
 *
 * Source: https://docs.pytorch.org/docs/stable/optim.html#torch.optim.swa_utils.SWALR
 *
 * @param swaLr one number or one per group
 *
 * @example
 * const scheduler = new torch.optim.swaUtils.SWALR(optimizer, 0.05);
 */
export class SWALR extends LRScheduler<{ swaLrs: number[]; annealEpochs: number; annealStrategy: string }> {
  constructor(optimizer: Scheduled, swaLr: number | readonly number[], options?: SWALROptions) {
    const { annealEpochs, annealStrategy, lastEpoch } = settings("SWALR", DEFAULTS, options);
    whole("SWALR", "annealEpochs", annealEpochs, 0);
    if (annealStrategy !== "cos" && annealStrategy !== "linear") {
      badArgument(`[SWALR] expected annealStrategy "cos" or "linear", got ${describeValue(annealStrategy)}`);
    }
    const swaLrs = perGroup("SWALR", "swaLr", swaLr, groupsOf("SWALR", optimizer).length, "new SWALR(optimizer, 0.05)");
    super(optimizer, { swaLrs, annealEpochs, annealStrategy }, lastEpoch);
  }

  protected override nextLr({ lr, epoch, index }: Now): number {
    const { swaLrs, annealEpochs, annealStrategy } = this.options;
    const swaLr = swaLrs[index];
    if (swaLr === undefined) badArgument(`[SWALR] expected ${swaLrs.length} groups, got one more`);
    const step = annealEpochs === 0 ? Math.max(1, epoch) : epoch;
    const share = (at: number): number => {
      const x = Math.max(0, Math.min(1, at / Math.max(1, annealEpochs)));
      return annealStrategy === "cos" ? (1 - Math.cos(Math.PI * x)) / 2 : x;
    };
    // Where the schedule would have started to be where it is: so it chains with others, as PyTorch's does.
    const before = share(step - 1);
    const start = before === 1 ? swaLr : (lr - before * swaLr) / (1 - before);
    const now = share(step);
    return swaLr * now + start * (1 - now);
  }
}
