import { TorchError } from "../errors.js";
import { describeList } from "./describe-module.js";
import { ListMembers } from "./list-members.js";
import type { AnyModule, Module } from "./module.js";
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
export class ModuleList<M extends AnyModule = Module> extends ListMembers<M> {
  constructor(items: Iterable<M> = []) {
    super();
    this.extend(items);
  }

  forward(): never {
    throw new TorchError(
      "E_ARG",
      "[ModuleList] expected a loop over its modules, got forward()",
      "a ModuleList only holds modules",
    );
  }

  /** A list of its own of the same modules, those from `start` up to `end`: Python's `layers[start:end]`. */
  slice(start?: number, end?: number): ModuleList<M> {
    return new ModuleList([...this].slice(start, end));
  }

  protected override accept(name: string, item: M): M {
    checkEntry("ModuleList", name, item);
    return item;
  }
  protected override member(name: string, value: M): Member {
    return { kind: "module", name, value };
  }
  override toString(): string {
    return describeList(this);
  }
}
