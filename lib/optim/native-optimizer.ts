import { tensor } from "../creation.js";
import { TorchError } from "../errors.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { noteStepOf } from "../tape.js";
import { handleOf, isTensor, type Tensor, wrap } from "../tensor.js";
import { tidy } from "../tidy.js";
import { Optimizer } from "./optimizer.js";
import type { ParamGroup } from "./param-group.js";

/** What an optimizer keeps natively per parameter. */
export interface Slots {
  /** Names of tensors like the parameter, or "step", a count. */
  readonly names: readonly string[];
  /** Those without which a saved state makes no sense. */
  readonly required: readonly string[];
}

/**
 * An optimizer whose step is one native call per group: fused kernels, what they keep stays native, nothing waits for a device.
 * Gradients that are not dense, or of a complex parameter, are refused before anything has changed.
 */
export abstract class NativeOptimizer<O extends object> extends Optimizer<O> {
  protected abstract readonly slots: Slots;

  /** The native step of one group. `gradScale` and `foundInf` are handles, 0 for none. */
  protected abstract launch(list: number, group: ParamGroup<O>, gradScale: number, foundInf: number): void;

  override step(): undefined;
  override step<T>(closure: () => T): T;
  override step<T>(closure?: () => T): T | undefined {
    const loss = closure === undefined ? undefined : this.evaluate(closure);
    this.update();
    return loss;
  }

  protected override update(): void {
    noteStepOf(this);
    const { gradScale, foundInf, paramGroups } = this;
    const lists = this.lists();
    // One group checks itself; several are checked first, so that an error in the last leaves the first as it was.
    if (lists.length > 1) for (const list of lists) native.checkGradients(list, this.constructor.name);
    const scale = gradScale === null ? 0 : handleOf(gradScale);
    const found = foundInf === null ? 0 : handleOf(foundInf);
    for (const [i, list] of lists.entries()) this.launch(list, paramGroups[i]!, scale, found);
  }

  override get supportsFoundInf(): boolean {
    return this.step === NativeOptimizer.prototype.step;
  }

  override refreshLr(): void {
    for (const group of this.paramGroups) native.refreshLr(this.groupList(group), Number(group.lr));
  }

  /** What is kept about a parameter: the tensors themselves, under the names that `stateDict()` has. */
  override stateOf<S extends object = Record<string, unknown>>(param: Tensor): S {
    for (const group of this.paramGroups) {
      const position = group.params.indexOf(param);
      if (position >= 0) return this.#read(group, [position])[0] as S;
    }
    return {} as S;
  }

  #read(group: ParamGroup<O>, positions: readonly number[]): Record<string, unknown>[] {
    const list = this.groupList(group);
    const out: Record<string, unknown>[] = positions.map(() => ({}));
    for (const slot of native.optimizerSlots(list)) {
      const handles = native.optimizerState(list, slot);
      const tensors = handles.map((handle) => (handle === 0 ? undefined : wrap(handle)));
      positions.forEach((position, i) => {
        if (tensors[position] !== undefined) out[i]![slot] = tensors[position];
      });
    }
    return out;
  }

  protected override exportState(): Map<Tensor, Record<string, unknown>> {
    const out = new Map<Tensor, Record<string, unknown>>();
    for (const group of this.paramGroups) {
      const entries = this.#read(group, [...group.params.keys()]);
      group.params.forEach((param, i) => {
        if (Object.keys(entries[i]!).length > 0) out.set(param, entries[i]!);
      });
    }
    return out;
  }

  protected override importState(states: Map<Tensor, Record<string, unknown>>): void {
    tidy(() => {
      for (const group of this.paramGroups) {
        const list = this.groupList(group);
        for (const slot of this.slots.names) {
          const handles = group.params.map((param) => {
            const value = states.get(param)?.[slot];
            if (value === undefined || value === null) return 0;
            return handleOf(isTensor(value) ? value : tensor(value as number));
          });
          native.setOptimizerState(list, slot, handles, slot === "step");
        }
      }
    });
  }

  protected override checkState(param: Tensor, entry: Record<string, unknown>, what: string): void {
    const { names, required } = this.slots;
    const wrong = (expected: string, got: string): never => {
      throw new TorchError(
        "E_CHECKPOINT",
        `[${this.constructor.name}.loadStateDict] expected ${what} to have ${expected}, got ${got}`,
      );
    };
    const given = Object.entries(entry).filter(([, value]) => value !== null && value !== undefined);
    const missing = required.filter((name) => given.length > 0 && !given.some(([key]) => key === name));
    if (missing.length > 0) wrong(missing.join(" and "), Object.keys(entry).join(", "));
    for (const [key, value] of given) {
      if (!names.includes(key)) wrong(names.join(", "), key);
      if (key === "step") {
        if (typeof value !== "number" && !(isTensor(value) && value.numel() === 1))
          wrong("a number as step", describeValue(value));
      } else if (!isTensor(value)) {
        wrong(`a tensor as ${key}`, describeValue(value));
      } else if (String(value.shape) !== String(param.shape)) {
        wrong(`${key} of shape [${param.shape.join(", ")}]`, `[${value.shape.join(", ")}]`);
      }
    }
  }
}
