import { badArgument } from "../errors.js";
import { Module } from "./module.js";
import type { Member } from "./walk.js";

/** What the containers with names of one's own share: see {@link ModuleDict}, {@link ParameterDict}. */
export abstract class NamedMembers<T> extends Module<never[], never> implements Iterable<[string, T]> {
  readonly #items = new Map<string, T>();

  /** What one of the members is to a module. */
  protected abstract member(name: string, value: T): Member;

  protected put(name: string, value: T): this {
    this.#items.set(name, value);
    return this;
  }

  /** The one under a name; an error where there is none. */
  get(name: string): T {
    const item = this.#items.get(name);
    if (item === undefined) {
      const known = [...this.#items.keys()].join(", ") || "no names";
      badArgument(`[${this.constructor.name}] expected one of ${known}, got ${JSON.stringify(name)}`);
    }
    return item;
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
  values(): IterableIterator<T> {
    return this.#items.values();
  }
  [Symbol.iterator](): IterableIterator<[string, T]> {
    return this.#items.entries();
  }

  /** @internal */
  override _members(): Member[] {
    const members = super._members();
    for (const [name, value] of this.#items) members.push(this.member(name, value));
    return members;
  }
}
