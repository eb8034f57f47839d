import { badArgument } from "../errors.js";
import { stateName } from "../nn/state-name.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor } from "../tensor.js";
import type { OptimizerState } from "./state-dict.js";

/** What {@link toPython} gives: names in snake_case, and parameters by integers, which in JavaScript only a map has as keys. */
export interface PythonOptimizerState {
  state: Map<number, Record<string, unknown>>;
  param_groups: Record<string, unknown>[];
}

/**
 * An optimizer's state as Python's `optimizer.load_state_dict` takes it. Python would ignore parameters under texts such as `"0"`, and
 * names in camelCase, without a word. The way back needs nothing: `loadStateDict` takes Python's states as they are.
 *
 * Tensors are shared with `state`. Of a SAM optimizer's state it is the part of the base optimizer.
 *
 * @throws TorchError `E_ARG` for what is no optimizer's state
 *
 * @example
 * torch.save({ model: model.stateDict(), optimizer: torch.optim.toPython(optimizer.stateDict()) }, "run.pt");
 * // Python: optimizer.load_state_dict(torch.load("run.pt")["optimizer"])
 */
export function toPython(state: OptimizerState): PythonOptimizerState {
  const { state: kept, paramGroups } = (state ?? {}) as Partial<OptimizerState>;
  if (typeof kept !== "object" || kept === null || !Array.isArray(paramGroups)) {
    badArgument(
      `[toPython] expected an optimizer's state, got ${describeValue(state)}`,
      "torch.optim.toPython(optimizer.stateDict())",
    );
  }
  const entries = kept instanceof Map ? [...kept] : Object.entries(kept);
  return {
    state: new Map(entries.map(([id, entry]) => [Number(id), inSnakeCase(entry) as Record<string, unknown>])),
    param_groups: paramGroups.map((group) => inSnakeCase(group) as Record<string, unknown>),
  };
}

function inSnakeCase(value: unknown): unknown {
  if (isTensor(value)) return value;
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [snakeCase(key), inSnakeCase(item)]));
}

/** LBFGS's only name with a capital at its start is the exception. */
const snakeCase = (name: string): string => (name === "HDiag" ? "H_diag" : stateName(name));
