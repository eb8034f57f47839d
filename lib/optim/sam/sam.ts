import { cpu } from "../../backends.js";
import { capturingOn } from "../../cuda/capturing.js";
import type { Graphed } from "../../cuda/graph.js";
import type { GraphOptions } from "../../cuda/graph-cache.js";
import type { GraphDevice } from "../../cuda/graph-device.js";
import { badArgument, TorchError } from "../../errors.js";
import { refuseSharedPerturbation } from "../../perturbed.js";
import { freezeRunningStatistics, freezeUntilThawed } from "../../running-statistics.js";
import { Tape } from "../../tape.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { areSameLists } from "../group-lists.js";
import { SGD } from "../sgd.js";
import { type Accumulation, type Round, roundsOf } from "./accumulation.js";
import { captureSteps } from "./capture.js";
import { type Closure, lossOf, type RangeClosure } from "./closure.js";
import { Diagnostics, type DiagnosticsReport, type Places } from "./diagnostics.js";
import { FiniteCheck, type Verdict } from "./finite-check.js";
import { hostNumber } from "./host-number.js";
import { hostValues } from "./host-values.js";
import { Mean } from "./mean.js";
import { isDiagnosed, type SAMGroupOptions } from "./options.js";
import { ParamVector } from "./param-vector.js";
import { Perturber } from "./perturber.js";
import { Rule, type SAMState } from "./rule.js";
import { type Shares, sharesOf } from "./shares.js";
import { StepGuard } from "./step-guard.js";
import type { TapeEngine } from "./taped-steps.js";

/**
 * Sharpness-aware minimisation around any base optimizer: the gradient is taken at the worst point of a neighbourhood.
 *
 *     g = grad L(w);  eps = rho g / |g|;  gs = grad L(w + eps);  w <- base(w, gs)
 *     adaptive (ASAM): T = |w| + eta elementwise, eps = rho T^2 g / |T g|
 *
 * One norm over all parameters, in fp32, on the device. Weights come back to exactly w before the base optimizer steps, also
 * when a closure throws. Running statistics change in the first pass only. A gradient that is not finite, in either pass,
 * skips the whole step. What a closure does to perturbed weights in the second pass is undone with eps.
 *
 * Extend it for a rule of your own: {@link Rule} says what a rule may change.
 *
 * Sources: Foret et al., https://arxiv.org/abs/2010.01412; Kwon et al. (ASAM), https://arxiv.org/abs/2102.11600
 *
 * @param params parameters or groups; a group may have its own rho, adaptive, eta, mask
 * @param Base the base optimizer's class
 * @param options SAM's and the base optimizer's options together
 *
 * @example
 * const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.1, momentum: 0.9 });
 * const loss = optimizer.step(() => {
 *   const loss = criterion(model.forward(x), y);
 *   loss.backward();
 *   return loss;
 * });
 */
export class SAM<O extends object = Record<string, unknown>> extends Rule<O> {
  readonly #perturber = new Perturber(this);
  /** Of the steps that run as they are; a graph has its own, which each replay fills. */
  readonly #ownDiagnostics = new Diagnostics((value) => (this.mayAsk(value) ? hostNumber(value) : undefined));
  #diagnostics = this.#ownDiagnostics;
  /** States loaded: graphs write to the state that was replaced. */
  #loads = 0;
  readonly #check = new FiniteCheck();
  /** Whether a closure may be running. */
  #isStepping = false;
  /** What {@link firstStep} leaves to {@link secondStep}. */
  #between: { thaw: () => void; lists: number[]; g: ParamVector | undefined; isTwoPass: boolean } | undefined;

  /** Whether the weights are at w + eps now. */
  get isPerturbed(): boolean {
    return this.#perturber.isActive;
  }

