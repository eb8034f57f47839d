import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { xavierUniform_, zeros_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { count, type FactoryOptions, factory, probability, settings } from "../settings.js";
import { Linear } from "./linear.js";

/** Options of {@link MultiheadAttention}. */
export interface MultiheadAttentionOptions extends FactoryOptions {
  /** Probability with which an attention weight is zeroed in training; default 0. */
  dropout?: number;
  /** Adds learned biases; default true. */
  bias?: boolean;
  /** Whether tensors are [N, L, E] instead of [L, N, E]; default false. */
  batchFirst?: boolean;
}

/** Options of {@link MultiheadAttention.forward}. */
export interface AttentionCallOptions {
  /** Keys to leave out, [N, S] (or [S]): true, or a number that is added to the scores. */
  keyPaddingMask?: Tensor | null;
  /** Pairs to leave out, [L, S] or [N numHeads, L, S]: true, or a number that is added to the scores. */
  attnMask?: Tensor | null;
  /** Leaves out every key after the query; default false. */
  isCausal?: boolean;
  /** Also gives the weights, which costs the fast kernel; default true. */
  needWeights?: boolean;
  /** The mean of the heads' weights instead of each; default true. */
  averageAttnWeights?: boolean;
}

/**
 * Attention with several heads: concat_h(softmax(Q_h K_h^T / sqrt(d) + mask) V_h) W_o^T + b_o, where Q, K, V are linear maps of
 * query, key and value, split into `numHeads` heads of d = embedDim / numHeads.
 *
 * Shapes (without `batchFirst`): query [L, N, E] or [L, E], key and value [S, N, E] or [S, E]; output as the query; weights
 * [N, L, S], or [N, numHeads, L, S] where they are not averaged. `inProjWeight` [3 E, E] (Xavier uniform), `inProjBias` [3 E],
 * `outProj` a Linear.
 *
 * @throws TorchError `E_ARG` when `numHeads` does not divide `embedDim`, and for shapes that do not go together
 * @see Vaswani et al., Attention Is All You Need, NeurIPS 2017
 *
 * @example
 * const attention = new nn.MultiheadAttention(64, 8, { batchFirst: true });
 * const [y] = attention.forward(x, x, x, { isCausal: true, needWeights: false });
 */
export class MultiheadAttention extends Module<
  [query: Tensor, key: Tensor, value: Tensor, options?: AttentionCallOptions],
  [output: Tensor, weights: Tensor | null]
> {
  readonly embedDim: number;
  readonly numHeads: number;
  readonly dropout: number;
  readonly batchFirst: boolean;
  inProjWeight: Parameter;
  inProjBias: Parameter | null;
  outProj: Linear;

  constructor(embedDim: number, numHeads: number, options?: MultiheadAttentionOptions) {
    super();
    const name = "MultiheadAttention";
    const { dropout, bias, batchFirst, ...where } = settings(
      name,
      { dropout: 0, bias: true, batchFirst: false, ...factory },
      options,
    );
    this.embedDim = count(name, "embedDim", embedDim);
    this.numHeads = count(name, "numHeads", numHeads);
    if (embedDim % numHeads !== 0)
      badArgument(`[${name}] expected numHeads to divide embedDim, got ${numHeads} heads and ${embedDim}`);
    this.dropout = probability(name, "dropout", dropout);
    this.batchFirst = batchFirst;
    this.inProjWeight = emptyParameter([3 * embedDim, embedDim], where);
    this.inProjBias = bias ? emptyParameter([3 * embedDim], where) : null;
    this.outProj = new Linear(embedDim, embedDim, { bias, ...where });
    this.resetParameters();
  }

  /** Draws the initial values of the projections into the heads anew; biases become 0. */
  resetParameters(): void {
    xavierUniform_(this.inProjWeight);
    if (this.inProjBias === null) return;
    zeros_(this.inProjBias);
    if (this.outProj.bias !== null) zeros_(this.outProj.bias);
  }

  /** @internal */
  override _loweredParameters(): readonly (Parameter | null)[] {
    return [this.inProjWeight, this.inProjBias];
  }

  forward(query: Tensor, key: Tensor, value: Tensor, options?: AttentionCallOptions): [Tensor, Tensor | null] {
    const defaults = {
      keyPaddingMask: null as Tensor | null,
      attnMask: null as Tensor | null,
      isCausal: false,
      needWeights: true,
      averageAttnWeights: true,
    };
    const { keyPaddingMask, attnMask, isCausal, needWeights, averageAttnWeights } = settings(
      "MultiheadAttention",
      defaults,
      options,
    );
    this.#check(query, key, value);
    const single = query.ndim === 2;
    const batchFirst = (x: Tensor): Tensor => (single ? x.unsqueeze(0) : this.batchFirst ? x : x.transpose(0, 1));
    const [q, k, v] = this.#project(query, key, value, batchFirst);
    const padding = keyPaddingMask !== null && single ? keyPaddingMask.unsqueeze(0) : keyPaddingMask;
    const mask = this.#mask(
      q,
      k,
      padding,
      attnMask,
      isCausal && (needWeights || padding !== null || attnMask !== null),
    );

    const dropout = this.training ? this.dropout : 0;
    let weights: Tensor | null = null;
    let heads: Tensor;
    if (needWeights) {
      const scores = ops.matmul(q.mul(1 / Math.sqrt(this.embedDim / this.numHeads)), k.transpose(-2, -1));
      weights = ops.softmax(mask === null ? scores : scores.add(mask), -1);
      if (dropout > 0) weights = ops.dropout(weights, dropout, true);
      heads = ops.matmul(weights, v);
      if (averageAttnWeights) weights = weights.mean(1);
      if (single) weights = weights.squeeze(0);
    } else {
      heads = ops.scaledDotProductAttention(q, k, v, mask, dropout, isCausal && mask === null);
    }
    // [L, N, E] in memory whatever the shape, as in PyTorch: a dropout behind it draws the same mask from the same seed.
    const joined = this.outProj.forward(heads.permute([2, 0, 1, 3]).flatten(2));
    return [single ? joined.squeeze(1) : this.batchFirst ? joined.transpose(0, 1) : joined, weights];
  }

  /** Heads as [N, numHeads, length, embedDim / numHeads]. */
  #project(query: Tensor, key: Tensor, value: Tensor, batchFirst: (x: Tensor) => Tensor): [Tensor, Tensor, Tensor] {
    const split = (x: Tensor): Tensor => x.unflatten(-1, [this.numHeads, -1]).transpose(1, 2);
    if (query === key && key === value) {
      const parts = ops.linear(batchFirst(query), this.inProjWeight, this.inProjBias).chunk(3, -1);
      return parts.map(split) as [Tensor, Tensor, Tensor];
    }
    const weights = this.inProjWeight.chunk(3);
    const biases = this.inProjBias?.chunk(3);
    return [query, key, value].map((x, i) => split(ops.linear(batchFirst(x), weights[i]!, biases?.[i] ?? null))) as [
      Tensor,
      Tensor,
      Tensor,
    ];
  }

  /** Everything that is added to the scores, broadcast to [N, numHeads, L, S]. */
  #mask(q: Tensor, k: Tensor, padding: Tensor | null, attnMask: Tensor | null, causal: boolean): Tensor | null {
    const [n, , length, source] = [q.size(0), 0, q.size(2), k.size(2)];
    const parts: Tensor[] = [];
    const addend = (mask: Tensor): Tensor =>
      mask.dtype === "bool"
        ? ops.zeros(mask.shape, { dtype: q.dtype, device: q.device }).maskedFill(mask, -Infinity)
        : mask.to(q.dtype);
    if (padding !== null) {
      requireShape("keyPaddingMask", padding, [n, source]);
      parts.push(addend(padding).view([n, 1, 1, source]));
    }
    if (attnMask !== null) {
      const perHead = attnMask.ndim === 3;
      requireShape("attnMask", attnMask, perHead ? [n * this.numHeads, length, source] : [length, source]);
      parts.push(perHead ? addend(attnMask).view([n, this.numHeads, length, source]) : addend(attnMask));
    }
    if (causal) parts.push(addend(ops.ones([length, source], { dtype: "bool", device: q.device }).triu(1)));
    return parts.length === 0 ? null : parts.reduce((a, b) => a.add(b));
  }

  #check(query: Tensor, key: Tensor, value: Tensor): void {
    const all = `got query ${describeValue(query)}, key ${describeValue(key)}, value ${describeValue(value)}`;
    const { ndim } = query;
    if ((ndim !== 2 && ndim !== 3) || key.ndim !== ndim || value.ndim !== ndim) {
      badArgument(`[MultiheadAttention] expected query, key and value of 2 dimensions, or of 3 with a batch, ${all}`);
    }
    if ([query, key, value].some((x) => x.size(-1) !== this.embedDim)) {
      badArgument(`[MultiheadAttention] expected a last dimension of ${this.embedDim}, ${all}`);
    }
    const batch = this.batchFirst ? 0 : 1;
    const sameBatch = ndim === 2 || (key.size(batch) === query.size(batch) && value.size(batch) === query.size(batch));
    const length = ndim === 2 ? 0 : 1 - batch;
    if (!sameBatch || key.size(length) !== value.size(length)) {
      badArgument(`[MultiheadAttention] expected one batch size, and as many keys as values, ${all}`);
    }
  }
}

function requireShape(name: string, mask: Tensor, shape: readonly number[]): void {
  const have = mask.shape;
  if (have.length === shape.length && shape.every((size, i) => size === have[i])) return;
  badArgument(`[MultiheadAttention] expected ${name} of shape [${shape.join(", ")}], got ${describeValue(mask)}`);
}
