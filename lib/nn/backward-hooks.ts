import { CustomFunction } from "../autograd/function.js";
import type { FunctionContext } from "../autograd/function-context.js";
import { isGradEnabled } from "../autograd.js";
import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor, type Tensor } from "../tensor.js";
import { shown } from "./describe-module.js";
import type { AnyModule } from "./module.js";

/** One gradient for each input or output of a module; null for what is no tensor, and where there is none. */
export type ModuleGrads = readonly (Tensor | null)[];

type BackwardHook = (module: AnyModule, gradInput: ModuleGrads, gradOutput: ModuleGrads) => unknown;
type BackwardPreHook = (module: AnyModule, gradOutput: ModuleGrads) => unknown;
type Change = (grads: ModuleGrads) => ModuleGrads;

/** A point in the graph where gradients of several tensors come by together. */
class BackwardHookFunction extends CustomFunction {
  static forward(ctx: FunctionContext & { change?: Change }, change: Change, fill: boolean, ...tensors: Tensor[]) {
    ctx.markNonDifferentiable(...tensors.filter((tensor) => !tensor.requiresGrad));
    ctx.setMaterializeGrads(fill);
    ctx.change = change;
    return tensors;
  }
  static backward(ctx: FunctionContext & { change?: Change }, ...grads: (Tensor | null)[]) {
    return [null, null, ...ctx.change!(grads)];
  }
}

/**
 * The backward hooks of one call of a module's `forward`, as in PyTorch: what goes in and what comes out passes a node of the graph.
 * The one behind the module sees the outputs' gradients, and the one before it those of the inputs, later in the same backward pass.
 */
export class BackwardHooks {
  readonly #module: AnyModule;
  readonly #before: readonly BackwardPreHook[];
  readonly #after: readonly BackwardHook[];
  #inputs = 0;
  /** Whether gradients reach the inputs; otherwise the hooks run as soon as those of the outputs are there. */
  #reachesInputs = false;
  #gradOutput: ModuleGrads | null = null;

  /** Hooks that are taken off later still run in this call's backward pass. */
  constructor(module: AnyModule, before: Iterable<BackwardPreHook>, after: Iterable<BackwardHook>) {
    this.#module = module;
    this.#before = [...before];
    this.#after = [...after];
  }

  /** The inputs, to be given to `forward` in place of those that were given. */
  enter(inputs: readonly unknown[]): readonly unknown[] {
    this.#inputs = inputs.length;
    const passed = passThrough(inputs, true, (grads) => this.#leaveBackward(grads));
    this.#reachesInputs = passed !== null;
    return passed ?? inputs;
  }

  /** The output, a tensor or an array of them, in place of what `forward` gave. */
  leave(output: unknown): unknown {
    if (!isTensor(output) && !Array.isArray(output)) {
      const name = this.#module.constructor.name;
      process.emitWarning(
        `[registerFullBackwardHook] expected ${name} to give a tensor or an array of tensors, got another output, whose gradients hooks do not see`,
        "TorchWarning",
      );
    }
    const list: readonly unknown[] = Array.isArray(output) ? output : [output];
    const passed = passThrough(list, false, (grads) => this.#enterBackward(grads));
    if (passed === null) return output;
    return Array.isArray(output) ? passed : passed[0];
  }

  #enterBackward(grads: ModuleGrads): ModuleGrads {
    let gradOutput = grads;
    for (const hook of this.#before) {
      gradOutput = changed("registerFullBackwardPreHook", hook(this.#module, gradOutput), gradOutput);
    }
    if (this.#reachesInputs) {
      this.#gradOutput = gradOutput;
      return gradOutput;
    }
    const none = new Array<null>(this.#inputs).fill(null);
    for (const hook of this.#after) {
      const given = changed("registerFullBackwardHook", hook(this.#module, none, gradOutput), none);
      if (given.some((grad) => grad !== null)) {
        badArgument(
          "[registerFullBackwardHook] expected nothing, or null for each input, since none of them requires grad, got a gradient",
        );
      }
    }
    return gradOutput;
  }

  #leaveBackward(grads: ModuleGrads): ModuleGrads {
    const gradOutput = this.#gradOutput;
    // The way here did not lead through the outputs, as in a second derivative.
    if (gradOutput === null) return grads;
    this.#gradOutput = null;
    let gradInput = grads;
    for (const hook of this.#after) {
      gradInput = changed("registerFullBackwardHook", hook(this.#module, gradInput, gradOutput), gradInput);
    }
    return gradInput;
  }
}

/**
 * The values with views in the place of tensors, whose gradients `change` sees in one list with null for other values; null where no
 * gradient will come.
 *
 * @param fill whether gradients that are absent become zeros
 */
function passThrough(values: readonly unknown[], fill: boolean, change: Change): unknown[] | null {
  const tensors = values.filter(isTensor);
  if (!isGradEnabled() || !tensors.some((tensor) => tensor.requiresGrad)) return null;
  const places = values.flatMap((value, i) => (isTensor(value) ? [i] : []));
  const forTensors: Change = (grads) => {
    const all = new Array<Tensor | null>(values.length).fill(null);
    for (const [i, place] of places.entries()) all[place] = grads[i]!;
    const result = change(all);
    return places.map((place) => result[place]!);
  };
  const views = BackwardHookFunction.apply(forTensors, fill, ...tensors);
  const out = [...values];
  for (const [i, place] of places.entries()) out[place] = views[i];
  return out;
}

/** What a hook has returned in place of `grads`, if anything. */
function changed(op: string, returned: unknown, grads: ModuleGrads): ModuleGrads {
  if (returned === undefined || returned === null) return grads;
  if (!Array.isArray(returned)) {
    badArgument(`[${op}] expected the hook to return a list of gradients or nothing, got ${describeValue(returned)}`);
  }
  if (returned.length !== grads.length) {
    badArgument(`[${op}] expected the hook to return ${grads.length} gradients, got ${returned.length}`);
  }
  return returned.map((grad: unknown, i) => {
    if (grad === undefined || grad === null) return null;
    if (!isTensor(grad)) {
      badArgument(`[${op}] expected the hook to return tensors and nulls, got ${describeValue(grad)}`);
    }
    const want = grads[i]?.shape ?? grad.shape;
    if (String(grad.shape) !== String(want)) {
      badArgument(`[${op}] expected the hook to return a gradient of shape ${shown(want)}, got ${shown(grad.shape)}`);
    }
    return grad;
  });
}
