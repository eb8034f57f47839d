import * as ops from "../../ops.generated.js";

/*
 * torch.nn.functional: PyTorch's functions in camelCase, with options in one object. What is the operator of the same name is
 * that operator.
 */

export * from "./activation.js";
export * from "./dropout.js";
export { type BagMode, embedding, embeddingBag, oneHot } from "./embedding.js";
export * from "./fold.js";
export * from "./fractional-max-pool.js";
export * from "./grid.js";
export * from "./likelihood-loss.js";
export * from "./local-response-norm.js";
export * from "./loss.js";
export * from "./lp-pool.js";
export * from "./margin-loss.js";
export * from "./max-unpool.js";
export {
  type AffineOptions,
  type BatchNormFunctionOptions,
  batchNorm,
  groupNorm,
  type InstanceNormFunctionOptions,
  instanceNorm,
  layerNorm,
  normalize,
  rmsNorm,
} from "./norm.js";
export * from "./pooling.js";
export * from "./vision.js";

/** x W^T + b: input [..., in], weight [out, in], bias [out]. */
export const linear = ops.linear;
/** x1^T W x2 + b: inputs [..., in1] and [..., in2], weight [out, in1, in2], bias [out]. */
export const bilinear = ops.bilinear;
/** Cross-correlation of [N, C, L] with a weight [out, C / groups, k]. */
export const conv1d = ops.conv1d;
/** Cross-correlation of [N, C, H, W] with a weight [out, C / groups, kh, kw]. */
export const conv2d = ops.conv2d;
/** Cross-correlation of [N, C, D, H, W] with a weight [out, C / groups, kd, kh, kw]. */
export const conv3d = ops.conv3d;
/** The gradient of {@link conv1d} with respect to its input. */
export const convTranspose1d = ops.convTranspose1d;
/** The gradient of {@link conv2d} with respect to its input. */
export const convTranspose2d = ops.convTranspose2d;
/** The gradient of {@link conv3d} with respect to its input. */
export const convTranspose3d = ops.convTranspose3d;
/** x1 x2 / max(|x1| |x2|, eps) along `dim` (default 1). */
export const cosineSimilarity = ops.cosineSimilarity;
/** |x1 - x2 + eps|_p over the last dimension. */
export const pairwiseDistance = ops.pairwiseDistance;
/** softmax(q k^T scale + mask) v: queries [..., L, E], keys [..., S, E], values [..., S, Ev]; scale 1 / sqrt(E). */
export const scaledDotProductAttention = ops.scaledDotProductAttention;
/** |x_i - x_j|_p for each pair of rows i < j of [N, M]. */
export const pdist = ops.pdist;
/** Cross-correlation of [L, N, C] with a weight [k, C, out]. */
export const convTbc = ops.convTbc;
