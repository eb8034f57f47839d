import { isTensor, type Tensor } from "../tensor.js";
import { keep } from "../tidy.js";
import { copyValue } from "./state-dict.js";

type Entry = Record<string, unknown>;

/** What an optimizer written in TypeScript remembers about each parameter. */
export class ParamState {
  #entries = new Map<Tensor, Entry>();

  of(param: Tensor, make?: () => object): Entry {
    const known = this.#entries.get(param);
    if (known !== undefined) return known;
    const made = remembering((make?.() ?? {}) as Entry);
    this.#entries.set(param, made);
    return made;
  }

  entries(): Map<Tensor, Entry> {
    return this.#entries;
  }

  replace(states: Map<Tensor, Entry>): void {
    const old = this.#entries;
    this.#entries = new Map(
      [...states].map(([param, entry]) => [param, remembering(copyValue({ ...entry }, param) as Entry)]),
    );
    for (const entry of old.values()) disposeTensors(entry);
  }

  dispose(): void {
    for (const entry of this.#entries.values()) disposeTensors(entry);
    this.#entries.clear();
  }
}

/** The entry with every tensor that is put into it taken out of the scope in which it was made: steps run in one. */
function remembering(entry: Entry): Entry {
  for (const value of Object.values(entry)) keepTensors(value);
  return new Proxy(entry, {
    set(target, key, value: unknown) {
      keepTensors(value);
      return Reflect.set(target, key, value);
    },
  });
}

function keepTensors(value: unknown): void {
  if (isTensor(value)) keep(value);
  else if (Array.isArray(value)) value.forEach(keepTensors);
}

function disposeTensors(entry: Entry): void {
  for (const value of Object.values(entry)) if (isTensor(value)) value.dispose();
}
