import { noGrad } from "../autograd.js";
import { TorchError } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { camelCase } from "../ops/names.js";
import { isTensor, type Tensor } from "../tensor.js";
import type { ParamGroup } from "./param-group.js";

/** An optimizer's state in PyTorch's structure: parameters by their position over all groups. */
export interface OptimizerState {
  /** What is remembered about each parameter; parameters that never had a gradient are absent. */
  state: Record<string, Record<string, unknown>>;
  paramGroups: ({ params: number[] } & Record<string, unknown>)[];
}

type Entry = Record<string, unknown>;

/** PyTorch's choices of implementation: they mean nothing here. */
const FOREIGN = new Set(["foreach", "fused", "differentiable"]);

/** A copy that shares nothing; tensors come on `like`'s device if it is given. Functions and symbols become undefined. */
export function copyValue(value: unknown, like?: Tensor): unknown {
  if (isTensor(value)) return noGrad(() => copyTensor(value, like));
  if (Array.isArray(value)) return value.map((item) => copyValue(item, like));
  if (isPlainObject(value)) {
    const copies = Object.entries(value).map(([key, item]) => [key, copyValue(item, like)] as const);
    return Object.fromEntries(copies.filter(([, item]) => item !== undefined));
  }
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}

function isPlainObject(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

function copyTensor(value: Tensor, like: Tensor | undefined): Tensor {
  const detached = value.detach();
  try {
    return like === undefined ? detached.clone() : detached.to({ device: like.device, copy: true });
  } finally {
    detached.dispose();
  }
}

/** The groups with positions in place of parameters. */
export function packGroups(groups: readonly ParamGroup[]): OptimizerState["paramGroups"] {
  let next = 0;
  return groups.map(({ params, ...options }) => ({
    ...(copyValue(options) as Entry),
    params: params.map(() => next++),
  }));
}

/** Checks a state against the groups it is meant for and sorts it by parameter. Throws `E_CHECKPOINT`; changes nothing. */
export function readState<O extends object>(
  name: string,
  given: OptimizerState,
  groups: readonly ParamGroup<O>[],
  defaults: O,
  check: (param: Tensor, entry: Entry, what: string) => void,
): { groups: ParamGroup<O>[]; states: Map<Tensor, Entry> } {
  const wrong: Wrong = (expected, got) => {
    throw new TorchError("E_CHECKPOINT", `[${name}.loadStateDict] expected ${expected}, got ${got}`);
  };
  if (!isPlainObject(given)) wrong("{ state, paramGroups }", describeValue(given));
  // PyTorch's own spelling throughout, or ours: the keys of an optimizer's own state are nobody's to change.
  const named = "param_groups" in given ? inCamelCase : (entry: Entry) => entry;
  const top = named(given as unknown as Entry);
  const saved = top.paramGroups;
  // Python's own files number the parameters by integers, which only a map has as keys.
  const state: unknown = top.state instanceof Map ? Object.fromEntries(top.state) : top.state;
  if (!Array.isArray(saved) || !isPlainObject(state)) {
    wrong("{ state, paramGroups }", `an object with ${Object.keys(top).join(", ") || "nothing"}`);
  }
  const list = saved as unknown[];
  if (list.length !== groups.length) wrong(`${groups.length} parameter groups`, `${list.length}`);

  const paramOf = new Map<string, Tensor>();
  const merged = list.map((item, g) => {
    const group = groups[g]!;
    if (!isPlainObject(item)) return wrong(`group ${g} to be an object`, describeValue(item));
    const entry = named(item);
    const ids = entry.params;
    if (!Array.isArray(ids)) return wrong(`group ${g} to have params`, describeValue(ids));
    if (ids.length !== group.params.length) wrong(`${group.params.length} parameters in group ${g}`, `${ids.length}`);
    ids.forEach((id, i) => {
      if (paramOf.has(String(id))) wrong("each parameter once", `number ${String(id)} twice`);
      paramOf.set(String(id), group.params[i]!);
    });
    return mergeGroup(group, entry, defaults, `group ${g}`, wrong);
  });

  const states = new Map<Tensor, Entry>();
  for (const [id, value] of Object.entries(state)) {
    const param = paramOf.get(id);
    if (param === undefined) return wrong(`state of parameters ${[...paramOf.keys()].join(", ")}`, `of ${id}`);
    const what = `the state of parameter ${id}`;
    if (!isPlainObject(value)) return wrong(`${what} to be an object`, describeValue(value));
    const entry = named(value);
    for (const [key, item] of Object.entries(entry)) {
      if (isTensor(item) && item.isDisposed) wrong(`${what} to be live`, `${key}, which was disposed`);
    }
    check(param, entry, what);
    states.set(param, entry);
  }
  return { groups: merged, states };
}

type Wrong = (expected: string, got: string) => never;

/** The group's present options with the saved ones over them. */
function mergeGroup<O extends object>(
  group: ParamGroup<O>,
  saved: Entry,
  defaults: O,
  what: string,
  wrong: Wrong,
): ParamGroup<O> {
  const out: Entry = { ...group };
  for (const [key, value] of Object.entries(saved)) {
    if (key === "params" || FOREIGN.has(key)) continue;
    const option = isTensor(value) && value.numel() === 1 ? value.itemNumber() : value;
    const like = (defaults as Entry)[key];
    // Null stands for an option that is off, whatever it would be otherwise.
    if (like !== undefined && like !== null && kindOf(like) !== kindOf(option)) {
      wrong(`${key} of ${what} to be a ${kindOf(like)}`, describeValue(option));
    }
    out[key] = copyValue(option);
  }
  return out as ParamGroup<O>;
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? "list" : typeof value);

const inCamelCase = (entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).map(([key, item]) => [camelCase(key), item]));
