import { inspect } from "node:util";
import { noGrad, withGradMode } from "../autograd.js";
import { badArgument, TorchError } from "../errors.js";
import { inspectSymbol } from "../inspect-symbol.js";
import { masterOf, ownerOf, writeWorkingWeights } from "../master-weights.js";
import { native } from "../native.js";
import { checkOptions } from "../options.js";
import { noteStepOf } from "../tape.js";
import { isTensor, type Tensor } from "../tensor.js";
import { keep, tidy } from "../tidy.js";
import { refusePromise } from "./checks.js";
import { GroupLists } from "./group-lists.js";
import { asGroups, makeGroup, type ParamGroup, type ParamGroupInput, type Params } from "./param-group.js";
import { ParamState } from "./param-state.js";
import { copyValue, type OptimizerState, packGroups, readState } from "./state-dict.js";

const ZERO_GRAD = { setToNone: true };

/**
 * What every optimizer has: parameter groups, gradients to clear, a step, a state to save.
 *
 * For an optimizer of your own, extend it and implement `updateParam`; it runs for each parameter that has a gradient, without
 * recording a graph, and tensors it makes are freed after the step. What a parameter needs to remember goes into
 * `this.stateOf(param, () => ({ ... }))`: it outlives the step and is part of `stateDict()`. `step` itself may be overridden too.
 *
 * @typeParam O options of a group, such as `{ lr: number }`
 *
 * @example
 * class SignSGD extends torch.optim.Optimizer<{ lr: number; beta: number }> {
 *   constructor(params: torch.optim.Params, options: { lr: number; beta?: number }) {
 *     super(params, { beta: 0.9, ...options });
 *   }
 *   protected override updateParam(param: torch.Tensor, grad: torch.Tensor, group: { lr: number; beta: number }) {
 *     const state = this.stateOf(param, () => ({ average: torch.zerosLike(param) }));
 *     state.average.lerp_(grad, 1 - group.beta);
 *     param.sub_(state.average.sign(), { alpha: group.lr });
 *   }
 * }
 */
export abstract class Optimizer<O extends object = object> {
  /** What a group that does not say otherwise gets. */
  readonly defaults: Readonly<O>;
  /** Parameters with their options; a scheduler sets `lr` here. */
  paramGroups: ParamGroup<O>[] = [];
  /**
   * A tensor with one element that is not 0 when a gradient of this step was not finite: the step then changes nothing.
   * SGD, Adam and AdamW leave it on the device; other optimizers wait for it.
   */
  foundInf: Tensor | null = null;
  /** What the gradients are to be divided by before the step, a tensor with one element. */
  gradScale: Tensor | null = null;

  readonly #lists = new GroupLists();
  readonly #state = new ParamState();

