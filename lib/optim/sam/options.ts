import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { checkOptions, type Defaults } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { atLeast, boolean } from "../checks.js";
import { GradScaler } from "../grad-scaler.js";

/** When the second pass is taken; on other steps the base optimizer steps with the plain gradient. */
export interface SAMSchedule {
  /** Every k-th step, beginning with the first; default 1. */
  every?: number;
  /** First and last share of training, from 0 to 1, in which to perturb; needs `totalSteps`. */
  from?: number;
  until?: number;
  /** Steps of the whole training. */
  totalSteps?: number;
}

/** What a parameter group may say about its perturbation. */
export interface SAMGroupOptions {
  /** Radius of the neighbourhood: a number >= 0, or a function of the step (counted from 0). Default 0.05. */
  rho?: number | ((step: number) => number);
  /** Scales the neighbourhood with each weight's size: T = |w| + eta. Default false. */
  adaptive?: boolean;
  /** See `adaptive`. Default 0, as in the reference; the ASAM paper has 0.01. */
  eta?: number;
  /** T = 1 for biases, as in the ASAM paper: those of that name, or without names those with one dimension. Default false. */
  weightsOnly?: boolean;
  /** Whether a parameter takes part in the perturbation; default all. SAM-ON is the mask for normalisation layers. */
  mask?: boolean | ((param: Tensor, name: string | undefined) => boolean);
  /** Adds this much of w to the ascent gradient, as code does that has weight decay in the loss. Default 0: not in eps. */
  ascentWeightDecay?: number;
}

/** Options of {@link SAM} and of every rule of its family. */
export interface SAMOptions extends SAMGroupOptions {
  /** ASAM as the reference code has it (rho 2, eta 0, every parameter) or as the paper has it (rho 0.5, eta 0.01, weights only). */
  preset?: "asam-reference" | "asam-paper";
  /** The norm of the neighbourhood: 2, or Infinity for eps = rho T sign(g). Default 2. */
  p?: 2 | number;
  /** Replays the random generators, so that dropout draws the same masks in both passes. Default false. */
  sameMasks?: boolean;
  /** Skips the whole step (weights, optimizer state, running statistics) when a gradient is not finite. Default true. */
  skipNonFinite?: boolean;
  /** Clips the gradient that goes into the base optimizer to this norm. Default: no clipping. */
  clipGradNorm?: number;
  schedule?: SAMSchedule;
  /** Loss scaling for float16: closures call `scaler.scale(loss).backward()`. */
  scaler?: GradScaler;
  /**
   * Also takes what {@link SAM.diagnostics} needs for the angle between both gradients and for |eps|: it keeps one more set of
   * gradients and reads each once. A number k does so on every k-th step only, the one after which to read. Default false.
   */
  diagnostics?: boolean | number;
}

export const PRESETS: Record<NonNullable<SAMOptions["preset"]>, SAMGroupOptions> = {
  "asam-reference": { adaptive: true, rho: 2, eta: 0, weightsOnly: false },
  "asam-paper": { adaptive: true, rho: 0.5, eta: 0.01, weightsOnly: true },
};

/** Options of a group, which SAM and its base share. */
export const GROUP_OPTIONS = ["rho", "adaptive", "eta", "weightsOnly", "mask", "ascentWeightDecay"] as const;

/** The names of SAM's own options. */
export const OWN_OPTIONS: readonly string[] = [
  ...GROUP_OPTIONS,
  "preset",
  "p",
  "sameMasks",
  "skipNonFinite",
  "clipGradNorm",
  "schedule",
  "scaler",
  "diagnostics",
];
const SCHEDULE: Defaults<SAMSchedule> = { every: 1, from: 0, until: 1, totalSteps: null };

/** The options that are SAM's (or a rule's), and the rest, which are the base optimizer's. */
export function splitOptions<O extends object>(
  options: O,
  ruleKeys: readonly string[],
): [SAMOptions, Record<string, unknown>] {
  const own: Record<string, unknown> = {};
  const base: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    const isOwn = OWN_OPTIONS.includes(key) || ruleKeys.includes(key);
    if (!isOwn) base[key] = value;
    else if (value !== undefined) own[key] = value;
  }
  return [own as SAMOptions, base];
}

