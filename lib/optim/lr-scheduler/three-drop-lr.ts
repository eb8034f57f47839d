import { settings } from "../../options.js";
import { whole } from "../checks.js";
import type { Scheduled } from "./lr-scheduler.js";
import { MultiStepLR } from "./multi-step-lr.js";
import type { LastEpoch } from "./options.js";

/**
 * The schedule that the reference implementation of SAM trains WideResNets with: times 0.2 at 30, 60 and 80 % of training.
 *
 *     lr(epoch) = base factor^(how many of 3/10, 6/10, 8/10 of totalEpochs are <= epoch)
 *
 * Source: https://github.com/davda54/sam, example/utility/step_lr.py
 *
 * @param totalEpochs epochs of the whole training
 * @param options.factor default 0.2
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.ThreeDropLR(optimizer, 200); // drops at 60, 120 and 160
 */
export class ThreeDropLR extends MultiStepLR {
  constructor(optimizer: Scheduled, totalEpochs: number, options?: { factor?: number } & LastEpoch) {
    const { factor, lastEpoch } = settings("ThreeDropLR", { factor: 0.2, lastEpoch: -1 }, options);
    whole("ThreeDropLR", "totalEpochs", totalEpochs);
    const drops = [3, 6, 8].map((tenths) => Math.ceil((totalEpochs * tenths) / 10));
    super(optimizer, drops, { gamma: factor, lastEpoch });
  }
}
