import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { fullLike, zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { atLeast } from "./checks.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** Options of {@link Rprop}, of all its parameters or of a group. */
export interface RpropOptions {
  /** Each element's first step; default 0.01. */
  lr: number;
  /** Factors where the gradient's sign has changed and where it has not; default [0.5, 1.2]. */
  etas: readonly [number, number];
  /** Smallest and largest step; default [1e-6, 50]. */
  stepSizes: readonly [number, number];
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: RpropOptions = { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50], maximize: false };

interface State {
  step: number;
  prev: Tensor;
  stepSize: Tensor;
}

/**
 * Rprop: resilient backpropagation, steps by the gradient's signs alone. For whole data sets, not for batches.
 *
 *     s <- clip(s etas[1])   where the gradient has the sign of the one before
 *     s <- clip(s etas[0]), g <- 0   where it has the other one
 *     w <- w - s sign(g)
 *
 * Source: Riedmiller and Braun, 1993; https://docs.pytorch.org/docs/stable/generated/torch.optim.Rprop.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link RpropOptions}
 * @throws TorchError `E_ARG` for a negative lr, and for etas that are not below and above 1
 *
 * @example
 * const optimizer = new torch.optim.Rprop(model.parameters());
 */
export class Rprop extends TensorOptimizer<RpropOptions, State> {
  protected override readonly kept = { tensors: ["prev", "stepSize"], scalars: ["step"] };

  constructor(params: Params<RpropOptions>, options: Partial<RpropOptions> = {}) {
    super(params, settings("Rprop", DEFAULTS, options));
  }

  protected override checkOptions({ lr, etas, stepSizes }: ParamGroup<RpropOptions>): void {
    atLeast("Rprop", "lr", lr);
    const [down, up] = etas;
    if (!(down > 0 && down < 1 && up > 1))
      badArgument(`[Rprop] expected 0 < etas[0] < 1 < etas[1], got ${describeValue(etas)}`);
    const [least, most] = stepSizes;
    if (!(least <= most)) badArgument(`[Rprop] expected stepSizes[0] <= stepSizes[1], got ${describeValue(stepSizes)}`);
  }

  protected override fresh(param: Tensor, { lr }: ParamGroup<RpropOptions>): State {
    return { step: 0, prev: zerosLike(param), stepSize: fullLike(param, lr) };
  }

  protected override move(param: Tensor, grad: Tensor, state: State, group: ParamGroup<RpropOptions>): void {
    const [down, up] = group.etas;
    const [least, most] = group.stepSizes;
    state.step += 1;
    const agreement = grad.mul(state.prev);
    const [same, turned] = [agreement.gt(0), agreement.lt(0)];
    const factor = fullLike(grad, 1).maskedFill_(same, up).maskedFill_(turned, down);
    state.stepSize.mul_(factor).clamp_(least, most);
    const g = grad.maskedFill(turned, 0);
    param.addcmul_(g.sign(), state.stepSize, { value: -1 });
    state.prev.copy_(g);
  }
}
