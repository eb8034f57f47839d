import { cpu } from "../../backends.js";
import { capturingOn } from "../../cuda/capturing.js";
import { TorchError } from "../../errors.js";
import { freezeRunningStatistics } from "../../running-statistics.js";
import { noteStepOf } from "../../tape.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { areSameLists } from "../group-lists.js";
import { SGD } from "../sgd.js";
import { type Accumulation, type Round, roundsOf } from "./accumulation.js";
import { lossOf, type RangeClosure } from "./closure.js";
import { Diagnostics } from "./diagnostics.js";
import { FiniteCheck, type Verdict } from "./finite-check.js";
import { hostNumber } from "./host-number.js";
import { Mean } from "./mean.js";
import { isDiagnosed, type SAMGroupOptions } from "./options.js";
import { ParamVector } from "./param-vector.js";
import { Perturber } from "./perturber.js";
import { Rule } from "./rule.js";
import { type Shares, sharesOf } from "./shares.js";
import { StepGuard } from "./step-guard.js";

/**
 * How a step of the SAM family goes: passes over the closure, the perturbation between them, and the base optimizer's step, or what
 * is taken back when there is none. {@link Rule} says what differs from rule to rule, `SAM` what users call.
 */
export abstract class TwoPassSteps<O extends object> extends Rule<O> {
  /** @internal */
  protected readonly _perturber = new Perturber(this);
  /** @internal Of the steps that run as they are; a graph has its own, which each replay fills. */
  protected readonly _ownDiagnostics = new Diagnostics((value) => (this.mayAsk(value) ? hostNumber(value) : undefined));
  /** @internal */
  protected _diagnostics = this._ownDiagnostics;
  /** @internal Whether a closure may be running. */
  protected _isStepping = false;
  readonly #check = new FiniteCheck();

  /** Whether the weights are at w + eps now. */
  get isPerturbed(): boolean {
    return this._perturber.isActive;
  }

