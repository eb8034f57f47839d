import { badArgument, TorchError } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { describeList } from "./describe-module.js";
import { type AnyModule, Module } from "./module.js";
import { checkEntry } from "./sequential.js";
import type { Member } from "./walk.js";

/**
 * A list of modules whose parameters are found. It computes nothing itself: loop over it.
 *
 * @example
 * class Deep extends nn.Module {
 *   layers = new nn.ModuleList(Array.from({ length: 4 }, () => new nn.Linear(8, 8)));
 *   forward(x: torch.Tensor) {
 *     for (const layer of this.layers) x = layer.forward(x).relu();
 *     return x;
 *   }
 * }
 */
export class ModuleList<M extends AnyModule = Module> extends Module<never[], never> implements Iterable<M> {
  readonly #items: M[] = [];

  constructor(items: Iterable<M> = []) {
    super();
    for (const item of items) this.append(item);
  }

  forward(): never {
    throw new TorchError(
      "E_ARG",
      "[ModuleList] expected a loop over its modules, got forward()",
      "a ModuleList only holds modules",
    );
  }

  append(item: M): this {
    checkEntry("ModuleList", String(this.#items.length), item);
    this.#items.push(item);
    return this;
  }
  extend(items: Iterable<M>): this {
    for (const item of items) this.append(item);
    return this;
  }
  get length(): number {
    return this.#items.length;
  }
  /** The module at a place; negative ones count from the end. */
  at(index: number): M {
    return this.#items.at(this.#place(index))!;
  }
  /** Puts a module in the place of another. */
  set(index: number, item: M): this {
    checkEntry("ModuleList", String(index), item);
    this.#items[this.#place(index)] = item;
    return this;
  }
  #place(index: number): number {
    const { length } = this.#items;
    if (!Number.isInteger(index) || index < -length || index >= length) {
      badArgument(`[ModuleList] expected an index from ${-length} to ${length - 1}, got ${describeValue(index)}`);
    }
    return index < 0 ? index + length : index;
  }
  map<T>(fn: (item: M, index: number) => T): T[] {
    return this.#items.map(fn);
  }
  [Symbol.iterator](): IterableIterator<M> {
    return this.#items.values();
  }

  /** @internal */
  override _members(): Member[] {
    const members = super._members();
    this.#items.forEach((value, i) => {
      members.push({ kind: "module", name: String(i), value });
    });
    return members;
  }
  override toString(): string {
    return describeList(this);
  }
}
