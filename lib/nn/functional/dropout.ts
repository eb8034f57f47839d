import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { probability, settings } from "../settings.js";

/** Options of the dropout functions. */
export interface DropoutOptions {
  /** Probability of a zero; default 0.5. */
  p?: number;
  /** Default true; otherwise the input comes back as it is. */
  training?: boolean;
  /** Overwrites the input; default false. */
  inplace?: boolean;
}

type Drop = (input: Tensor, p: number, train: boolean) => Tensor;

const dropping =
  (name: string, pure: Drop, overwriting: Drop, ranks?: readonly number[]) =>
  (input: Tensor, options?: DropoutOptions): Tensor => {
    const { p, training, inplace } = settings(name, { p: 0.5, training: true, inplace: false }, options);
    const drop = inplace ? overwriting : pure;
    probability(name, "p", p);
    if (ranks === undefined || input.ndim !== ranks[0]) return drop(input, p, training);
    // Without a batch: the first dimension holds the channels.
    return drop(input.unsqueeze(0), p, training).squeeze(0);
  };

/** Zeroes elements with probability p and multiplies the others by 1 / (1 - p). */
export const dropout = dropping("dropout", ops.dropout, ops.dropout_);
/** Zeroes whole channels of [N, C, L] or [C, L]. */
export const dropout1d = dropping("dropout1d", ops.featureDropout, ops.featureDropout_, [2]);
/** Zeroes whole channels of [N, C, H, W]. */
export const dropout2d = dropping("dropout2d", ops.featureDropout, ops.featureDropout_);
/** Zeroes whole channels of [N, C, D, H, W] or [C, D, H, W]. */
export const dropout3d = dropping("dropout3d", ops.featureDropout, ops.featureDropout_, [4]);
/** Dropout for SELU: keeps mean 0 and variance 1. */
export const alphaDropout = dropping("alphaDropout", ops.alphaDropout, ops.alphaDropout_);
/** {@link alphaDropout} of whole channels. */
export const featureAlphaDropout = dropping("featureAlphaDropout", ops.featureAlphaDropout, ops.featureAlphaDropout_);
