import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { atLeast } from "../checks.js";
import type { ScheduledGroup } from "./lr-scheduler.js";

/** Option of every scheduler. */
export interface LastEpoch {
  /** -1 to start; otherwise the schedule goes on after that epoch. Default -1. */
  lastEpoch?: number;
}

/** One number for all groups, or one for each, as a list. */
export function perGroup(
  owner: string,
  name: string,
  value: number | readonly number[],
  groups: number,
  help?: string,
): number[] {
  if (typeof value !== "number" && !Array.isArray(value)) {
    badArgument(`[${owner}] expected ${name} as a number, or one for each group, got ${describeValue(value)}`, help);
  }
  const list = typeof value === "number" ? new Array<number>(groups).fill(value) : [...value];
  if (list.length !== groups) badArgument(`[${owner}] expected ${name} for ${groups} groups, got ${list.length}`);
  for (const item of list) atLeast(owner, name, item);
  return list;
}

/** Sets momentum, or the first beta of an optimizer that has betas. */
export function setMomentum(group: ScheduledGroup, value: number): void {
  if (Array.isArray(group.betas)) group.betas = [value, ...(group.betas as number[]).slice(1)];
  else group.momentum = value;
}
