import { methods } from "../ops.generated.js";
import { Tensor } from "../tensor.js";

type Fn = (...args: unknown[]) => unknown;

/** Makes a method of each function: `x.add(y)` is `add(x, y)`. */
for (const [name, fn] of Object.entries(methods as unknown as Record<string, Fn>)) {
  Object.defineProperty(Tensor.prototype, name, {
    // Arguments one by one: spreading them costs more than the call.
    value(this: Tensor, a: unknown, b: unknown, c: unknown, d: unknown, ...rest: unknown[]): unknown {
      if (rest.length > 0) return fn(this, a, b, c, d, ...rest);
      if (d !== undefined) return fn(this, a, b, c, d);
      if (c !== undefined) return fn(this, a, b, c);
      if (b !== undefined) return fn(this, a, b);
      return a !== undefined ? fn(this, a) : fn(this);
    },
    configurable: true,
    writable: true,
  });
}
