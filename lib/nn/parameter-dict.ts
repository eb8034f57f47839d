import { badArgument, TorchError } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { NamedMembers } from "./named-members.js";
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
  constructor(items: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor> = {}) {
    super();
    const entries = items instanceof Map ? items : Object.entries(items as Readonly<Record<string, Tensor>>);
    for (const [name, item] of entries) this.set(name, item);
  }

  forward(): never {
    throw new TorchError("E_ARG", "[ParameterDict] expected one of its parameters to be taken, got forward()");
  }

  set(name: string, item: Tensor): this {
    if (typeof name !== "string" || name === "" || name.includes(".")) {
      badArgument(`[ParameterDict] expected names without dots, got ${JSON.stringify(name)}`);
    }
    return this.put(name, asParameter("ParameterDict", item));
  }

  protected override member(name: string, value: Parameter): Member {
    return { kind: "parameter", name, value };
  }
}
