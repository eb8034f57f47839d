import { cpu } from "../../backends.js";
import type { Graphed } from "../../cuda/graph.js";
import type { GraphOptions } from "../../cuda/graph-cache.js";
import type { GraphDevice } from "../../cuda/graph-device.js";
import { masterOf } from "../../master-weights.js";
import { modeChanges } from "../../mode-changes.js";
import { refuseSharedPerturbation } from "../../perturbed.js";
import { Tape } from "../../tape.js";
import type { Tensor } from "../../tensor.js";
import { captureSteps } from "./capture.js";
import type { Closure } from "./closure.js";
import type { Places } from "./diagnostics.js";
import { hostValues } from "./host-values.js";
import type { SAMGroupOptions } from "./options.js";
import type { SAMState } from "./rule.js";
import { sharesOf } from "./shares.js";
import type { TapeEngine } from "./taped-steps.js";
import { TwoPassSteps } from "./two-pass-steps.js";

/** Steps that a CUDA graph or a tape can hold, and what such a step would hold for ever. */
export abstract class CapturableSteps<O extends object> extends TwoPassSteps<O> {
  /** States loaded: graphs write to the state that was replaced. */
  #loads = 0;

  abstract override step(closure: Closure): Tensor;
  /** @internal Whether {@link step} is a rule's own. */
  protected abstract get _hasOwnStep(): boolean;

  /**
   * A function that takes one whole step without JavaScript in between: both passes, perturbation, restore, update, running
   * statistics once, dropout with fresh masks. On CUDA as one graph; on the CPU as one native call that does what the closure did
   * when it was recorded, which is worth something for small models. `lr` and `rho` may change between calls; when anything else in
   * the groups does (momentum, weight decay, mask), or the schedule skips the second pass, another one is captured.
   *
   * The first calls of each shape run as they are (see {@link GraphOptions}); every call is one step. After changing what the
   * closure reads on the host (a dropout rate, forward hooks, a variable of JavaScript's; on CUDA also `model.eval()` and
   * `disableRunningStats()`, which the CPU sees by itself) call `dispose()` of the returned function: a captured step does not call the
   * closure, so it neither reads nor sets anything there.
   *
   * On CUDA the closure's inputs have to be on the device, the loss is overwritten by the next call, and the base optimizer must have
   * the option `capturable` (SGD, Adam, AdamW), which is switched on. On the CPU a step that cannot be recorded (the closure reads a
   * number, makes tensors from data of JavaScript's, or lets another optimizer step) runs as it is in every call, and `refusal` says why.
   * So do rules that keep vectors or have a step of their own (LookSAM, FSAM, ESAM, decoupled WSAM), which a CUDA graph refuses.
   *
   * @param closure as for {@link step}, with the tensors that the returned function is called with
   * @throws TorchError `E_ARG` for a rule or option that a graph cannot hold, with the reason; `E_STATE` from the call that captures,
   * with the operation that cannot be captured and why: the weights are at w then, and nothing has changed
   *
   * @example
   * const step = optimizer.capture((x: torch.Tensor, y: torch.Tensor) => {
   *   const loss = criterion(model.forward(x), y);
   *   loss.backward();
   *   return loss;
   * });
   * for await (const [x, y] of loader) total.add_(step(x, y));
   */
  capture<A extends readonly Tensor[]>(closure: (...inputs: A) => Tensor, options?: GraphOptions): Graphed<A, Tensor> {
    return this._captureOn(undefined, closure, options);
  }

