import { badArgument } from "../errors.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { checkSpelling } from "../options.js";
import { handleOf, isTensor, type Tensor } from "../tensor.js";

/**
 * Parameters that share options. Options may be changed at any time and count from the next step on; more keys are welcome, but not an
 * option's name in another spelling, such as `weight_decay`.
 */
export type ParamGroup<O extends object = object> = O & {
  params: Tensor[];
  /** One name per parameter, when they were given as `[name, tensor]`. */
  paramNames?: string[];
  [key: string]: unknown;
};

/** Parameters, with or without names: `model.parameters()` or `model.namedParameters()`. */
export type ParamList = Iterable<Tensor> | Iterable<readonly [string, Tensor]>;

/** A group as it is given: what it does not say comes from the optimizer's defaults. */
export type ParamGroupInput<O extends object = object> = Partial<O> & {
  params: Tensor | ParamList;
  [key: string]: unknown;
};

/** What an optimizer's constructor takes: parameters, or groups of them. */
export type Params<O extends object = object> = ParamList | Iterable<ParamGroupInput<O>>;

/** Whatever was given as groups. */
export function asGroups<O extends object>(name: string, given: Params<O>): ParamGroupInput<O>[] {
  if (isTensor(given)) badArgument(`[${name}] expected a list of parameters, got a tensor`, "pass [tensor]");
  const items = itemsOf(name, given);
  if (items.length === 0) {
    badArgument(
      `[${name}] expected at least one parameter, got none`,
      "a generator such as model.parameters() can be read only once",
    );
  }
  const isGroup = (item: unknown) =>
    typeof item === "object" && item !== null && !isTensor(item) && !Array.isArray(item);
  const groups = items.filter(isGroup).length;
  if (groups === 0) return [{ params: items } as unknown as ParamGroupInput<O>];
  if (groups === items.length) return items as ParamGroupInput<O>[];
  return badArgument(
    `[${name}] expected either parameters or groups, got ${groups} groups among ${items.length} items`,
  );
}

/**
 * A group of one's own, with defaults filled in and its parameters checked: dense tensors, leaves of the graph, none twice.
 *
 * @param others parameters of the groups that are there already
 */
export function makeGroup<O extends object>(
  name: string,
  given: ParamGroupInput<O>,
  defaults: O,
  others: readonly ParamGroup<O>[],
): ParamGroup<O> {
  if (typeof given !== "object" || given === null || !("params" in given)) {
    badArgument(`[${name}] expected a group { params, ... }, got ${describeValue(given)}`);
  }
  checkSpelling(name, given, ["params", "paramNames", ...Object.keys(defaults)]);
  const { params, names: paired } = readParams(name, given.params);
  const names = paired ?? givenNames(name, given.paramNames, params.length);
  const taken = others.flatMap((group) => group.params);
  const duplicate = native.firstDuplicate([...taken, ...params].map(handleOf));
  if (duplicate >= 0) {
    const which = names?.[duplicate - taken.length] ?? `parameter ${duplicate - taken.length} of the group`;
    badArgument(
      `[${name}] expected each parameter once, got ${which} twice`,
      "tied weights belong into one group, once",
    );
  }
  const known = others.some((group) => group.paramNames !== undefined);
  if (others.length > 0 && known !== (names !== undefined)) {
    badArgument(
      `[${name}] expected all groups with names or none, got a group ${names === undefined ? "without" : "with"} names`,
    );
  }
  const group: Record<string, unknown> = { params, ...(names && { paramNames: names }) };
  for (const [key, value] of Object.entries({ ...defaults, ...given })) {
    if (key === "params" || key === "paramNames") continue;
    group[key] = value === undefined ? (defaults as Record<string, unknown>)[key] : value;
  }
  return group as ParamGroup<O>;
}

/** Names beside the parameters, as a group of another optimizer has them. */
function givenNames(name: string, paramNames: unknown, count: number): string[] | undefined {
  if (paramNames === undefined) return undefined;
  const isRight =
    Array.isArray(paramNames) && paramNames.length === count && paramNames.every((item) => typeof item === "string");
  if (isRight) return [...(paramNames as string[])];
  return badArgument(
    `[${name}] expected paramNames to be ${count} names, one per parameter, got ${describeValue(paramNames)}`,
  );
}

function itemsOf(name: string, given: unknown): unknown[] {
  const iterator = (given as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator];
  if (typeof given === "string" || typeof iterator !== "function") {
    badArgument(`[${name}] expected parameters, got ${describeValue(given)}`, "pass model.parameters()");
  }
  return [...(given as Iterable<unknown>)];
}

function readParams(name: string, given: Tensor | ParamList): { params: Tensor[]; names: string[] | undefined } {
  const items: unknown[] = isTensor(given) ? [given] : itemsOf(name, given);
  const params: Tensor[] = [];
  const names: string[] = [];
  for (const item of items) {
    const [label, param] =
      Array.isArray(item) && item.length === 2 && typeof item[0] === "string" ? item : [undefined, item];
    if (!isTensor(param)) badArgument(`[${name}] expected parameters to be tensors, got ${describeValue(param)}`);
    if (!param.isLeaf) {
      badArgument(
        `[${name}] expected leaves of the graph, got ${label ?? `parameter ${params.length}`}, the result of ${param.gradFn}`,
        "pass x.detach().requiresGrad_()",
      );
    }
    if (label !== undefined) names.push(label);
    params.push(param);
  }
  if (names.length !== 0 && names.length !== params.length) {
    badArgument(`[${name}] expected all parameters with names or none, got ${names.length} names for ${params.length}`);
  }
  return { params, names: names.length === 0 ? undefined : names };
}
