import { TorchError } from "../errors.js";
import type { AnyModule, Module } from "./module.js";
import { type NamedItems, NamedMembers, pairsOf } from "./named-members.js";
import { checkEntry } from "./sequential.js";
import type { Member } from "./walk.js";

/**
 * Modules by name whose parameters are found. It computes nothing itself: take what you need.
 *
 * What `get` gives under a name that the dictionary was made with is of that module's own class; under any other name it is an `M`.
 * A dictionary that is filled later is a `ModuleDict<M>`, and so is a place for any dictionary of such modules.
 *
 * @typeParam M what every one of the modules is
 * @typeParam Named the modules that it was made with, by name
 *
 * @example
 * const parts = new nn.ModuleDict({ wte: new nn.Embedding(100, 8), head: new nn.Linear(8, 100) });
 * parts.get("head").forward(parts.get("wte").forward(ids));
 * const experts = new nn.ModuleDict<nn.Linear>();
 * for (const name of names) experts.set(name, new nn.Linear(8, 8));
 */
export class ModuleDict<
  M extends AnyModule = Module,
  Named extends Readonly<Record<string, M>> = Readonly<Record<string, M>>,
> extends NamedMembers<M> {
  constructor(
    items: (Named & Readonly<Record<string, M>>) | Iterable<readonly [name: string, item: M]> = {} as Named &
      Readonly<Record<string, M>>,
  ) {
    super();
    this.update(items);
  }

  forward(): never {
    throw new TorchError(
      "E_ARG",
      "[ModuleDict] expected one of its modules to be called, got forward()",
      "a ModuleDict only holds modules",
    );
  }

  /** The module under a name; an error where there is none. */
  override get<K extends keyof Named & string>(name: K): Named[K];
  override get(name: string): M;
  override get(name: string): M {
    return super.get(name);
  }

  /** Puts a module under a name: at the end, or in the place of the one that is there, which for `get`'s type stays what it was. */
  set(name: string, item: M): this {
    checkEntry("ModuleDict", name, item);
    return this.put(name, item);
  }

  /** Puts every module of an object, a Map, another dictionary or a list of pairs under its name, as {@link set} does. */
  update(items: NamedItems<M>): this {
    const pairs = pairsOf("ModuleDict", items);
    for (const [name, item] of pairs) checkEntry("ModuleDict", name, item);
    for (const [name, item] of pairs) this.put(name, item);
    return this;
  }
  /** Takes out the module under a name and gives it; an error where there is none. */
  override pop<K extends keyof Named & string>(name: K): Named[K];
  override pop(name: string): M;
  override pop(name: string): M {
    return super.pop(name);
  }

  protected override member(name: string, value: M): Member {
    return { kind: "module", name, value };
  }
}
