import { settings } from "../../options.js";
import { atLeast, whole } from "../checks.js";
import { LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import type { LastEpoch } from "./options.js";

/**
 * Multiplies the learning rate by `gamma` every `stepSize` epochs.
 *
 *     lr(epoch) = base gamma^floor(epoch / stepSize)
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
 *
 * @param options.gamma default 0.1
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.StepLR(optimizer, 30);
 */
export class StepLR extends LRScheduler<{ stepSize: number; gamma: number }> {
  constructor(optimizer: Scheduled, stepSize: number, options?: { gamma?: number } & LastEpoch) {
    const { gamma, lastEpoch } = settings("StepLR", { gamma: 0.1, lastEpoch: -1 }, options);
    whole("StepLR", "stepSize", stepSize);
    atLeast("StepLR", "gamma", gamma);
    super(optimizer, { stepSize, gamma }, lastEpoch);
  }

  protected override nextLr({ lr, epoch, first }: Now): number {
    return first || epoch % this.options.stepSize !== 0 ? lr : lr * this.options.gamma;
  }
}
