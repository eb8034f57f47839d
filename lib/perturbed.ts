import { TorchError } from "./errors.js";

/** An optimizer that perturbs weights. */
interface Owner {
  readonly paramGroups: readonly { readonly params: readonly unknown[] }[];
}

/** The optimizers whose weights are at w + eps now. */
const perturbed = new Set<Owner>();

/** Notes that the weights of `owner` are at w + eps, or back at w. */
export function markPerturbed(owner: Owner, isPerturbed: boolean): void {
  if (isPerturbed) perturbed.add(owner);
  else perturbed.delete(owner);
}

/** Refuses to save or round anything while some weights are perturbed: what would be kept is not what was learned. */
export function refuseWhilePerturbed(what: string, verb = "save"): void {
  if (perturbed.size === 0) return;
  throw new TorchError(
    "E_STATE",
    `[${what}] expected weights at w, got weights that an optimizer has perturbed`,
    `${verb} after optimizer.step(), or call secondStep() or restore() first`,
  );
}

/** Refuses that one optimizer perturbs what another has perturbed: both would take w + eps for w in the end. */
export function refuseSharedPerturbation(owner: Owner): void {
  for (const other of perturbed) {
    if (other === owner) continue;
    const taken = new Set(other.paramGroups.flatMap((group) => group.params));
    if (!owner.paramGroups.some((group) => group.params.some((param) => taken.has(param)))) continue;
    throw new TorchError(
      "E_STATE",
      `[${owner.constructor.name}] expected weights at w, got weights that another optimizer has perturbed`,
      "end the other's step first: secondStep(), or restore()",
    );
  }
}
