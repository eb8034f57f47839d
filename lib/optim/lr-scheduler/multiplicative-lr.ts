import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { settings } from "../../options.js";
import type { LrLambda } from "./lambda-lr.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/**
 * Times a factor each epoch, given by a function of the epoch.
 *
 *     lr(epoch) = lr(epoch - 1) lrLambda(epoch)
 *
 * Functions are not part of `stateDict()`: the scheduler that loads it needs the same ones.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiplicativeLR.html
 *
 * @param lrLambda one function, or one for each parameter group
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.MultiplicativeLR(optimizer, () => 0.95);
 */
export class MultiplicativeLR extends LRScheduler<{ lrLambda: LrLambda | readonly LrLambda[] }> {
  constructor(optimizer: Scheduled, lrLambda: LrLambda | readonly LrLambda[], options?: LastEpoch) {
    const { lastEpoch } = settings("MultiplicativeLR", { lastEpoch: -1 }, options);
    const list: readonly LrLambda[] = Array.isArray(lrLambda) ? lrLambda : [lrLambda as LrLambda];
    const wrong = list.findIndex((fn) => typeof fn !== "function");
    if (wrong >= 0)
      badArgument(`[MultiplicativeLR] expected functions of the epoch, got ${describeValue(list[wrong])}`);
    const groups = optimizer?.paramGroups?.length;
    if (Array.isArray(lrLambda) && list.length !== groups) {
      badArgument(`[MultiplicativeLR] expected ${groups} functions, one for each parameter group, got ${list.length}`);
    }
    super(optimizer, { lrLambda }, lastEpoch);
  }

  protected override nextLr({ lr, first, epoch, index }: Now): number {
    if (first) return lr;
    const { lrLambda } = this.options;
    const fn = typeof lrLambda === "function" ? lrLambda : lrLambda[index];
    if (fn === undefined) badArgument(`[MultiplicativeLR] expected a function for group ${index}, got none`);
    return lr * fn(epoch);
  }
}
