import { native } from "../native.js";
import { handleOf, type Tensor } from "../tensor.js";

interface Entry {
  id: number;
  params: Tensor[];
  handles: number[];
}

/** Frees a group's native list when nothing refers to the group any more. */
const forgotten = new FinalizationRegistry<Entry>((entry) => native.disposeParamList(entry.id));

/**
 * The native list of each group's parameters, which also holds what the native optimizers keep for them. Made when it is first
 * asked for, and anew when the group's parameters are others or sit elsewhere; what is kept moves along.
 */
export class GroupLists {
  readonly #entries = new WeakMap<object, Entry>();

  of(group: { readonly params: readonly Tensor[] }): number {
    const known = this.#entries.get(group);
    if (known !== undefined && isCurrent(known, group.params)) return known.id;
    const handles = group.params.map(handleOf);
    const id = native.newParamList(handles);
    if (known === undefined) {
      const entry = { id, params: [...group.params], handles };
      this.#entries.set(group, entry);
      forgotten.register(group, entry, entry);
      return id;
    }
    const positions = new Map(known.params.map((param, i) => [param, i]));
    const before = group.params.map((param) => positions.get(param) ?? -1);
    native.moveOptimizerState(known.id, id, before);
    native.disposeParamList(known.id);
    Object.assign(known, { id, params: [...group.params], handles });
    return id;
  }

  dispose(group: object): void {
    const entry = this.#entries.get(group);
    if (entry === undefined) return;
    this.#entries.delete(group);
    forgotten.unregister(entry);
    native.disposeParamList(entry.id);
  }
}

function isCurrent({ handles }: Entry, params: readonly Tensor[]): boolean {
  if (params.length !== handles.length) return false;
  for (let i = 0; i < handles.length; i++) if (handleOf(params[i]!) !== handles[i]) return false;
  return true;
}

/** Whether two answers of `Optimizer.lists()` name the same parameters. */
export const areSameLists = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);
