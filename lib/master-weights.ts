import { native } from "./native.js";
import type { Tensor } from "./tensor.js";
import { handleOf } from "./tensor-base.js";
import { keep } from "./tidy.js";

const masters = new WeakMap<Tensor, Tensor>();
const owners = new WeakMap<Tensor, Tensor>();
/** Parameters that had a master once: LibTorch notes the dtype of their gradients, and does not change it with theirs. */
const former = new WeakSet<Tensor>();

/**
 * The float32 weights behind a parameter that `module.to(dtype, { masterWeights: true })` keeps in a lower precision, and `undefined`
 * for every other tensor. What was written into the parameter itself since the last step has been taken over.
 *
 * For optimizers with a `step` of their own: they change the master, in place, and call {@link writeWorkingWeights} then.
 * Everything else that updates or saves weights in this library finds the masters by itself.
 *
 * @example
 * const weight = torch.masterOf(model.fc.weight) ?? model.fc.weight; // float32
 */
export function masterOf(param: Tensor): Tensor | undefined {
  const master = masters.get(param);
  if (master !== undefined) native.syncMaster(handleOf(param));
  return master;
}

/** Writes the master's values, rounded, into the parameter; does nothing for a parameter without one. */
export function writeWorkingWeights(param: Tensor): void {
  if (masters.has(param)) native.writeWorking(handleOf(param));
}

/** @internal The parameter that a master stands behind; any other tensor is its own. */
export const ownerOf = (tensor: Tensor): Tensor => owners.get(tensor) ?? tensor;

/** @internal Puts `master` behind a parameter that has its values, rounded. */
export function setMaster(param: Tensor, master: Tensor): void {
  native.setMaster(handleOf(param), handleOf(master));
  masters.set(param, keep(master));
  owners.set(master, param);
}

/** @internal Ends what {@link setMaster} began. */
export function dropMaster(param: Tensor): void {
  const master = masters.get(param);
  if (master === undefined) return;
  masters.delete(param);
  owners.delete(master);
  former.add(param);
  if (!param.isDisposed) native.dropMaster(handleOf(param));
  master.dispose();
}

/** @internal After a change of dtype: gradients of a parameter without a master have its own. */
export function followDtype(param: Tensor): void {
  if (former.has(param) && !masters.has(param)) native.dropMaster(handleOf(param));
}
