import { jacobian } from "../autograd/functional.js";
import { enableGrad, isGradEnabled } from "../autograd.js";
import { badArgument } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";
import { type ArgnumOptions, argnumOf } from "./grad.js";
import { differentiableArguments, settled, treeLike, treeTensors } from "./tree.js";

/** `R` with every tensor replaced by a Jacobian: a tensor for a tensor, an array for an array. */
export type Jacobian<R> = R extends Tensor ? Tensor : Tensor[];

/**
 * The Jacobian of a function as a function: `[...output.shape, ...argument.shape]`, by its first argument or by argument
 * `argnum`. One backward pass per element of the output.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.func.jacrev.html
 *
 * @example
 * torch.func.jacrev((x: torch.Tensor) => x.sin())(torch.randn([3])).shape; // [3, 3]
 */
export function jacrev<A extends readonly unknown[], R extends Tensor | readonly Tensor[]>(
  fn: (...args: A) => R,
  options: ArgnumOptions = {},
): (...args: A) => Jacobian<R> {
  const at = argnumOf("jacrev", fn, options);
  return (...args) => {
    if (!isTensor(args[at])) badArgument(`[jacrev] expected a tensor as argument ${at}`);
    const isRecorded = isGradEnabled();
    return enableGrad(() => {
      const { given, leaves, isOuter } = differentiableArguments("jacrev", args, [at]);
      const one = (x: Tensor) => fn(...(given.map((arg, i) => (i === at ? x : arg)) as unknown as A));
      const whole = jacobian(one as (x: Tensor) => Tensor, leaves[0]!, { createGraph: isRecorded });
      const tensors = treeTensors(whole);
      return treeLike(whole, tensors.map(settled(tensors, leaves, isOuter, isRecorded))) as Jacobian<R>;
    });
  };
}

/**
 * Second derivatives of a function with one element, as a function: `[...argument.shape, ...argument.shape]`.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.func.hessian.html
 *
 * @example
 * torch.func.hessian((x: torch.Tensor) => x.pow(3).sum())(torch.tensor([1, 2])); // [[6, 0], [0, 12]]
 */
export function hessian<A extends readonly unknown[]>(
  fn: (...args: A) => Tensor,
  options: ArgnumOptions = {},
): (...args: A) => Tensor {
  argnumOf("hessian", fn, options);
  return jacrev(jacrev(fn, options) as (...args: A) => Tensor, options);
}
