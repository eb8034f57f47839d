import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { maxDifference, Problem } from "./problem.js";

const { optim } = torch;

/** Weights and gradients that the closure of a step saw, pass by pass. */
function watch(problem: Problem, factor = 1) {
  const passes: { at: number[]; gradient: number[] }[] = [];
  const closure = () => {
    const at = problem.flat();
    const loss = problem.loss().mul(factor);
    loss.backward();
    passes.push({ at, gradient: problem.params.flatMap((p) => Array.from(p.grad!.dataSync() as Float64Array)) });
    return loss;
  };
  return { passes, closure };
}

const minus = (a: readonly number[], b: readonly number[]) => a.map((v, i) => v - b[i]!);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const norm = (a: readonly number[]) => Math.hypot(...a);
const epsOf = ([first, second]: readonly { at: number[] }[]) => minus(second!.at, first!.at);

describe("length of eps", () => {
  for (const rho of [0.01, 0.5, 3]) {
    it(`|eps| = rho = ${rho}`, () => {
      const problem = new Problem();
      const { passes, closure } = watch(problem);
      new optim.SAM(problem.params, optim.SGD, { rho, lr: 0.1 }).step(closure);
      expect(norm(epsOf(passes))).toBeCloseTo(rho, 12);
    });
    for (const eta of [0, 0.01]) {
      it(`|eps / T| = rho = ${rho} with eta ${eta}`, () => {
        const problem = new Problem();
        const { passes, closure } = watch(problem);
        new optim.SAM(problem.params, optim.SGD, { rho, eta, adaptive: true, lr: 0.1 }).step(closure);
        const relative = epsOf(passes).map((e, i) => {
          const t = Math.abs(passes[0]!.at[i]!) + eta;
          if (t === 0) expect(e).toBe(0); // a weight of zero has no neighbourhood
          return t === 0 ? 0 : e / t;
        });
        expect(norm(relative)).toBeCloseTo(rho, 12);
      });
    }
    it(`p = infinity: each weight moves by rho = ${rho}, uphill`, () => {
      const problem = new Problem();
      const { passes, closure } = watch(problem);
      new optim.SAM(problem.params, optim.SGD, { rho, p: Number.POSITIVE_INFINITY, lr: 0.1 }).step(closure);
      const expected = passes[0]!.gradient.map((g) => rho * Math.sign(g));
      expect(maxDifference(epsOf(passes), expected)).toBeLessThan(1e-14);
    });
  }
});

describe("angles between what goes into the base optimizer and the gradients", () => {
  /** With SGD at lr 1 the way that the weights go is the gradient that it got. */
  const went = (problem: Problem, from: readonly number[]) => minus(from, problem.flat());

  it("GSAM: <g_perp, gs> = 0", () => {
    const alpha = 0.4;
    const problem = new Problem();
    const { passes, closure } = watch(problem);
    new optim.GSAM(problem.params, optim.SGD, { rho: 0.5, alpha, lr: 1 }).step(closure);
    const [g, gs] = passes.map((pass) => pass.gradient) as [number[], number[]];
    const perpendicular = minus(gs, went(problem, passes[0]!.at)).map((v) => v / alpha);
    expect(norm(perpendicular)).toBeGreaterThan(0.05 * norm(g));
    expect(Math.abs(dot(perpendicular, gs))).toBeLessThan(1e-12);
    // and what is left of g lies along gs
    const rest = minus(g, perpendicular);
    expect(Math.abs(dot(rest, gs) / (norm(rest) * norm(gs)))).toBeCloseTo(1, 12);
  });

  it("LookSAM: <gv, g> = 0 in the step that finds gv, and |alpha part| = alpha |g| in the next", () => {
    const alpha = 0.7;
    const problem = new Problem();
    const { passes, closure } = watch(problem);
    const optimizer = new optim.LookSAM(problem.params, optim.SGD, { rho: 0.5, alpha, k: 3, lr: 1e-3 });
    optimizer.step(closure);
    const gv = optimizer.stateDict().sam.rule.gv!.flatMap((t) => Array.from(t!.dataSync() as Float64Array));
    const g = passes[0]!.gradient;
    expect(norm(gv)).toBeGreaterThan(0.05 * norm(g));
    expect(Math.abs(dot(gv, g))).toBeLessThan(1e-12);
    expect(passes).toHaveLength(2);

    const before = problem.flat();
    optimizer.step(closure);
    expect(passes).toHaveLength(3); // one pass only
    const added = minus(
      went(problem, before).map((v) => v / 1e-3),
      passes[2]!.gradient,
    );
    const length = (alpha * norm(passes[2]!.gradient) * norm(gv)) / (norm(gv) + 1e-8);
    expect(norm(added)).toBeCloseTo(length, 11);
    expect(dot(added, gv) / (norm(added) * norm(gv))).toBeCloseTo(1, 10);
  });

  it("F-SAM: the part of g along the average is out of the perturbation", () => {
    const problem = new Problem();
    const { passes, closure } = watch(problem);
    const optimizer = new optim.FSAM(problem.params, optim.SGD, { rho: 0.5, sigma: 1, lambda: 0.5, lr: 0.1 });
    optimizer.step(closure);
    optimizer.step(closure);
    const d = minus(passes[2]!.gradient, passes[0]!.gradient); // after one step m is its gradient
    const eps = epsOf(passes.slice(2));
    expect(norm(eps)).toBeCloseTo(0.5, 12);
    expect(dot(d, eps) / (norm(d) * norm(eps))).toBeCloseTo(1, 12);
  });
});

