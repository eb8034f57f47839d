import { badArgument } from "../../errors.js";
import { native } from "../../native.js";
import { describeValue } from "../../ops/describe-value.js";
import { checkOptions } from "../../options.js";
import { handleOf, type Tensor, wrap } from "../../tensor.js";
import { paramList } from "./param-list.js";

/** Options of {@link clipGradNorm_}. */
export interface ClipGradNormOptions {
  /** p of the norm, above 0, or Infinity; default 2. */
  normType?: number;
  /** Throws when the norm is NaN or infinite, before anything is changed; waits for the device. Default false. */
  errorIfNonfinite?: boolean;
}

/** The defaults of {@link ClipGradNormOptions}. */
export const CLIP_GRAD_NORM: Required<ClipGradNormOptions> = { normType: 2, errorIfNonfinite: false };

/**
 * Scales all gradients together so that their norm, as of one long vector, is at most `maxNorm`.
 *
 *     g <- g min(1, maxNorm / (|g| + 1e-6))
 *
 * In place. The norm is accumulated in fp32 or finer whatever the dtypes, on the device; nothing waits for it.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
 *
 * @param parameters those without a gradient are passed over
 * @param maxNorm at least 0
 * @returns the norm before clipping, a tensor without dimensions; 0 when there is no gradient
 * @throws TorchError `E_ARG` for a negative maxNorm or normType; `E_TORCH` see `errorIfNonfinite`
 *
 * @example
 * loss.backward();
 * const norm = torch.nn.utils.clipGradNorm_(model.parameters(), 1);
 * optimizer.step();
 */
export function clipGradNorm_(
  parameters: Tensor | Iterable<Tensor>,
  maxNorm: number,
  options?: ClipGradNormOptions,
): Tensor {
  checkOptions("clipGradNorm_", options, CLIP_GRAD_NORM);
  const normType = options?.normType ?? 2;
  const errorIfNonfinite = options?.errorIfNonfinite ?? false;
  if (typeof maxNorm !== "number" || !(maxNorm >= 0))
    badArgument(`[clipGradNorm_] expected maxNorm >= 0, got ${describeValue(maxNorm)}`);
  if (typeof normType !== "number" || !(normType > 0))
    badArgument(`[clipGradNorm_] expected normType > 0, got ${describeValue(normType)}`);
  const params = paramList("clipGradNorm_", parameters);
  return wrap(native.clipGradNorm(params.map(handleOf), maxNorm, normType, errorIfNonfinite));
}
