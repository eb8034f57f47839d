import { grad as autogradGrad, enableGrad, isGradEnabled } from "../autograd.js";
import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { zerosLike } from "../ops.generated.js";
import { expectFunction, settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";
import { differentiableArguments, settled, type Tree, treeLike, treeTensors } from "./tree.js";

/** Which argument to differentiate by; default 0. */
export interface ArgnumOptions<N extends number = number> {
  argnum?: N;
}

/** @internal Which argument, once options and function are what they should be. */
export function argnumOf(op: string, fn: unknown, options: ArgnumOptions | undefined): number {
  expectFunction(op, fn, `${op}((x) => x.square().sum())(x)`);
  const { argnum } = settings(op, { argnum: 0 }, options);
  if (Number.isInteger(argnum) && argnum >= 0) return argnum;
  badArgument(`[${op}] expected argnum as the number of an argument, from 0, got ${describeValue(argnum)}`);
}

/**
 * The gradient of a function with one element, as a function: by its first argument, or by argument `argnum`, which is a tensor
 * or holds tensors in arrays and plain objects. The gradient has the argument's form, with zeros where nothing depends.
 *
 * `.grad` of no tensor changes. Calls nest: `grad(grad(f))` is the second derivative. Tensors that `fn` uses beside its arguments
 * are constants of this derivative, and an outer derivative goes through them.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.func.grad.html
 *
 * @param fn gives one element, or `[element, ...rest]` of which only the first is differentiated
 *
 * @example
 * const loss = (params: torch.func.StateTensors, x: torch.Tensor) => torch.func.functionalCall(model, params, [x]).sum();
 * torch.func.grad(loss)(Object.fromEntries(model.namedParameters()), x); // { weight: ..., bias: ... }
 */
export function grad<A extends readonly unknown[], N extends number = 0>(
  fn: (...args: A) => Tensor | readonly [Tensor, ...unknown[]],
  options: ArgnumOptions<N> = {},
): (...args: A) => A[N] {
  const at = argnumOf("grad", fn, options);
  const both = gradAndValue(fn, { argnum: at as N });
  return (...args) => both(...args)[0];
}

/**
 * As {@link grad}, with what the function gave: `[gradient, value]`, in PyTorch's order.
 *
 * @example
 * const [dw, loss] = torch.func.gradAndValue((w: torch.Tensor) => w.square().sum())(w);
 */
export function gradAndValue<
  A extends readonly unknown[],
  R extends Tensor | readonly [Tensor, ...unknown[]],
  N extends number = 0,
>(fn: (...args: A) => R, options: ArgnumOptions<N> = {}): (...args: A) => [A[N], R] {
  const at = argnumOf("gradAndValue", fn, options);
  return (...args) => {
    const isRecorded = isGradEnabled();
    return enableGrad(() => {
      const { given, leaves, isOuter } = differentiableArguments("grad", args, [at]);
      const result = fn(...given);
      const output = (isTensor(result) ? result : result[0]) as Tensor;
      if (!isTensor(output) || output.numel() !== 1) {
        const got = isTensor(output) ? `[${output.shape.join(", ")}]` : typeof output;
        badArgument(`[grad] expected the function to return one element, got ${got}`, "jacrev() takes any shape");
      }
      const found = output.requiresGrad
        ? (autogradGrad([output], leaves, { createGraph: isRecorded, allowUnused: true }) as (Tensor | null)[])
        : leaves.map(() => null);
      const grads = found.map((g, i) => g ?? zerosLike(leaves[i]!));
      const settle = settled([...grads, ...treeTensors(result)], leaves, isOuter, isRecorded);
      return [
        treeLike(args[at] as Tree, grads.map(settle)) as A[N],
        treeLike(result as Tree, treeTensors(result).map(settle)) as R,
      ];
    });
  };
}