describe("what must not matter", () => {
  for (const [name, options] of [
    ["SAM", {}],
    ["ASAM", { adaptive: true, eta: 0.01 }],
    ["p = infinity", { p: Number.POSITIVE_INFINITY }],
  ] as const) {
    it(`${name}: eps when the loss is scaled`, () => {
      const [plain, scaled] = [1, 1000].map((factor) => {
        const problem = new Problem();
        const { passes, closure } = watch(problem, factor);
        new optim.SAM(problem.params, optim.SGD, { rho: 0.5, lr: 0, ...options }).step(closure);
        return epsOf(passes);
      });
      expect(maxDifference(plain!, scaled!)).toBeLessThan(1e-14);
    });
  }

  for (const Rule of [optim.GSAM, optim.FSAM, optim.WSAM, optim.LookSAM, optim.SAM] as const) {
    it(`${Rule.name}: the loss scale of a GradScaler, over five steps`, () => {
      const run = (scale: number | undefined) => {
        const problem = new Problem();
        const scaler = scale === undefined ? undefined : new optim.GradScaler({ initScale: scale });
        const options = { rho: 0.3, lr: 0.05, momentum: 0.9, scaler };
        const optimizer = new Rule(problem.params, optim.SGD as never, options as never) as torch.optim.SAM;
        for (let i = 0; i < 5; i++) {
          optimizer.step(() => {
            const loss = problem.loss();
            (scaler?.scale(loss) ?? loss).backward();
            return loss;
          });
        }
        return problem.flat();
      };
      expect(run(65536)).toEqual(run(undefined)); // a power of two: bit-equal
    });
  }

  it("ASAM: rescaling a ReLU pair, which leaves the function as it is", () => {
    const float64 = { dtype: "float64" } as const;
    const lossesOf = (factor: number, adaptive: boolean) => {
      const generator = new torch.Generator().manualSeed(4);
      const random = (...shape: number[]) => torch.randn(shape, { ...float64, generator });
      const [w1, w2, x] = [
        random(5, 3).mul(factor).requiresGrad_(),
        random(2, 5).div(factor).requiresGrad_(),
        random(8, 3),
      ];
      const optimizer = new optim.SAM([w1, w2], optim.SGD, { rho: 0.5, adaptive, lr: 0 });
      const losses: number[] = [];
      optimizer.step(() => {
        const loss = x.matmul(w1.t()).relu().matmul(w2.t()).square().mean();
        loss.backward();
        losses.push(loss.itemNumber());
        return loss;
      });
      return losses;
    };
    const [one, eight] = [lossesOf(1, true), lossesOf(8, true)];
    expect(maxDifference(one, eight)).toBeLessThan(1e-12 * one[1]!);
    expect(maxDifference(lossesOf(1, false), lossesOf(8, false))).toBeGreaterThan(0.01 * one[1]!); // SAM does notice
  });

  it("the order and the grouping of parameters", () => {
    const run = (arrange: (problem: Problem) => unknown) => {
      const problem = new Problem();
      const optimizer = new optim.SAM(arrange(problem) as never, optim.SGD, { rho: 0.5, lr: 0.1 });
      for (let i = 0; i < 3; i++) optimizer.step(problem.closure);
      return problem.flat();
    };
    const together = run(({ w, b }) => [w, b]);
    expect(
      maxDifference(
        run(({ w, b }) => [b, w]),
        together,
      ),
    ).toBeLessThan(1e-14);
    expect(
      maxDifference(
        run(({ w, b }) => [{ params: [w] }, { params: [b] }]),
        together,
      ),
    ).toBeLessThan(1e-14);
  });
});

/**
 * A double well along x with minima of equal depth at x = -1 and x = 1, across which lies a parabola in y: h(x) y^2 / 2, with
 * h = 19.7 at the sharp minimum and 1.3 at the flat one. On the floor, y = 0, nothing tells the two apart but the curvature. SAM
 * sees L at rho from the floor, where h(x) rho^2 / 2 is added: that slope, and nothing else, leads over the ridge at x = 0.
 */
describe("a landscape with a sharp and a flat minimum", () => {
  const curvature = (x: torch.Tensor) => x.mul(-4).sigmoid().mul(19).add(1);
  const landscape = (w: torch.Tensor) => {
    const [x, y] = [w.index(0), w.index(1)];
    const well = x.square().sub(1).square().mul(0.05);
    return curvature(x).mul(y.square()).div(2).add(well);
  };
  const end = (make: (w: torch.Tensor) => torch.optim.Optimizer) => {
    const w = torch.tensor([-0.9, 0.1], { dtype: "float64", requiresGrad: true });
    const optimizer = make(w);
    for (let i = 0; i < 1000; i++) {
      torch.tidy(() =>
        optimizer.step(() => {
          optimizer.zeroGrad();
          const loss = landscape(w);
          loss.backward();
          return loss;
        }),
      );
    }
    return { x: w.index(0).itemNumber(), h: curvature(w.index(0)).itemNumber() };
  };

  it("SGD ends in the sharp one", () => {
    const { x, h } = end((w) => new optim.SGD([w], { lr: 0.05 }));
    expect(x).toBeCloseTo(-1, 3);
    expect(h).toBeGreaterThan(19);
  });
  it("SAM ends in the flat one", () => {
    const { x, h } = end((w) => new optim.SAM([w], optim.SGD, { rho: 0.3, lr: 0.05 }));
    expect(Math.abs(x - 1)).toBeLessThan(0.3); // it circles the minimum, a little on the flatter side
    expect(h).toBeLessThan(1.5);
  });
  it("SAM with a small rho stays in the sharp one", () => {
    expect(end((w) => new optim.SAM([w], optim.SGD, { rho: 0.01, lr: 0.05 })).x).toBeCloseTo(-1, 2);
  });
});
