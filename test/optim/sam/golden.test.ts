import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { flat, type GoldenCase, golden, maxDifference, Problem } from "./problem.js";

const { optim } = torch;

/** The options of golden.py as the classes here take them. */
function make(problem: Problem, { rule, options, base: { name: base, ...baseOptions } }: GoldenCase) {
  const { groups, rhos, every, clip, ascentWeightDecay, p, lrs, masks, accumulation, microBatch, k, ...rest } = options;
  const own: Record<string, unknown> = { ...rest };
  if (rule === "esam") own.choose = (_n: number, step: number) => masks[step].map((on: number) => on === 1);
  if (rule === "looksam") own.k = k;
  if (p === "infinity") own.p = Number.POSITIVE_INFINITY;
  if (rhos !== undefined) own.rho = (step: number) => rhos[step];
  if (every !== undefined) own.schedule = { every };
  if (clip !== undefined) own.clipGradNorm = clip;
  if (ascentWeightDecay) own.ascentWeightDecay = baseOptions.weightDecay;
  if (rule === "gsam" && lrs !== undefined) own.rho = options.rhoMax;
  delete own.l2InLoss;
  const params =
    groups === undefined
      ? problem.params
      : (["w", "b"] as const).map((key) => {
          const { mask, ...group } = groups[key] ?? {};
          return { params: [problem[key]], ...group, ...(mask === 0 && { mask: false }) };
        });
  const Base = optim[base] as never;
  const all = { ...own, ...baseOptions, diagnostics: true } as never;
  switch (rule) {
    case "gsam":
      return new optim.GSAM(params as never, Base, all);
    case "looksam":
      return new optim.LookSAM(params as never, Base, all);
    case "fsam":
      return new optim.FSAM(params as never, Base, all);
    case "esam":
      return new optim.ESAM(params as never, Base, all);
    case "wsam":
      return new optim.WSAM(params as never, Base, all);
    case "msam":
      return new optim.MSAM(params as never, Base, all);
    default:
      return new optim.SAM(params as never, Base, all);
  }
}

// Google's form decays w + eps in the second pass too: that is a term of the loss, which the closure adds.
const closureOf = (problem: Problem, { options, base }: GoldenCase) =>
  options.l2InLoss
    ? () => {
        const w = problem.params.map((p) => p.detach().clone());
        return () => {
          const moved = problem.params.map((p, i) =>
            p
              .sub(w[i]!)
              .square()
              .sum()
              .mul(base.weightDecay / 2),
          );
          const loss = problem.loss().add(moved[0]!).add(moved[1]!);
          loss.backward();
          return loss;
        };
      }
    : () => problem.closure;

// In float32 the CPU perturbs in two passes over all parameters, in float64 operator by operator. LookSAM's gv, what is left of gs
// without g, has few of float32's digits.
describe.each([
  ["float64", 1e-12],
  ["float32", 5e-6],
] as const)("golden values, %s, to %d", (dtype, digits) => {
  for (const one of golden.cases) {
    const tolerance = dtype === "float32" && one.rule === "looksam" ? 5 * digits : digits;
    it(`${one.name}: ${one.rule} over ${one.base.name}`, () => {
      const problem = new Problem(dtype);
      if (one.rule === "sgd") {
        const { name, ...options } = one.base;
        const optimizer = new optim[name](problem.params, options as never);
        for (const expected of one.steps) {
          optimizer.zeroGrad();
          problem.closure();
          optimizer.step();
          expect(maxDifference(problem.flat(), flat(expected))).toBeLessThan(tolerance);
        }
        return;
      }
      const optimizer = make(problem, one);
      const closure = closureOf(problem, one);
      for (const expected of one.steps) {
        if (expected.lr !== undefined) for (const group of optimizer.paramGroups) group.lr = expected.lr;
        let loss: torch.Tensor;
        if (optimizer instanceof optim.ESAM) {
          loss = optimizer.step((rows) =>
            problem
              .residual(rows ?? undefined)
              .square()
              .mean(1),
          );
        } else if (one.options.accumulation !== undefined) {
          loss = optimizer.step((start, end) => problem.closure(start, end), {
            accumulate: one.options.accumulation,
            samples: 4,
            microBatch: one.options.microBatch,
          });
        } else {
          loss = optimizer.step(closure());
        }
        expect(maxDifference(problem.flat(), flat(expected))).toBeLessThan(tolerance);
        if (one.rule !== "msam") expect(Math.abs(loss.itemNumber() - expected.loss)).toBeLessThan(tolerance);
        const seen = optimizer.diagnostics();
        const close = (a: number | null, b: number | undefined) =>
          b === undefined || (a !== null && Math.abs(a - b) < 10 * tolerance);
        if (expected.eps !== undefined && one.rule !== "msam") {
          expect(close(seen.epsNorm, expected.epsNorm), `|eps| ${seen.epsNorm} ${expected.epsNorm}`).toBe(true);
          expect(close(seen.gradNorm, expected.gradNorm), `|g| ${seen.gradNorm} ${expected.gradNorm}`).toBe(true);
          // ESAM's second loss is that of the chosen samples; the loss here has no term of Google's form.
          if (one.rule !== "esam" && !one.options.l2InLoss) {
            const { perturbedLoss: got } = seen;
            expect(close(got, expected.lossPerturbed), `L(w + eps) ${got} ${expected.lossPerturbed}`).toBe(true);
            expect(close(seen.sharpGradNorm, expected.gradSharpNorm), "|gs|").toBe(true);
            expect(close(seen.cosine, expected.cos), `cosine ${seen.cosine} ${expected.cos}`).toBe(true);
          }
        }
      }
    });
  }
});
