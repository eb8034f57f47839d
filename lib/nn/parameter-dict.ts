import { badArgument, TorchError } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { Module } from "./module.js";
import type { Parameter } from "./parameter.js";
import { asParameter } from "./parameter-list.js";
import type { Member } from "./walk.js";

/**
 * Parameters by name that are found. Tensors that are none become parameters.
 *
 * @example
 * const scales = new nn.ParameterDict({ left: torch.ones([3]), right: torch.ones([3]) });
 * scales.get("left").mul(x);
 */
export class ParameterDict extends Module<never[], never> implements Iterable<[string, Parameter]> {
  readonly #items = new Map<string, Parameter>();

  constructor(items: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor> = {}) {
    super();
    const entries = items instanceof Map ? items : Object.entries(items as Readonly<Record<string, Tensor>>);
    for (const [name, item] of entries) this.set(name, item);
  }

  forward(): never {
    throw new TorchError("E_ARG", "[ParameterDict] expected one of its parameters to be taken, got forward()");
  }

  /** The parameter under a name; an error where there is none. */
  get(name: string): Parameter {
    const item = this.#items.get(name);
    if (item === undefined) {
      badArgument(
        `[ParameterDict] expected one of ${[...this.#items.keys()].join(", ") || "no parameters"}, got ${JSON.stringify(name)}`,
      );
    }
    return item;
  }
  set(name: string, item: Tensor): this {
    if (typeof name !== "string" || name === "" || name.includes(".")) {
      badArgument(`[ParameterDict] expected names without dots, got ${JSON.stringify(name)}`);
    }
    this.#items.set(name, asParameter("ParameterDict", item));
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
  values(): IterableIterator<Parameter> {
    return this.#items.values();
  }
  [Symbol.iterator](): IterableIterator<[string, Parameter]> {
    return this.#items.entries();
  }

  /** @internal */
  override _members(): Member[] {
    const members = super._members();
    for (const [name, value] of this.#items) members.push({ kind: "parameter", name, value });
    return members;
  }
}
