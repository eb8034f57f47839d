import { noGrad } from "../autograd.js";
import { TorchError } from "../errors.js";
import { masterOf, writeWorkingWeights } from "../master-weights.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor, type Tensor } from "../tensor.js";
import type { AnyModule } from "./module.js";
import { walkModules } from "./walk.js";

/** Tensors by name, in the order of the modules. */
export type StateDict = Record<string, Tensor>;

/** What `loadStateDict` left out: both are empty when it was strict. */
export interface LoadResult {
  missingKeys: string[];
  unexpectedKeys: string[];
}

interface Slot {
  readonly key: string;
  readonly tensor: Tensor;
  readonly mayBeMissing: boolean;
}

/** Parameters first, then buffers, then the modules inside, as PyTorch orders them. A shared tensor stands under each of its names. */
function slots(module: AnyModule, prefix: string, out: Slot[], inside: Set<AnyModule>): Slot[] {
  const members = module._members();
  for (const kind of ["parameter", "buffer"] as const) {
    for (const member of members) {
      if (member.kind !== kind || (member.kind === "buffer" && !member.persistent)) continue;
      const { name, value } = member;
      out.push({ key: prefix + name, tensor: value, mayBeMissing: module._mayBeMissing(name) });
    }
  }
  inside.add(module);
  for (const { kind, name, value } of members) {
    if (kind === "module" && !inside.has(value)) slots(value, `${prefix}${name}.`, out, inside);
  }
  inside.delete(module);
  return out;
}

export function collectState(module: AnyModule, prefix: string): StateDict {
  walkModules(module);
  const state: StateDict = {};
  for (const { key, tensor } of slots(module, prefix, [], new Set()))
    state[key] = (masterOf(tensor) ?? tensor).detach();
  return state;
}

export function loadState(
  module: AnyModule,
  given: StateDict | ReadonlyMap<string, Tensor>,
  strict: boolean,
): LoadResult {
  if (typeof given !== "object" || given === null || isTensor(given)) {
    throw new TorchError("E_ARG", `[loadStateDict] expected tensors by name, got ${describeValue(given)}`);
  }
  walkModules(module);
  const state: ReadonlyMap<string, unknown> = given instanceof Map ? given : new Map(Object.entries(given));
  const targets = slots(module, "", [], new Set());
  const known = new Set(targets.map((slot) => slot.key));
  const missingKeys = targets.filter(({ key, mayBeMissing }) => !state.has(key) && !mayBeMissing).map(({ key }) => key);
  const unexpectedKeys = [...state.keys()].filter((key) => !known.has(key));
  const problems = targets.flatMap((slot) => misfit(slot, state));
  if (strict) {
    if (unexpectedKeys.length > 0) problems.unshift(`unexpected: ${quoted(unexpectedKeys)}`);
    if (missingKeys.length > 0) problems.unshift(`missing: ${quoted(missingKeys)}`);
  }
  if (problems.length > 0) {
    throw new TorchError(
      "E_CHECKPOINT",
      `[loadStateDict] expected the state of ${module.constructor.name}, got one that does not fit; nothing was changed\n  ${problems.join("\n  ")}`,
      strict && missingKeys.length + unexpectedKeys.length > 0
        ? "{ strict: false } loads what fits by name"
        : undefined,
    );
  }
  noGrad(() => {
    for (const { key, tensor } of targets) {
      const source = state.get(key) as Tensor | undefined;
      if (source === undefined) continue;
      (masterOf(tensor) ?? tensor).copy_(source);
      writeWorkingWeights(tensor);
    }
  });
  return { missingKeys, unexpectedKeys };
}

/** Why the value under this name cannot be copied, if it cannot. */
function misfit({ key, tensor }: Slot, state: ReadonlyMap<string, unknown>): string[] {
  if (!state.has(key)) return [];
  const source = state.get(key);
  if (!isTensor(source)) return [`"${key}": expected a tensor, got ${describeValue(source)}`];
  if (source.isDisposed) return [`"${key}": expected a tensor, got a disposed one`];
  const want = tensor.shape;
  const have = source.shape;
  if (want.length !== have.length || want.some((size, i) => size !== have[i])) {
    return [`"${key}": expected shape [${want.join(", ")}], got [${have.join(", ")}]`];
  }
  if (source.isComplex() && !tensor.isComplex())
    return [`"${key}": expected real numbers (${tensor.dtype}), got ${source.dtype}`];
  if (source.device === "meta" || tensor.device === "meta") {
    return source.device === tensor.device
      ? []
      : [`"${key}": expected values on ${tensor.device}, got ${source.device}`];
  }
  return [];
}

const quoted = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(", ");
