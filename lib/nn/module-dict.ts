import { badArgument, TorchError } from "../errors.js";
import { type AnyModule, Module } from "./module.js";
import { checkEntry, type NamedModules, namedEntries } from "./sequential.js";
import type { Member } from "./walk.js";

/**
 * Modules by name whose parameters are found. It computes nothing itself: take what you need.
 *
 * @example
 * const heads = new nn.ModuleDict({ colour: new nn.Linear(8, 3), shape: new nn.Linear(8, 5) });
 * heads.get("colour").forward(x);
 */
export class ModuleDict<M extends AnyModule = Module> extends Module<never[], never> implements Iterable<[string, M]> {
  readonly #items = new Map<string, M>();

  constructor(items: NamedModules<M> = {}) {
    super();
    for (const [name, item] of namedEntries("ModuleDict", items)) this.#items.set(name, item);
  }

  forward(): never {
    throw new TorchError(
      "E_ARG",
      "[ModuleDict] expected one of its modules to be called, got forward()",
      "a ModuleDict only holds modules",
    );
  }

  /** The module under a name; an error where there is none. */
  get(name: string): M {
    const item = this.#items.get(name);
    if (item === undefined) {
      badArgument(
        `[ModuleDict] expected one of ${[...this.#items.keys()].join(", ") || "no modules"}, got ${JSON.stringify(name)}`,
      );
    }
    return item;
  }
  set(name: string, item: M): this {
    checkEntry("ModuleDict", name, item);
    this.#items.set(name, item);
    return this;
  }
  has(name: string): boolean {
    return this.#items.has(name);
  }
  delete(name: string): boolean {
    return this.#items.delete(name);
  }
  get size(): number {
    return this.#items.size;
  }
  keys(): IterableIterator<string> {
    return this.#items.keys();
  }
  values(): IterableIterator<M> {
    return this.#items.values();
  }
  [Symbol.iterator](): IterableIterator<[string, M]> {
    return this.#items.entries();
  }

  /** @internal */
  override _members(): Member[] {
    const members = super._members();
    for (const [name, value] of this.#items) members.push({ kind: "module", name, value });
    return members;
  }
}
