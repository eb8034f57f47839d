import { camelCase } from "../../ops/names.js";
import type { SchedulerState } from "./lr-scheduler.js";

/** Names of Python's that are more than another spelling of ours. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  annealFuncType: "annealStrategy",
  baseMomentums: "baseMomenta",
  maxMomentums: "maxMomenta",
};

/**
 * A scheduler's state as this library writes it, of one that Python's `scheduler.state_dict()` gave; any other as it is. What Python
 * keeps in the optimizer's groups instead (OneCycleLR's largest learning rates) is absent.
 */
export function fromPython(state: SchedulerState): SchedulerState {
  if (typeof state !== "object" || state === null) return state;
  const entries: [string, unknown][] = state instanceof Map ? [...state] : Object.entries(state);
  if (!entries.some(([key]) => key === "last_epoch" || key === "_schedulers")) return state;
  const out: SchedulerState = {};
  for (const [key, value] of entries) {
    const bare = key.replace(/^_+/, "");
    const name = camelCase(bare.charAt(0).toLowerCase() + bare.slice(1)); // T_max is tMax
    out[OTHER_NAMES[name] ?? name] = value;
  }
  if (out.milestones !== undefined) out.milestones = expanded(out.milestones);
  if (Array.isArray(out.schedulePhases)) Object.assign(out, cycleOf(out.schedulePhases, out.totalSteps));
  if (out.totalSize !== undefined) Object.assign(out, cyclesOf(out));
  if (Array.isArray(out.minLrs)) out.minLr = out.minLrs.length === 1 ? out.minLrs[0] : out.minLrs;
  if (Math.abs(out.best as number) === Number.POSITIVE_INFINITY) out.best = null; // nothing has been seen
  // A chain's epoch is that of its schedulers.
  if (out.lastEpoch === undefined && Array.isArray(out.schedulers))
    out.lastEpoch = fromPython(out.schedulers[0]).lastEpoch;
  return out;
}

/** Milestones in order, from Python's count of each. */
function expanded(counts: unknown): unknown {
  if (Array.isArray(counts) || typeof counts !== "object" || counts === null) return counts;
  const entries: [unknown, unknown][] = counts instanceof Map ? [...counts] : Object.entries(counts);
  const list = entries.flatMap(([epoch, count]) => new Array<number>(Number(count)).fill(Number(epoch)));
  return list.sort((a, b) => a - b);
}

/** OneCycleLR's shape, from the ends of its phases. */
function cycleOf(phases: readonly unknown[], totalSteps: unknown): SchedulerState {
  const end = (phases[0] as { end_step?: unknown } | undefined)?.end_step;
  return { pctStart: (Number(end) + 1) / Number(totalSteps), threePhase: phases.length === 3 };
}

/** CyclicLR's bounds and lengths. */
function cyclesOf({ totalSize, stepRatio, baseLrs, maxLrs }: SchedulerState): SchedulerState {
  const stepSizeUp = Math.round(Number(totalSize) * Number(stepRatio));
  return { lowest: baseLrs, highest: maxLrs, stepSizeUp, stepSizeDown: Number(totalSize) - stepSizeUp, scaleFn: null };
}
