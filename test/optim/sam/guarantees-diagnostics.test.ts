import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { closureOf, countWaits, net, OnDevice, SGD } from "./guarantee-net.js";
import { Problem } from "./problem.js";

const { optim } = torch;

describe("13. diagnostics", () => {
  it("tell what they say, of each step anew", () => {
    const problem = new Problem();
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, ...SGD, diagnostics: true });
    for (let i = 0; i < 3; i++) {
      const passes: { at: number[]; loss: number; gradient: number[] }[] = [];
      optimizer.step(() => {
        const at = problem.flat();
        const loss = problem.closure();
        const gradient = problem.params.flatMap((p) => Array.from(p.grad!.dataSync() as Float64Array));
        passes.push({ at, loss: loss.itemNumber(), gradient });
        return loss;
      });
      const [first, second] = passes as [(typeof passes)[0], (typeof passes)[0]];
      const [g, gs] = [first.gradient, second.gradient];
      const cosine = g.reduce((sum, v, j) => sum + v * gs[j]!, 0) / (Math.hypot(...g) * Math.hypot(...gs));
      expect(cosine).toBeLessThan(0.999);
      const expected = {
        loss: first.loss,
        perturbedLoss: second.loss,
        sharpness: second.loss - first.loss,
        gradNorm: Math.hypot(...g),
        sharpGradNorm: Math.hypot(...gs),
        cosine,
        epsNorm: Math.hypot(...second.at.map((v, j) => v - first.at[j]!)),
      };
      const seen = optimizer.diagnostics();
      expect(Object.keys(seen).sort()).toEqual(Object.keys(expected).sort());
      for (const [key, value] of Object.entries(expected)) {
        expect(seen[key as keyof typeof seen], `${key} of step ${i}`).toBeCloseTo(value, 12);
      }
    }
  });

  it("the cosine of equal gradients is 1 and no more, whatever rounding does", () => {
    for (const size of [1, 3, 1e-3, 7e5, 1e-30, 0.1]) {
      const w = torch.tensor([1, 2, 0], { dtype: "float64", requiresGrad: true });
      const pull = torch.tensor([size, -size, 0], { dtype: "float64" });
      const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0, diagnostics: true });
      optimizer.step(() => {
        const loss = w.mul(pull).sum();
        loss.backward();
        return loss;
      });
      const { cosine } = optimizer.diagnostics();
      expect(cosine).toBeLessThanOrEqual(1);
      expect(cosine).toBeCloseTo(1, 14);
    }
  });

  it("what a step did not have is null, not an earlier step's", () => {
    const problem = new Problem();
    const schedule = { every: 2 };
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, ...SGD, schedule, diagnostics: true });
    optimizer.step(problem.closure);
    expect(Object.values(optimizer.diagnostics())).not.toContain(null);
    optimizer.step(problem.closure);
    const { loss, gradNorm, ...rest } = optimizer.diagnostics();
    expect(loss).toBeGreaterThan(0);
    expect(gradNorm).toBeGreaterThan(0);
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });

  it("with a number k are whole on every k-th step, and what costs nothing is there on the others", () => {
    const problem = new Problem();
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, ...SGD, diagnostics: 3 });
    const whole = [1, 2, 3, 4, 5, 6].map(() => {
      optimizer.step(problem.closure);
      const seen = optimizer.diagnostics();
      expect(Object.values({ ...seen, cosine: 0, epsNorm: 0 })).not.toContain(null);
      return seen.cosine !== null && seen.epsNorm !== null;
    });
    expect(whole).toEqual([false, false, true, false, false, true]);
    expect(() => new optim.SAM(problem.params, optim.SGD, { ...SGD, diagnostics: 0.5 })).toThrow(
      /expected diagnostics to be a boolean or an integer >= 1, got 0.5/,
    );
  });

  it.each([
    ["float64", 12],
    ["float32", 5],
  ] as const)("|eps| is that of what moved: own rho, adaptive, masked, p = infinity, %s", (dtype, digits) => {
    const cases: [options: object, groups?: (problem: Problem) => object[]][] = [
      [{ adaptive: true, eta: 0.1 }],
      [{ p: Number.POSITIVE_INFINITY }],
      [{ mask: (t: torch.Tensor) => t.ndim > 1 }],
      [{}, ({ w, b }) => [{ params: [w], rho: 0.2 }, { params: [b] }]],
      [
        { adaptive: true },
        ({ w, b }) => [
          { params: [w], rho: 0 },
          { params: [b], adaptive: false },
        ],
      ],
    ];
    for (const [options, groups] of cases) {
      const problem = new Problem(dtype);
      const all = { rho: 0.5, ...SGD, ...options, diagnostics: true };
      const optimizer = new optim.SAM((groups?.(problem) ?? problem.params) as never, optim.SGD, all);
      const at: number[][] = [];
      optimizer.step(() => {
        at.push(problem.flat());
        return problem.closure();
      });
      const length = Math.hypot(...at[1]!.map((v, i) => v - at[0]![i]!));
      expect(length).toBeGreaterThan(0.01);
      expect(optimizer.diagnostics().epsNorm).toBeCloseTo(length, digits);
    }
  });

  it("of m-sam: |g| and the angle are those of the mean gradients", () => {
    const run = (diagnostics: boolean) => {
      const problem = new Problem();
      const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.3, ...SGD, diagnostics });
      optimizer.step(problem.closure, { accumulate: "m-sam", samples: 4, microBatch: 2 });
      return optimizer.diagnostics();
    };
    expect(run(true).gradNorm).toBeCloseTo(3.048099113074409, 12);
    expect(run(true).cosine).toBeLessThan(1);
    expect(run(false).gradNorm).toBeNull();
  });

  it("a step asks the device for nothing; reading them does", () => {
    const given = net();
    const optimizer = new OnDevice(given.model.parameters(), optim.SGD, { rho: 0.1, ...SGD, diagnostics: true });
    const closure = closureOf(given);
    const [waits, stop] = countWaits();
    try {
      for (let i = 0; i < 3; i++) optimizer.step(closure);
      expect(waits()).toBe(0);
      optimizer.diagnostics();
      expect(waits()).toBeGreaterThan(0);
    } finally {
      stop();
    }
  });

  it("keep what they were when the loss is changed later, and take a loss of several numbers", () => {
    const given = net();
    const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, { rho: 0.1, ...SGD });
    const loss = optimizer.step(closureOf(given));
    const value = loss.itemNumber();
    torch.noGrad(() => loss.add_(1));
    expect(optimizer.diagnostics().loss).toBe(value);
    const each = optimizer.step(() => {
      const mean = closureOf(given)();
      return torch.stack([mean.detach(), mean.detach()]);
    });
    expect(each.shape).toEqual([2]);
  });
});
