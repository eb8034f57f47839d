import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { isTensor, type Tensor } from "../../tensor.js";

/** One tensor or several as a list; anything else is an error of `name`. */
export function paramList(name: string, given: Tensor | Iterable<Tensor>): Tensor[] {
  if (isTensor(given)) return [given];
  if (typeof (given as Partial<Iterable<Tensor>> | null | undefined)?.[Symbol.iterator] !== "function") {
    badArgument(`[${name}] expected parameters, got ${describeValue(given)}`, "pass model.parameters()");
  }
  const list = [...given];
  for (const item of list) if (!isTensor(item)) badArgument(`[${name}] expected tensors, got ${describeValue(item)}`);
  return list;
}
