import { isGradEnabled, noGrad } from "../autograd.js";
import { forget, hold } from "../callbacks.js";
import { badArgument } from "../errors.js";
import { type Handle, native } from "../native.js";
import type { Tensor } from "../tensor.js";
import { handleOf, isTensor, wrap } from "../tensor-base.js";
import { withoutTangents } from "./forward-ad.js";
import { FunctionContext } from "./function-context.js";

/** What a backward may return: a gradient per argument of forward, null for arguments that have none. */
export type Gradients = Tensor | null | undefined | readonly (Tensor | null | undefined)[];

interface FunctionClass {
  readonly name: string;
  forward(...given: never[]): unknown;
  backward?(...given: never[]): Gradients;
}
type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;
/** Arguments of `apply`: those of `forward` without the context, if it has one. */
type ArgumentsOf<C extends FunctionClass> = C extends { setupContext: unknown }
  ? Parameters<C["forward"]>
  : Tail<Parameters<C["forward"]>>;

/** The class as it is called here, its types checked by `apply`'s signature. */
interface Callable {
  readonly name: string;
  forward(...given: unknown[]): unknown;
  backward?(ctx: FunctionContext, ...grads: (Tensor | null)[]): Gradients;
  jvp?(ctx: FunctionContext, ...tangents: (Tensor | null)[]): Gradients;
  setupContext?(ctx: FunctionContext, inputs: readonly unknown[], output: unknown): void;
}

/**
 * An operation with a derivative of your own: PyTorch's `torch.autograd.Function`.
 *
 * A subclass has `static forward(ctx, ...args)`, which computes without recording a graph, and `static backward(ctx, ...grads)`,
 * which takes one gradient per output and returns one per argument of forward, null where there is none. With `static
 * setupContext(ctx, inputs, output)` forward takes no context. `static jvp(ctx, ...tangents)` adds forward mode. Only tensors
 * that are arguments themselves take part, not those inside arrays. A backward written in differentiable operators can be
 * differentiated again; wrap one that is not in {@link onceDifferentiable}.
 *
 * Backward runs on the JavaScript thread on every device. What it throws comes out of `backward()` as it is. A context keeps
 * what is assigned to it as long as the graph lives; tensors belong into `saveForBackward`, since an output that its own graph
 * holds is never collected.
 *
 * Source: https://docs.pytorch.org/docs/stable/autograd.html#function
 *
 * @throws TorchError `E_ARG` when backward returns too many or too few gradients, or one of another shape, dtype or device
 *
 * @example
 * class Cube extends torch.autograd.Function {
 *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
 *     ctx.saveForBackward(x);
 *     return x.pow(3);
 *   }
 *   static backward(ctx: torch.autograd.FunctionContext, grad: torch.Tensor) {
 *     const [x] = ctx.savedTensors;
 *     return x!.square().mul(3).mul(grad);
 *   }
 * }
 * const y = Cube.apply(x);
 */
// biome-ignore lint/complexity/noStaticOnlyClass: the shape that PyTorch gave it
export abstract class CustomFunction {
  static apply<C extends FunctionClass>(this: C, ...args: ArgumentsOf<C>): ReturnType<C["forward"]> {
    // biome-ignore lint/complexity/noThisInStatic: the subclass that it is called on
    return run(this as unknown as Callable, args) as ReturnType<C["forward"]>;
  }
}

function run(fn: Callable, args: readonly unknown[]): unknown {
  if (typeof fn.forward !== "function") badArgument(`[${fn.name}] expected a static forward, got none`);
  const ctx = new FunctionContext(
    fn.name,
    args.map((arg) => isTensor(arg) && arg.requiresGrad),
  );
  const separate = fn.setupContext !== undefined;
  const forward = () => {
    const given = separate ? fn.forward(...args) : fn.forward(ctx, ...args);
    fn.setupContext?.(ctx, args, given);
    return given;
  };
  const output = withoutTangents(() => noGrad(forward));
  return record(fn, ctx, args, output, separate);
}

function record(
  fn: Callable,
  ctx: FunctionContext,
  args: readonly unknown[],
  output: unknown,
  separate: boolean,
): unknown {
  const outputs: readonly unknown[] = Array.isArray(output) ? output : [output];
  const positions = args.flatMap((arg, i) => (isTensor(arg) ? [i] : []));
  const { saved, dirty, nonDifferentiable, materialize } = ctx._take();
  const handles = (tensors: readonly unknown[]) => tensors.map((t) => (isTensor(t) ? handleOf(t) : 0));
  const call = (grads: Handle[], savedHandles: Handle[], needed: boolean[] | null) =>
    needed === null ? push(fn, ctx, grads) : pull(fn, ctx, args, positions, grads, savedHandles, needed);
  const id = hold(call);
  let recorded = false;
  try {
    const [isRecorded, ...wrapped] = native.recordFunction(
      id,
      fn.name,
      positions.map((i) => handleOf(args[i] as Tensor)),
      positions,
      handles(outputs),
      handles(nonDifferentiable),
      handles(dirty),
      handles(saved),
      materialize,
      separate,
    );
    recorded = isRecorded;
    const results = outputs.map((given, i) => (wrapped[i] === 0 ? given : wrap(wrapped[i]!)));
    return Array.isArray(output) ? results : results[0];
  } finally {
    ctx._forgetForward();
    if (!recorded) forget(id);
  }
}

