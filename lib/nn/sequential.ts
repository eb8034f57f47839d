import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import type { Tensor } from "../tensor.js";
import { forwardChain } from "./forward-chain.js";
import { Module } from "./module.js";
import type { Member } from "./walk.js";

/** Modules by name; in a plain object, names that are whole numbers come first whatever their place, so use a Map for those. */
export type NamedModules<M> = Readonly<Record<string, M>> | ReadonlyMap<string, M>;

/** Pairs in order; every name usable in a state dict. */
export function namedEntries<M extends Module<never[], unknown>>(owner: string, given: NamedModules<M>): [string, M][] {
  const entries =
    given instanceof Map ? [...(given as ReadonlyMap<string, M>)] : Object.entries(given as Record<string, M>);
  for (const [name, module] of entries) checkEntry(owner, name, module);
  return entries;
}

export function checkEntry(owner: string, name: unknown, module: unknown): void {
  if (typeof name !== "string" || name === "" || name.includes(".")) {
    badArgument(`[${owner}] expected names without dots, got ${JSON.stringify(name)}`);
  }
  if (!(module instanceof Module))
    badArgument(`[${owner}] expected a module as '${name}', got ${describeValue(module)}`);
}

/**
 * Modules one after the other: each takes what the one before gives. They are named `0`, `1`, ... or as given.
 *
 * A batch norm and the ReLU behind it run as one kernel on channels-last CPU tensors, and in evaluation inside the convolution before
 * them (`torch.backends.cpu.fusedNorm`); so do a linear layer and its ReLU (`fusedLinear`). What flows between two layers of this
 * library is freed when the second has it. Register a forward hook on a layer to keep its result.
 *
 * @example
 * const net = new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10));
 * const named = new nn.Sequential({ conv: new nn.Conv2d(1, 8, 3), act: new nn.ReLU() });
 * named.stateDict()["conv.weight"];
 */
export class Sequential extends Module implements Iterable<Module> {
  readonly #layers = new Map<string, Module>();
  #inOrder: readonly Module[] | null = null;

  constructor(...layers: readonly Module[] | [named: NamedModules<Module>]) {
    super();
    const [first] = layers;
    if (layers.length === 1 && typeof first === "object" && first !== null && !(first instanceof Module)) {
      for (const [name, layer] of namedEntries("Sequential", first)) this.#layers.set(name, layer);
    } else {
      for (const layer of layers as readonly Module[]) this.append(layer);
    }
  }

  forward(input: Tensor): Tensor {
    return forwardChain(this._layers(), input);
  }
  /** @internal */
  _layers(): readonly Module[] {
    this.#inOrder ??= [...this.#layers.values()];
    return this.#inOrder;
  }

  /** Adds a module at the end, under the next number. */
  append(layer: Module): this {
    const name = String(this.#layers.size);
    checkEntry("Sequential", name, layer);
    if (this.#layers.has(name))
      badArgument(`[Sequential] expected '${name}' to be free for a module to append, got one there`);
    this.#layers.set(name, layer);
    this.#inOrder = null;
    return this;
  }
  get length(): number {
    return this.#layers.size;
  }
  /**
   * The module at a place, negative ones counted from the end, or under a name. The type argument says what it is; nothing is checked.
   *
   * @example
   * net.at<nn.Linear>(0).weight;
   */
  at<M extends Module = Module>(key: number | string): M {
    const layer = typeof key === "string" ? this.#layers.get(key) : [...this.#layers.values()].at(key);
    if (layer === undefined) {
      badArgument(
        `[Sequential] expected one of ${[...this.#layers.keys()].join(", ") || "no modules"}, got ${JSON.stringify(key)}`,
      );
    }
    return layer as M;
  }
  [Symbol.iterator](): IterableIterator<Module> {
    return this.#layers.values();
  }

  /** @internal */
  override _members(): Member[] {
    const members = super._members();
    for (const [name, value] of this.#layers) members.push({ kind: "module", name, value });
    return members;
  }
}
