import { badArgument, TorchError } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";

/**
 * What forward of a custom function leaves for its backward. Values other than tensors may be assigned to it freely; the type of `ctx`
 * names them, and may say what `saveForBackward` keeps.
 *
 * @example
 * type Context = torch.autograd.FunctionContext<[x: torch.Tensor, mask: torch.Tensor | null]> & { beta: number };
 * class Scaled extends torch.autograd.Function {
 *   static forward(ctx: Context, x: torch.Tensor, mask: torch.Tensor | null, beta: number) {
 *     ctx.saveForBackward(x, mask);
 *     ctx.beta = beta;
 *     return (mask === null ? x : x.mul(mask)).mul(beta);
 *   }
 *   static backward(ctx: Context, grad: torch.Tensor) {
 *     const [, mask] = ctx.savedTensors;
 *     return [(mask === null ? grad : grad.mul(mask)).mul(ctx.beta), null, null];
 *   }
 * }
 */
export class FunctionContext<Saved extends readonly (Tensor | null)[] = Tensor[]> {
  /**
   * Per argument of forward, whether its gradient is asked for. In backward this is exact: false also for inputs that
   * `torch.autograd.grad` was not asked about.
   */
  needsInputGrad: readonly boolean[];
  /** @internal The function's name. */
  readonly _name: string;
  #saved: readonly (Tensor | null)[] = [];
  #savedForForward: readonly (Tensor | null)[] = [];
  #isReadable = true;
  #dirty: readonly Tensor[] = [];
  #nonDifferentiable: readonly Tensor[] = [];
  #materialize = true;

  /** @internal */
  constructor(name: string, needsInputGrad: readonly boolean[]) {
    this._name = name;
    this.needsInputGrad = needsInputGrad;
  }

  /**
   * Keeps tensors for backward, in the graph: they are freed with it, a change in place of one is noticed, and an output is no
   * cycle. A second call replaces the first.
   */
  saveForBackward(...tensors: (Tensor | null)[]): void {
    this.#check("saveForBackward", tensors);
    this.#saved = tensors;
  }
  /** Keeps tensors for `jvp`, which runs right after forward when an argument carries a tangent. A second call replaces the first. */
  saveForForward(...tensors: (Tensor | null)[]): void {
    this.#check("saveForForward", tensors);
    this.#savedForForward = tensors;
  }
  /**
   * What {@link saveForBackward} kept, and inside `jvp` {@link saveForForward}. To be asked for inside those. Null comes for null:
   * where a function saves it, the type of its context says so.
   */
  get savedTensors(): Saved {
    if (!this.#isReadable) {
      throw new TorchError(
        "E_STATE",
        `[${this._name}] expected savedTensors to be read inside backward or jvp, got them read afterwards`,
        "take what you need from ctx.savedTensors while backward or jvp runs",
      );
    }
    return [...this.#saved] as readonly (Tensor | null)[] as Saved;
  }
  /** Names arguments that forward has changed in place; each must be among the outputs. */
  markDirty(...tensors: Tensor[]): void {
    this.#check("markDirty", tensors);
    this.#dirty = tensors;
  }
  /** Names outputs that have no gradient, such as indices. */
  markNonDifferentiable(...tensors: Tensor[]): void {
    this.#check("markNonDifferentiable", tensors);
    this.#nonDifferentiable = tensors;
  }
  /** Whether backward sees zeros for outputs that nothing was computed from (default), or null. */
  setMaterializeGrads(value: boolean): void {
    this.#materialize = value;
  }

  #check(op: string, tensors: readonly unknown[]): void {
    for (const tensor of tensors) {
      const isSaving = op.startsWith("save");
      if (!isTensor(tensor) && !(isSaving && tensor === null)) {
        badArgument(
          `[${op}] expected tensors, got ${tensor === null ? "null" : typeof tensor}`,
          isSaving ? "assign other values to the context: ctx.scale = 2" : undefined,
        );
      }
    }
  }

  /** @internal What forward said; the context lets go of the tensors, which the graph has now. */
  _take(): {
    saved: readonly (Tensor | null)[];
    dirty: readonly Tensor[];
    nonDifferentiable: readonly Tensor[];
    materialize: boolean;
  } {
    const taken = {
      saved: this.#saved,
      dirty: this.#dirty,
      nonDifferentiable: this.#nonDifferentiable,
      materialize: this.#materialize,
    };
    this.#saved = [];
    this.#dirty = [];
    this.#nonDifferentiable = [];
    this.#isReadable = false;
    return taken;
  }

  /** @internal Runs a jvp with its saved tensors at hand. */
  _duringJvp<T>(fn: () => T): T {
    return this._during(this.#savedForForward, this.needsInputGrad, fn);
  }
  /** @internal The context lets go of what was kept for a jvp, which has run or never will. */
  _forgetForward(): void {
    this.#savedForForward = [];
  }

  /** @internal Runs a backward with its saved tensors at hand. */
  _during<T>(saved: readonly (Tensor | null)[], needs: readonly boolean[], fn: () => T): T {
    const before = [this.#saved, this.#isReadable, this.needsInputGrad] as const;
    this.#saved = saved;
    this.#isReadable = true;
    this.needsInputGrad = needs;
    try {
      return fn();
    } finally {
      [this.#saved, this.#isReadable, this.needsInputGrad] = before;
    }
  }
}
