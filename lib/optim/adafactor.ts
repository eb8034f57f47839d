import { finfo } from "../dtype-info.js";
import { badArgument } from "../errors.js";
import { zeros, zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { atLeast, notNegative } from "./checks.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** Options of {@link Adafactor}, of all its parameters or of a group. */
export interface AdafactorOptions {
  /** Learning rate; default 0.01. */
  lr: number;
  /** beta2 of step t is 1 - t^beta2Decay; default -0.8. */
  beta2Decay: number;
  /** The least root of a variance (null: the dtype's eps) and the least size of the parameters; default [null, 1e-3]. */
  eps: readonly [number | null, number];
  /** The largest root mean square of an update; default 1. */
  d: number;
  /** lambda; weights shrink by lr lambda; default 0. */
  weightDecay: number;
  /** Ascends instead of descending; default false. */
  maximize: boolean;
}

const DEFAULTS: AdafactorOptions = {
  lr: 0.01,
  beta2Decay: -0.8,
  eps: [null, 1e-3],
  d: 1,
  weightDecay: 0,
  maximize: false,
};

interface State {
  step: number;
  rowVar?: Tensor;
  colVar?: Tensor;
  variance?: Tensor;
}

/**
 * Adafactor: for a matrix, second moments by row and by column instead of by element, which saves Adam's memory. Each step waits
 * for two norms per parameter.
 *
 *     b = t^beta2Decay,   a = max(eps[1], rms(w)) min(lr, 1 / sqrt(t)),   w <- w - lr lambda w
 *     R <- (1 - b) R + b rowmeans(g^2),   C <- (1 - b) C + b columnmeans(g^2),   v = R C / mean(R)
 *     (a vector: v <- (1 - b) v + b g^2)
 *     u = g / max(eps[0], sqrt(v)),   w <- w - a u / max(1, rms(u) / d)
 *
 * Source: Shazeer and Stern, https://arxiv.org/abs/1804.04235;
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.Adafactor.html
 *
 * @param params parameters, or groups with options of their own
 * @param options see {@link AdafactorOptions}
 * @throws TorchError `E_ARG` for a number out of its range
 *
 * @example
 * const optimizer = new torch.optim.Adafactor(model.parameters(), { lr: 1e-2 });
 */
export class Adafactor extends TensorOptimizer<AdafactorOptions, State> {
  protected override readonly kept = { tensors: ["rowVar", "colVar", "variance"], scalars: ["step"] };

  constructor(params: Params<AdafactorOptions>, options: Partial<AdafactorOptions> = {}) {
    super(params, settings("Adafactor", DEFAULTS, options));
  }

  protected override checkOptions({ lr, beta2Decay, eps, d, weightDecay }: ParamGroup<AdafactorOptions>): void {
    notNegative("Adafactor", { lr, weightDecay });
    if (!(beta2Decay <= 0)) badArgument(`[Adafactor] expected beta2Decay <= 0, got ${beta2Decay}`);
    atLeast("Adafactor", "d", d, 1);
    atLeast("Adafactor", "eps[0]", eps[0] ?? 0);
    atLeast("Adafactor", "eps[1]", eps[1]);
  }

  protected override fresh(param: Tensor): State {
    if (param.ndim < 2) return { step: 0, variance: zerosLike(param) };
    const { dtype, device } = param;
    const made = (name: string) => zeros(this.shapeOf(name, param), { dtype, device });
    return { step: 0, rowVar: made("rowVar"), colVar: made("colVar") };
  }
  protected override shapeOf(name: string, param: Tensor): number[] {
    const { shape } = param;
    if (name !== "variance") shape[shape.length - (name === "rowVar" ? 1 : 2)] = 1;
    return shape;
  }
  protected override isRequired(name: string, param: Tensor): boolean {
    return name === "step" || (name === "variance") === param.ndim < 2;
  }

  protected override move(param: Tensor, grad: Tensor, state: State, group: ParamGroup<AdafactorOptions>): void {
    const { lr, beta2Decay, eps, d, weightDecay } = group;
    const least = eps[0] ?? finfo(param.dtype).eps;
    state.step += 1;
    const t = state.step;
    const share = t ** beta2Decay;
    const size = param.norm(2).itemNumber() / Math.sqrt(param.numel());
    const alpha = Math.max(eps[1], size) * Math.min(lr, 1 / Math.sqrt(t));
    if (weightDecay !== 0) param.mul_(1 - lr * weightDecay);
    const { rowVar, colVar, variance } = state;
    let estimate: Tensor;
    if (rowVar !== undefined && colVar !== undefined) {
      const mean = (dim: number) => grad.norm(2, dim, { keepdim: true }).square_().div_(grad.size(dim));
      rowVar.lerp_(mean(-1), share);
      colVar.lerp_(mean(-2), share);
      estimate = rowVar.matmul(colVar).div_(rowVar.mean(-2, true).clampMin_(least));
    } else {
      estimate = variance!.lerp_(grad.square(), share).clone();
    }
    const update = estimate
      .clampMin_(least * least)
      .rsqrt_()
      .mul_(grad);
    const largest = Math.max(1, update.norm(2).itemNumber() / (Math.sqrt(update.numel()) * d));
    param.add_(update, { alpha: -alpha / largest });
  }
}
