import { native } from "../../native.js";
import { handleOf, type Tensor } from "../../tensor.js";

/**
 * The number of a tensor with one floating-point element on the CPU, where nothing has to be waited for; undefined of every other tensor.
 *
 * @param mustBeFinite a recorded step that finds it is not stops there
 */
export function hostNumber(tensor: Tensor, mustBeFinite = false): number | undefined {
  return native.hostNumber(handleOf(tensor), mustBeFinite);
}
