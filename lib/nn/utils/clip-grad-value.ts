import { badArgument } from "../../errors.js";
import { native } from "../../native.js";
import { describeValue } from "../../ops/describe-value.js";
import { handleOf, type Tensor } from "../../tensor.js";
import { paramList } from "./param-list.js";

/**
 * Limits each element of the gradients: g <- min(max(g, -clipValue), clipValue), in place.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html
 *
 * @param parameters those without a gradient are passed over
 * @param clipValue at least 0
 *
 * @example
 * torch.nn.utils.clipGradValue_(model.parameters(), 0.5);
 */
export function clipGradValue_(parameters: Tensor | Iterable<Tensor>, clipValue: number): void {
  if (typeof clipValue !== "number" || !(clipValue >= 0))
    badArgument(`[clipGradValue_] expected clipValue >= 0, got ${describeValue(clipValue)}`);
  native.clipGradValue(paramList("clipGradValue_", parameters).map(handleOf), clipValue);
}
