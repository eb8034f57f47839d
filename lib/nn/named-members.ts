import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor } from "../tensor.js";
import { Module } from "./module.js";
import type { Member } from "./walk.js";

/** Members by name: an object, a Map, another dictionary, or a list of pairs. */
export type NamedItems<T> = Readonly<Record<string, T>> | Iterable<readonly [name: string, item: T]>;

/** {@link NamedItems} as pairs, all of them before the first is used. */
export function pairsOf<T>(owner: string, items: NamedItems<T>): (readonly [string, T])[] {
  if (
    typeof items !== "object" ||
    items === null ||
    isTensor(items) ||
    (items instanceof Module && !isIterable(items))
  ) {
    badArgument(`[${owner}] expected members by name, got ${describeValue(items)}`);
  }
  if (!isIterable(items)) return Object.entries(items as Readonly<Record<string, T>>);
  const pairs = [...(items as Iterable<readonly [string, T]>)];
  const other = pairs.find((pair) => !Array.isArray(pair) || pair.length !== 2);
  if (other !== undefined) badArgument(`[${owner}] expected pairs of a name and a member, got ${describeValue(other)}`);
  return pairs;
}

const isIterable = (items: object): boolean => Symbol.iterator in items;

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
  /** Takes out the one under a name and gives it; an error where there is none. */
  pop(name: string): T {
    const item = this.get(name);
    this.#items.delete(name);
    return item;
  }
  /** Takes out all of them. */
  clear(): void {
    this.#items.clear();
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
