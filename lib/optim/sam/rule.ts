import { badArgument, TorchError } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { isOptions } from "../../ops/match.js";
import { checkSpelling, withMoreNames } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { Optimizer } from "../optimizer.js";
import type { ParamGroup, ParamGroupInput, Params } from "../param-group.js";
import type { OptimizerState } from "../state-dict.js";
import {
  checkGroup,
  checkSAMOptions,
  GROUP_OPTIONS,
  isScheduled,
  OWN_OPTIONS,
  PRESETS,
  type SAMGroupOptions,
  type SAMOptions,
  splitOptions,
} from "./options.js";
import { ParamVector, VectorScope } from "./param-vector.js";
import { checkVectors, packVectors, type RuleState, unpackVectors } from "./rule-state.js";

/** What {@link SAM.stateDict} gives: the base optimizer's state, and SAM's own beside it. */
export interface SAMState extends OptimizerState {
  sam: { step: number; rule: RuleState; scaler?: { scale: Tensor; growthTracker: Tensor } };
}

/**
 * Makes a base optimizer: `torch.optim.SGD`, or a class of your own.
 *
 * @typeParam O its options; where the class is chosen at run time, those that all have in common
 *
 * @example
 * const Base: torch.optim.BaseOptimizer<{ lr: number }> = useAdam ? torch.optim.AdamW : torch.optim.SGD;
 * const optimizer = new torch.optim.SAM(model.parameters(), Base, { rho: 0.05, lr: 0.1 });
 */
export type BaseOptimizer<O extends object> = new (params: Params<O>, options: never) => Optimizer<O>;

function makeBase<O extends object>(
  name: string,
  Base: BaseOptimizer<O>,
  params: Params<O>,
  options: Record<string, unknown>,
  ownNames: readonly string[],
): Optimizer<O> {
  const help = "SGD, Adam, AdamW, or a class of your own that extends Optimizer";
  if (typeof Base !== "function") {
    badArgument(`[${name}] expected a base optimizer's class, got ${describeValue(Base)}`, help);
  }
  checkSpelling(name, options, ownNames);
  const base = withMoreNames(name, ownNames, () => new Base(params, options as never));
  if (typeof base.step !== "function" || !Array.isArray(base.paramGroups)) {
    badArgument(`[${name}] expected a base optimizer's class, got ${Base.name}`, help);
  }
  if (base.needsClosure) {
    badArgument(`[${name}] expected a base that steps with the gradient it is given, got ${Base.name}`, help);
  }
  // Groups are shared, so an option of the same name would be one number with two meanings.
  const taken = GROUP_OPTIONS.find((key) => Object.hasOwn(base.defaults, key));
  if (taken === undefined) return base;
  badArgument(
    `[${name}] expected a base without options of SAM's names, got ${Base.name} with ${taken}`,
    `write a base optimizer that takes ${taken} under another name`,
  );
}

/** Whether these are the groups' parameters; without a list of those, for it is asked in every step. */
function isOver(params: readonly Tensor[], groups: readonly { readonly params: readonly Tensor[] }[]): boolean {
  let count = 0;
  for (const group of groups) {
    for (const param of group.params) if (param !== params[count++]) return false;
  }
  return count === params.length;
}

/**
 * What the rules of the SAM family have in common and what each may change: the methods here are the whole of it. `SAM` takes the
 * steps; a rule extends it and overrides a few of these, as formulas on {@link ParamVector}s. Everything {@link SAM} promises then
 * holds for the rule too. Its options go into `ruleKeys`, or they would be taken for the base optimizer's. What it keeps between
 * steps changes in {@link combine} or {@link combineSingle} and is named by {@link ruleState}.
 *
 * @example
 * // Looks at a neighbour in a random direction.
 * class RandomSAM<O extends object = Record<string, unknown>> extends torch.optim.SAM<O> {
 *   protected override ascent(g: torch.optim.ParamVector): torch.optim.ParamVector {
 *     return torch.optim.ParamVector.from(g.tensors().map((t) => t && torch.randnLike(t)));
 *   }
 * }
 * const optimizer = new RandomSAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.1 });
 */
