import { methods } from "../ops.generated.js";
import { Tensor } from "../tensor.js";
import { method, operatorBehind } from "./operator.js";

/** Makes a method of each function: `x.add(y)` is `add(x, y)`. */
for (const [name, fn] of Object.entries(methods as unknown as Record<string, (...args: unknown[]) => unknown>)) {
  Object.defineProperty(Tensor.prototype, name, {
    value: method(operatorBehind(fn)!),
    configurable: true,
    writable: true,
  });
}
