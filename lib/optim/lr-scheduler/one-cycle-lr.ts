import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { settings } from "../../options.js";
import { atLeast, share } from "../checks.js";
import { groupsOf, LRScheduler, type Now, type Scheduled, type ScheduledGroup } from "./lr-scheduler.js";
import { type LastEpoch, perGroup, setMomentum } from "./options.js";

/** Options of {@link OneCycleLR}. */
export interface OneCycleOptions extends LastEpoch {
  /** Steps of the whole cycle; or give `epochs` and `stepsPerEpoch`. */
  totalSteps?: number;
  epochs?: number;
  stepsPerEpoch?: number;
  /** Share of the cycle in which the learning rate rises; default 0.3. */
  pctStart?: number;
  /** Default "cos". */
  annealStrategy?: "cos" | "linear";
  /** Moves momentum (or the first beta) the other way; default true. */
  cycleMomentum?: boolean;
  /** Where the learning rate is largest; one number or one per group; default 0.85. */
  baseMomentum?: number | readonly number[];
  /** Where it is smallest; default 0.95. */
  maxMomentum?: number | readonly number[];
  /** The cycle starts at maxLr / divFactor; default 25. */
  divFactor?: number;
  /** It ends at that divided by finalDivFactor; default 10000. */
  finalDivFactor?: number;
  /** Falls as long as it rose, and only then to the end; default false: two phases. */
  threePhase?: boolean;
}

const DEFAULTS = {
  totalSteps: undefined as number | undefined,
  epochs: undefined as number | undefined,
  stepsPerEpoch: undefined as number | undefined,
  pctStart: 0.3,
  annealStrategy: "cos" as "cos" | "linear",
  cycleMomentum: true,
  baseMomentum: 0.85 as number | readonly number[],
  maxMomentum: 0.95 as number | readonly number[],
  divFactor: 25,
  finalDivFactor: 1e4,
  threePhase: false,
  lastEpoch: -1,
};
const HELP = "new OneCycleLR(optimizer, 0.1, { totalSteps: 1000 })";

interface Cycle {
  maxLrs: number[];
  totalSteps: number;
  pctStart: number;
  annealStrategy: string;
  cycleMomentum: boolean;
  baseMomenta: number[];
  maxMomenta: number[];
  finalDivFactor: number;
  threePhase: boolean;
}

/**
 * One cycle: up from maxLr / divFactor to maxLr, then down to far below where it began, while momentum goes the other way.
 * Step it after every batch. More steps than `totalSteps` are an error.
 *
 *     cos:    lr = b + (a - b) (1 + cos(pi x)) / 2     from a to b, x the share of the phase
 *     linear: lr = a + (b - a) x
 *
 * Source: Smith and Topin, https://arxiv.org/abs/1708.07120;
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
 *
 * @param maxLr the peak; one number or one per group
 *
 * @example
 * const scheduler = new torch.optim.lrScheduler.OneCycleLR(optimizer, 0.1, { epochs: 30, stepsPerEpoch: loader.length });
 */
export class OneCycleLR extends LRScheduler<Cycle> {
  constructor(optimizer: Scheduled, maxLr: number | readonly number[], options: OneCycleOptions) {
    const given = settings("OneCycleLR", DEFAULTS, options);
    const { divFactor, lastEpoch } = given;
    const groups = groupsOf("OneCycleLR", optimizer);
    const cycle = readCycle(groups, maxLr, given);
    atLeast("OneCycleLR", "divFactor", divFactor);
    if (lastEpoch === -1) {
      groups.forEach((group, i) => {
        group.initialLr = cycle.maxLrs[i]! / divFactor;
      });
    }
    super(optimizer, cycle, lastEpoch);
  }

  protected override isKeptByGroups(option: string): boolean {
    return ["maxLrs", "baseMomenta", "maxMomenta", "finalDivFactor"].includes(option);
  }

  protected override nextLr({ base, epoch, group, index }: Now): number {
    const o = this.options;
    if (epoch > o.totalSteps) {
      badArgument(
        `[OneCycleLR] expected at most ${o.totalSteps} steps, got one more`,
        "make totalSteps as large as the training",
      );
    }
    if (o.maxLrs[index] === undefined) {
      badArgument(
        `[OneCycleLR] expected ${o.maxLrs.length} groups, got one more`,
        "make the scheduler after the last group",
      );
    }
    const max = o.maxLrs[index]!;
    const least = base / o.finalDivFactor;
    const [low, high] = [o.baseMomenta[index]!, o.maxMomenta[index]!];
    const last = o.totalSteps - 1;
    const rise = o.pctStart * o.totalSteps - 1;
    // [end, from and to of the learning rate, from and to of momentum]
    const phases: [number, number, number, number, number][] = o.threePhase
      ? [
          [rise, base, max, high, low],
          [2 * rise, max, base, low, high],
          [last, base, least, high, high],
        ]
      : [
          [rise, base, max, high, low],
          [last, max, least, low, high],
        ];
    let start = 0;
    for (const [i, [end, lrFrom, lrTo, momentumFrom, momentumTo]] of phases.entries()) {
      if (epoch > end && i < phases.length - 1) {
        start = end;
        continue;
      }
      // The step after the last batch of the cycle stays at its end.
      const x = end === start ? 1 : Math.min(1, (epoch - start) / (end - start));
      if (o.cycleMomentum) setMomentum(group, anneal(o.annealStrategy, momentumFrom, momentumTo, x));
      return anneal(o.annealStrategy, lrFrom, lrTo, x);
    }
    return base;
  }
}

function anneal(strategy: string, from: number, to: number, x: number): number {
  return strategy === "cos" ? to + ((from - to) / 2) * (Math.cos(Math.PI * x) + 1) : (to - from) * x + from;
}

function readCycle(
  groups: readonly ScheduledGroup[],
  maxLr: number | readonly number[],
  given: typeof DEFAULTS,
): Cycle {
  const { epochs, stepsPerEpoch, pctStart, annealStrategy, cycleMomentum } = given;
  const { baseMomentum, maxMomentum, finalDivFactor, threePhase } = given;
  const each = (name: string, value: number | readonly number[]) =>
    perGroup("OneCycleLR", name, value, groups.length, HELP);
  const maxLrs = each("maxLr", maxLr);
  const totalSteps = given.totalSteps ?? (epochs ?? Number.NaN) * (stepsPerEpoch ?? Number.NaN);
  if (!Number.isSafeInteger(totalSteps) || totalSteps < 1) {
    const got = [given.totalSteps, epochs, stepsPerEpoch].map((value) => describeValue(value)).join(", ");
    badArgument(
      `[OneCycleLR] expected totalSteps, or epochs and stepsPerEpoch, as whole numbers of at least 1, got ${got}`,
      HELP,
    );
  }
  share("OneCycleLR", "pctStart", pctStart);
  if (annealStrategy !== "cos" && annealStrategy !== "linear") {
    badArgument(`[OneCycleLR] expected annealStrategy "cos" or "linear", got ${describeValue(annealStrategy)}`);
  }
  if (cycleMomentum && !groups.every((group) => "momentum" in group || "betas" in group)) {
    badArgument("[OneCycleLR] expected an optimizer with momentum or betas", "cycleMomentum: false leaves them alone");
  }
  atLeast("OneCycleLR", "finalDivFactor", finalDivFactor);
  return {
    maxLrs,
    totalSteps,
    pctStart,
    annealStrategy,
    cycleMomentum,
    baseMomenta: each("baseMomentum", baseMomentum),
    maxMomenta: each("maxMomentum", maxMomentum),
    finalDivFactor,
    threePhase,
  };
}