const tensorOrNull = (handle: Handle): Tensor | null => (handle === 0 ? null : wrap(handle));

/** Backward: handles of one gradient per tensor argument. */
function pull(
  fn: Callable,
  ctx: FunctionContext,
  args: readonly unknown[],
  positions: readonly number[],
  grads: readonly Handle[],
  saved: readonly Handle[],
  needed: readonly boolean[],
): Handle[] {
  if (fn.backward === undefined) badArgument(`[${fn.name}] expected a static backward, got none`);
  const needs = args.map(() => false);
  positions.forEach((position, edge) => {
    needs[position] = needed[edge] ?? false;
  });
  const result = ctx._during(saved.map(tensorOrNull), needs, () => fn.backward!(ctx, ...grads.map(tensorOrNull)));
  const list = listOf(`${fn.name}.backward`, result);
  const extra = list.slice(args.length).some((grad) => grad !== null && grad !== undefined);
  if (list.length < args.length || extra) {
    badArgument(
      `[${fn.name}.backward] expected ${args.length} gradients, one per argument of forward, got ${list.length}`,
      "return null for arguments that have none",
    );
  }
  args.forEach((arg, i) => {
    if (!isTensor(arg) && list[i] !== null && list[i] !== undefined) {
      badArgument(`[${fn.name}.backward] expected null for argument ${i}, which is no tensor, got a gradient`);
    }
  });
  return positions.map((i) => handleIn(list[i]));
}

/** Forward mode: handles of one tangent per output. */
function push(fn: Callable, ctx: FunctionContext, tangents: readonly Handle[]): Handle[] {
  if (fn.jvp === undefined) {
    badArgument(`[${fn.name}] expected a static jvp, got none`, "forward mode needs one");
  }
  const result = ctx._duringJvp(() => fn.jvp!(ctx, ...tangents.map(tensorOrNull)));
  return listOf(`${fn.name}.jvp`, result).map(handleIn);
}

const handleIn = (grad: Tensor | null | undefined): Handle =>
  grad === null || grad === undefined ? 0 : handleOf(grad);

function listOf(op: string, given: Gradients): readonly (Tensor | null | undefined)[] {
  const list = Array.isArray(given) ? (given as readonly (Tensor | null | undefined)[]) : [given as Tensor];
  for (const item of list) {
    if (item !== null && item !== undefined && !isTensor(item)) {
      badArgument(`[${op}] expected tensors and nulls, got ${typeof item}`);
    }
  }
  return list;
}

/**
 * A backward that can be differentiated once only: it runs without recording a graph, and differentiating its result is an
 * error instead of a wrong value.
 *
 * @example
 * static backward = torch.autograd.onceDifferentiable((ctx: torch.autograd.FunctionContext, grad: torch.Tensor) => grad.mul(2));
 */
export function onceDifferentiable<C extends FunctionContext<readonly (Tensor | null)[]>, G extends (Tensor | null)[]>(
  backward: (ctx: C, ...grads: G) => Gradients,
): (ctx: C, ...grads: G) => Gradients {
  return (ctx, ...grads) => {
    const result = noGrad(() => backward(ctx, ...grads));
    const asking = grads.filter((grad): grad is Tensor => grad?.requiresGrad === true);
    if (!isGradEnabled() || asking.length === 0) return result;
    return listOf(`${ctx._name}.backward`, result).map((grad) =>
      grad === null || grad === undefined ? null : OnlyOnce.apply(ctx._name, grad, ...asking),
    );
  };
}

class OnlyOnce extends CustomFunction {
  static forward(ctx: FunctionContext & { owner?: string }, owner: string, grad: Tensor, ..._asking: Tensor[]): Tensor {
    ctx.owner = owner;
    return grad.viewAs(grad);
  }
  static backward(ctx: FunctionContext & { owner?: string }): never {
    return badArgument(
      `[${ctx.owner}.backward] expected to be differentiated once, got a second derivative`,
      "write backward in differentiable operators and drop onceDifferentiable",
    );
  }
}
