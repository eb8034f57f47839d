import { badArgument, TorchError } from "../errors.js";
import { atomicWrite } from "../io/atomic-write.js";
import { type External, type Handle, native, type ScriptDescription } from "../native.js";
import { Module } from "../nn/module.js";
import { Parameter } from "../nn/parameter.js";
import type { Member } from "../nn/walk.js";
import { describeValue } from "../ops/describe-value.js";
import { putValue } from "../ops/kinds.js";
import { readFirst } from "../ops/results.js";
import { refuseWhilePerturbed } from "../perturbed.js";
import { beforeRunningStatisticsChange, runningStatisticsFrozen } from "../running-statistics.js";
import { type Tensor, wrap } from "../tensor.js";
import { handleOf } from "../tensor-base.js";
import { Tag, words } from "../wire.js";

/** The tensors of one loaded file: one with two names is one object. */
class Loaded {
  readonly #tensors = new Map<bigint, Tensor[]>();

  /** The object for a native tensor that is part of the module. */
  tensor(handle: Handle, isParameter: boolean): Tensor {
    const given = wrap(handle);
    const address = given.dataPtr();
    const known = this.#tensors.get(address) ?? [];
    let tensor = known.find((other) => other.is(given));
    if (tensor === undefined) {
      tensor = isParameter ? parameterOver(given) : given;
      tensor._keep();
      this.#tensors.set(address, [...known, tensor]);
    }
    if (tensor !== given) given.dispose();
    return tensor;
  }
}

interface Keeper {
  readonly module: ScriptModule;
  readonly buffers: readonly Tensor[];
}

/** A Parameter that is the module's own tensor, not only its storage: gradients have to end there. */
function parameterOver(tensor: Tensor): Parameter {
  const data = tensor.detach();
  const parameter = new Parameter(data, { requiresGrad: false });
  data.dispose();
  parameter._become(tensor);
  return parameter;
}

/**
 * A module of TorchScript, which Python made by `torch.jit.script` or `torch.jit.trace`: it runs without Python, and is a
 * {@link Module} like any other. Parameters and buffers are the native module's own tensors: optimizers, SAM, `to()` and
 * `loadStateDict()` work on them in place, and the script sees it. In SAM's second pass its buffers stay as they are.
 *
 * `forward` and the other methods take and give tensors, numbers, booleans, texts, null, lists, tuples (as arrays), and dictionaries
 * (plain objects for texts as keys, maps for the rest). Its methods, modules, parameters and buffers are also properties of
 * the object, as in Python, where no name of {@link Module} is in the way.
 *
 * @typeParam Inputs what `forward` takes; default one tensor
 * @typeParam Output what `forward` gives; default a tensor
 *
 * @example
 * const model = torch.jit.load("resnet.pt");
 * const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { lr: 0.1 });
 * model.eval().forward(torch.randn([1, 3, 224, 224]));
 * model.save("resnet-tuned.pt");
 */
export class ScriptModule<Inputs extends readonly unknown[] = [Tensor], Output = Tensor> extends Module<
  Inputs,
  Output
