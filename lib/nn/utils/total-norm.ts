import { noGrad } from "../../autograd.js";
import { badArgument, TorchError } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { linalgVectorNorm, stack, zeros } from "../../ops.generated.js";
import { checkOptions } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { CLIP_GRAD_NORM, type ClipGradNormOptions } from "./clip-grad-norm.js";
import { paramList } from "./param-list.js";

/**
 * The norm of tensors as of one long vector; 0 for none.
 *
 * @param options see `clipGradNorm_`
 * @throws TorchError `E_ARG` for a negative normType; `E_TORCH` see `errorIfNonfinite`
 *
 * @example
 * const norm = torch.nn.utils.getTotalNorm(model.parameters().map((p) => p.grad!));
 */
export function getTotalNorm(tensors: Tensor | Iterable<Tensor>, options?: ClipGradNormOptions): Tensor {
  checkOptions("getTotalNorm", options, CLIP_GRAD_NORM);
  const normType = options?.normType ?? 2;
  const errorIfNonfinite = options?.errorIfNonfinite ?? false;
  if (typeof normType !== "number" || !(normType > 0))
    badArgument(`[getTotalNorm] expected normType > 0, got ${describeValue(normType)}`);
  const list = paramList("getTotalNorm", tensors);
  const norm = tidy(() => {
    if (list.length === 0) return zeros([]);
    const { device } = list[0]!;
    return linalgVectorNorm(stack(list.map((x) => linalgVectorNorm(x, normType).to(device))), normType);
  });
  if (errorIfNonfinite && !Number.isFinite(norm.itemNumber())) {
    throw new TorchError("E_TORCH", `[getTotalNorm] expected a finite norm, got ${norm.itemNumber()}`);
  }
  return norm;
}

/**
 * Scales gradients in place by min(1, maxNorm / (totalNorm + 1e-6)): `clipGradNorm_` with a norm that is known already.
 *
 * @param parameters those without a gradient are passed over
 * @throws TorchError `E_ARG` for a negative maxNorm
 */
export function clipGradsWithNorm_(parameters: Tensor | Iterable<Tensor>, maxNorm: number, totalNorm: Tensor): void {
  if (typeof maxNorm !== "number" || !(maxNorm >= 0))
    badArgument(`[clipGradsWithNorm_] expected maxNorm >= 0, got ${describeValue(maxNorm)}`);
  const list = paramList("clipGradsWithNorm_", parameters);
  noGrad(() =>
    tidy(() => {
      const factor = totalNorm.add(1e-6).reciprocal_().mul_(maxNorm).clampMax_(1);
      for (const { grad } of list) grad?.mul_(factor.to(grad.device));
    }),
  );
}
