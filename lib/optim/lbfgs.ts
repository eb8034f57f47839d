import { noGrad } from "../autograd.js";
import { badArgument } from "../errors.js";
import { masterOf, writeWorkingWeights } from "../master-weights.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { cat, zeros } from "../ops.generated.js";
import { settings } from "../options.js";
import { noteStepOf } from "../tape.js";
import { isTensor, type Tensor } from "../tensor.js";
import { tidy } from "../tidy.js";
import { notNegative, whole } from "./checks.js";
import { Optimizer } from "./optimizer.js";
import type { ParamGroup, Params } from "./param-group.js";
import { type LinePoint, strongWolfe } from "./strong-wolfe.js";

/** Options of {@link LBFGS}. */
export interface LBFGSOptions {
  /** Length of a step without a line search, first length with one; default 1. */
  lr: number;
  /** Iterations per step; default 20. */
  maxIter: number;
  /** Evaluations of the closure per step; default 1.25 maxIter. */
  maxEval: number;
  /** Ends a step when no gradient is larger; default 1e-7. */
  toleranceGrad: number;
  /** Ends a step when the loss or the parameters change by less; default 1e-9. */
  toleranceChange: number;
  /** Iterations that are remembered; default 100. */
  historySize: number;
  /** `"strong_wolfe"`, or null (default) for steps of `lr`. */
  lineSearchFn: "strong_wolfe" | null;
}

const DEFAULTS: LBFGSOptions = {
  lr: 1,
  maxIter: 20,
  maxEval: 25,
  toleranceGrad: 1e-7,
  toleranceChange: 1e-9,
  historySize: 100,
  lineSearchFn: null,
};

/** Kept with the first parameter, under PyTorch's names in camelCase. */
interface State {
  funcEvals: number;
  nIter: number;
  /** Direction and length of the last iteration. */
  d?: Tensor;
  t?: number;
  /** Changes of the gradient and of the parameters, oldest first, and 1 / (y s) for each. */
  oldDirs: Tensor[];
  oldStps: Tensor[];
  ro: number[];
  HDiag: number;
  prevFlatGrad?: Tensor;
  prevLoss?: number;
}

/**
 * L-BFGS: Newton's method with an inverse Hessian made of the last changes of the gradient. For small problems without noise.
 * One group of parameters; waits for the device several times per iteration, and calls the closure many times per step.
 *
 *     d = -H g, H from the last pairs s = change of w, y = change of g (two-loop recursion)
 *     w <- w + t d, t = lr, or by a line search
 *
 * Source: Nocedal and Wright, Numerical Optimization, algorithm 7.4;
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.LBFGS.html
 *
 * @param params parameters; no groups with options of their own
 * @param options see {@link LBFGSOptions}
 * @throws TorchError `E_ARG` for several groups, for a negative lr, and for a step without a closure
 *
 * @example
 * const optimizer = new torch.optim.LBFGS(model.parameters(), { lineSearchFn: "strong_wolfe" });
 * optimizer.step(() => {
 *   optimizer.zeroGrad();
 *   const loss = criterion(model.forward(x), y);
 *   loss.backward();
 *   return loss;
 * });
 */
export class LBFGS extends Optimizer<LBFGSOptions> {
  constructor(params: Params<LBFGSOptions>, options: Partial<LBFGSOptions> = {}) {
    const { maxIter } = settings("LBFGS", DEFAULTS, options);
    super(params, settings("LBFGS", { ...DEFAULTS, maxEval: Math.floor((maxIter * 5) / 4) }, options));
    if (this.paramGroups.length !== 1) {
      badArgument(`[LBFGS] expected one group of parameters, got ${this.paramGroups.length}`);
    }
  }

  protected override checkOptions(group: ParamGroup<LBFGSOptions>): void {
    const { lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearchFn } = group;
    notNegative("LBFGS", { lr, toleranceGrad, toleranceChange });
    whole("LBFGS", "maxIter", maxIter);
    whole("LBFGS", "historySize", historySize);
    whole("LBFGS", "maxEval", maxEval);
    if (lineSearchFn !== null && lineSearchFn !== "strong_wolfe") {
      badArgument(`[LBFGS] expected lineSearchFn "strong_wolfe" or null, got ${describeValue(lineSearchFn)}`);
    }
  }

  override get needsClosure(): boolean {
    return true;
  }

  /** Iterates until one of the tolerances or limits is met; gives the loss before the first iteration. */
  override step(closure?: () => Tensor): Tensor {
    if (closure === undefined) badArgument("[LBFGS.step] expected a closure, got none", "step(() => loss)");
    noteStepOf(this);
    const loss = this.evaluate(closure);
    for (const list of this.lists()) native.checkGradients(list, "LBFGS");
    const again = (): number => this.evaluate(closure).itemNumber();
    noGrad(() => this.#minimise(loss.itemNumber(), again));
    return loss;
  }

  get #params(): readonly Tensor[] {
    return this.paramGroups[0]!.params;
  }

