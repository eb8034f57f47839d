import type { Device } from "../device.js";
import type { DType } from "../dtype.js";
import { badArgument } from "../errors.js";
import { inspectSymbol } from "../inspect-symbol.js";
import { noteModeChange } from "../mode-changes.js";
import { describeValue } from "../ops/describe-value.js";
import { checkOptions, settings } from "../options.js";
import { isTensor, type Tensor } from "../tensor.js";
import { convertModule, type ModuleToOptions } from "./convert-module.js";
import { describeModule } from "./describe-module.js";
import { findModule, findTensor } from "./find-member.js";
import { ModuleHooks } from "./module-hooks.js";
import { Parameter } from "./parameter.js";
import { collectState, type LoadResult, loadState, type StateDict } from "./state-dict.js";
import { stateName } from "./state-name.js";
import { type Member, namedTensors, walkModules } from "./walk.js";

/** A module whatever it takes and gives: what `modules()` and `apply()` hand out. */
export type AnyModule = Module<never[], unknown>;
/** What `forward` of M takes. */
export type InputsOf<M extends AnyModule> = Parameters<M["forward"]>;
/** What `forward` of M gives. */
export type OutputOf<M extends AnyModule> = ReturnType<M["forward"]>;

/** Options of {@link Module.namedParameters} and its like. */
export interface NamedOptions {
  /** Stands in front of every name. */
  prefix?: string;
  /** Whether to look into the modules inside; default true. */
  recurse?: boolean;
}

const ZERO_GRAD = { setToNone: true };
const PREFIX = { prefix: "" };
const RECURSE = { recurse: true };
const NAMED: Required<NamedOptions> = { ...PREFIX, ...RECURSE };

/**
 * The base of everything that learns. Parameters, buffers and modules are found by walking an object's own properties:
 * nothing has to be registered but buffers.
 *
 * Names in state dicts are PyTorch's: `this.normAct.runningMean` is `norm_act.running_mean`. Lists of modules go into
 * `nn.ModuleList`; a plain array of modules that nothing else holds is an error, because its parameters would not be found.
 * `#private` properties are not looked at.
 *
 * @typeParam Inputs what `forward` takes; default one tensor
 * @typeParam Output what `forward` gives; default a tensor
 *
 * @example
 * class Net extends nn.Module {
 *   hidden = new nn.Linear(784, 128);
 *   out = new nn.Linear(128, 10);
 *
 *   forward(x: torch.Tensor) {
 *     return this.out.forward(this.hidden.forward(x.flatten(1)).relu());
 *   }
 * }
 * const net = new Net();
 * net.forward(torch.randn([32, 1, 28, 28])).shape; // [32, 10]
 * Object.keys(net.stateDict()); // ["hidden.weight", "hidden.bias", "out.weight", "out.bias"]
 */
export abstract class Module<Inputs extends readonly unknown[] = [Tensor], Output = Tensor> extends ModuleHooks {
  /** Whether layers behave as in training; see {@link train} and {@link eval}. */
  training = true;
  /** Names of buffers, and whether they go into the state dict. */
  readonly #buffers = new Map<string, boolean>();

  /** What the module computes. Forward hooks run around it. */
  abstract forward(...inputs: Inputs): Output;

  /** {@link forward}, under the name that code written against PyTorch's `model(x)` looks for. */
  call(...inputs: Inputs): Output {
    return this.forward(...inputs);
  }

  // ------------------------------------------------------------------------------------------------- what it holds

  /**
   * Makes a tensor part of the module's state that is not learned, such as a running mean. It outlives every `tidy()`. Change
   * it in place; a tensor that takes its place on the property later needs `torch.keep()` to do so too.
   *
   * @param name the property that holds it
   * @param value null keeps the name free for later
   * @param options.persistent whether it stands in the state dict; default true
   *
   * @example
   * class Center extends nn.Module {
   *   mean = this.registerBuffer("mean", torch.zeros([3]));
   *   forward(x: torch.Tensor) {
   *     return x.sub(this.mean);
   *   }
   * }
   */
  registerBuffer<T extends Tensor | null>(name: string, value: T, options?: { persistent?: boolean }): T {
    const { persistent } = settings("registerBuffer", { persistent: true }, options);
    if (value !== null && !isTensor(value)) {
      badArgument(`[registerBuffer] expected a tensor or null for '${name}', got ${describeValue(value)}`);
    }
    this.#claim("registerBuffer", name, this.#buffers.has(name));
    value?._keep();
    this.#buffers.set(name, persistent);
    (this as unknown as Record<string, unknown>)[name] = value;
    return value;
  }