> {
  readonly #script: External;
  readonly #description: ScriptDescription;
  readonly #own: readonly Member[];
  /** This module and those inside, where they have buffers. */
  readonly #keepers: readonly Keeper[];

  /** @internal `torch.jit.load` makes them. */
  constructor(script: External, loaded = new Loaded()) {
    super();
    const description = native.jitDescribe(script);
    this.#script = script;
    this.#description = description;
    const self = this as unknown as ScriptModule;
    const own: Member[] = [];
    for (const [name, handle] of description.parameters) {
      own.push({ kind: "parameter", name, value: loaded.tensor(handle, true) as Parameter });
    }
    const buffers = description.buffers.map(([name, handle]) => ({ name, value: loaded.tensor(handle, false) }));
    for (const buffer of buffers) own.push({ kind: "buffer", persistent: true, ...buffer });
    const keepers: Keeper[] = buffers.length > 0 ? [{ module: self, buffers: buffers.map(({ value }) => value) }] : [];
    for (const [name, child] of description.children) {
      const module = new ScriptModule(child, loaded);
      own.push({ kind: "module", name, value: module });
      keepers.push(...module.#keepers);
    }
    this.#own = own;
    this.#keepers = keepers;
    Object.defineProperty(this, "training", {
      get: () => native.jitTraining(script) ?? false,
      set: (mode: boolean) => native.jitSetTraining(script, mode),
      enumerable: true,
      configurable: true,
    });
    for (const { name, value } of own) this.#show(name, value);
    for (const name of description.methods) this.#show(name, (...inputs: unknown[]) => this.#run(name, inputs));
  }

  /** Makes something reachable as a property, unless its name is taken. Not enumerable: `_members` lists what there is. */
  #show(name: string, value: unknown): void {
    if (!(name in this)) Object.defineProperty(this, name, { value, configurable: true });
  }

  forward(...inputs: Inputs): Output {
    return this.#run("forward", inputs) as Output;
  }

  /** The class that was scripted, as Python calls it. */
  get originalName(): string {
    return this.#description.name;
  }
  /** What can be called: `forward` and what was exported. */
  methods(): string[] {
    return [...this.#description.methods];
  }
  /**
   * Calls a method by name, whether or not it is a property too.
   *
   * @throws TorchError `E_ARG` for a name that is no method's and for inputs that do not fit; `E_TORCH` for what the script raises
   */
  run<R = Tensor>(method: string, ...inputs: unknown[]): R {
    return this.#run(method, inputs) as R;
  }
  /** What else the module holds: the names of its attributes that are neither tensors to learn, nor buffers, nor modules. */
  attributes(): string[] {
    return [...this.#description.attributes];
  }
  /** The value of an attribute. */
  attribute<R = unknown>(name: string): R {
    native.jitAttribute(this.#script, name);
    return readFirst("") as R;
  }

  #run(name: string, inputs: readonly unknown[]): unknown {
    const all = runningStatisticsFrozen(null);
    const held: Tensor[] = [];
    for (const { module, buffers } of all ? [] : this.#keepers) {
      if (!module.training) continue;
      const live = buffers.filter((buffer) => !runningStatisticsFrozen(buffer));
      held.push(...buffers.filter(runningStatisticsFrozen));
      if (live.length > 0) beforeRunningStatisticsChange(...live);
    }
    const frozen = all || (held.length > 0 && held.map(handleOf));
    native.jitRun(this.#script, name, this.#putInputs(name, inputs), frozen);
    return readFirst("");
  }

  #putInputs(name: string, inputs: readonly unknown[]): number {
    let at = 0;
    inputs.forEach((value, i) => {
      if (value === undefined) {
        words[at++] = Tag.Default;
        return;
      }
      const next = putValue(at, value);
      if (next < 0) {
        badArgument(
          `[${this.originalName}.${name}] expected tensors, numbers, texts, lists or dictionaries, got ${describeValue(value)} as argument ${i}`,
        );
      }
      at = next;
    });
    return at;
  }

  /**
   * Writes it as `torch.jit.save` of Python does, for `torch.jit.load` here and there. Atomic.
   *
   * @throws TorchError `E_DATA` when the file cannot be written, `E_STATE` while an optimizer's weights are perturbed
   */
  save(path: string): void {
    const bytes = this.saveToBuffer();
    atomicWrite(path, (sink) => sink.write(bytes), { op: "jit.save" });
  }
  /** The bytes of the file that {@link save} writes. */
  saveToBuffer(): Uint8Array {
    refuseWhilePerturbed("jit.save");
    return native.jitSave(this.#script);
  }

  /** @internal `torch.jit.freeze` and `optimizeForInference`. */
  _frozen(kept: readonly string[], forInference: boolean): ScriptModule<Inputs, Output> {
    for (const name of kept) {
      if (typeof name !== "string") badArgument(`[jit.freeze] expected names to keep, got ${describeValue(name)}`);
    }
    if (native.jitTraining(this.#script) === true) {
      throw new TorchError("E_STATE", "[jit.freeze] expected a module in evaluation mode", "model.eval() first");
    }
    return new ScriptModule<Inputs, Output>(native.jitFreeze(this.#script, [...kept], forInference));
  }

  /** Frees parameters, buffers and the script, those of modules inside included. */
  override dispose(): void {
    const modules = this.modules();
    super.dispose();
    for (const module of modules) if (module instanceof ScriptModule) native.jitDispose(module.#script);
  }

  /** @internal */
  override _members(): Member[] {
    return [...this.#own];
  }
  override extraRepr(): string {
    return `originalName=${this.originalName}`;
  }
}
