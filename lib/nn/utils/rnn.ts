import { badArgument } from "../../errors.js";
import * as ops from "../../ops.generated.js";
import { settings } from "../../options.js";
import { isTensor, type Tensor } from "../../tensor.js";

/** Options of {@link padSequence}. */
export interface PadSequenceOptions {
  /** Whether the result is [N, L, ...] instead of [L, N, ...]; default false. */
  batchFirst?: boolean;
  /** Default 0. */
  paddingValue?: number;
  /** Default `"right"`. */
  paddingSide?: "right" | "left";
}

const DEFAULTS: Required<PadSequenceOptions> = { batchFirst: false, paddingValue: 0, paddingSide: "right" };

/**
 * Sequences [l_i, ...] of different lengths as one tensor, filled up to the longest.
 *
 * @example
 * torch.nn.utils.rnn.padSequence([torch.ones([5, 3]), torch.ones([2, 3])], { batchFirst: true }).shape; // [2, 5, 3]
 */
export function padSequence(sequences: readonly Tensor[], options?: PadSequenceOptions): Tensor {
  const { batchFirst, paddingValue, paddingSide } = settings("padSequence", DEFAULTS, options);
  return ops.padSequence(sequences, batchFirst, paddingValue, paddingSide);
}

/**
 * The way back from {@link padSequence} (padded on the right): each sequence without its padding.
 *
 * @param lengths one per sequence, a list or an integer tensor
 * @param options as for {@link padSequence}; only `batchFirst` counts
 */
export function unpadSequence(
  padded: Tensor,
  lengths: readonly number[] | Tensor,
  options?: PadSequenceOptions,
): Tensor[] {
  const { batchFirst } = settings("unpadSequence", DEFAULTS, options);
  const list = isTensor(lengths) ? Array.from(lengths.dataSync(), Number) : [...lengths];
  const [batch, time] = batchFirst ? [0, 1] : [1, 0];
  const [count, longest] = [padded.size(batch), padded.size(time)];
  if (list.length !== count || list.some((length) => !Number.isInteger(length) || length < 0 || length > longest)) {
    badArgument(`[unpadSequence] expected ${count} lengths from 0 to ${longest}, got [${list.join(", ")}]`);
  }
  return list.map((length, i) => padded.select(batch, i).narrow(0, 0, length));
}
