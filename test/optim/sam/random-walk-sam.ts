import * as torch from "../../../lib/index.js";

const { ParamVector } = torch.optim;

export interface RandomWalkSAMOptions extends torch.optim.SAMOptions {
  /** How much of the last direction is left in the next; default 0.9. */
  memory?: number;
}

/**
 * A rule as a user writes it, from the public API alone: looks at a neighbour in a random direction, which wanders from step to step.
 *
 *     d <- memory d + noise;  eps = rho d / |d|;  w <- base(w, gs)
 */
export class RandomWalkSAM<O extends object = Record<string, unknown>> extends torch.optim.SAM<O> {
  protected static override readonly ruleKeys = ["memory"];
  readonly #memory: number;
  #walk: torch.optim.ParamVector | undefined;
  #next: torch.optim.ParamVector | undefined;

  constructor(
    params: torch.optim.Params<O & torch.optim.SAMGroupOptions>,
    Base: torch.optim.BaseOptimizer<O>,
    options: RandomWalkSAMOptions & Partial<O>,
  ) {
    super(params, Base, options);
    this.#memory = options.memory ?? 0.9;
  }

  protected override ascent(g: torch.optim.ParamVector): torch.optim.ParamVector {
    this.#next = ParamVector.from(g.tensors().map((t) => t && torch.randnLike(t)));
    if (this.#walk !== undefined) this.#next.add_(this.#walk, this.#memory);
    return this.#next.clone();
  }
  protected override combine(gs: torch.optim.ParamVector): torch.optim.ParamVector {
    this.#walk = this.#next;
    return gs;
  }
  protected override ruleState() {
    return { walk: this.#walk };
  }
  protected override loadRuleState({ walk }: Record<string, torch.optim.ParamVector>): void {
    this.#walk = walk;
  }
}
