import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { Module } from "../module.js";
import { type Arguments, gather } from "../settings.js";

/** x1 x2 / max(|x1| |x2|, eps) along `dim`. Defaults: dim 1, eps 1e-8. */
export class CosineSimilarity extends Module<[x1: Tensor, x2: Tensor]> {
  readonly dim: number;
  readonly eps: number;
  constructor(...args: Arguments<[dim: number, eps: number], { dim?: number; eps?: number }>) {
    super();
    const { dim, eps } = gather("CosineSimilarity", ["dim", "eps"], { dim: 1, eps: 1e-8 }, args);
    this.dim = dim;
    this.eps = eps;
  }
  forward(x1: Tensor, x2: Tensor): Tensor {
    return ops.cosineSimilarity(x1, x2, this.dim, this.eps);
  }
}

/** |x1 - x2 + eps|_p over the last dimension. Defaults: p 2, eps 1e-6, keepdim false. */
export class PairwiseDistance extends Module<[x1: Tensor, x2: Tensor]> {
  readonly p: number;
  readonly eps: number;
  readonly keepdim: boolean;
  constructor(
    ...args: Arguments<[p: number, eps: number, keepdim: boolean], { p?: number; eps?: number; keepdim?: boolean }>
  ) {
    super();
    const defaults = { p: 2, eps: 1e-6, keepdim: false };
    const { p, eps, keepdim } = gather("PairwiseDistance", ["p", "eps", "keepdim"], defaults, args);
    this.p = p;
    this.eps = eps;
    this.keepdim = keepdim;
  }
  forward(x1: Tensor, x2: Tensor): Tensor {
    return ops.pairwiseDistance(x1, x2, this.p, this.eps, this.keepdim);
  }
}