  /**
   * One step: the closure runs at w, then at w + eps; the base optimizer steps from w.
   *
   * @param closure computes the loss, calls `backward()` and returns the loss. Gradients are cleared before each call.
   * @param accumulation the batch in micro-batches, as `n-sam` or `m-sam`; the closure then gets the range of samples
   * @returns the loss at w
   * @throws TorchError `E_STATE` when no parameter has a gradient, or the closure steps or changes the optimizer; `E_ARG` when it is
   * asynchronous or returns no loss. The weights are at w then, running statistics are as before, and the next step works
   */
  override step(closure: Closure): Tensor;
  override step(closure: RangeClosure, accumulation: Accumulation): Tensor;
  override step(closure: RangeClosure, accumulation?: Accumulation): Tensor {
    this.expectIdle("step");
    if (typeof closure !== "function") {
      badArgument(
        `[${this.constructor.name}.step] expected a closure, got ${typeof closure}`,
        "pass a function that computes the loss, calls backward() and returns it; or use firstStep() and secondStep()",
      );
    }
    const rounds = roundsOf(this.constructor.name, accumulation);
    const guard = new StepGuard(this.options.sameMasks ? this.#devices() : undefined);
    const isCaptured = capturingOn() !== undefined;
    this.#diagnostics = isCaptured ? new Diagnostics() : this.#ownDiagnostics;
    this.#isStepping = true;
    let hasFailed = false;
    try {
      this.expectOptions();
      this.followParameters();
      return this.vectors.run(() => this.#takeStep(closure, rounds, guard));
    } catch (error) {
      hasFailed = true;
      if (isCaptured) {
        this.#perturber.forget(); // nothing has run: there is nothing to take back, and the back-ups are old
      } else {
        guard.rollBack();
      }
      throw error;
    } finally {
      if (!hasFailed || !isCaptured) this.#perturber.restore(); // a broken capture takes no more launches
      this.#isStepping = false;
      guard.dispose();
      this.#forgetStep();
    }
  }

  #takeStep(closure: RangeClosure, rounds: readonly Round[], guard: StepGuard): Tensor {
    const isOn = this.isScheduled(this.stepCount);
    const isTwoPass = isOn && this.takesSecondPass(this.stepCount);
    const early = isOn ? this.earlyAscent() : undefined;
    const first = new Mean();
    const second = new Mean();
    let isLastFactored = false;
    this.#diagnostics.clear();
    for (const { batches, share } of rounds) {
      this.#perturber.restore(); // of the round before
      guard.rememberRandom();
      if (early !== undefined) this.#perturb(early).length.dispose();
      const isFactored = isTwoPass && early === undefined && batches.length === 1 && this.#mayFactor();
      if (isFactored) this.#perturber.collectFactors(this.lists());
      const { loss, gradient: g } = guard.record(() => this.#pass(closure, batches));
      if (isTwoPass) this.#perturbAlong(g);
      else this.#perturber.release();
      const isKept = !isTwoPass || this.#keepsFirst;
      first.add(loss, isKept ? g : undefined, share);
      if (!isTwoPass) continue;
      if (!isKept) g.dispose(); // its memory serves the second pass
      guard.replay();
      isLastFactored = isFactored && rounds.length === 1 && this.#mayFactorLast();
      if (isLastFactored) this.#perturber.collectLast(this.lists());
      const sharp = freezeRunningStatistics(() => this.#pass(closure, batches));
      this.#perturber.release();
      second.add(sharp.loss, sharp.gradient, share);
    }
    this.#diagnostics.note(early === undefined ? "loss" : "perturbedLoss", first.loss);
    if (isTwoPass) this.#diagnostics.note("perturbedLoss", second.loss);
    if (rounds.length > 1) this.#diagnostics.note("gradNorm", undefined); // it was that of the last micro-batch
    this.#finish(
      isTwoPass ? second.gradient! : first.gradient!,
      isTwoPass ? first.gradient : undefined,
      isTwoPass,
      guard,
      isLastFactored,
    );
    return first.loss!;
  }

  /** One pass over micro-batches: the mean of their losses and gradients. */
  #pass(closure: RangeClosure, batches: Round["batches"]): { loss: Tensor; gradient: ParamVector } {
    const mean = new Mean();
    for (const { range, share } of batches) {
      this.zeroGrad();
      const before = this.lists();
      const loss = lossOf(this.constructor.name, () => (closure as (...range: readonly number[]) => Tensor)(...range));
      if (!areSameLists(this.lists(), before)) {
        this.#refuse("step", "the same parameters before and after the closure", "others", "change them between steps");
      }
      mean.add(loss, this.#collect("step"), share);
    }
    return { loss: mean.loss!, gradient: mean.gradient! };
  }

  /** The gradients of the closure that has just run, unscaled. They leave the parameters. */
  #collect(what: string): ParamVector {
    this.options.scaler?.unscale_(this);
    const g = ParamVector.gradients(this.lists(), { take: true, leavesFactors: true });
    if (g.count > 0 || this.#perturber.factorCount > 0) return g;
    const isSecond = this.isPerturbed || what === "secondStep";
    this.#refuse(
      what,
      `gradients after the ${isSecond ? "second" : "first"} pass`,
      "none on any of the parameters",
      "the closure must call loss.backward() on a loss that depends on the optimizer's parameters, outside of torch.noGrad()",
    );
  }

  get #keepsFirst(): boolean {
    return this.needsFirstGradient || this.#isDiagnosed;
  }
  /** Whether nobody but the perturbation needs the first gradient, and that as it is. */
  #mayFactor(): boolean {
    const { p = 2, scaler } = this.options;
    return (
      cpu.factoredGradients &&
      p === 2 &&
      scaler === undefined &&
      !this.#keepsFirst &&
      this.ascent === SAM.prototype.ascent &&
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
      this.base instanceof SGD && this.combine === SAM.prototype.combine && this.options.clipGradNorm === undefined
    );
  }
  get #isDiagnosed(): boolean {
    return isDiagnosed(this.options.diagnostics, this.stepCount);
  }

  /** w <- w + eps along the rule's direction. */
  #perturbAlong(g: ParamVector): void {
    const direction = this.ascent(g);
    const { length, isPlain } = this.#perturb(direction);
    this.#check.add(length);
    if (direction === g && isPlain) {
      this.#diagnostics.note("gradNorm", length);
      return;
    }
    this.#check.add(g.norm()); // |T d| does not tell of all of g
    if (direction !== g && !Object.values(this.ruleState()).includes(direction)) direction.dispose();
  }

  #perturb(direction: ParamVector): { length: Tensor; isPlain: boolean } {
    const { p = 2 } = this.options;
    const shares = this.#shares();
    const [length, eps] = this.#perturber.perturb(this.lists(), direction, shares, p, this.#isDiagnosed);
    this.#diagnostics.note("epsNorm", eps);
    eps?.dispose(); // what is noted is a tensor of its own
    return { length, isPlain: shares.isPlain };
  }

  #shares(): Shares {
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
  #finish(
    last: ParamVector,
    g: ParamVector | undefined,
    isTwoPass: boolean,
    guard: StepGuard,
    isFactored = false,
  ): void {
    const quantity = isTwoPass || this.#diagnostics.has("perturbedLoss") ? "sharpGradNorm" : "gradNorm";
    const isKnownLater =
      isFactored && this.#perturber.isLastFinite(this.lists(), last, this.options.skipNonFinite !== false);
    if (!isKnownLater) {
      const norm = isFactored ? this.#perturber.lastNorm() : last.norm();
      this.#diagnostics.note(quantity, this.#check.add(norm));
    }
    if (this.#isDiagnosed && g !== undefined) {
      if (!this.#diagnostics.has("gradNorm")) this.#diagnostics.note("gradNorm", g.norm());
      this.#diagnostics.note("dot", g.dot(last));
    }
    const { known, skipped } = this.#verdict();
    if (known === true) {
      guard.rollBack();
      this.zeroGrad();
    } else {
      this.#update(last, isTwoPass ? (g ?? last) : undefined, known === false ? null : skipped, guard);
    }
    if (isKnownLater) {
      const norm = this.#perturber.lastNorm();
      this.#diagnostics.note(quantity, norm);
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

  #devices(): Set<Tensor["device"]> {
    return new Set(this.paramGroups.flatMap((group) => group.params.map((p) => p.device)));
  }

  #forgetStep(): void {
    this.#check.clear();
    this.options.scaler?.forget(this);
    this.vectors.freeAllBut(Object.values(this.ruleState()));
  }

  // ------------------------------------------------------------------------------------------------------ in two calls

  /**
   * Perturbs with the gradients that are there: w <- w + eps. Running statistics are frozen until {@link secondStep}. On a step that
   * the schedule or the rule gives one pass, the weights stay at w. If the step is skipped in the end, running statistics keep what the
   * first pass did to them: it was over before this call. {@link step} takes it back.
   */
  firstStep({ zeroGrad = false }: { zeroGrad?: boolean } = {}): void {
    this.expectIdle("firstStep");
    const isTwoPass = this.isScheduled(this.stepCount) && this.takesSecondPass(this.stepCount);
    this.#diagnostics.clear();
    this.expectOptions();
    this.followParameters();
    try {
      this.vectors.run(() => {
        const g = this.#collect("firstStep");
        if (isTwoPass) this.#perturbAlong(g);
        if (!zeroGrad && !this.#keepsFirst) g.putAsGradients(this.lists());
        const lists = this.lists();
        this.#between = { thaw: freezeUntilThawed(), lists, g: this.#keepsFirst ? g : undefined, isTwoPass };
      });
    } catch (error) {
      this.restore();
      throw error;
    }
  }

  /** Back to w, and the base optimizer's step with the gradients of the second pass. */
  secondStep({ zeroGrad = false }: { zeroGrad?: boolean } = {}): void {
    const between = this.#between;
    if (between === undefined) this.#refuse("secondStep", "firstStep() before", "none");
    if (!areSameLists(this.lists(), between.lists)) {
      this.restore();
      this.#refuse("secondStep", "the parameters that firstStep() had", "others", "change them between steps");
    }
    this.#perturber.release();
    try {
      this.vectors.run(() => this.#finish(this.#collect("secondStep"), between.g, between.isTwoPass, new StepGuard()));
    } finally {
      this.restore();
    }
    if (zeroGrad) this.zeroGrad();
  }

  /** Back to w without a step; does nothing when the weights are at w. */
  restore(): void {
    if (this.#isStepping) this.expectIdle("restore");
    this.#perturber.restore();
    this.#between?.thaw();
    this.#between = undefined;
    this.#forgetStep();
  }

  // ------------------------------------------------------------------------------------------------------ captured steps

  /**
   * A function that takes one whole step without JavaScript in between: both passes, perturbation, restore, update, running
   * statistics once, dropout with fresh masks. On CUDA as one graph; on the CPU as one native call that does what the closure did
   * when it was recorded, which is worth something for small models. `lr` and `rho` may change between calls; when anything else in
   * the groups does (momentum, weight decay, mask), or the schedule skips the second pass, another one is captured.
   *
   * The first calls of each shape run as they are (see {@link GraphOptions}); every call is one step. After changing what the
   * closure reads on the host (`model.eval()`, a dropout rate, forward hooks), capture anew. Of a captured step the closure is not called.
   *
   * On CUDA the closure's inputs have to be on the device, the loss is overwritten by the next call, and the base optimizer must have
   * the option `capturable` (SGD, Adam, AdamW), which is switched on. On the CPU a step that cannot be recorded (the closure reads a
   * number, or makes tensors from data of JavaScript's) runs as it is in every call, and `refusal` says why.
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
  capture<A extends readonly Tensor[]>(
    closure: (...inputs: A) => Tensor,
    options: GraphOptions = {},
  ): Graphed<A, Tensor> {
    return this._captureOn(undefined, closure, options);
  }

  /** @internal The same on a given device: tests have one without a GPU. */
  _captureOn<A extends readonly Tensor[]>(
    device: GraphDevice | undefined,
    closure: (...inputs: A) => Tensor,
    options: GraphOptions,
  ): Graphed<A, Tensor> {
    const engine = {
      name: this.constructor.name,
      tape: () => (this.#devices().size === 1 && this.#devices().has("cpu") ? this.#tapeEngine() : undefined),
      refusal: () => this.#captureRefusal(),
      useDeviceNumbers: () => {
        this.#perturber.readsDevice = true;
        for (const group of this.paramGroups) (group as { capturable?: boolean }).capturable = true;
      },
      step: (fn: Closure) => this.step(fn),
      refresh: () => {
        this.base.refreshLr();
        this.#perturber.refresh(this.paramGroups.map((group) => this.rhoOf(group, this.stepCount)));
      },
      hostValues: () => this.#hostValues(),
      afterFailure: () => {
        this.#perturber.restore();
        this.zeroGrad();
      },
      snapshot: () => {
        const diagnostics = this.#diagnostics;
        return () => {
          this.#diagnostics = diagnostics;
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
      refusal: () => this.#captureRefusal(),
      lists: () => this.lists(),
      baseLists: () => this.base.lists(),
      decisions: () => [...this.#decisions(), this.#changingShares()],
      rhos: () => this.paramGroups.map((group) => this.rhoOf(group, this.stepCount)),
      shares: () => this.#shares().numbers,
      expectOptions: () => this.expectOptions(),
      step: (fn) => this.step(fn),
      places: () => this.#ownDiagnostics.places(),
      play: (run, places) => this.#playStep(run, places),
    };
  }

  /** Shares in eps, but rho, where they are functions of the host's: any step may find others. */
  #changingShares(): string | undefined {
    const isFixed =
      this.epsScale === SAM.prototype.epsScale &&
      this.paramGroups.every(({ mask }: SAMGroupOptions) => typeof mask !== "function");
    if (isFixed) return undefined;
    return sharesOf(
      this.paramGroups,
      () => 0,
      (index) => this.epsScale(index),
    ).numbers.join();
  }

  #playStep(run: () => Tensor | undefined, places: Places): Tensor | undefined {
    this.expectIdle("step");
    this.#isStepping = true;
    this.#diagnostics = this.#ownDiagnostics;
    let loss: Tensor | undefined;
    try {
      refuseSharedPerturbation(this);
      loss = run();
    } finally {
      if (loss === undefined) this.#perturber.restore();
      this.#isStepping = false;
    }
    if (loss === undefined) return undefined;
    const hasStopped = Tape.hasStopped;
    this.#diagnostics.take(places, () => this.#perturber.lastNorm());
    if (hasStopped) this.zeroGrad();
    this.stepCount++;
    return loss;
  }

  #captureRefusal(): string | undefined {
    const { sameMasks, scaler } = this.options;
    if (this.step !== SAM.prototype.step) return "a rule that has a step of its own";
    if (Object.keys(this.ruleState()).length > 0) return "a rule that replaces the vectors it keeps in each step";
    if (this.afterBase !== SAM.prototype.afterBase) return "a rule that reads lr on the host after the base step";
    if (sameMasks === true) return "sameMasks, which sets the random generator back from the host";
    if (scaler !== undefined) return "a loss scaler";
    if (!("capturable" in this.base.defaults)) return `${this.base.constructor.name}, which reads lr on the host`;
    return undefined;
  }

  #decisions(): unknown[] {
    const isOn = this.isScheduled(this.stepCount);
    return [isOn, isOn && this.takesSecondPass(this.stepCount), this.#isDiagnosed, this.#loads];
  }
  #hostValues(): string {
    return hostValues(this.#decisions(), this.paramGroups, (index) => this.epsScale(index));
  }

  // -------------------------------------------------------------------------------------------------- state, diagnostics

  /** Losses, norms and the angle between both gradients of the last step; read from the device now. */
  diagnostics(): DiagnosticsReport {
    return this.#diagnostics.read();
  }

  override loadStateDict(state: SAMState): void {
    super.loadStateDict(state);
    this.#loads++;
  }

  override dispose(): void {
    this.restore();
    this.#ownDiagnostics.clear();
    this.vectors.freeAllBut([]);
    this.#perturber.dispose();
    this.base.dispose();
    super.dispose();
  }

  // ------------------------------------------------------------------------------------------------------------- helpers

  protected override expectIdle(what: string): void {
    if (this.#isStepping) {
      this.#refuse(what, "to be called between steps", "a call from inside a step's closure");
    }
    if (this.#between !== undefined) {
      this.#refuse(what, "unperturbed weights", "weights at w + eps", "call secondStep() or restore() first");
    }
  }

  #refuse(what: string, expected: string, got: string, help?: string): never {
    throw new TorchError("E_STATE", `[${this.constructor.name}.${what}] expected ${expected}, got ${got}`, help);
  }
}
