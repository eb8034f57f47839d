import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { settings } from "../../options.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/** The factor on the base learning rate in an epoch, counted from 0. */
export type LrLambda = (epoch: number) => number;

/**
 * Any schedule: the base learning rate times a function of the epoch.
 *
 *     lr(epoch) = base lrLambda(epoch)
 *
 * Functions are not part of `stateDict()`: the scheduler that loads it needs the same ones.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LambdaLR.html
 *
 * @param lrLambda one function, or one for each parameter group
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.LambdaLR(optimizer, (epoch) => 0.95 ** epoch);
 */
export class LambdaLR extends LRScheduler<{ lrLambda: LrLambda | readonly LrLambda[] }> {
  constructor(optimizer: Scheduled, lrLambda: LrLambda | readonly LrLambda[], options?: LastEpoch) {
    const { lastEpoch } = settings("LambdaLR", { lastEpoch: -1 }, options);
    const list: readonly LrLambda[] = Array.isArray(lrLambda) ? lrLambda : [lrLambda as LrLambda];
    const wrong = list.findIndex((fn) => typeof fn !== "function");
    if (wrong >= 0) badArgument(`[LambdaLR] expected functions of the epoch, got ${describeValue(list[wrong])}`);
    const groups = optimizer?.paramGroups?.length;
    if (Array.isArray(lrLambda) && list.length !== groups) {
      badArgument(`[LambdaLR] expected ${groups} functions, one for each parameter group, got ${list.length}`);
    }
    super(optimizer, { lrLambda }, lastEpoch);
  }

  protected override nextLr({ base, epoch, index }: Now): number {
    const { lrLambda } = this.options;
    const fn = typeof lrLambda === "function" ? lrLambda : lrLambda[index];
    if (fn === undefined) badArgument(`[LambdaLR] expected a function for group ${index}, got none`);
    return base * fn(epoch);
  }
}
