import { enableGrad } from "../../autograd.js";
import { badArgument, TorchError } from "../../errors.js";
import { native } from "../../native.js";
import { freezeRunningStatistics, freezeUntilThawed } from "../../running-statistics.js";
import { isTensor, type Tensor, wrap } from "../../tensor.js";
import { keep } from "../../tidy.js";
import { Optimizer } from "../optimizer.js";
import type { ParamGroup, ParamGroupInput, Params } from "../param-group.js";
import type { OptimizerState } from "../state-dict.js";
import { accumulate, type Accumulation } from "./accumulation.js";
import { Diagnostics } from "./diagnostics.js";
import { checkGroup, checkOptions, isScheduled, PRESETS, type SAMGroupOptions, type SAMOptions, splitOptions } from "./options.js";
import { ParamVector } from "./param-vector.js";
import { perturbed } from "./perturbed.js";
import { StepGuard } from "./step-guard.js";

/** Makes a base optimizer: `torch.optim.SGD`, or a class of your own. */
export type BaseOptimizer<O extends object> = new (params: Params<O>, options: never) => Optimizer<O>;

/** Computes the loss of the batch, calls `backward()` on it and returns it. Called once per pass. */
export type Closure = () => Tensor;

/** What {@link SAM.stateDict} gives: the base optimizer's state, and SAM's own beside it. */
export interface SAMState extends OptimizerState {
  sam: { step: number; rule: Record<string, (Tensor | null)[]>; scaler?: { scale: Tensor; growthTracker: Tensor } };
}

const forgotten = new FinalizationRegistry<number>((id) => native.disposePerturbation(id));

