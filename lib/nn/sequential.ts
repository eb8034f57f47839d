import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import type { Tensor } from "../tensor.js";
import { forwardChain } from "./forward-chain.js";
import { itemsOf, placeIn } from "./list-members.js";
import { Module } from "./module.js";
import type { Member } from "./walk.js";

/** Modules by name; in a plain object, names that are whole numbers come first whatever their place, so use a Map for those. */
export type NamedModules<M> = Readonly<Record<string, M>> | ReadonlyMap<string, M>;

/** Pairs in order; every name usable in a state dict. */
function namedEntries(given: NamedModules<Module>): [string, Module][] {
  const entries =
    given instanceof Map
      ? [...(given as ReadonlyMap<string, Module>)]
      : Object.entries(given as Record<string, Module>);
  for (const [name, module] of entries) checkEntry("Sequential", name, module);
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
      for (const [name, layer] of namedEntries(first)) this.#layers.set(name, layer);
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
  /** Appends every module of a list, or of another Sequential. */
  extend(layers: Iterable<Module>): this {
    const list = itemsOf("Sequential", layers);
    const { length } = this;
    for (const [i, layer] of list.entries()) checkEntry("Sequential", String(length + i), layer);
    for (const layer of list) this.append(layer);
    return this;
  }
  /**
   * Puts a module in front of the one at a place, from `-length` to `length`; those behind it move up by one number.
   *
   * @throws TorchError `E_ARG` where the modules have names of their own, other than for one to append
   */
  insert(index: number, layer: Module): this {
    const { length } = this;
    const place = placeIn("Sequential", index, length, true);
    checkEntry("Sequential", String(place), layer);
    if (place === length) return this.append(layer);
    const named = [...this.#layers.keys()].find((name, i) => name !== String(i));
    if (named !== undefined) {
      badArgument(`[Sequential] expected modules named by number to insert one between them, got one named '${named}'`);
    }
    return this.#renumber([...this].toSpliced(place, 0, layer));
  }
  /**
   * Takes out the last module, or the one at a place, and gives it. As in PyTorch all others are numbered anew, those with names of
   * their own included.
   */
  pop<M extends Module = Module>(index = -1): M {
    const layers = [...this];
    const [layer] = layers.splice(placeIn("Sequential", index, layers.length), 1);
    this.#renumber(layers);
    return layer as M;
  }
  /** Puts a module in the place of another, which is given by its place or its name. */
  set(key: number | string, layer: Module): this {
    const names = [...this.#layers.keys()];
    const name = typeof key === "string" ? key : names[placeIn("Sequential", key, names.length)]!;
    if (!this.#layers.has(name)) this.#unknown(key);
    checkEntry("Sequential", name, layer);
    this.#layers.set(name, layer);
    this.#inOrder = null;
    return this;
  }
  /** A Sequential of its own of the same modules, those from `start` up to `end`, under their names here: Python's `net[start:end]`. */
  slice(start?: number, end?: number): Sequential {
    return new Sequential(new Map([...this.#layers].slice(start, end)));
  }
  #renumber(layers: readonly Module[]): this {
    this.#layers.clear();
    for (const [i, layer] of layers.entries()) this.#layers.set(String(i), layer);
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
    return (layer ?? this.#unknown(key)) as M;
  }
  #unknown(key: unknown): never {
    badArgument(
      `[Sequential] expected one of ${[...this.#layers.keys()].join(", ") || "no modules"}, got ${JSON.stringify(key)}`,
    );
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
