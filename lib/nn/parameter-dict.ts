import { badArgument, TorchError } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { type NamedItems, NamedMembers, pairsOf } from "./named-members.js";
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
export class ParameterDict extends NamedMembers<Parameter> {
  constructor(items: NamedItems<Tensor> = {}) {
    super();
    this.update(items);
  }

  forward(): never {
    throw new TorchError("E_ARG", "[ParameterDict] expected one of its parameters to be taken, got forward()");
  }

  set(name: string, item: Tensor): this {
    return this.put(checkName(name), asParameter("ParameterDict", item));
  }
  /** Puts every one of an object, a Map, another dictionary or a list of pairs under its name, as {@link set} does. */
  update(items: NamedItems<Tensor>): this {
    const pairs = pairsOf("ParameterDict", items).map(
      ([name, item]) => [checkName(name), asParameter("ParameterDict", item)] as const,
    );
    for (const [name, item] of pairs) this.put(name, item);
    return this;
  }
  /** The parameter under a name; where there is none, `item` is put there first. */
  setdefault(name: string, item: Tensor): Parameter {
    if (!this.has(name)) this.set(name, item);
    return this.get(name);
  }
  /** Takes out the parameter that was put in last, and gives it with its name. */
  popitem(): [name: string, item: Parameter] {
    const last = [...this].at(-1);
    if (last === undefined) badArgument("[ParameterDict] expected a parameter to take out, got an empty dictionary");
    this.delete(last[0]);
    return last;
  }
  /** A dictionary of its own of the same parameters. */
  copy(): ParameterDict {
    return new ParameterDict(this);
  }

  protected override member(name: string, value: Parameter): Member {
    return { kind: "parameter", name, value };
  }
}

function checkName(name: unknown): string {
  if (typeof name === "string" && name !== "" && !name.includes(".")) return name;
  badArgument(`[ParameterDict] expected names without dots, got ${JSON.stringify(name)}`);
}
