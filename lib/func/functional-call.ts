import { badArgument } from "../errors.js";
import type { AnyModule, InputsOf, OutputOf } from "../nn/module.js";
import { stateName } from "../nn/state-name.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";

/** Tensors by their names in the state dict. */
export type StateTensors = Readonly<Record<string, Tensor>>;

interface Slot {
  readonly module: Record<string, unknown>;
  readonly property: string;
  readonly name: string;
  readonly tensor: Tensor;
}

/**
 * Runs a module with other tensors in the place of its parameters and buffers; those that are not named stay its own. The
 * module is as before afterwards, also after an error. A name that leads to a shared tensor replaces it everywhere. Buffers that
 * are given are changed in place where the module changes its own.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.func.functional_call.html
 *
 * @param state by names in the state dict, or several of such, of which the later ones win
 * @param args inputs of `forward`; a single tensor may come bare
 * @param options.strict whether a name that the module does not have, or one of its own that is missing, is an error; default
 *   false: such names are ignored
 *
 * @example
 * const weights = Object.fromEntries(model.namedParameters());
 * const y = torch.func.functionalCall(model, weights, [x]);
 */
export function functionalCall<M extends AnyModule>(
  module: M,
  state: StateTensors | readonly StateTensors[],
  args: InputsOf<M> | Tensor,
  options?: { strict?: boolean },
): OutputOf<M> {
  const { strict } = settings("functionalCall", { strict: false }, options);
  const given = new Map<string, Tensor>();
  for (const part of Array.isArray(state) ? (state as readonly StateTensors[]) : [state as StateTensors]) {
    for (const [name, tensor] of Object.entries(part)) {
      if (!isTensor(tensor)) badArgument(`[functionalCall] expected a tensor for '${name}', got ${typeof tensor}`);
      given.set(name, tensor);
    }
  }
  const slots = slotsOf(module);
  if (strict) checkNames(slots, given);
  const shared = new Map<Tensor, Tensor>();
  for (const { name, tensor } of slots) if (given.has(name)) shared.set(tensor, given.get(name)!);
  try {
    for (const slot of slots) {
      const other = given.get(slot.name) ?? shared.get(slot.tensor);
      if (other !== undefined) slot.module[slot.property] = other;
    }
    const inputs = (isTensor(args) ? [args] : args) as InputsOf<M>;
    return (module.forward as (...inputs: InputsOf<M>) => OutputOf<M>).apply(module, inputs);
  } finally {
    for (const { module: owner, property, tensor } of slots) owner[property] = tensor;
  }
}

/** Where a module and those inside hold tensors. */
function slotsOf(module: AnyModule): Slot[] {
  return module.namedModules().flatMap(([path, inner]) => {
    const owner = inner as unknown as Record<string, unknown>;
    return Object.entries(owner).flatMap(([property, tensor]) => {
      if (!isTensor(tensor)) return [];
      const name = stateName(property);
      return [{ module: owner, property, name: path === "" ? name : `${path}.${name}`, tensor }];
    });
  });
}

function checkNames(slots: readonly Slot[], given: ReadonlyMap<string, Tensor>): void {
  const names = new Set(slots.map((slot) => slot.name));
  const unknown = [...given.keys()].filter((name) => !names.has(name));
  const missing = [...names].filter((name) => !given.has(name));
  if (unknown.length + missing.length === 0) return;
  const list = (what: string, found: string[]) => (found.length === 0 ? [] : [`${what} ${found.join(", ")}`]);
  badArgument(
    `[functionalCall] expected the module's names, got ${[...list("unknown", unknown), ...list("missing", missing)].join("; ")}`,
  );
}
