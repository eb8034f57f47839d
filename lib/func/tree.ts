import { detachReverse } from "../autograd/forward-ad.js";
import { badArgument } from "../errors.js";
import { native } from "../native.js";
import type { Tensor } from "../tensor.js";
import { handleOf, isTensor } from "../tensor-base.js";

/** A tensor, or arrays and plain objects of such. */
export type Tree = Tensor | readonly Tree[] | { readonly [name: string]: Tree };

/** The tensors of a value in order; what is no tensor, array or plain object holds none. */
export function treeTensors(value: unknown): Tensor[] {
  if (isTensor(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(treeTensors);
  return isPlain(value) ? Object.values(value).flatMap(treeTensors) : [];
}

/** The same form with other tensors. */
export function treeLike<T>(form: T, tensors: readonly Tensor[]): T {
  let next = 0;
  const fill = (value: unknown): unknown => {
    if (isTensor(value)) return tensors[next++];
    if (Array.isArray(value)) return value.map(fill);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item)]));
  };
  return fill(form) as T;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Arguments with those at `places` replaced by tensors of our own that require grad. */
export function differentiableArguments<A extends readonly unknown[]>(
  op: string,
  args: A,
  places: readonly number[],
): { given: A; leaves: Tensor[]; isOuter: boolean } {
  const leaves: Tensor[] = [];
  let isOuter = false;
  const given = args.map((arg, i) => {
    if (!places.includes(i)) return arg;
    const own = treeTensors(arg).map((tensor) => {
      isOuter ||= tensor.requiresGrad;
      return tensor.requiresGrad ? tensor.viewAs(tensor) : detachReverse(tensor).requiresGrad_();
    });
    leaves.push(...own);
    return treeLike(arg, own);
  });
  if (leaves.length === 0 || !places.every((place) => place >= 0 && place < args.length)) {
    badArgument(`[${op}] expected tensors in argument ${places.join(", ")}, got none`);
  }
  return { given: given as unknown as A, leaves, isOuter };
}

/**
 * Results as the world outside sees them: with their graph when that leads out, to arguments or other tensors that require
 * grad there, and without when it leads to our own leaves only.
 */
export function settled(
  results: readonly Tensor[],
  leaves: readonly Tensor[],
  isOuter: boolean,
  isRecorded: boolean,
): (tensor: Tensor) => Tensor {
  const keeps = isRecorded && (isOuter || native.dependsBeyond(results.map(handleOf), leaves.map(handleOf)));
  return (tensor) => (keeps ? tensor : detachReverse(tensor));
}
