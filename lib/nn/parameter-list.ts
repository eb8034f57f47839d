import { badArgument, TorchError } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor, type Tensor } from "../tensor.js";
import { Module } from "./module.js";
import { Parameter } from "./parameter.js";
import type { Member } from "./walk.js";

/** A parameter as it is; another tensor becomes one that shares its storage. */
export function asParameter(owner: string, value: Tensor): Parameter {
  if (value instanceof Parameter) return value;
  if (!isTensor(value)) badArgument(`[${owner}] expected parameters or tensors, got ${describeValue(value)}`);
  return new Parameter(value);
}

/**
 * A list of parameters that are found. Tensors that are none become parameters.
 *
 * @example
 * class Bases extends nn.Module {
 *   params = new nn.ParameterList(Array.from({ length: 3 }, () => torch.randn([4])));
 *   forward(x: torch.Tensor) {
 *     return this.params.map((p) => p.dot(x)).reduce((a, b) => a.add(b));
 *   }
 * }
 */
export class ParameterList extends Module<never[], never> implements Iterable<Parameter> {
  readonly #items: Parameter[] = [];

  constructor(items: Iterable<Tensor> = []) {
    super();
    this.extend(items);
  }

  forward(): never {
    throw new TorchError("E_ARG", "[ParameterList] expected a loop over its parameters, got forward()");
  }

  append(item: Tensor): this {
    this.#items.push(asParameter("ParameterList", item));
    return this;
  }
  extend(items: Iterable<Tensor>): this {
    for (const item of items) this.append(item);
    return this;
  }
  get length(): number {
    return this.#items.length;
  }
  /** The parameter at a place; negative ones count from the end. */
  at(index: number): Parameter {
    return this.#items[this.#place(index)]!;
  }
  /** Puts a parameter in the place of another. */
  set(index: number, item: Tensor): this {
    this.#items[this.#place(index)] = asParameter("ParameterList", item);
    return this;
  }
  #place(index: number): number {
    const { length } = this.#items;
    if (!Number.isInteger(index) || index < -length || index >= length) {
      badArgument(`[ParameterList] expected an index from ${-length} to ${length - 1}, got ${describeValue(index)}`);
    }
    return index < 0 ? index + length : index;
  }
  map<T>(fn: (item: Parameter, index: number) => T): T[] {
    return this.#items.map(fn);
  }
  [Symbol.iterator](): IterableIterator<Parameter> {
    return this.#items.values();
  }

  /** @internal */
  override _members(): Member[] {
    const members = super._members();
    this.#items.forEach((value, i) => {
      members.push({ kind: "parameter", name: String(i), value });
    });
    return members;
  }
}
