import { badArgument, TorchError } from "../errors.js";
import { native } from "../native.js";
import { synchronous } from "../synchronous.js";
import type { Tensor } from "../tensor.js";
import { handleOf, isTensor, wrap } from "../tensor-base.js";

/*
 * Derivatives that go forward with the values: PyTorch's `torch.autograd.forward_ad`. A dual tensor is a value with a tangent;
 * what is computed from it has one too, its directional derivative, at the cost of one forward pass and without a graph.
 *
 * Source: https://docs.pytorch.org/docs/stable/autograd.html#forward-mode-automatic-differentiation
 */

let isInside = false;

/**
 * Runs `fn` with forward mode at hand: only there do tensors carry tangents, and afterwards they have none. It must not be
 * async.
 *
 * @throws TorchError `E_STATE` inside another one: LibTorch has one level; `E_ARG` when `fn` gives a promise
 *
 * @example
 * const { dualLevel, makeDual, unpackDual } = torch.autograd.forwardAd;
 * // The derivative of sin at x in the direction t: t cos(x).
 * const dy = dualLevel(() => unpackDual(makeDual(x, t).sin()).tangent);
 */
export function dualLevel<T>(fn: () => T): T {
  if (isInside) {
    throw new TorchError(
      "E_STATE",
      "[dualLevel] expected no other dualLevel around this one, got one",
      "LibTorch has one level; torch.func.jvp() and reverse mode nest",
    );
  }
  native.enterDual();
  isInside = true;
  try {
    return synchronous("dualLevel", fn());
  } finally {
    isInside = false;
    native.exitDual();
  }
}

/**
 * A view of `tensor` that carries `tangent`.
 *
 * @param tangent of the tensor's shape, dtype and device
 * @throws TorchError `E_ARG` for anything else, and for integers; `E_STATE` outside {@link dualLevel}
 */
export function makeDual(tensor: Tensor, tangent: Tensor): Tensor {
  expectInside("makeDual");
  for (const [name, given] of [
    ["tensor", tensor],
    ["tangent", tangent],
  ] as const) {
    if (!isTensor(given)) badArgument(`[makeDual] expected a tensor for '${name}', got ${typeof given}`);
    if (!given.isFloatingPoint() && !given.isComplex()) {
      badArgument(`[makeDual] expected floating point or complex elements for '${name}', got ${given.dtype}`);
    }
  }
  const fits = tensor.dtype === tangent.dtype && tensor.device === tangent.device && sameShape(tensor, tangent);
  if (!fits) {
    const like = (t: Tensor) => `${t.dtype} [${t.shape.join(", ")}] ${t.device}`;
    badArgument(`[makeDual] expected a tangent like ${like(tensor)}, got ${like(tangent)}`);
  }
  return wrap(native.makeDual(handleOf(tensor), handleOf(tangent)));
}

/** What {@link unpackDual} takes apart. */
export interface UnpackedDual {
  primal: Tensor;
  /** null for a tensor that carries none, which stands for zeros. */
  tangent: Tensor | null;
}

/**
 * Value and tangent of a tensor.
 *
 * @throws TorchError `E_STATE` outside {@link dualLevel}
 */
export function unpackDual(tensor: Tensor): UnpackedDual {
  expectInside("unpackDual");
  if (!isTensor(tensor)) badArgument(`[unpackDual] expected a tensor, got ${typeof tensor}`);
  const [primal, tangent] = native.unpackDual(handleOf(tensor));
  return { primal: wrap(primal), tangent: tangent === 0 ? null : wrap(tangent) };
}

/** @internal `detach()` for reverse mode only: a tangent stays. */
export const detachReverse = (tensor: Tensor): Tensor =>
  isInside ? wrap(native.detachReverse(handleOf(tensor))) : tensor.detach();

/** @internal Runs `fn` with tangents left aside: a custom function computes its own. */
export function withoutTangents<T>(fn: () => T): T {
  if (!isInside) return fn();
  const before = native.setForwardGrad(false);
  try {
    return fn();
  } finally {
    native.setForwardGrad(before);
  }
}

const sameShape = (a: Tensor, b: Tensor): boolean =>
  a.dim() === b.dim() && a.shape.every((extent, i) => extent === b.shape[i]);

function expectInside(op: string): void {
  if (!isInside) {
    throw new TorchError("E_STATE", `[${op}] expected to be called inside dualLevel`, "dualLevel(() => ...)");
  }
}