  /** Gives the module a parameter under a name that is known only at run time. Otherwise assign it to a property. */
  registerParameter<P extends Parameter | null>(name: string, value: P): P {
    if (value !== null && !(value instanceof Parameter)) {
      badArgument(
        `[registerParameter] expected a Parameter or null for '${name}', got ${describeValue(value)}`,
        "wrap the tensor: new nn.Parameter(tensor)",
      );
    }
    this.#claim("registerParameter", name, false);
    (this as unknown as Record<string, unknown>)[name] = value;
    return value;
  }

  /** Gives the module a child under a name that is known only at run time. Otherwise assign it to a property. */
  registerModule<M extends AnyModule>(name: string, value: M): M {
    if (!(value instanceof Module))
      badArgument(`[registerModule] expected a Module for '${name}', got ${describeValue(value)}`);
    this.#claim("registerModule", name, false);
    (this as unknown as Record<string, unknown>)[name] = value;
    return value;
  }

  #claim(op: string, name: string, again: boolean): void {
    if (typeof name !== "string" || name === "" || name.includes(".")) {
      badArgument(`[${op}] expected a name without dots, got ${JSON.stringify(name)}`);
    }
    const taken = (this as unknown as Record<string, unknown>)[name];
    if (!again && taken !== undefined && taken !== null) {
      badArgument(`[${op}] expected a new name, got '${name}', which ${this.constructor.name} has already`);
    }
  }

  /** @internal Own parameters, buffers and modules, in the order of the properties. Containers add their items. */
  _members(): Member[] {
    const members: Member[] = [];
    for (const [property, value] of Object.entries(this)) {
      const persistent = this.#buffers.get(property);
      const name = stateName(property);
      if (persistent !== undefined) {
        if (isTensor(value)) members.push({ kind: "buffer", name, value, persistent });
      } else if (value instanceof Parameter) {
        members.push({ kind: "parameter", name, value });
      } else if (value instanceof Module) {
        members.push({ kind: "module", name, value });
      } else if (Array.isArray(value)) {
        const items = value.filter((item) => item instanceof Module || item instanceof Parameter);
        if (items.length > 0) members.push({ kind: "array", name: property, value: items });
      }
    }
    return members;
  }

  /** @internal Those of its own parameters that autocast takes in lower precision: they may have masters. */
  _loweredParameters(): readonly (Parameter | null)[] {
    return [];
  }

  /** @internal State that a state dict may lack, because older files do. */
  _mayBeMissing(_name: string): boolean {
    return false;
  }

  /** Every parameter, those of modules inside included; shared ones once. */
  parameters(options?: Pick<NamedOptions, "recurse">): Parameter[] {
    checkOptions("parameters", options, RECURSE);
    return this.namedParameters(options).map(([, parameter]) => parameter);
  }
  /** {@link parameters} with their names in the state dict. */
  namedParameters(options?: NamedOptions): [string, Parameter][] {
    return namedTensors(this, "parameter", settings("namedParameters", NAMED, options)) as [string, Parameter][];
  }
  /** Every buffer, those of modules inside and those that are not persistent included; shared ones once. */
  buffers(options?: Pick<NamedOptions, "recurse">): Tensor[] {
    checkOptions("buffers", options, RECURSE);
    return this.namedBuffers(options).map(([, buffer]) => buffer);
  }
  namedBuffers(options?: NamedOptions): [string, Tensor][] {
    return namedTensors(this, "buffer", settings("namedBuffers", NAMED, options));
  }
  /** The modules directly inside; shared ones once. */
  children(): AnyModule[] {
    return this.namedChildren().map(([, child]) => child);
  }
  namedChildren(): [string, AnyModule][] {
    const found = new Map<AnyModule, string>();
    for (const { kind, name, value } of this._members()) {
      if (kind === "module" && !found.has(value)) found.set(value, name);
    }
    return [...found].map(([child, name]) => [name, child]);
  }
  /** This module and every one inside, each before those that it holds; shared ones once. */
  modules(): AnyModule[] {
    return walkModules(this).map(([, module]) => module);
  }
  /** {@link modules} with their paths; this module's is `""`. */
  namedModules(options?: Pick<NamedOptions, "prefix">): [string, AnyModule][] {
    return walkModules(this, settings("namedModules", PREFIX, options).prefix);
  }
  /**
   * The module at a path of names in the state dict; `""` is this one. The type argument says what it is; nothing is checked.
   *
   * @throws TorchError `E_ARG` where there is no such module: it names those that there are
   *
   * @example
   * model.getSubmodule<nn.Linear>("encoder.layers.0.linear1").inFeatures;
   */
  getSubmodule<M extends AnyModule = AnyModule>(path: string): M {
    return findModule("getSubmodule", this, path) as M;
  }
  /** The parameter at a path of names in the state dict, such as `"layers.0.weight"`; as {@link getSubmodule}. */
  getParameter(path: string): Parameter {
    return findTensor("getParameter", this, path, "parameter");
  }
  /** The buffer at a path, persistent or not; as {@link getSubmodule}. */
  getBuffer(path: string): Tensor {
    return findTensor("getBuffer", this, path, "buffer");
  }

  // --------------------------------------------------------------------------------------------------------- state

  /**
   * Parameters and persistent buffers under PyTorch's names and in its order. The tensors share storage with the module.
   *
   * @example
   * other.loadStateDict(model.stateDict());
   */
  stateDict(options?: Pick<NamedOptions, "prefix">): StateDict {
    return collectState(this, settings("stateDict", PREFIX, options).prefix);
  }

  /**
   * Copies values into parameters and buffers, in place and in their own dtype and on their own device.
   *
   * @param state what {@link stateDict} gave, or a map of the same names
   * @param options.strict whether a missing or an unexpected name is an error; default true. A wrong shape always is.
   * @throws TorchError `E_CHECKPOINT` that lists everything that does not fit; then nothing was changed
   *
   * @example
   * const { missingKeys } = model.loadStateDict(weights, { strict: false });
   */
  loadStateDict(state: StateDict | ReadonlyMap<string, Tensor>, options?: { strict?: boolean }): LoadResult {
    return loadState(this, state, settings("loadStateDict", { strict: true }, options).strict);
  }

  /**
   * Converts parameters and buffers in place: they stay the same objects, so that optimizers keep working on them.
   *
   * A dtype applies to floating-point and complex tensors only; `channelsLast` to 4-D ones, `channelsLast3d` to 5-D ones.
   *
   * With `masterWeights` the weights that autocast would cast in each pass (of convolutions, linear layers and attention) are kept
   * in that dtype, with their float32 values behind them: `stateDict()` and optimizers have the float32 ones under PyTorch's names,
   * norms and buffers stay float32, gradients come in float32. Go on with `autocast`: losses and steps are the same as without, bit for
   * bit where both take rounded weights, without the casts and, in a SAM step, without back-up and restore. Another dtype ends it.
   *
   * @throws TorchError `E_ARG` with `masterWeights` for a dtype other than bfloat16 and float16
   *
   * @example
   * model.to("bfloat16"); model.to("cuda"); model.to({ memoryFormat: "channelsLast" });
   * model.to("bfloat16", { masterWeights: true });
   */
  to(target: DType | Device | Tensor | ModuleToOptions, options?: ModuleToOptions): this {
    convertModule(this, target, options);
    return this;
  }
  float(): this {
    return this.to("float32");
  }
  double(): this {
    return this.to("float64");
  }
  half(): this {
    return this.to("float16");
  }
  bfloat16(): this {
    return this.to("bfloat16");
  }
  cpu(): this {
    return this.to("cpu");
  }
  cuda(device: Device = "cuda"): this {
    return this.to(device);
  }

  /** Puts this module and those inside into training mode, or out of it. */
  train(mode = true): this {
    for (const module of this.modules()) {
      if (module.training !== mode) noteModeChange();
      module.training = mode;
    }
    return this;
  }
  /** Evaluation mode: batch norm uses its running statistics, dropout does nothing. */
  eval(): this {
    return this.train(false);
  }
  /** Whether the parameters take part in autograd: `false` freezes them. */
  requiresGrad_(value = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(value);
    return this;
  }
  /** Clears the gradients: to null, or to zero in place. */
  zeroGrad(options?: { setToNone?: boolean }): void {
    checkOptions("zeroGrad", options, ZERO_GRAD);
    const setToNone = options?.setToNone ?? true;
    for (const parameter of this.parameters()) {
      if (setToNone) {
        parameter.grad = null;
      } else {
        const grad = parameter.grad;
        grad?.detach_().zero_();
        grad?.dispose();
      }
    }
  }
  /**
   * Calls `fn` on every module inside and then on this one.
   *
   * @example
   * model.apply((m) => { if (m instanceof nn.Linear) nn.init.xavierUniform_(m.weight); });
   */
  apply(fn: (module: AnyModule) => void): this {
    for (const child of this.children()) child.apply(fn);
    fn(this);
    return this;
  }
  /** Frees every parameter and buffer now; the module is of no use afterwards. */
  dispose(): void {
    for (const parameter of this.parameters()) parameter.dispose();
    for (const buffer of this.buffers()) buffer.dispose();
  }
  [Symbol.dispose](): void {
    this.dispose();
  }

  // ---------------------------------------------------------------------------------------------------------- text

  /** The settings that `toString` shows, such as `inFeatures=2, bias=true`. */
  extraRepr(): string {
    return "";
  }
  override toString(): string {
    return describeModule(this);
  }
  [inspectSymbol](): string {
    return this.toString();
  }
}
