import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { settings } from "../../options.js";
import { whole } from "../checks.js";
import { groupsOf, LRScheduler, type Now, type Scheduled } from "./lr-scheduler.js";
import { type LastEpoch, perGroup, setMomentum } from "./options.js";

/** Options of {@link CyclicLR}. */
export interface CyclicOptions extends LastEpoch {
  /** Steps from the smallest to the largest learning rate; default 2000. */
  stepSizeUp?: number;
  /** Steps back; default as many. */
  stepSizeDown?: number | null;
  /** `"triangular"` (default): all cycles alike; `"triangular2"`: each half as high; `"exp_range"`: times gamma each step. */
  mode?: "triangular" | "triangular2" | "exp_range";
  /** Default 1. */
  gamma?: number;
  /** The height of a cycle in place of `mode`: of the cycle's number (from 1), or of the step's (from 0) with `scaleMode` "iterations". */
  scaleFn?: ((x: number) => number) | null;
  /** Default `"cycle"`. */
  scaleMode?: "cycle" | "iterations";
  /** Moves momentum (or the first beta) the other way; default true. */
  cycleMomentum?: boolean;
  /** Where the learning rate is largest; one number or one per group; default 0.8. */
  baseMomentum?: number | readonly number[];
  /** Where it is smallest; default 0.9. */
  maxMomentum?: number | readonly number[];
}

const DEFAULTS: Required<CyclicOptions> = {
  stepSizeUp: 2000,
  stepSizeDown: null,
  mode: "triangular",
  gamma: 1,
  scaleFn: null,
  scaleMode: "cycle",
  cycleMomentum: true,
  baseMomentum: 0.8,
  maxMomentum: 0.9,
  lastEpoch: -1,
};

interface Cycles {
  lowest: number[];
  highest: number[];
  stepSizeUp: number;
  stepSizeDown: number;
  mode: string;
  gamma: number;
  scaleFn: ((x: number) => number) | null;
  scaleMode: string;
  cycleMomentum: boolean;
  baseMomenta: number[];
  maxMomenta: number[];
}

/**
 * Up and down between two learning rates, again and again, while momentum goes the other way. Step it after every batch.
 *
 *     lr = base + (max - base) x h     x from 0 to 1 and back, h the height: 1, 1 / 2^(cycle - 1) or gamma^step
 *
 * A `scaleFn` is not part of `stateDict()`: the scheduler that loads it needs the same one.
 *
 * Source: Smith, https://arxiv.org/abs/1506.01186;
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html
 *
 * @param baseLr, maxLr the bounds; one number or one per group
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.CyclicLR(optimizer, 0.01, 0.1, { stepSizeUp: 500 });
 */
export class CyclicLR extends LRScheduler<Cycles> {
  constructor(
    optimizer: Scheduled,
    baseLr: number | readonly number[],
    maxLr: number | readonly number[],
    options?: CyclicOptions,
  ) {
    const groups = groupsOf("CyclicLR", optimizer);
    const given = settings("CyclicLR", DEFAULTS, options);
    const { stepSizeUp, mode, gamma, scaleFn, cycleMomentum } = given;
    const stepSizeDown = given.stepSizeDown ?? stepSizeUp;
    whole("CyclicLR", "stepSizeUp", stepSizeUp);
    whole("CyclicLR", "stepSizeDown", stepSizeDown);
    if (scaleFn === null && mode !== "triangular" && mode !== "triangular2" && mode !== "exp_range") {
      badArgument(`[CyclicLR] expected mode triangular, triangular2 or exp_range, got ${describeValue(mode)}`);
    }
    if (cycleMomentum && !groups.every((group) => "momentum" in group || "betas" in group)) {
      badArgument("[CyclicLR] expected an optimizer with momentum or betas", "cycleMomentum: false leaves them alone");
    }
    const help = "new CyclicLR(optimizer, 0.01, 0.1, { stepSizeUp: 500 })";
    const each = (name: string, value: number | readonly number[]) =>
      perGroup("CyclicLR", name, value, groups.length, help);
    const cycles: Cycles = {
      lowest: each("baseLr", baseLr),
      highest: each("maxLr", maxLr),
      stepSizeUp,
      stepSizeDown,
      mode,
      gamma,
      scaleFn,
      scaleMode: scaleFn === null && mode === "exp_range" ? "iterations" : given.scaleMode,
      cycleMomentum,
      baseMomenta: each("baseMomentum", given.baseMomentum),
      maxMomenta: each("maxMomentum", given.maxMomentum),
    };
    super(optimizer, cycles, given.lastEpoch);
  }

  protected override nextLr({ epoch, group, index }: Now): number {
    const o = this.options;
    const [low, high] = [o.lowest[index], o.highest[index]];
    if (low === undefined || high === undefined) {
      badArgument(
        `[CyclicLR] expected ${o.lowest.length} groups, got one more`,
        "make the scheduler after the last group",
      );
    }
    const total = o.stepSizeUp + o.stepSizeDown;
    const ratio = o.stepSizeUp / total;
    const cycle = Math.floor(1 + epoch / total);
    const x = 1 + epoch / total - cycle;
    const share = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    const height = heightOf(o, o.scaleMode === "cycle" ? cycle : epoch);
    if (o.cycleMomentum) {
      const [least, most] = [o.baseMomenta[index]!, o.maxMomenta[index]!];
      setMomentum(group, most - (most - least) * share * height);
    }
    return low + (high - low) * share * height;
  }
}

/** How much of the way between the bounds a cycle goes. */
function heightOf({ scaleFn, mode, gamma }: Cycles, x: number): number {
  if (scaleFn !== null) return scaleFn(x);
  return mode === "triangular" ? 1 : mode === "triangular2" ? 1 / 2 ** (x - 1) : gamma ** x;
}
