import { badArgument, TorchError } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor, type Tensor } from "../tensor.js";
import { ListMembers } from "./list-members.js";
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
export class ParameterList extends ListMembers<Parameter, Tensor> {
  constructor(items: Iterable<Tensor> = []) {
    super();
    this.extend(items);
  }

  forward(): never {
    throw new TorchError("E_ARG", "[ParameterList] expected a loop over its parameters, got forward()");
  }

  /** A list of its own of the same parameters, those from `start` up to `end`: Python's `params[start:end]`. */
  slice(start?: number, end?: number): ParameterList {
    return new ParameterList([...this].slice(start, end));
  }

  protected override accept(_name: string, item: Tensor): Parameter {
    return asParameter("ParameterList", item);
  }
  protected override member(name: string, value: Parameter): Member {
    return { kind: "parameter", name, value };
  }
}
