import { native } from "../../native.js";
import { handleOf } from "../../tensor.js";
import type { ParamGroup } from "../param-group.js";
import type { SAMGroupOptions } from "./options.js";
import { sharesOf } from "./shares.js";

/**
 * Everything of a step that is decided on the host, but lr and rho: as text, because it is part of the choice of graph.
 *
 * @param decisions what the optimizer decides beside its groups
 * @param scaleOf a factor on eps of the parameter with this number, after the norm
 */
export function hostValues<O extends object>(
  decisions: readonly unknown[],
  paramGroups: readonly ParamGroup<O & SAMGroupOptions>[],
  scaleOf: (index: number) => number,
): string {
  const shares = sharesOf(paramGroups, () => 0, scaleOf);
  const groups = paramGroups.map(({ params, paramNames: _, ...options }) => [
    { ...options, lr: 0, rho: 0 },
    // A parameter that was moved is elsewhere; one that was frozen has no gradient.
    params.map((param) => `${native.dataPtr(handleOf(param))} ${param.requiresGrad}`),
  ]);
  return JSON.stringify([...decisions, groups, shares.numbers.join()]);
}