  /** @internal The same on a given device: tests have one without a GPU. */
  _captureOn<A extends readonly Tensor[]>(
    device: GraphDevice | undefined,
    closure: (...inputs: A) => Tensor,
    options: GraphOptions | undefined,
  ): Graphed<A, Tensor> {
    const engine = {
      name: this.constructor.name,
      tape: () => (this._devices().size === 1 && this._devices().has("cpu") ? this.#tapeEngine() : undefined),
      devices: () => this._devices(),
      refusal: () => this.#captureRefusal(),
      useDeviceNumbers: () => {
        this._perturber.readsDevice = true;
        for (const group of this.paramGroups) (group as { capturable?: boolean }).capturable = true;
      },
      step: (fn: Closure) => this.step(fn),
      refresh: () => {
        for (const { params } of this.paramGroups) for (const param of params) masterOf(param); // what was written there
        this.base.refreshLr();
        this._perturber.refresh(this.paramGroups.map((group) => this.rhoOf(group, this.stepCount)));
      },
      hostValues: () => this.#hostValues(),
      afterFailure: () => {
        this._perturber.restore();
        this.zeroGrad();
      },
      snapshot: () => {
        const diagnostics = this._diagnostics;
        return () => {
          this._diagnostics = diagnostics;
          this.stepCount++;
        };
      },
    };
    return captureSteps(engine, closure, options, device);
  }

  #tapeEngine(): TapeEngine {
    return {
      name: this.constructor.name,
      paramGroups: this.paramGroups,
      optimizers: [this, this.base],
      generation: () => this.#loads + modeChanges(),
      refusal: () => this.#captureRefusal(),
      lists: () => this.lists(),
      baseLists: () => this.base.lists(),
      decisions: () => [...this.#decisions(), this.#changingShares()],
      rhos: () => this.paramGroups.map((group) => this.rhoOf(group, this.stepCount)),
      shares: () => this._shares().numbers,
      expectOptions: () => this.expectOptions(),
      step: (fn) => this.step(fn),
      places: () => this._ownDiagnostics.places(),
      play: (run, places) => this.#playStep(run, places),
    };
  }

  /** Shares in eps, but rho, where they are functions of the host's: any step may find others. */
  #changingShares(): string | undefined {
    const isFixed =
      this.epsScale === CapturableSteps.prototype.epsScale &&
      this.paramGroups.every(
        ({ mask, weightsOnly, paramNames }: SAMGroupOptions & { paramNames?: unknown }) =>
          typeof mask !== "function" && (!weightsOnly || paramNames === undefined), // names say what is a bias
      );
    if (isFixed) return undefined;
    return sharesOf(
      this.paramGroups,
      () => 0,
      (index) => this.epsScale(index),
    ).numbers.join();
  }

  #playStep(run: () => Tensor | undefined, places: Places): Tensor | undefined {
    this.expectIdle("step");
    this._isStepping = true;
    this._diagnostics = this._ownDiagnostics;
    this._diagnostics.clear();
    let loss: Tensor | undefined;
    try {
      refuseSharedPerturbation(this);
      loss = run();
    } finally {
      this._isStepping = false;
      if (loss === undefined) this._perturber.restore();
    }
    if (loss === undefined) return undefined;
    const hasStopped = Tape.hasStopped;
    this._diagnostics.take(places, () => this._perturber.lastNorm());
    if (hasStopped) {
      this._perturber.restore(); // working copies of masters, which the update that has not come would have written
      this.zeroGrad();
    }
    this.stepCount++;
    return loss;
  }

  #captureRefusal(): string | undefined {
    const { sameMasks, scaler } = this.options;
    if (this._hasOwnStep) return "a rule that has a step of its own";
    if (Object.keys(this.ruleState()).length > 0) return "a rule that replaces the vectors it keeps in each step";
    if (this.actsAfterBase) return "a rule that reads lr on the host after the base step";
    if (sameMasks === true) return "sameMasks, which sets the random generator back from the host";
    if (scaler !== undefined) return "a loss scaler";
    if (!this.base.supportsFoundInf) return `${this.base.constructor.name}, which has a step of its own`;
    if (!("capturable" in this.base.defaults)) return `${this.base.constructor.name}, which reads lr on the host`;
    return undefined;
  }

  #decisions(): unknown[] {
    const isOn = this.isScheduled(this.stepCount);
    return [isOn, isOn && this.takesSecondPass(this.stepCount), this._isDiagnosed, this.#loads, cpu.factoredGradients];
  }
  #hostValues(): string {
    return hostValues(this.#decisions(), this.paramGroups, (index) => this.epsScale(index));
  }

  override loadStateDict(state: SAMState): void {
    super.loadStateDict(state);
    this.#loads++;
  }
}
