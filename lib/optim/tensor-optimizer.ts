import { tensor } from "../creation.js";
import { TorchError } from "../errors.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { isTensor, type Tensor } from "../tensor.js";
import { Optimizer } from "./optimizer.js";
import type { ParamGroup } from "./param-group.js";

/** What is kept per parameter: tensors, and scalars, which are numbers here and 0-dimensional float32 tensors in state dicts. */
interface Kept {
  readonly tensors: readonly string[];
  readonly scalars: readonly string[];
}
type Entry = Record<string, unknown>;

/**
 * An optimizer whose update is a few tensor operators per parameter. Its scalars never touch a device, so steps wait for nothing
 * but `foundInf`. Gradients that are not dense, or of a complex parameter, are refused before anything has changed.
 */
export abstract class TensorOptimizer<O extends object, S extends object> extends Optimizer<O> {
  protected abstract readonly kept: Kept;

  /** What is remembered before a parameter's first step. */
  protected abstract fresh(param: Tensor, group: ParamGroup<O>): S;

  /** One step of one parameter; the gradient has the sign to descend with and must be left as it is. */
  protected abstract move(param: Tensor, grad: Tensor, state: S, group: ParamGroup<O>): void;

  protected override update(): void {
    for (const list of this.lists()) native.checkGradients(list, this.constructor.name);
    super.update();
  }

  protected override updateParam(param: Tensor, grad: Tensor, group: ParamGroup<O>): void {
    const state = this.stateOf<S>(param, () => this.fresh(param, group));
    this.move(param, group.maximize === true ? grad.neg() : grad, state, group);
  }

  protected override exportState(): Map<Tensor, Entry> {
    const { scalars } = this.kept;
    const out = new Map<Tensor, Entry>();
    for (const [param, entry] of super.exportState()) {
      const made: Entry = { ...entry };
      for (const name of scalars) made[name] = tensor(entry[name] as number, { dtype: "float32" });
      out.set(param, made);
    }
    return out;
  }

  protected override importState(states: Map<Tensor, Entry>): void {
    const { scalars } = this.kept;
    const plain = [...states].map(([param, entry]): [Tensor, Entry] => {
      const made: Entry = { ...entry };
      for (const name of scalars) {
        const value = entry[name];
        if (value !== undefined) made[name] = isTensor(value) ? value.itemNumber() : value;
      }
      return [param, made];
    });
    super.importState(new Map(plain.filter(([, entry]) => Object.keys(entry).length > 0)));
  }

  protected override checkState(param: Tensor, entry: Entry, what: string): void {
    const { tensors, scalars } = this.kept;
    const wrong = (expected: string, got: string): never => {
      throw new TorchError(
        "E_CHECKPOINT",
        `[${this.constructor.name}.loadStateDict] expected ${what} to have ${expected}, got ${got}`,
      );
    };
    const keys = Object.keys(entry);
    if (keys.length === 0) return;
    const names = [...scalars, ...tensors];
    const missing = names.filter((name) => this.isRequired(name, param) && !keys.includes(name));
    if (missing.length > 0) wrong(missing.join(" and "), keys.join(", "));
    for (const [key, value] of Object.entries(entry)) {
      if (!names.includes(key)) wrong(names.join(", "), key);
      if (scalars.includes(key)) {
        if (typeof value !== "number" && !(isTensor(value) && value.numel() === 1)) {
          wrong(`a number as ${key}`, describeValue(value));
        }
      } else if (!isTensor(value)) {
        wrong(`a tensor as ${key}`, describeValue(value));
      } else {
        const shape = this.shapeOf(key, param);
        if (String(value.shape) !== String(shape)) {
          wrong(`${key} of shape [${shape.join(", ")}]`, `[${value.shape.join(", ")}]`);
        }
      }
    }
  }

  /** Whether a saved state makes no sense without this. */
  protected isRequired(_name: string, _param: Tensor): boolean {
    return true;
  }
  /** The shape of what is kept under a name; the parameter's unless an optimizer says otherwise. */
  protected shapeOf(_name: string, param: Tensor): number[] {
    return param.shape;
  }
}
