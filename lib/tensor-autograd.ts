import { addHook, addPostAccumulateGradHook, type Hook, type HookHandle } from "./hooks.js";
import { native } from "./native.js";
import { checkOptions, type Defaults } from "./options.js";
import type { Tensor } from "./tensor.js";
import { handleFor, isTensor, wrap } from "./tensor-base.js";
import { TensorValues } from "./tensor-values.js";

/** Options of {@link Tensor.backward}. */
export interface BackwardOptions {
  gradient?: Tensor;
  retainGraph?: boolean;
  createGraph?: boolean;
  /** Leaves to accumulate into; default all. */
  inputs?: readonly Tensor[];
}

const BACKWARD: Defaults<BackwardOptions> = { gradient: null, retainGraph: false, createGraph: false, inputs: null };

/** What autograd knows of a tensor: whether it follows it, its gradient, hooks, and `backward()`. */
export class TensorAutograd extends TensorValues {
  get requiresGrad(): boolean {
    return (native.flags(this.handle) & 1) !== 0;
  }
  set requiresGrad(value: boolean) {
    native.setRequiresGrad(this.handle, value);
  }
  requiresGrad_(value = true): this {
    native.setRequiresGrad(this.handle, value);
    return this;
  }
  get isLeaf(): boolean {
    return (native.flags(this.handle) & 2) !== 0;
  }
  isInference(): boolean {
    return (native.flags(this.handle) & 16) !== 0;
  }
  /** Name of the function that made it, such as `"MulBackward0"`, or null for a leaf. */
  get gradFn(): string | null {
    return native.gradFnName(this.handle);
  }
  /** The gradient that `backward()` accumulated here, or null. */
  get grad(): Tensor | null {
    const handle = native.grad(this.handle);
    return handle === 0 ? null : wrap(handle);
  }
  set grad(value: Tensor | null) {
    native.setGrad(this.handle, value === null ? 0 : handleFor("grad", value));
  }
  /** Keeps the gradient of a tensor that is not a leaf. */
  retainGrad(): this {
    native.retainGrad(this.handle);
    return this;
  }
  /**
   * Accumulates d self / d leaf into each leaf's `grad`.
   *
   * @param gradient what to multiply with, also as an option of that name; may be left out for a single element
   * @throws TorchError when nothing here requires grad
   *
   * @example
   * loss.backward(); y.backward(torch.onesLike(y)); y.backward({ gradient: dy, retainGraph: true });
   */
  backward(gradient: Tensor, options?: BackwardOptions): void;
  backward(options?: BackwardOptions): void;
  backward(first?: Tensor | BackwardOptions, rest?: BackwardOptions): void {
    // Python's None in the gradient's place means that there is none.
    const options = first === null || isTensor(first) ? rest : first;
    checkOptions("backward", options, BACKWARD);
    const gradient = isTensor(first) ? first : options?.gradient;
    const inputs = options?.inputs;
    native.backward(
      [handleFor("backward", this)],
      gradient === undefined || gradient === null ? null : [handleFor("backward", gradient)],
      options?.retainGraph ?? false,
      options?.createGraph ?? false,
      inputs === undefined ? null : inputs.map((input) => handleFor("backward", input)),
    );
  }
  /** Calls `hook` with the gradient on its way through; what it returns takes the gradient's place. */
  registerHook(hook: Hook): HookHandle {
    return addHook(this.handle, hook);
  }
  /**
   * Calls `hook` with this leaf each time a gradient has been added to its `grad`: an optimizer step per parameter inside
   * backward, so that gradients need not all be there at once.
   *
   * @throws TorchError `E_ARG` for a result, or a tensor that does not require grad
   *
   * @example
   * for (const p of model.parameters()) {
   *   p.registerPostAccumulateGradHook((leaf) => torch.noGrad(() => {
   *     leaf.sub_(leaf.grad!, { alpha: 0.1 });
   *     leaf.grad = null;
   *   }));
   * }
   */
  registerPostAccumulateGradHook(hook: (leaf: Tensor) => void): HookHandle {
    return addPostAccumulateGradHook(this.handle, hook);
  }
  /** The same storage under another tensor's identity: PyTorch's `x.data = y`. */
  setData(data: Tensor): this {
    native.setData(this.handle, handleFor("setData", data));
    return this;
  }
}
