import { TorchError } from "../errors.js";
import type { AnyModule, Module } from "./module.js";
import { NamedMembers } from "./named-members.js";
import { checkEntry, type NamedModules, namedEntries } from "./sequential.js";
import type { Member } from "./walk.js";

/**
 * Modules by name whose parameters are found. It computes nothing itself: take what you need.
 *
 * @example
 * const heads = new nn.ModuleDict({ colour: new nn.Linear(8, 3), shape: new nn.Linear(8, 5) });
 * heads.get("colour").forward(x);
 */
export class ModuleDict<M extends AnyModule = Module> extends NamedMembers<M> {
  constructor(items: NamedModules<M> = {}) {
    super();
    for (const [name, item] of namedEntries("ModuleDict", items)) this.put(name, item);
  }

  forward(): never {
    throw new TorchError(
      "E_ARG",
      "[ModuleDict] expected one of its modules to be called, got forward()",
      "a ModuleDict only holds modules",
    );
  }

  set(name: string, item: M): this {
    checkEntry("ModuleDict", name, item);
    return this.put(name, item);
  }

  protected override member(name: string, value: M): Member {
    return { kind: "module", name, value };
  }
}