/** Checks what can be checked before the first step. */
export function checkSAMOptions(name: string, options: SAMOptions): void {
  checkGroup(name, options);
  const { p = 2, clipGradNorm, schedule, preset, diagnostics, scaler } = options;
  for (const key of ["sameMasks", "skipNonFinite"] as const) {
    if (options[key] !== undefined) boolean(name, key, options[key]);
  }
  const isCount = Number.isInteger(diagnostics) && (diagnostics as number) >= 1;
  if (diagnostics !== undefined && typeof diagnostics !== "boolean" && !isCount) {
    badArgument(`[${name}] expected diagnostics to be a boolean or an integer >= 1, got ${describeValue(diagnostics)}`);
  }
  if (p !== 2 && p !== Number.POSITIVE_INFINITY)
    badArgument(`[${name}] expected p to be 2 or Infinity, got ${describeValue(p)}`);
  if (clipGradNorm !== undefined && !(typeof clipGradNorm === "number" && clipGradNorm > 0))
    badArgument(`[${name}] expected clipGradNorm > 0, got ${describeValue(clipGradNorm)}`);
  if (preset !== undefined && !Object.hasOwn(PRESETS, preset)) {
    badArgument(
      `[${name}] expected a known preset, got ${describeValue(preset)}`,
      `one of ${Object.keys(PRESETS).join(", ")}`,
    );
  }
  if (scaler !== undefined && !(scaler instanceof GradScaler)) {
    badArgument(
      `[${name}] expected scaler to be a GradScaler, got ${describeValue(scaler)}`,
      "scaler: new torch.optim.GradScaler()",
    );
  }
  if (schedule === undefined) return;
  checkOptions(`${name}.schedule`, schedule, SCHEDULE);
  const { every = 1, from = 0, until = 1, totalSteps } = schedule;
  if (!Number.isInteger(every) || every < 1)
    badArgument(`[${name}] expected schedule.every to be an integer >= 1, got ${describeValue(every)}`);
  if (!(from >= 0 && from <= until && until <= 1)) {
    badArgument(
      `[${name}] expected 0 <= schedule.from <= schedule.until <= 1, got ${describeValue(from)} and ${describeValue(until)}`,
    );
  }
  if ((from > 0 || until < 1) && !(Number.isInteger(totalSteps) && totalSteps! > 0)) {
    badArgument(`[${name}] expected schedule.totalSteps with from or until, got ${describeValue(totalSteps)}`);
  }
}

/** Throws `E_ARG` when what a group says makes no sense. */
export function checkGroup(name: string, group: SAMGroupOptions & { maximize?: unknown }): void {
  const { rho, eta, ascentWeightDecay, mask, maximize } = group;
  if (rho !== undefined && typeof rho !== "function") atLeast(name, "rho", rho);
  if (eta !== undefined) atLeast(name, "eta", eta);
  if (ascentWeightDecay !== undefined) atLeast(name, "ascentWeightDecay", ascentWeightDecay);
  for (const key of ["adaptive", "weightsOnly"] as const) {
    if (group[key] !== undefined) boolean(name, key, group[key]);
  }
  if (mask !== undefined && typeof mask !== "function" && typeof mask !== "boolean") {
    badArgument(
      `[${name}] expected mask to be true, false or a function of a parameter, got ${describeValue(mask)}`,
      "mask: (param, name) => param.ndim > 1",
    );
  }
  if (maximize === true) {
    badArgument(
      `[${name}] expected a loss to minimise, got maximize: the worst neighbour would be taken for the best`,
      "return the negative loss from the closure",
    );
  }
}

/** Whether the schedule perturbs at this step. */
export function isScheduled(schedule: SAMSchedule | undefined, step: number): boolean {
  if (schedule === undefined) return true;
  const { every = 1, from = 0, until = 1, totalSteps } = schedule;
  if (step % every !== 0) return false;
  if (totalSteps === undefined) return true;
  return step >= Math.round(from * totalSteps) && step < Math.round(until * totalSteps);
}

/** Whether this step, counted from 0, takes what only diagnostics need. */
export function isDiagnosed(diagnostics: boolean | number | undefined, step: number): boolean {
  return typeof diagnostics === "number" ? (step + 1) % diagnostics === 0 : diagnostics === true;
}
