import { badArgument } from "../errors.js";
import { dropMaster } from "../master-weights.js";
import { type Handle, native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { empty } from "../ops.generated.js";
import { settings } from "../options.js";
import { handleOf, isTensor, Tensor } from "../tensor.js";
import type { FactoryOptions } from "./settings.js";

/**
 * A tensor that a {@link Module} learns: as a property of a module it is found by `parameters()` and stands in `stateDict()`.
 *
 * It shares storage with `data`, is a leaf of the graph, and outlives every `tidy()`: it is freed by `dispose()` or when
 * nothing refers to it.
 *
 * @param data the initial values
 * @param options.requiresGrad default true
 * @throws TorchError `E_ARG` for what is not a tensor, and for integers that should require grad
 *
 * @example
 * class Scale extends nn.Module {
 *   factor = new nn.Parameter(torch.ones([1]));
 *   forward(x: torch.Tensor) {
 *     return x.mul(this.factor);
 *   }
 * }
 */
export class Parameter extends Tensor {
  constructor(data: Tensor, options?: { requiresGrad?: boolean }) {
    const { requiresGrad } = settings("Parameter", { requiresGrad: true }, options);
    super(shareStorage(data));
    this._keep();
    this.requiresGrad = requiresGrad;
  }

  /** Frees it now, and the float32 weights behind it if there are any. */
  override dispose(): void {
    dropMaster(this);
    super.dispose();
  }
  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
  override get [Symbol.toStringTag](): string {
    return "Parameter";
  }
}

/** A second name for `data`'s storage, cut off from its graph: two objects must not own one handle. */
function shareStorage(data: Tensor): Handle {
  if (!isTensor(data)) badArgument(`[Parameter] expected a tensor, got ${describeValue(data)}`);
  const detached = data.detach();
  const handle = native.alias(handleOf(detached));
  detached.dispose();
  return handle;
}

/** A parameter whose values are still undefined: layers fill it by their initialiser. */
export function emptyParameter(shape: readonly number[], { dtype, device }: FactoryOptions): Parameter {
  const data = empty(shape, { dtype, device });
  const parameter = new Parameter(data);
  data.dispose();
  return parameter;
}
