import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { maxDifference, Problem } from "./problem.js";
import { RandomWalkSAM } from "./random-walk-sam.js";

const { optim } = torch;
const SGD = { lr: 0.1, momentum: 0.9 };

function start(options: object = {}) {
  torch.manualSeed(11);
  const problem = new Problem();
  const optimizer = new RandomWalkSAM(problem.params, optim.SGD, { rho: 0.5, diagnostics: true, ...SGD, ...options });
  return { problem, optimizer };
}
const minus = (a: readonly number[], b: readonly number[]) => a.map((v, i) => v - b[i]!);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/** eps of the next step. */
function epsOf({ problem, optimizer }: ReturnType<typeof start>, factor = 1): number[] {
  const seen: number[][] = [];
  optimizer.step(() => {
    seen.push(problem.flat());
    const loss = problem.loss().mul(factor);
    loss.backward();
    return loss;
  });
  return minus(seen[1]!, seen[0]!);
}

describe("a rule of one's own", () => {
  it("takes one file and under 60 lines", () => {
    const text = readFileSync(new URL("./random-walk-sam.ts", import.meta.url), "utf8");
    expect(text.split("\n").length).toBeLessThan(60);
    expect(text.match(/from "(.*)"/g)).toEqual(['from "../../../lib/index.js"']);
  });

  it("chooses the direction; the engine does the rest", () => {
    const given = start();
    const [first, second] = [epsOf(given), epsOf(given)];
    for (const eps of [first, second]) expect(Math.hypot(...eps)).toBeCloseTo(0.5, 12);
    expect(Math.abs(dot(first, second)) / 0.25).toBeGreaterThan(0.3); // it wanders
    expect(maxDifference(first, second)).toBeGreaterThan(0.05);
    expect(given.optimizer.diagnostics().epsNorm).toBeCloseTo(0.5, 12);
    expect(given.optimizer.isPerturbed).toBe(false);
  });

  it("is adaptive, masked and scheduled as SAM is", () => {
    const { problem, optimizer } = start({
      adaptive: true,
      eta: 0.01,
      mask: (p: torch.Tensor) => p.ndim > 1,
      schedule: { every: 2 },
    });
    const before = problem.flat();
    const eps = epsOf({ problem, optimizer });
    const relative = eps.map((e, i) => e / (Math.abs(before[i]!) + 0.01));
    expect(Math.hypot(...relative)).toBeCloseTo(0.5, 12);
    expect(eps.slice(6)).toEqual([0, 0]);
    let passes = 0;
    optimizer.step(() => {
      passes++;
      return problem.closure();
    });
    expect(passes).toBe(1);
  });

  it("with rho = 0 is the base optimizer, bit for bit", () => {
    const { problem, optimizer } = start({ rho: 0 });
    const plain = new Problem();
    const sgd = new optim.SGD(plain.params, SGD);
    for (let i = 0; i < 3; i++) {
      optimizer.step(problem.closure);
      sgd.zeroGrad();
      plain.closure();
      sgd.step();
    }
    expect(problem.flat()).toEqual(plain.flat());
  });

  it("has its vector in checkpoints: a run that goes on is bit-equal to one never stopped", () => {
    const [whole, first, second] = [start(), start(), start()];
    const noise: torch.Tensor[] = [];
    torch.manualSeed(11);
    for (let i = 0; i < 6; i++) {
      if (i === 3) noise.push(torch.getRngState());
      epsOf(whole);
    }
    torch.manualSeed(11);
    for (let i = 0; i < 3; i++) epsOf(first);
    torch.noGrad(() => second.problem.params.forEach((p, i) => void p.copy_(first.problem.params[i]!)));
    const state = first.optimizer.stateDict();
    expect(Object.keys(state.sam.rule)).toEqual(["walk"]);
    second.optimizer.loadStateDict(state);
    torch.setRngState(noise[0]!);
    for (let i = 0; i < 3; i++) epsOf(second);
    expect(second.problem.flat()).toEqual(whole.problem.flat());
  });

  it("forgets a step that is skipped", () => {
    const given = start();
    epsOf(given);
    const walk = () => JSON.stringify(given.optimizer.stateDict().sam.rule.walk!.map((t) => t!.toArray()));
    const before = [given.problem.flat(), walk()];
    epsOf(given, Number.NaN);
    expect([given.problem.flat(), walk()]).toEqual(before);
    epsOf(given);
    expect(walk()).not.toBe(before[1]);
  });
});
