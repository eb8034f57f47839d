import { jvp as functionalJvp } from "../autograd/functional.js";
import { grad as autogradGrad, enableGrad, isGradEnabled } from "../autograd.js";
import { badArgument } from "../errors.js";
import { zerosLike } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";
import { differentiableArguments, settled, treeLike, treeTensors } from "./tree.js";

/**
 * What `fn` gives for these arguments, and the function that multiplies with its Jacobian from the left: a cotangent like the
 * output in, one like each argument out. It may be called any number of times.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.func.vjp.html
 *
 * @param primals tensors, or arrays and plain objects of tensors
 *
 * @example
 * const [y, pull] = torch.func.vjp((x: torch.Tensor) => x.sin(), x);
 * const [dx] = pull(torch.onesLike(y));
 */
export function vjp<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  ...primals: A
): [R, (cotangents: R) => { -readonly [K in keyof A]: A[K] }] {
  const isRecorded = isGradEnabled();
  return enableGrad(() => {
    const places = primals.map((_, i) => i);
    const { given, leaves, isOuter } = differentiableArguments("vjp", primals, places);
    const result = fn(...given);
    const outputs = treeTensors(result);
    if (outputs.length === 0) badArgument("[vjp] expected the function to return tensors, got none");
    const settle = settled(outputs, leaves, isOuter, isRecorded);
    const pull = (cotangents: R) => {
      const flows = treeTensors(cotangents);
      if (flows.length !== outputs.length) {
        badArgument(`[vjp] expected ${outputs.length} cotangents, one per output, got ${flows.length}`);
      }
      const createGraph = isGradEnabled();
      const asking = outputs.flatMap((output, i) => (output.requiresGrad ? [i] : []));
      const found =
        asking.length === 0
          ? leaves.map(() => null)
          : (autogradGrad(
              asking.map((i) => outputs[i]!),
              leaves,
              { gradOutputs: asking.map((i) => flows[i]!), retainGraph: true, createGraph, allowUnused: true },
            ) as (Tensor | null)[]);
      const grads = found.map((g, i) => g ?? zerosLike(leaves[i]!));
      const keep = settled([...grads], leaves, isOuter, createGraph);
      let next = 0;
      return primals.map((primal) => {
        const count = treeTensors(primal).length;
        const own = grads.slice(next, next + count).map(keep);
        next += count;
        return treeLike(primal, own);
      }) as { -readonly [K in keyof A]: A[K] };
    };
    return [treeLike(result, outputs.map(settle)), pull];
  });
}

/**
 * What `fn` gives for these arguments, and its Jacobian times the tangents: `[output, J t]`. Computed from two backward passes
 * (the derivative of `u^T J` by u), so the operators of `fn` must be twice differentiable.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.func.jvp.html
 *
 * @example
 * const [y, dy] = torch.func.jvp((x: torch.Tensor) => x.sin(), [x], [torch.onesLike(x)]);
 */
export function jvp<R extends Tensor | readonly Tensor[]>(
  fn: (...args: Tensor[]) => R,
  primals: readonly Tensor[],
  tangents: readonly Tensor[],
): [R, R] {
  if (!Array.isArray(primals) || !primals.every(isTensor)) badArgument("[jvp] expected an array of tensors");
  const isRecorded = isGradEnabled();
  return enableGrad(() => {
    const { given, leaves, isOuter } = differentiableArguments(
      "jvp",
      primals,
      primals.map((_, i) => i),
    );
    const run = fn as (...args: Tensor[]) => Tensor;
    const both = functionalJvp(run, given, tangents, { createGraph: isRecorded });
    const tensors = treeTensors(both);
    const isLinked = isOuter || tangents.some((tangent) => tangent.requiresGrad);
    return treeLike(both, tensors.map(settled(tensors, leaves, isLinked, isRecorded))) as unknown as [R, R];
  });
}
