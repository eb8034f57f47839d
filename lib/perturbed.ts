import { TorchError } from "./errors.js";

/** The optimizers whose weights are at w + eps now. */
const perturbed = new Set<object>();

/** Notes that the weights of `owner` are at w + eps, or back at w. */
export function markPerturbed(owner: object, isPerturbed: boolean): void {
  if (isPerturbed) perturbed.add(owner);
  else perturbed.delete(owner);
}

/** Refuses to save anything while some weights are perturbed: what would be saved is not what was learned. */
export function refuseWhilePerturbed(what: string): void {
  if (perturbed.size === 0) return;
  throw new TorchError(
    "E_STATE",
    `[${what}] expected weights at w, got weights that an optimizer has perturbed`,
    "save after optimizer.step(), or call secondStep() or restore() first",
  );
}
