import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor } from "../tensor.js";
import { Module } from "./module.js";
import type { Member } from "./walk.js";

/**
 * A place in a list, negative ones counted from the end.
 *
 * @param end whether the place behind the last one counts too
 */
export function placeIn(owner: string, index: unknown, length: number, end = false): number {
  const last = end ? length : length - 1;
  if (!Number.isInteger(index) || (index as number) < -length || (index as number) > last) {
    const allowed = last < 0 ? "an index into a list that is not empty" : `an index from ${-length} to ${last}`;
    badArgument(`[${owner}] expected ${allowed}, got ${describeValue(index)}`);
  }
  return (index as number) < 0 ? (index as number) + length : (index as number);
}

/** The items of what `extend` is given, all of them before the first is added: a list may be extended by itself. */
export function itemsOf<T>(owner: string, items: Iterable<T>): T[] {
  const isList = typeof items === "object" && items !== null && Symbol.iterator in items && !isTensor(items);
  if (!isList) badArgument(`[${owner}] expected a list, got ${describeValue(items)}`);
  return [...items];
}

/** What the containers of numbered members share: see {@link ModuleList}, {@link ParameterList}. */
export abstract class ListMembers<T extends Given, Given = T> extends Module<never[], never> implements Iterable<T> {
  #items: T[] = [];

  /** What is given for a place, as it is kept; an error where it cannot be. */
  protected abstract accept(name: string, item: Given): T;
  /** What one of the members is to a module. */
  protected abstract member(name: string, value: T): Member;

  append(item: Given): this {
    this.#items.push(this.accept(String(this.length), item));
    return this;
  }
  /** Appends every item of a list. */
  extend(items: Iterable<Given>): this {
    const list = itemsOf(this.constructor.name, items);
    this.#items.push(...list.map((item, i) => this.accept(String(this.length + i), item)));
    return this;
  }
  /** Puts an item in front of the one at a place, from `-length` to `length`; those behind it move up by one number. */
  insert(index: number, item: Given): this {
    const place = placeIn(this.constructor.name, index, this.length, true);
    this.#items.splice(place, 0, this.accept(String(place), item));
    return this;
  }
  /** Takes out the last item, or the one at a place, and gives it; those behind it move down by one number. */
  pop(index = -1): T {
    return this.#items.splice(placeIn(this.constructor.name, index, this.length), 1)[0]!;
  }
  get length(): number {
    return this.#items.length;
  }
  /** The item at a place; negative ones count from the end. */
  at(index: number): T {
    return this.#items[placeIn(this.constructor.name, index, this.length)]!;
  }
  /** Puts an item in the place of another. */
  set(index: number, item: Given): this {
    const accepted = this.accept(String(index), item);
    this.#items[placeIn(this.constructor.name, index, this.length)] = accepted;
    return this;
  }
  map<R>(fn: (item: T, index: number) => R): R[] {
    return this.#items.map(fn);
  }
  [Symbol.iterator](): IterableIterator<T> {
    return this.#items.values();
  }

  /** @internal */
  override _members(): Member[] {
    const members = super._members();
    this.#items.forEach((value, i) => {
      members.push(this.member(String(i), value));
    });
    return members;
  }
}
