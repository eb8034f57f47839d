import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { SGD } from "./guarantee-net.js";
import { Problem } from "./problem.js";

const { optim } = torch;

// A state as text, which functions do not get through.
function numbersOf(this: Record<string, unknown>, key: string, value: unknown) {
  const given = this[key]; // a tensor's value is its numbers already
  return torch.isTensor(given) ? { dtype: given.dtype, numbers: value } : value;
}
const tensorsOf = (_key: string, value: { dtype?: torch.DType; numbers?: number[] } | null) =>
  value?.numbers === undefined ? value : torch.tensor(value.numbers, { dtype: value.dtype! });

describe("10. state is complete", () => {
  const rules = {
    SAM: optim.SAM,
    GSAM: optim.GSAM,
    LookSAM: optim.LookSAM,
    FSAM: optim.FSAM,
    WSAM: optim.WSAM,
    MSAM: optim.MSAM,
  };
  for (const [name, Rule] of Object.entries(rules)) {
    for (const Base of [optim.SGD, optim.AdamW] as const) {
      it(`${name} over ${Base.name} resumes bit-equal`, () => {
        const make = () => {
          const problem = new Problem();
          const options = { rho: 0.2, lr: 0.05, ...(Base === optim.SGD && { momentum: 0.9 }) };
          return { problem, optimizer: new Rule(problem.params, Base as never, options as never) as torch.optim.SAM };
        };
        const whole = make();
        for (let i = 0; i < 12; i++) whole.optimizer.step(whole.problem.closure);
        const first = make();
        for (let i = 0; i < 7; i++) first.optimizer.step(first.problem.closure); // in the middle of LookSAM's cycle of 5
        const second = make();
        torch.noGrad(() => second.problem.params.forEach((p, i) => void p.copy_(first.problem.params[i]!)));
        second.optimizer.loadStateDict(first.optimizer.stateDict());
        for (let i = 0; i < 5; i++) second.optimizer.step(second.problem.closure);
        expect(second.problem.flat()).toEqual(whole.problem.flat());
      });
    }
  }
  it("the loss scale and how far it is from growing are in it", () => {
    const make = (initScale: number) => {
      const problem = new Problem();
      const scaler = new optim.GradScaler({ initScale, growthInterval: 2 });
      const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.2, scaler, ...SGD });
      const step = (factor = 1) =>
        optimizer.step(() => {
          const loss = problem.loss().mul(factor);
          scaler.scale(loss).backward();
          return loss;
        });
      return { scaler, optimizer, step };
    };
    const first = make(1024);
    first.step(Number.NaN); // 512
    first.step();
    const second = make(8);
    second.optimizer.loadStateDict(first.optimizer.stateDict());
    expect(second.scaler.getScale()).toBe(512);
    second.step(); // the second good step
    expect(second.scaler.getScale()).toBe(1024);
    expect(second.optimizer.steps).toBe(3);
  });
  it("what a file cannot hold, rho and mask as functions, is that of the optimizer that loads", () => {
    const make = () => {
      const problem = new Problem();
      const rho = (step: number) => 0.1 * (step + 1);
      const mask = (p: torch.Tensor) => p.ndim > 1;
      const optimizer = new optim.SAM(problem.params, optim.SGD, { rho, mask, diagnostics: true, ...SGD });
      return { problem, optimizer };
    };
    const [first, second] = [make(), make()];
    first.optimizer.step(first.problem.closure);
    second.optimizer.loadStateDict(JSON.parse(JSON.stringify(first.optimizer.stateDict(), numbersOf), tensorsOf));
    torch.noGrad(() => second.problem.params.forEach((p, i) => void p.copy_(first.problem.params[i]!)));
    for (const { problem, optimizer } of [first, second]) {
      const [before, bias] = [problem.flat(), problem.b.toArray()];
      const seen: unknown[] = [];
      optimizer.step(() => {
        seen.push(problem.b.toArray());
        return problem.closure();
      });
      expect(seen).toEqual([bias, bias]);
      expect(problem.flat()).not.toEqual(before);
      expect(optimizer.diagnostics().epsNorm).toBeCloseTo(0.2, 12);
    }
    expect(second.problem.flat()).toEqual(first.problem.flat());
  });
  it("saving while perturbed is refused", () => {
    const problem = new Problem();
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, ...SGD });
    problem.closure();
    optimizer.firstStep();
    expect(() => optimizer.stateDict()).toThrow(/\[SAM.stateDict\] expected unperturbed weights/);
    const twin = new Problem();
    const state = new optim.SAM(twin.params, optim.SGD, { rho: 0.5, ...SGD }).stateDict();
    expect(() => optimizer.loadStateDict(state)).toThrow(/\[SAM.loadStateDict\] expected unperturbed weights/);
    optimizer.restore();
    expect(optimizer.stateDict()).toBeDefined();
  });
});

describe("12. one list of groups", () => {
  it("schedulers act on the SAM object and on its base alike", () => {
    for (const target of ["sam", "base"] as const) {
      const problem = new Problem();
      const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, ...SGD });
      const scheduler = new optim.lrScheduler.StepLR(target === "sam" ? optimizer : optimizer.base, 1, { gamma: 0.5 });
      optimizer.step(problem.closure);
      scheduler.step();
      expect([optimizer.paramGroups[0]!.lr, optimizer.base.paramGroups[0]!.lr]).toEqual([0.05, 0.05]);
    }
  });
  it("addParamGroup merges the defaults of SAM and base", () => {
    const problem = new Problem();
    const optimizer = new optim.SAM([problem.w], optim.SGD, { rho: 0.5, ...SGD });
    optimizer.addParamGroup({ params: [problem.b], rho: 0.1 });
    expect(optimizer.paramGroups[1]).toMatchObject({ rho: 0.1, lr: 0.1, momentum: 0.9, adaptive: false });
    expect(optimizer.base.paramGroups).toBe(optimizer.paramGroups);
    const before = problem.flat();
    optimizer.step(problem.closure);
    expect(problem.flat().every((v, i) => v !== before[i])).toBe(true);
  });
});
