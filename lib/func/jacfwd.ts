import { dualLevel, makeDual, unpackDual } from "../autograd/forward-ad.js";
import { badArgument } from "../errors.js";
import { stack, zeros, zerosLike } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";
import { tidy } from "../tidy.js";
import { type ArgnumOptions, argnumOf } from "./grad.js";
import type { Jacobian } from "./jacobian.js";

/**
 * As {@link jacrev}, in forward mode: one forward pass per element of the argument and no graph, which is the cheaper way where
 * the output has more elements than the argument. Of a gradient it gives the Hessian: `jacfwd(grad(f))`. The function's
 * operators need a forward formula, its custom functions a `jvp`.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.func.jacfwd.html
 *
 * @throws TorchError `E_STATE` inside another forward-mode derivative
 *
 * @example
 * torch.func.jacfwd((x: torch.Tensor) => torch.stack([x, x.square()]))(torch.randn([3])).shape; // [2, 3, 3]
 */
export function jacfwd<A extends readonly unknown[], R extends Tensor | readonly Tensor[]>(
  fn: (...args: A) => R,
  options: ArgnumOptions = {},
): (...args: A) => Jacobian<R> {
  const at = argnumOf("jacfwd", fn, options);
  return (...args) => {
    const input = args[at];
    if (!isTensor(input)) badArgument(`[jacfwd] expected a tensor as argument ${at}`);
    if (!input.isFloatingPoint() && !input.isComplex()) {
      badArgument(`[jacfwd] expected floating point or complex elements in argument ${at}, got ${input.dtype}`);
    }
    const count = input.numel();
    const columns = Array.from({ length: Math.max(1, count) }, (_, i) => column(fn, args, at, input, i));
    const single = isTensor(columns[0]!.result);
    const whole = columns[0]!.tangents.map((first, o) => {
      const shape = [...first.shape, ...input.shape];
      if (count === 0) return zeros(shape, { dtype: first.dtype, device: first.device });
      return stack(
        columns.map(({ tangents }) => tangents[o]!),
        -1,
      ).reshape(shape);
    });
    return (single ? whole[0]! : whole) as Jacobian<R>;
  };
}

/** The derivative of every output by element `i` of the input. */
function column<A extends readonly unknown[], R extends Tensor | readonly Tensor[]>(
  fn: (...args: A) => R,
  args: A,
  at: number,
  input: Tensor,
  i: number,
): { result: R; tangents: Tensor[] } {
  return dualLevel(() =>
    tidy(() => {
      const direction = zerosLike(input, { memoryFormat: "contiguousFormat" });
      if (input.numel() > 0) direction.view([-1]).narrow(0, i, 1).fill_(1);
      const dual = makeDual(input, direction);
      const result = fn(...(args.map((arg, k) => (k === at ? dual : arg)) as unknown as A));
      const outputs = isTensor(result) ? [result] : (result as readonly Tensor[]);
      if (!Array.isArray(outputs) || !outputs.every(isTensor)) {
        badArgument(`[jacfwd] expected the function to return tensors, got ${typeof result}`);
      }
      return {
        result,
        tangents: outputs.map((output) => {
          const { primal, tangent } = unpackDual(output);
          return tangent ?? zerosLike(primal);
        }),
      };
    }),
  );
}