export abstract class Rule<O extends object> extends Optimizer<O & SAMGroupOptions> {
  /** The base optimizer; its groups are this one's. */
  readonly base: Optimizer<O>;
  protected readonly options: SAMOptions;
  /** Owns the vectors of a step, and those of {@link ruleState}. */
  protected readonly vectors = new VectorScope();
  protected stepCount = 0;
  /** The parameters that the rule's vectors are over. */
  #over: readonly Tensor[] = [];

  /** Options of a rule that are not the base optimizer's. */
  protected static readonly ruleKeys: readonly string[] = [];

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options?: SAMOptions & Partial<O>) {
    const { name } = new.target;
    // JavaScript counts the parameters in front of the first with a default: a base with options that it must have has two.
    if (options === undefined ? typeof Base === "function" && Base.length > 1 : !isOptions(options)) {
      badArgument(
        `[${name}] expected options, got ${describeValue(options)}`,
        `new ${name}(params, Base, { lr: 0.1 })`,
      );
    }
    const [given, baseOptions] = splitOptions(options ?? {}, new.target.ruleKeys);
    const names = [...OWN_OPTIONS, ...new.target.ruleKeys];
    checkSAMOptions(name, given);
    const own: SAMOptions = given.preset === undefined ? given : { ...PRESETS[given.preset], ...given };
    const { rho = 0.05, adaptive = false, eta = 0, weightsOnly = false, mask = true, ascentWeightDecay = 0 } = own;
    super(params, { rho, adaptive, eta, weightsOnly, mask, ascentWeightDecay } as unknown as O & SAMGroupOptions);
    this.options = own;
    this.base = makeBase(name, Base, this.paramGroups as unknown as Params<O>, baseOptions, names);
    // One list of groups: a scheduler that acts on either acts on both.
    this.paramGroups = this.base.paramGroups as unknown as ParamGroup<O & SAMGroupOptions>[];
    this.expectOptions();
  }

  protected override checkOptions(group: ParamGroup<O & SAMGroupOptions>): void {
    checkGroup(this.constructor.name, group as SAMGroupOptions);
  }

  /** Throws when a group has options that make no sense; scripts may change them between steps. */
  protected expectOptions(): void {
    for (const group of this.paramGroups) this.checkOptions(group);
  }

  /** Throws when a step is under way. */
  protected abstract expectIdle(what: string): void;

  // ---------------------------------------------------------------------------------------------- what a rule may change

  /** Whether the schedule perturbs at this step; on others the base optimizer steps with the plain gradient. */
  protected isScheduled(step: number): boolean {
    return isScheduled(this.options.schedule, step);
  }
  /** Whether a scheduled step takes a second pass. */
  protected takesSecondPass(_step: number): boolean {
    return true;
  }
  /** A direction known before the first pass, which then runs at w + eps; undefined for none. */
  protected earlyAscent(): ParamVector | undefined {
    return undefined;
  }
  /** The direction of the perturbation; `g` itself, or a vector of its own. */
  protected ascent(g: ParamVector): ParamVector {
    return g;
  }
  /** rho of one group at this step. */
  protected rhoOf(group: ParamGroup<O & SAMGroupOptions>, step: number): number {
    const { rho = 0.05 } = group as SAMGroupOptions;
    const value = typeof rho === "function" ? rho(step) : rho;
    if (typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
    badArgument(`[${this.constructor.name}] expected rho >= 0, got ${describeValue(value)} in step ${step}`);
  }
  /** A factor on eps of the parameter with this number, after the norm. */
  protected epsScale(_index: number): number {
    return 1;
  }
  /** Whether {@link combine} needs the first gradient; it is freed before the second pass otherwise. */
  protected get needsFirstGradient(): boolean {
    return false;
  }
  /** The gradient for the base optimizer; both may be changed. `g` is the first gradient if {@link needsFirstGradient}. */
  protected combine(gs: ParamVector, _g: ParamVector): ParamVector {
    return gs;
  }
  /** The same for a scheduled step that takes one pass. */
  protected combineSingle(g: ParamVector): ParamVector {
    return g;
  }
  /** Runs after the base optimizer's step. Where `skipped`, a tensor on the device, is not 0 it must change nothing. */
  protected afterBase(_skipped: Tensor | null): void {}
  /** Whether it does anything there: such a step is not captured, since what it takes from the host (lr) would stay as it was. */
  protected get actsAfterBase(): boolean {
    return this.afterBase !== Rule.prototype.afterBase;
  }

  /**
   * The vectors that the rule keeps between steps, undefined before there is one; they are part of checkpoints. A rule replaces
   * them by new ones and never changes them in place, so that a step that turns out to be skipped can keep the old ones.
   */
  protected ruleState(): Record<string, ParamVector | undefined> {
    return {};
  }
  /** Takes these vectors for those of {@link ruleState}; one that is not there was not known yet. */
  protected loadRuleState(_state: Record<string, ParamVector | undefined>): void {}

  /** Whether the host may be asked if a step is skipped: when that waits for nothing, or there is no old vector to keep yet. */
  protected mayAsk(skipped: Tensor): boolean {
    return skipped.device === "cpu" || Object.values(this.ruleState()).includes(undefined);
  }

  // ------------------------------------------------------------------------------------------------ groups and state

  override get needsClosure(): boolean {
    return true;
  }

  /** Brings the rule's vectors in line with the parameters, which may have come, gone or changed places since the last step. */
  protected followParameters(): void {
    const before = this.#over;
    if (isOver(before, this.paramGroups)) return;
    const params = this.paramGroups.flatMap((group) => group.params);
    this.#over = params;
    const position = new Map(before.map((param, i) => [param, i]));
    const moved: Record<string, ParamVector> = {};
    this.vectors.run(() =>
      tidy(() => {
        for (const [key, vector] of Object.entries(this.ruleState())) {
          const tensors = vector?.tensors();
          if (tensors === undefined) continue;
          moved[key] = ParamVector.from(params.map((param) => tensors[position.get(param) ?? -1] ?? null));
        }
      }),
    );
    if (Object.keys(moved).length === 0) return;
    this.loadRuleState(moved);
    this.vectors.freeAllBut(Object.values(this.ruleState()));
  }

  override addParamGroup(group: ParamGroupInput<O & SAMGroupOptions>): void {
    if (this.base === undefined) {
      super.addParamGroup(group); // from the constructor, before there is a base
      return;
    }
    this.expectIdle("addParamGroup");
    checkSpelling(this.constructor.name, group, GROUP_OPTIONS);
    checkGroup(this.constructor.name, group as SAMGroupOptions);
    this.base.addParamGroup({ ...this.defaults, ...group } as unknown as ParamGroupInput<O>);
  }

  /** Steps taken, skipped ones included. */
  get steps(): number {
    return this.stepCount;
  }
  /** The base optimizer's state, the rule's own, the step counter and the loss scale. Refused while the weights are perturbed. */
  override stateDict(): SAMState {
    this.expectIdle("stateDict");
    this.followParameters();
    const scaler = this.options.scaler?.stateDict();
    const sam = { step: this.stepCount, rule: packVectors(this.ruleState()), ...(scaler && { scaler }) };
    return { ...this.base.stateDict(), sam };
  }

  override loadStateDict(state: SAMState): void {
    this.expectIdle("loadStateDict");
    const name = this.constructor.name;
    const own = state?.sam;
    if (own === undefined || !Number.isInteger(own.step)) {
      const what = "the state of a SAM optimizer";
      throw new TorchError("E_CHECKPOINT", `[${name}.loadStateDict] expected ${what}, got one without its step`);
    }
    const params = this.paramGroups.flatMap((group) => group.params);
    checkVectors(name, own.rule ?? {}, Object.keys(this.ruleState()), params);
    if (own.scaler !== undefined) this.options.scaler?.checkState(own.scaler);
    this.base.loadStateDict(state);
    if (own.scaler !== undefined) this.options.scaler?.loadStateDict(own.scaler);
    this.loadRuleState(this.vectors.run(() => unpackVectors(own.rule ?? {}, params)));
    this.#over = params;
    this.stepCount = own.step;
    this.vectors.freeAllBut(Object.values(this.ruleState()));
  }

  // What the base optimizer knows.
  override stateOf<S extends object = Record<string, unknown>>(param: Tensor, make?: () => S): S {
    return this.base.stateOf(param, make);
  }
  override momenta(): (Tensor | null)[] {
    return this.base.momenta();
  }
  override refreshLr(): void {
    this.base.refreshLr();
  }
}
