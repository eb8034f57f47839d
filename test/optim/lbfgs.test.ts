import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { decode, difference, type EncodedTensor, expectSame, fixture } from "./fixtures.js";

interface LBFGSCase {
  options: Partial<torch.optim.LBFGSOptions>;
  function: "rosenbrock" | "quartic";
  start: EncodedTensor[];
  losses: EncodedTensor[];
  steps: EncodedTensor[][];
  funcEvals: number;
  nIter: number;
}
const { lbfgs } = fixture<{ lbfgs: LBFGSCase[] }>("optim-gaps.json.gz");

const functions = {
  rosenbrock: (x: torch.Tensor, y: torch.Tensor) => x.rsub(1).square().add(y.sub(x.square()).square().mul(100)).sum(),
  quartic: (x: torch.Tensor, y: torch.Tensor) =>
    x.sub(3).pow(4).sum().add(y.mul(x).cos().sum()).add(y.square().sum().mul(0.1)),
};

function begin(given: LBFGSCase) {
  const params = given.start.map((start) => decode(start).requiresGrad_()) as [torch.Tensor, torch.Tensor];
  const optimizer = new torch.optim.LBFGS(params, given.options);
  const closure = () => {
    optimizer.zeroGrad();
    const loss = functions[given.function](...params);
    loss.backward();
    return loss;
  };
  return { params, optimizer, closure };
}

const titleOf = (c: LBFGSCase) => `${c.function} ${JSON.stringify(c.options)} ${c.start[0]!.dtype}`;

describe("LBFGS as in PyTorch", () => {
  it.each(lbfgs.map((c) => [titleOf(c), c] as const))("%s", (_, given) => {
    const { params, optimizer, closure } = begin(given);
    // Dozens of iterations that feed on each other; the line search compares numbers that may be equal but for rounding.
    const tolerance = given.start[0]!.dtype === "float64" ? 1e-9 : 1e-4;
    given.steps.forEach((expected, t) => {
      const loss = optimizer.step(closure);
      expect(difference(loss, decode(given.losses[t]!)), `loss of step ${t}`).toBeLessThan(tolerance);
      for (const [i, param] of params.entries()) {
        expect(difference(param, decode(expected[i]!)), `parameter ${i} after step ${t}`).toBeLessThan(tolerance);
      }
    });
    const { funcEvals, nIter } = optimizer.stateOf<{ funcEvals: number; nIter: number }>(params[0]);
    if (given.start[0]!.dtype === "float64") expect([funcEvals, nIter]).toEqual([given.funcEvals, given.nIter]);
  });
});

describe("LBFGS", () => {
  const given = lbfgs.find((c) => c.options.lineSearchFn === "strong_wolfe" && c.options.maxEval === 12)!;
  it("goes on from a saved state bit for bit", () => {
    const whole = begin(given);
    for (let t = 0; t < 3; t++) whole.optimizer.step(whole.closure);
    const first = begin(given);
    first.optimizer.step(first.closure);
    const second = begin({ ...given, start: first.params.map((p) => encoded(p)) });
    second.optimizer.loadStateDict(first.optimizer.stateDict());
    for (let t = 0; t < 2; t++) second.optimizer.step(second.closure);
    expectSame(expect, second.params, whole.params);
    expectSame(expect, second.optimizer.stateDict(), whole.optimizer.stateDict());
  });
  it("takes over PyTorch's state: scalars as tensors, its own spelling", () => {
    const whole = begin(given);
    for (let t = 0; t < 2; t++) whole.optimizer.step(whole.closure);
    const first = begin(given);
    first.optimizer.step(first.closure);
    const { state, paramGroups } = first.optimizer.stateDict();
    const s = state[0]!;
    const scalar = (value: unknown) => torch.tensor(value as number, { dtype: "float64" });
    const python = {
      func_evals: s.funcEvals,
      n_iter: s.nIter,
      d: s.d,
      t: s.t,
      old_dirs: s.oldDirs,
      old_stps: s.oldStps,
      ro: (s.ro as number[]).map(scalar),
      H_diag: scalar(s.HDiag),
      prev_flat_grad: s.prevFlatGrad,
      prev_loss: s.prevLoss,
      al: [null],
    };
    const { params } = paramGroups[0]!;
    const group = { params, lr: 0.5, max_iter: 30, max_eval: 12, history_size: 5, line_search_fn: "strong_wolfe" };
    const second = begin({ ...given, options: {}, start: first.params.map((p) => encoded(p)) });
    second.optimizer.loadStateDict({ state: { 0: python }, param_groups: [group] } as never);
    second.optimizer.step(second.closure);
    expectSame(expect, second.params, whole.params);
  });
  it("finds the minimum of Rosenbrock's function", () => {
    const { params, optimizer, closure } = begin({
      ...given,
      options: { lineSearchFn: "strong_wolfe", toleranceChange: 1e-15 },
    });
    for (let i = 0; i < 10; i++) optimizer.step(closure);
    for (const param of params) expect(difference(param, torch.ones([2]))).toBeLessThan(1e-6);
  });
  it("keeps its tensors out of scopes, and leaves none behind", () => {
    const { optimizer, closure } = begin(given);
    torch.tidy(() => optimizer.step(closure));
    torch.tidy(() => optimizer.step(closure));
    expect(() => optimizer.stateDict()).not.toThrow();
  });
  it("refuses groups, a step without a closure, and settings that make no sense", () => {
    const x = torch.ones([2]).requiresGrad_();
    const y = torch.ones([2]).requiresGrad_();
    expect(() => new torch.optim.LBFGS([{ params: [x] }, { params: [y] }])).toThrow(/expected one group/);
    expect(() => new torch.optim.LBFGS([x]).step()).toThrow(/expected a closure/);
    expect(() => new torch.optim.LBFGS([x], { maxIter: 0 })).toThrow(/maxIter to be a whole number/);
    expect(() => new torch.optim.LBFGS([x], { lineSearchFn: "armijo" as never })).toThrow(/"strong_wolfe" or null/);
    expect(() => new torch.optim.LBFGS([x], { tolerance: 1 } as never)).toThrow(/expected one of the options/);
  });
});

/** A tensor as the fixture writes it. */
function encoded(t: torch.Tensor): EncodedTensor {
  return { dtype: t.dtype as "float64", shape: t.shape, data: Buffer.from(t.bytes()).toString("base64") };
}