/**
 * Sharpness-aware minimisation around any base optimizer: the gradient is taken at the worst point of a neighbourhood.
 *
 *     g = grad L(w);  eps = rho g / |g|;  gs = grad L(w + eps);  w <- base(w, gs)
 *     adaptive (ASAM): T = |w| + eta elementwise, eps = rho T^2 g / |T g|
 *
 * One norm over all parameters, in fp32, on the device. Weights come back to exactly w before the base optimizer steps, also
 * when a closure throws. Running statistics change in the first pass only. A gradient that is not finite, in either pass,
 * skips the whole step.
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
export class SAM<O extends object = Record<string, unknown>> extends Optimizer<O & SAMGroupOptions> {
  /** The base optimizer; its groups are this one's. */
  readonly base: Optimizer<O>;
  protected readonly options: SAMOptions;
  readonly #perturbation = native.newPerturbation();
  #step = 0;
  #diagnostics = new Diagnostics();
  #between: { thaw: () => void; g: ParamVector | null } | undefined;

  /** Options of a rule that are not the base optimizer's. */
  protected static readonly ruleKeys: readonly string[] = [];

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options: SAMOptions & Partial<O>) {
    const name = new.target.name;
    const [given, baseOptions] = splitOptions(options, new.target.ruleKeys);
    const own: SAMOptions = given.preset === undefined ? given : { ...PRESETS[given.preset], ...given };
    checkOptions(name, given);
    const { rho = 0.05, adaptive = false, eta = 0, weightsOnly = false, mask = true, ascentWeightDecay = 0 } = own;
    super(params, { rho, adaptive, eta, weightsOnly, mask, ascentWeightDecay } as unknown as O & SAMGroupOptions);
    this.options = own;
    this.base = new Base(this.paramGroups as unknown as Params<O>, baseOptions as never);
    // One list of groups: a scheduler that acts on either acts on both.
    this.paramGroups = this.base.paramGroups as unknown as ParamGroup<O & SAMGroupOptions>[];
    for (const group of this.paramGroups) checkGroup(name, group);
    forgotten.register(this, this.#perturbation);
  }

  override addParamGroup(group: ParamGroupInput<O & SAMGroupOptions>): void {
    if (this.base === undefined) {
      super.addParamGroup(group); // from the constructor, before there is a base
      return;
    }
    checkGroup(this.constructor.name, group as SAMGroupOptions);
    this.base.addParamGroup({ ...this.defaults, ...group } as unknown as ParamGroupInput<O>);
  }

  // ---------------------------------------------------------------------------------------------- what a rule may change

  /** Whether this step takes a second pass. */
  protected takesSecondPass(step: number): boolean {
    return isScheduled(this.options.schedule, step);
  }
  /** The direction of the perturbation. */
  protected ascent(g: ParamVector): ParamVector {
    return g;
  }
  /** Whether {@link combine} and {@link afterBase} need the first gradient. */
  protected get needsFirstGradient(): boolean {
    return false;
  }
  /** Turns `gs` (in place) into the gradient for the base optimizer. */
  protected combine(_gs: ParamVector, _g: ParamVector): void {}
  /** The same for a step with one pass. */
  protected combineSingle(_g: ParamVector): void {}
  /** Whether {@link afterBase} changes weights: then it has to be known before whether the step is skipped. */
  protected get changesWeightsAfterBase(): boolean {
    return false;
  }
  /** Runs after the base optimizer's step. */
  protected afterBase(): void {}
  /** The rule's own vectors, for checkpoints. */
  protected ruleState(): Record<string, ParamVector | undefined> {
    return {};
  }
  protected loadRuleState(_state: Record<string, ParamVector>): void {}
  /** rho of one group at this step. */
  protected rhoOf(group: ParamGroup<O & SAMGroupOptions>, step: number): number {
    const { rho = 0.05 } = group as SAMGroupOptions;
    const value = typeof rho === "function" ? rho(step) : rho;
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) badArgument(`[${this.constructor.name}] expected rho >= 0, got ${value}`);
    return value;
  }
  /** One factor per parameter on eps, after the norm; undefined for 1. */
  protected epsScale(_index: number): number | undefined {
    return undefined;
  }

  /** A direction known before the first pass, which then runs at w + eps; undefined for none. */
  protected perturbBeforeFirstPass(): ParamVector | undefined {
    return undefined;
  }

  // ------------------------------------------------------------------------------------------------------------ the step

  /** Steps taken, skipped ones included. */
  get steps(): number {
    return this.#step;
  }
  /**
   * One step: the closure runs at w, then at w + eps; the base optimizer steps from w.
   *
   * @param closure computes the loss, calls `backward()` and returns the loss. Gradients are cleared before each call.
   * @param accumulation the batch in micro-batches, as `n-sam` or `m-sam`; the closure then gets the range of samples
   * @returns the loss at w
   * @throws TorchError when no parameter has a gradient, or the closure is asynchronous; the weights are at w then
   */
  override step(closure: Closure): Tensor;
  override step(closure: (start: number, end: number) => Tensor, accumulation: Accumulation): Tensor;
  override step(closure: (start: number, end: number) => Tensor, accumulation?: Accumulation): Tensor {
    this.#expectUnperturbed("step");
    if (typeof closure !== "function") {
      badArgument(
        `[${this.constructor.name}.step] expected a closure, got ${typeof closure}`,
        "pass a function that computes the loss, calls backward() and returns it; or use firstStep() and secondStep()",
      );
    }
    const guard = new StepGuard();
    try {
      if (this.options.sameMasks === true) guard.rememberRandom(this.#devices());
      const loss =
        accumulation === undefined
          ? this.#plainStep(closure as Closure, guard)
          : accumulate(accumulation, closure, {
              name: this.constructor.name,
              lists: () => this.lists(),
              first: (fn) => guard.record(() => this.runClosure(fn)),
              perturb: () => this.#perturbAlong(this.ascent(this.#collect("first", false))),
              second: (fn) => this.#secondPass(fn, guard),
              restore: () => this.#restore(),
              finish: (g, gs, first, second) => this.#finish(g, gs, first, second, guard),
            });
      this.#step++;
      return loss;
    } catch (error) {
      this.#restore();
      guard.rollBack();
      throw error;
    } finally {
      guard.forget();
    }
  }

  #plainStep(closure: Closure, guard: StepGuard): Tensor {
    const early = isScheduled(this.options.schedule, this.#step) ? this.perturbBeforeFirstPass() : undefined;
    if (early !== undefined) this.#perturbAlong(early);
    const loss = guard.record(() => this.runClosure(closure));
    if (early !== undefined) this.#restore();
    const twoPasses = this.takesSecondPass(this.#step);
    const g = this.#collect("first", twoPasses && this.#keepsFirst);
    if (!twoPasses) {
      this.#finish(g, null, loss, null, guard);
      return loss;
    }
    this.#perturbAlong(this.ascent(g));
    if (!this.#keepsFirst) g.dispose(); // its memory serves the second pass
    const second = this.#secondPass(closure, guard);
    this.#restore();
    this.#finish(this.#keepsFirst ? g : null, this.#collect("second", false), loss, second, guard);
    return loss;
  }

  get #keepsFirst(): boolean {
    return this.needsFirstGradient || this.options.diagnostics === true;
  }

  /** Runs a closure with fresh gradients and checks what it returns. */
  protected runClosure(closure: Closure): Tensor {
    this.zeroGrad();
    const loss: unknown = enableGrad(closure);
    if (isTensor(loss)) return loss;
    const isPromise = typeof (loss as { then?: unknown } | undefined)?.then === "function";
    if (isPromise) (loss as Promise<unknown>).then(undefined, () => {});
    badArgument(
      `[${this.constructor.name}.step] expected the closure to return the loss, got ${isPromise ? "a promise" : typeof loss}`,
      isPromise ? "the closure must be synchronous: load the batch before the step" : "end the closure with `return loss`",
    );
  }

  #secondPass(closure: Closure, guard: StepGuard): Tensor {
    guard.replay();
    return freezeRunningStatistics(() => this.runClosure(closure));
  }

  /** The gradients of the pass that has just run, unscaled. With `take` they survive the next pass. */
  #collect(pass: "first" | "second", take: boolean): ParamVector {
    this.options.scaler?.unscale_(this);
    const g = ParamVector.gradients(this.lists(), { take });
    if (g.count === 0) this.#noGradients(pass);
    return g;
  }

  #noGradients(pass: string): never {
    throw new TorchError(
      "E_STATE",
      `[${this.constructor.name}] expected gradients after the ${pass} pass, got none on any of the parameters`,
      "the closure must call loss.backward() on a loss that depends on the optimizer's parameters, outside of torch.noGrad()",
    );
  }

  #perturbAlong(direction: ParamVector): void {
    const [norm, eps] = native.perturb(
      this.#perturbation,
      this.lists(),
      direction.id,
      this.options.p ?? 2,
      this.#shares(),
      this.options.diagnostics === true,
    );
    perturbed.add(this);
    this.#diagnostics.begin(keep(wrap(norm)), eps === 0 ? null : keep(wrap(eps)));
  }

  /** Six numbers per parameter: rho, adaptive, eta, masked, scale, ascent weight decay. */
  #shares(): Float64Array {
    const groups = this.paramGroups;
    const out = new Float64Array(6 * groups.reduce((n, group) => n + group.params.length, 0));
    let at = 0;
    let index = 0;
    for (const group of groups) {
      const { adaptive = false, eta = 0, weightsOnly = false, mask = true, ascentWeightDecay = 0 } = group as SAMGroupOptions;
      const rho = this.rhoOf(group, this.#step);
      group.params.forEach((param, i) => {
        const name = group.paramNames?.[i];
        const isBias = name === undefined ? param.ndim <= 1 : name.endsWith("bias");
        out[at++] = rho;
        out[at++] = adaptive && !(weightsOnly && isBias) ? 1 : 0;
        out[at++] = eta;
        out[at++] = (typeof mask === "function" ? mask(param, name) : mask) ? 0 : 1;
        out[at++] = this.epsScale(index++) ?? 1;
        out[at++] = ascentWeightDecay;
      });
    }
    return out;
  }

  #restore(): void {
    native.restore(this.#perturbation);
    perturbed.delete(this);
  }

  /**
   * From the gradients to the base optimizer's step, unless one is not finite.
   *
   * @param g the first gradient, null where nobody needs it
   * @param gs the second one, null for a step with one pass
   */
  #finish(g: ParamVector | null, gs: ParamVector | null, first: Tensor | null, second: Tensor | null, guard: StepGuard): void {
    const last = gs ?? g!;
    const norm = keep(last.norm());
    this.#diagnostics.finish(first, second, g, gs, norm, this.options.diagnostics === true);
    const bad = this.options.skipNonFinite === false ? undefined : this.#notFinite(norm, g);
    if (bad !== undefined && (this.#decidesOnHost(bad) || !this.base.supportsFoundInf) && bad.itemNumber() !== 0) {
      guard.rollBack();
      this.zeroGrad();
    } else {
      if (gs === null) this.combineSingle(last);
      else this.combine(gs, g ?? gs);
      last.putAsGradients(this.lists());
      this.#clip(last);
      const onDevice = bad !== undefined && !this.#decidesOnHost(bad) && this.base.supportsFoundInf;
      this.base.foundInf = onDevice ? bad : null;
      try {
        this.base.step();
      } finally {
        this.base.foundInf = null;
      }
      if (onDevice) guard.rollBack(bad);
      if (gs !== null) this.afterBase();
    }
    this.options.scaler?.update();
  }

  /** 1 where a gradient of either pass was not finite, on the device. */
  #notFinite(norm: Tensor, g: ParamVector | null): Tensor {
    const lengths = [norm, this.#diagnostics.gradientLength, g?.norm()].filter((t) => t != null);
    // A norm that is infinity or NaN makes the sum so.
    const sum = lengths.reduce((a, b) => a.add(b.to(a.device)));
    const bad = sum.isfinite().logicalNot().to("float32");
    const found = this.options.scaler?.foundInf;
    return found === undefined ? bad : bad.maximum(found.to(bad.device));
  }

  /** Where asking costs nothing, or where the rule has a state of its own that must not change either. */
  #decidesOnHost(bad: Tensor): boolean {
    return bad.device === "cpu" || Object.keys(this.ruleState()).length > 0 || this.changesWeightsAfterBase;
  }

  #clip(vector: ParamVector): void {
    const limit = this.options.clipGradNorm;
    if (limit === undefined) return;
    const norm = vector.norm();
    vector.scale_(norm.add(1e-6).reciprocal().mul(limit).clampMax(1));
  }

  #devices(): Set<Tensor["device"]> {
    return new Set(this.paramGroups.flatMap((group) => group.params.map((p) => p.device)));
  }

  #expectUnperturbed(what: string): void {
    if (perturbed.has(this)) {
      throw new TorchError(
        "E_STATE",
        `[${this.constructor.name}.${what}] expected unperturbed weights, got weights at w + eps`,
        "call secondStep() or restore() first",
      );
    }
  }

  // ------------------------------------------------------------------------------------------------------ in two calls

  /** Perturbs with the gradients that are there: w <- w + eps. Running statistics are frozen until {@link secondStep}. */
  firstStep({ zeroGrad = false }: { zeroGrad?: boolean } = {}): void {
    this.#expectUnperturbed("firstStep");
    const g = this.#collect("first", this.#keepsFirst);
    this.#perturbAlong(this.ascent(g));
    this.#between = { thaw: freezeUntilThawed(), g: this.#keepsFirst ? g : null };
    if (zeroGrad) this.zeroGrad();
  }

  /** Back to w, and the base optimizer's step with the gradients of the second pass. */
  secondStep({ zeroGrad = false }: { zeroGrad?: boolean } = {}): void {
    const between = this.#between;
    if (between === undefined) {
      throw new TorchError("E_STATE", `[${this.constructor.name}.secondStep] expected firstStep() before, got none`);
    }
    this.restore();
    this.#finish(between.g, this.#collect("second", false), null, null, new StepGuard());
    this.#step++;
    if (zeroGrad) this.zeroGrad();
  }

  /** Back to w without a step; does nothing when the weights are at w. */
  restore(): void {
    this.#restore();
    this.#between?.thaw();
    this.#between = undefined;
  }

  // -------------------------------------------------------------------------------------------------- state, diagnostics

  /** Losses, norms and the angle between both gradients of the last step; read from the device now. */
  diagnostics(): ReturnType<Diagnostics["read"]> {
    return this.#diagnostics.read();
  }

  /** The base optimizer's state, the rule's own, the step counter and the loss scale. Refused while the weights are perturbed. */
  override stateDict(): SAMState {
    this.#expectUnperturbed("stateDict");
    const rule: SAMState["sam"]["rule"] = {};
    for (const [key, vector] of Object.entries(this.ruleState())) {
      if (vector !== undefined) rule[key] = vector.clone().tensors();
    }
    const scaler = this.options.scaler?.stateDict();
    return { ...this.base.stateDict(), sam: { step: this.#step, rule, ...(scaler && { scaler }) } };
  }

  override loadStateDict(state: SAMState): void {
    this.#expectUnperturbed("loadStateDict");
    const own = state?.sam;
    if (own === undefined || !Number.isInteger(own.step)) {
      throw new TorchError("E_CHECKPOINT", `[${this.constructor.name}.loadStateDict] expected the state of a SAM optimizer`);
    }
    this.base.loadStateDict(state);
    const vectors: Record<string, ParamVector> = {};
    for (const [key, tensors] of Object.entries(own.rule ?? {})) vectors[key] = ParamVector.from(tensors).clone();
    this.loadRuleState(vectors);
    if (own.scaler !== undefined) this.options.scaler?.loadStateDict(own.scaler);
    this.#step = own.step;
  }
}