  /** @internal One step, after which the weights are at w. */
  protected _takeStep(closure: RangeClosure, accumulation: Accumulation | undefined): Tensor {
    noteStepOf(this);
    const rounds = roundsOf(this.constructor.name, accumulation);
    const guard = new StepGuard(this.options.sameMasks ? this._devices() : undefined);
    const isCaptured = capturingOn() !== undefined;
    this._diagnostics = isCaptured ? new Diagnostics() : this._ownDiagnostics;
    this._isStepping = true;
    let hasFailed = false;
    try {
      this.expectOptions();
      this.followParameters();
      return this.vectors.run(() => this.#takeRounds(closure, rounds, guard));
    } catch (error) {
      hasFailed = true;
      if (isCaptured) {
        this._perturber.forget(); // nothing has run: there is nothing to take back, and the back-ups are old
      } else {
        guard.rollBack();
      }
      throw error;
    } finally {
      this._isStepping = false;
      if (!hasFailed || !isCaptured) this._perturber.restore(); // a broken capture takes no more launches
      guard.dispose();
      this._forgetStep();
    }
  }

  #takeRounds(closure: RangeClosure, rounds: readonly Round[], guard: StepGuard): Tensor {
    const isOn = this.isScheduled(this.stepCount);
    const isTwoPass = isOn && this.takesSecondPass(this.stepCount);
    const early = isOn ? this.earlyAscent() : undefined;
    const first = new Mean();
    const second = new Mean();
    let isLastFactored = false;
    this._diagnostics.clear();
    for (const { batches, share } of rounds) {
      this._perturber.restore(); // of the round before
      guard.rememberRandom();
      if (early !== undefined) this.#perturb(early).length.dispose();
      const isFactored = isTwoPass && early === undefined && batches.length === 1 && this.#mayFactor();
      if (isFactored) this._perturber.collectFactors(this.lists());
      const { loss, gradient: g } = guard.record(() => this.#pass(closure, batches));
      if (isTwoPass) this._perturbAlong(g);
      else this._perturber.release();
      const isKept = !isTwoPass || this._keepsFirst;
      first.add(loss, isKept ? g : undefined, share);
      if (!isTwoPass) continue;
      if (!isKept) g.dispose(); // its memory serves the second pass
      guard.replay();
      isLastFactored = isFactored && rounds.length === 1 && this.#mayFactorLast();
      if (isLastFactored) this._perturber.collectLast(this.lists());
      const sharp = freezeRunningStatistics(() => this.#pass(closure, batches));
      this._perturber.release();
      second.add(sharp.loss, sharp.gradient, share);
    }
    this._diagnostics.note(early === undefined ? "loss" : "perturbedLoss", first.loss);
    if (isTwoPass) this._diagnostics.note("perturbedLoss", second.loss);
    // Its graph has been gone through. Whoever adds losses up would keep the graphs of all steps, and gradient accumulators of this
    // stream, which a later capture on another cannot join. Before the rest, which a recorded step may not come to.
    const loss = first.loss!.detach();
    if (rounds.length > 1) this._diagnostics.note("gradNorm", undefined); // it was that of the last micro-batch
    this._finish(
      isTwoPass ? second.gradient! : first.gradient!,
      isTwoPass ? first.gradient : undefined,
      isTwoPass,
      guard,
      isLastFactored,
    );
    return loss;
  }

  /** One pass over micro-batches: the mean of their losses and gradients. */
  #pass(closure: RangeClosure, batches: Round["batches"]): { loss: Tensor; gradient: ParamVector } {
    const mean = new Mean();
    for (const { range, share } of batches) {
      this.zeroGrad();
      const before = this.lists();
      const loss = lossOf(this.constructor.name, () => (closure as (...range: readonly number[]) => Tensor)(...range));
      if (!areSameLists(this.lists(), before)) {
        this._refuse("step", "the same parameters before and after the closure", "others", "change them between steps");
      }
      mean.add(loss, this._collect("step"), share);
    }
    return { loss: mean.loss!, gradient: mean.gradient! };
  }

  /** The gradients of the closure that has just run, unscaled. They leave the parameters. */
  protected _collect(what: string): ParamVector {
    this.options.scaler?.unscale_(this);
    const g = ParamVector.gradients(this.lists(), { take: true, leavesFactors: true });
    if (g.count > 0 || this._perturber.factorCount > 0) return g;
    const isSecond = this.isPerturbed || what === "secondStep";
    this._refuse(
      what,
      `gradients after the ${isSecond ? "second" : "first"} pass`,
      "none on any of the parameters",
      "the closure must call loss.backward() on a loss that depends on the optimizer's parameters, outside of torch.noGrad()",
    );
  }

  protected get _keepsFirst(): boolean {
    return this.needsFirstGradient || this._isDiagnosed;
  }
  /** Whether nobody but the perturbation needs the first gradient, and that as it is. */
  #mayFactor(): boolean {
    const { p = 2, scaler } = this.options;
    return (
      cpu.factoredGradients &&
      p === 2 &&
      scaler === undefined &&
      !this._keepsFirst &&
      this.ascent === TwoPassSteps.prototype.ascent &&
      capturingOn() === undefined &&
      this.paramGroups.every(
        ({ adaptive, ascentWeightDecay, mask = true }: SAMGroupOptions) =>
          !adaptive && !ascentWeightDecay && mask === true,
      )
    );
  }
  /** Whether nobody but the check for finite numbers and SGD needs the last gradient: others would have to make it first. */
  #mayFactorLast(): boolean {
    return (
      this.base instanceof SGD &&
      this.combine === TwoPassSteps.prototype.combine &&
      this.options.clipGradNorm === undefined
    );
  }
  protected get _isDiagnosed(): boolean {
    return isDiagnosed(this.options.diagnostics, this.stepCount);
  }

  /** w <- w + eps along the rule's direction. */
  protected _perturbAlong(g: ParamVector): void {
    const direction = this.ascent(g);
    const { length, isPlain } = this.#perturb(direction);
    this.#check.add(length);
    if (direction === g && isPlain) {
      this._diagnostics.note("gradNorm", length);
      return;
    }
    this.#check.add(g.norm()); // |T d| does not tell of all of g
    if (direction !== g && !Object.values(this.ruleState()).includes(direction)) direction.dispose();
  }

  #perturb(direction: ParamVector): { length: Tensor; isPlain: boolean } {
    const { p = 2 } = this.options;
    const shares = this._shares();
    const [length, eps] = this._perturber.perturb(this.lists(), direction, shares, p, this._isDiagnosed);
    this._diagnostics.note("epsNorm", eps);
    eps?.dispose(); // what is noted is a tensor of its own
    return { length, isPlain: shares.isPlain };
  }

  protected _shares(): Shares {
    return sharesOf(
      this.paramGroups,
      (group) => this.rhoOf(group, this.stepCount),
      (index) => this.epsScale(index),
    );
  }

  /**
   * From the gradients to the base optimizer's step, unless one is not finite.
   *
   * @param last the gradient of the last pass
   * @param g of two passes the first one's, if it was kept
   * @param isFactored whether some of the last gradient may be factors
   */
  protected _finish(
    last: ParamVector,
    g: ParamVector | undefined,
    isTwoPass: boolean,
    guard: StepGuard,
    isFactored = false,
  ): void {
    const quantity = isTwoPass || this._diagnostics.has("perturbedLoss") ? "sharpGradNorm" : "gradNorm";
    const isKnownLater =
      isFactored && this._perturber.isLastFinite(this.lists(), last, this.options.skipNonFinite !== false);
    if (!isKnownLater) {
      const norm = isFactored ? this._perturber.lastNorm() : last.norm();
      this._diagnostics.note(quantity, this.#check.add(norm));
    }
    if (this._isDiagnosed && g !== undefined) {
      if (!this._diagnostics.has("gradNorm")) this._diagnostics.note("gradNorm", g.norm());
      this._diagnostics.note("dot", g.dot(last));
    }
    const { known, skipped } = this.#verdict();
    if (known === true) {
      guard.rollBack();
      this.zeroGrad();
    } else {
      this.#update(last, isTwoPass ? (g ?? last) : undefined, known === false ? null : skipped, guard);
    }
    if (isKnownLater) {
      const norm = this._perturber.lastNorm();
      this._diagnostics.note(quantity, norm);
      norm.dispose(); // what is noted is a number, or a tensor of its own
    }
    this.options.scaler?.update();
    if (capturingOn() === undefined) this.stepCount++; // a capture takes no step; each replay does
  }

  #verdict(): Verdict {
    if (this.options.skipNonFinite === false) return { known: false, skipped: null };
    return this.#check.verdict(this.options.scaler?.foundInf(this), (value) => this.#asks(value));
  }
  #asks(value: Tensor): boolean {
    return capturingOn() === undefined && (!this.base.supportsFoundInf || this.mayAsk(value));
  }

  /** The base optimizer's step and the rule's. Where `unsure`, a tensor on the device, is not 0 they change nothing. */
  #update(last: ParamVector, g: ParamVector | undefined, unsure: Tensor | null, guard: StepGuard): void {
    const before = this.ruleState();
    try {
      tidy(() => {
        const isOn = this.isScheduled(this.stepCount);
        const gradient = g !== undefined ? this.combine(last, g) : isOn ? this.combineSingle(last) : last;
        if (this.options.clipGradNorm !== undefined) gradient.clipNorm_(this.options.clipGradNorm);
        gradient.putAsGradients(this.lists());
      });
      this.base.foundInf = unsure;
      this.base.step();
    } catch (error) {
      this.loadRuleState(before); // a step that was not taken leaves nothing behind
      throw error;
    } finally {
      this.base.foundInf = null;
    }
    this.afterBase(unsure);
    if (unsure === null) return;
    guard.rollBack(unsure);
    for (const [key, vector] of Object.entries(this.ruleState())) {
      const old = before[key];
      if (old !== undefined && vector !== old) vector?.takeWhere_(unsure, old);
    }
  }

  protected _devices(): Set<Tensor["device"]> {
    return new Set(this.paramGroups.flatMap((group) => group.params.map((p) => p.device)));
  }

  protected _forgetStep(): void {
    this.#check.clear();
    this.options.scaler?.forget(this);
    this.vectors.freeAllBut(Object.values(this.ruleState()));
  }

  /** @internal */
  protected override expectIdle(what: string): void {
    if (!this._isStepping) return;
    this._refuse(what, "to be called between steps", "a call from inside a step's closure");
  }

  protected _refuse(what: string, expected: string, got: string, help?: string): never {
    throw new TorchError("E_STATE", `[${this.constructor.name}.${what}] expected ${expected}, got ${got}`, help);
  }
}
