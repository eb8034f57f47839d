import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { type PlainGroup, type PlainOptions, PlainSAM, type RuleName } from "./plain-sam.js";
import { maxDifference, Problem } from "./problem.js";

const { optim } = torch;
const RULES: readonly RuleName[] = ["SAM", "GSAM", "LookSAM", "FSAM", "WSAM", "MSAM"];
const STEPS = 9;

/** Numbers in [0, 1), the same for the same seed. */
function chance(seed: number) {
  const generator = new torch.Generator().manualSeed(seed);
  const numbers = torch.rand([400], { generator, dtype: "float64" }).toArray() as number[];
  const draw = () => numbers.pop()!;
  const among = <T>(...values: T[]): T => values[Math.floor(draw() * values.length)]!;
  return { draw, among };
}

/** Options drawn at random, as both sides take them. */
function settings(rule: RuleName, seed: number) {
  const { draw, among } = chance(seed);
  const momentum = rule === "MSAM" ? 0.9 : among(0, 0.9);
  const p = among(2, 2, Number.POSITIVE_INFINITY);
  const group = (): PlainGroup => ({
    rho: among(0, 0.05, 0.3),
    adaptive: among(false, true),
    eta: among(0, 0.01),
    mask: among(true, true, false),
    ascentWeightDecay: among(0, 0, 0.2),
    lr: 0.02 + 0.08 * draw(),
    momentum,
    weightDecay: among(0, 1e-2),
  });
  const groups: [PlainGroup, PlainGroup] = [group(), group()];
  const schedule = { every: among(1, 2, 3), from: among(0, 0.3), until: among(1, 0.8), totalSteps: STEPS };
  const accumulate = among<"n-sam" | "m-sam" | undefined>(undefined, "n-sam", "m-sam");
  const options: PlainOptions = {
    p,
    alpha: 0.6 * draw(),
    k: among(1, 2, 4),
    sigma: draw(),
    lambda: 0.9 * draw(),
    gamma: 0.9 * draw(),
    decoupled: among(true, false),
    ...(among(true, false) && { schedule }),
    ...(among(true, false) && { clipGradNorm: 0.5 + draw() }),
    ...(accumulate && { accumulation: { accumulate, samples: 4, microBatch: among(1, 2, 3, 4) } }),
  };
  const bad = Array.from({ length: STEPS }, () => (draw() < 0.15 ? among(1, 2, 3) : 0)); // the call that gives NaN
  return { groups, options, bad, scale: among(undefined, 1, 1024), isDiagnosed: among(false, true) };
}

/** The optimizer with these settings, and the loss and weights after each step. */
function run(rule: RuleName, { groups, options, bad, scale, isDiagnosed }: ReturnType<typeof settings>) {
  const problem = new Problem();
  const { p, schedule, clipGradNorm, accumulation, alpha, k, sigma, lambda, gamma, decoupled } = options;
  const own = {
    SAM: {},
    GSAM: { alpha },
    LookSAM: { alpha, k },
    FSAM: { sigma, lambda },
    WSAM: { gamma, decoupled },
    MSAM: {},
  };
  const scaler = scale === undefined ? undefined : new optim.GradScaler({ initScale: scale });
  const Rule = optim[rule] as unknown as new (...args: unknown[]) => torch.optim.SAM;
  const optimizer = new Rule(
    [
      { params: [problem.w], ...groups[0] },
      { params: [problem.b], ...groups[1] },
    ],
    optim.SGD,
    {
      ...{ lr: 0.1, momentum: 0.9, p, diagnostics: isDiagnosed, ...own[rule] },
      ...(schedule && { schedule }),
      ...(clipGradNorm !== undefined && { clipGradNorm }),
      ...(scaler && { scaler }),
    },
  );
  return bad.map((badCall) => {
    let calls = 0;
    const closure = (start = 0, end = 4) => {
      const loss = problem.loss(start, end);
      const graph = ++calls === badCall ? loss.mul(Number.NaN) : loss;
      (scaler?.scale(graph) ?? graph).backward();
      return loss;
    };
    const loss = accumulation ? optimizer.step(closure, accumulation) : optimizer.step(() => closure());
    return [loss.itemNumber(), ...problem.flat()];
  });
}

describe.each(RULES)("%s with settings drawn at random is what plain numbers give", (rule) => {
  it.each([0, 1, 2, 3])("draws %i x 15", (block) => {
    for (let i = 0; i < 15; i++) {
      const drawn = settings(rule, 1000 * RULES.indexOf(rule) + 15 * block + i);
      const plain = new PlainSAM(rule, drawn.groups, drawn.options);
      for (const [step, seen] of run(rule, drawn).entries()) {
        const expected = [plain.step((call) => call === drawn.bad[step]), ...plain.w];
        const far = maxDifference(seen, expected) / Math.max(1, ...expected.map(Math.abs));
        expect(far, `step ${step} of ${JSON.stringify(drawn)}`).toBeLessThan(1e-11);
      }
    }
  });
});