  #minimise(firstLoss: number, again: () => number): void {
    const group = this.paramGroups[0]!;
    const { lr, maxIter, maxEval, toleranceGrad, toleranceChange } = group;
    const state = this.stateOf<State>(this.#params[0]!, () => ({
      funcEvals: 0,
      nIter: 0,
      oldDirs: [],
      oldStps: [],
      ro: [],
      HDiag: 1,
    }));
    let loss = firstLoss;
    let grad = this.#flatGrad();
    let evaluations = 1;
    state.funcEvals++;
    if (largest(grad) <= toleranceGrad) return;
    for (let n = 1; n <= maxIter; n++) {
      state.nIter++;
      const d = this.#direction(state, grad, group.historySize);
      state.d = d;
      state.prevFlatGrad = grad;
      const lossBefore = loss;
      state.prevLoss = loss;
      let t = state.nIter === 1 ? Math.min(1, tidy(() => grad.abs().sum().reciprocal()).itemNumber()) * lr : lr;
      state.t = t;
      const slope = dot(grad, d);
      if (slope > -toleranceChange) return;
      let used = 0;
      if (group.lineSearchFn !== null) {
        const found = this.#search({ t: 0, f: loss, g: grad, slope }, d, t, again, {
          toleranceChange,
          maxEvaluations: maxEval - evaluations,
        });
        ({ f: loss, g: grad, t } = found.point);
        used = found.evaluations;
        this.#move(t, d);
      } else {
        this.#move(t, d);
        // After the last iteration nobody looks at the gradient any more.
        if (n !== maxIter) {
          loss = again();
          grad = this.#flatGrad();
          used = 1;
        }
      }
      state.t = t;
      evaluations += used;
      state.funcEvals += used;
      if (n === maxIter || evaluations >= maxEval || largest(grad) <= toleranceGrad) return;
      if (largest(d) * Math.abs(t) <= toleranceChange || Math.abs(loss - lossBefore) < toleranceChange) return;
    }
  }

  /** -H g, and H brought up to date with the last change. */
  #direction(state: State, grad: Tensor, historySize: number): Tensor {
    const { d: last, t, prevFlatGrad } = state;
    if (last === undefined || t === undefined || prevFlatGrad === undefined) return grad.neg();
    const round = grad.dtype === "float64" ? (x: number) => x : Math.fround;
    return tidy(() => {
      const y = grad.sub(prevFlatGrad);
      const s = last.mul(t);
      const ys = y.dot(s);
      if (ys.itemNumber() > 1e-10) {
        const kept = Math.max(0, state.oldDirs.length + 1 - historySize);
        state.oldDirs = [...state.oldDirs.slice(kept), y];
        state.oldStps = [...state.oldStps.slice(kept), s];
        state.ro = [...state.ro.slice(kept), ys.reciprocal().itemNumber()];
        state.HDiag = ys.div(y.dot(y)).itemNumber();
      }
      const { oldDirs, oldStps, ro } = state;
      const q = grad.neg();
      const al: number[] = [];
      for (let i = oldDirs.length - 1; i >= 0; i--) {
        al[i] = round(dot(oldStps[i]!, q) * ro[i]!);
        q.add_(oldDirs[i]!, { alpha: -al[i]! });
      }
      const r = q.mul(state.HDiag);
      for (let i = 0; i < oldDirs.length; i++) {
        const be = round(dot(oldDirs[i]!, r) * ro[i]!);
        r.add_(oldStps[i]!, { alpha: round(al[i]! - be) });
      }
      return r;
    });
  }

  #search(
    start: LinePoint,
    d: Tensor,
    t: number,
    again: () => number,
    effort: { toleranceChange: number; maxEvaluations: number },
  ): ReturnType<typeof strongWolfe> {
    const before = this.#params.map((param) => weightsOf(param).clone());
    const at = (length: number): LinePoint => {
      this.#move(length, d);
      try {
        const f = again();
        const g = this.#flatGrad();
        return { t: length, f, g, slope: dot(g, d) };
      } finally {
        for (const [i, param] of this.#params.entries()) {
          weightsOf(param).copy_(before[i]!);
          writeWorkingWeights(param);
        }
      }
    };
    const found = strongWolfe(at, start, t, { reach: largest(d), ...effort });
    for (const copy of before) copy.dispose();
    return found;
  }

  /** All gradients as one vector; zeros where there is none. */
  #flatGrad(): Tensor {
    return tidy(() =>
      cat(
        this.#params.map((param) => {
          const { grad } = param;
          const { dtype, device } = weightsOf(param);
          return grad === null ? zeros([param.numel()], { dtype, device }) : grad.reshape(-1);
        }),
        0,
      ),
    );
  }

  /** w <- w + t d. */
  #move(t: number, d: Tensor): void {
    tidy(() => {
      let offset = 0;
      for (const param of this.#params) {
        const size = param.numel();
        weightsOf(param).add_(d.narrow(0, offset, size).viewAs(param), { alpha: t });
        writeWorkingWeights(param);
        offset += size;
      }
    });
  }

  protected override importState(states: Map<Tensor, Record<string, unknown>>): void {
    const number = (value: unknown): unknown => (isTensor(value) ? value.itemNumber() : value);
    const plain = [...states].map(([param, { al: _, ...entry }]): [Tensor, Record<string, unknown>] => {
      const made = { ...entry, t: number(entry.t), HDiag: number(entry.HDiag ?? 1) };
      const list = (key: string) => (Array.isArray(entry[key]) ? (entry[key] as unknown[]) : []);
      return [param, { ...made, oldDirs: list("oldDirs"), oldStps: list("oldStps"), ro: list("ro").map(number) }];
    });
    super.importState(new Map(plain));
  }
}

const weightsOf = (param: Tensor): Tensor => masterOf(param) ?? param;
const dot = (a: Tensor, b: Tensor): number => tidy(() => a.dot(b)).itemNumber();
const largest = (x: Tensor): number => tidy(() => x.abs().max()).itemNumber();