  /**
   * @param params parameters, named parameters, or groups with options of their own
   * @throws TorchError `E_ARG` for no parameters, one given twice, or one that is the result of a computation
   */
  constructor(params: Params<O>, defaults: O) {
    this.defaults = { ...defaults };
    for (const group of asGroups(this.#name, params)) this.addParamGroup(group);
  }

  /** Adds parameters, for example of layers that are thawed later. Options it lacks come from {@link defaults}. */
  addParamGroup(group: ParamGroupInput<O>): void {
    const made = makeGroup<O>(this.#name, group, this.defaults, this.paramGroups);
    this.checkOptions(made);
    for (const param of made.params) keep(param);
    this.paramGroups.push(made);
  }

  /** Forgets the gradients, or fills them with zeros when `setToNone` is false. Parameters without a gradient are skipped by `step`. */
  zeroGrad(options?: { setToNone?: boolean }): void {
    checkOptions("zeroGrad", options, ZERO_GRAD);
    const setToNone = options?.setToNone ?? true;
    for (const group of this.paramGroups) native.zeroGrad(this.groupList(group), setToNone);
  }

  /**
   * Updates the parameters that have a gradient.
   *
   * @param closure runs first, with gradients recorded; should clear gradients, compute the loss, call `backward()` and return the loss
   * @returns what the closure returned
   */
  step(closure?: () => Tensor): Tensor | undefined {
    const loss = closure === undefined ? undefined : this.evaluate(closure);
    this.update();
    return loss;
  }

  // ------------------------------------------------------------------------------------------------ for optimizers to implement

  /** Updates one parameter, in place; of one with a float32 master it gets the master. Runs without recording a graph; tensors made here are freed after the step. */
  protected updateParam(_param: Tensor, _grad: Tensor, _group: ParamGroup<O>): void {
    throw new TorchError(
      "E_STATE",
      `[${this.#name}] expected an optimizer that says how it updates parameters`,
      "implement updateParam(param, grad, group), or step(closure)",
    );
  }

  /** Updates the parameters of one group. Calls {@link updateParam} for each that has a gradient. */
  protected updateGroup(group: ParamGroup<O>): void {
    for (const param of group.params) {
      const { grad } = param;
      if (grad === null) continue;
      if (this.gradScale !== null) grad.div_(this.gradScale);
      this.updateParam(masterOf(param) ?? param, grad, group);
      writeWorkingWeights(param);
    }
  }

  /** Updates all groups; `step` without the closure. */
  protected update(): void {
    noteStepOf(this);
    if (this.foundInf !== null && this.foundInf.itemNumber() !== 0) return;
    noGrad(() =>
      tidy(() => {
        for (const group of this.paramGroups) this.updateGroup(group);
      }),
    );
  }

  /** Throws when a group's options make no sense. Runs for each new group (from the constructor: no fields of the subclass yet) and before a state is loaded. */
  protected checkOptions(_group: ParamGroup<O>): void {}

  /** Runs the closure of a step with gradients recorded, and refuses an asynchronous one. */
  protected evaluate<T>(closure: () => T): T {
    if (typeof closure !== "function") {
      badArgument(`[${this.#name}.step] expected a closure or nothing, got ${typeof closure}`);
    }
    const value = withGradMode(true, closure);
    refusePromise(this.#name, value);
    return value;
  }

  // ------------------------------------------------------------------------------------------------------------------- state

  /**
   * What the optimizer remembers about a parameter; made by `make` when there is nothing yet. Tensors in it live until they are
   * replaced or the optimizer goes.
   */
  stateOf<S extends object = Record<string, unknown>>(param: Tensor, make?: () => S): S {
    return this.#state.of(ownerOf(param), make) as S;
  }

  /**
   * Everything a later run needs to go on: options of each group, and what is remembered about each parameter, by the parameter's
   * position. The structure is PyTorch's, with names in camelCase: `loadStateDict` takes Python's states too, and for Python's
   * `load_state_dict` there is `torch.optim.toPython(state)`. Tensors are copies; functions among the options are left out.
   */
  stateDict(): OptimizerState {
    return tidy(() => {
      const state: OptimizerState["state"] = {};
      const kept = this.exportState();
      const params = this.paramGroups.flatMap((group) => group.params);
      params.forEach((param, i) => {
        const entry = kept.get(param);
        if (entry !== undefined) state[i] = copyValue({ ...entry }) as Record<string, unknown>;
      });
      return { state, paramGroups: packGroups(this.paramGroups) };
    });
  }

  /**
   * Takes over what {@link stateDict} gave, also by an optimizer of PyTorch (snake_case is understood). Steps that follow are
   * bit-equal to those of the optimizer that was saved.
   *
   * @throws TorchError `E_CHECKPOINT` when groups, parameters or shapes do not match; nothing has changed then
   */
  loadStateDict(state: OptimizerState): void {
    const { groups, states } = readState(this.#name, state, this.paramGroups, this.defaults, (param, entry, what) =>
      this.checkState(param, entry, what),
    );
    for (const group of groups) this.checkOptions(group);
    this.importState(states);
    for (const [i, { params: _, ...options }] of groups.entries()) Object.assign(this.paramGroups[i]!, options);
  }

  /** What is remembered, as it is. */
  protected exportState(): Map<Tensor, Record<string, unknown>> {
    return this.#state.entries();
  }
  /** The momentum of each parameter (SGD's buffer, Adam's first moment), shared; null where there is none yet. */
  momenta(): (Tensor | null)[] {
    const kept = this.exportState();
    return this.paramGroups.flatMap((group) =>
      group.params.map((param) => {
        const entry = kept.get(param);
        const found = entry?.momentumBuffer ?? entry?.expAvg;
        return isTensor(found) ? found : null;
      }),
    );
  }
  /** Replaces what is remembered by copies of this. */
  protected importState(states: Map<Tensor, Record<string, unknown>>): void {
    this.#state.replace(states);
  }
  /** Throws when this cannot be the state of `param`; `what` names it in the message. */
  protected checkState(_param: Tensor, _entry: Record<string, unknown>, _what: string): void {}

  // ------------------------------------------------------------------------------------------------------------- native lists

  /** @internal The native list of a group's parameters, for steps that take no round trip per parameter. */
  groupList(group: { readonly params: readonly Tensor[] }): number {
    return this.#lists.of(group);
  }
  /** @internal One list per group. */
  lists(): number[] {
    return this.paramGroups.map((group) => this.groupList(group));
  }

  /**
   * Brings the learning rates that `capturable` groups keep on the device up to date. `step` does it by itself; before a CUDA graph
   * that holds steps is replayed, it is to be called after `lr` has changed.
   */
  refreshLr(): void {}

  /** Whether `step` evaluates the loss by itself, as LBFGS and SAM do: such an optimizer cannot be SAM's base. */
  get needsClosure(): boolean {
    return false;
  }

  /** Whether `step` heeds {@link foundInf} and {@link gradScale}: not when a subclass has its own `step`. */
  get supportsFoundInf(): boolean {
    return this.step === Optimizer.prototype.step;
  }

  /** Frees what it remembers, now instead of when nothing refers to it any more. The parameters stay. */
  dispose(): void {
    for (const group of this.paramGroups) this.#lists.dispose(group);
    this.#state.dispose();
  }
  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    const lines = this.paramGroups.map(({ params, paramNames: _, ...options }, i) => {
      const shown = Object.entries(options).map(
        ([key, value]) => `    ${key}: ${inspect(value, { breakLength: Infinity })}`,
      );
      const count = `${params.length} parameter${params.length === 1 ? "" : "s"}`;
      return [`  group ${i}: ${count}`, ...shown].join("\n");
    });
    return `${this.#name} (\n${lines.join("\n")}\n)`;
  }
  [inspectSymbol](): string {
    return this.toString();
  }

  get #name(): string {
    return this.constructor.name;
  }
}
