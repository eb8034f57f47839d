import type { Tensor } from "../../tensor.js";
import { boolean, fraction } from "../checks.js";
import type { Params } from "../param-group.js";
import type { SAMGroupOptions, SAMOptions } from "./options.js";
import type { ParamVector } from "./param-vector.js";
import type { BaseOptimizer } from "./rule.js";
import { SAM } from "./sam.js";

export interface WSAMOptions extends SAMOptions {
  /** Weight of sharpness; a = gamma / (1 - gamma). 0 is the base optimizer, 0.5 is SAM. Default 0.9. */
  gamma?: number;
  /** Sharpness as a step of its own, outside of the base optimizer; default true. */
  decoupled?: boolean;
}

/**
 * Weighted SAM: sharpness as a term with a weight.
 *
 *     decoupled:  w <- base(w, g);  w <- w - lr a (gs - g)
 *     coupled:    w <- base(w, (1 - a) g + a gs)
 *
 * Source: Yue et al., KDD 2023, https://arxiv.org/abs/2305.15817
 *
 * @example
 * new torch.optim.WSAM(model.parameters(), torch.optim.SGD, { gamma: 0.9, lr: 0.1 });
 */
export class WSAM<O extends object = Record<string, unknown>> extends SAM<O> {
  protected static override readonly ruleKeys = ["gamma", "decoupled"];
  readonly #a: number;
  readonly #decoupled: boolean;
  /** gs - g of one step: none of a step that failed in between. */
  #difference: { of: number; vector: ParamVector } | undefined;

  constructor(params: Params<O & SAMGroupOptions>, Base: BaseOptimizer<O>, options?: WSAMOptions & Partial<O>) {
    super(params, Base, options);
    const { gamma = 0.9, decoupled = true } = options ?? {};
    fraction("WSAM", "gamma", gamma);
    this.#a = gamma / (1 - gamma);
    boolean("WSAM", "decoupled", decoupled);
    this.#decoupled = decoupled;
  }

  protected override get needsFirstGradient(): boolean {
    return true;
  }
  protected override combine(gs: ParamVector, g: ParamVector): ParamVector {
    if (!this.#decoupled) return gs.scale_(this.#a).add_(g, 1 - this.#a);
    this.#difference = { of: this.steps, vector: gs.add_(g, -1) };
    return g;
  }
  protected override get actsAfterBase(): boolean {
    return this.#decoupled;
  }
  protected override afterBase(skipped: Tensor | null): void {
    const rates = this.paramGroups.flatMap(({ params, lr }) => params.map(() => -(lr as number) * this.#a));
    if (this.#difference?.of === this.steps) {
      this.#difference.vector.addToParameters(this.lists(), Float64Array.from(rates), skipped);
    }
    this.#difference = undefined;
  }
}
