import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { buffers, closureOf, net, SGD, weights } from "./guarantee-net.js";
import { maxDifference, Problem } from "./problem.js";

const { optim } = torch;

describe("1. restore is exact", () => {
  it("is bit-equal after 1,000 perturbations, with storage pointers unchanged", () => {
    const given = net();
    const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, { rho: 0.3, ...SGD });
    const before = weights(given.model);
    const pointers = [...given.model.parameters()].map((p) => p.dataPtr());
    closureOf(given)();
    for (let i = 0; i < 1000; i++) {
      optimizer.firstStep();
      optimizer.restore();
    }
    expect(weights(given.model)).toEqual(before);
    expect([...given.model.parameters()].map((p) => p.dataPtr())).toEqual(pointers);
  });

  it("restores what was perturbed, whatever gradients pass 2 has", () => {
    const a = torch.tensor([1, 2], { requiresGrad: true });
    const b = torch.tensor([3, 4], { requiresGrad: true });
    const optimizer = new optim.SAM([a, b], optim.SGD, { rho: 1, lr: 0 });
    let pass = 0;
    optimizer.step(() => {
      const loss = pass++ === 0 ? a.square().sum() : b.square().sum(); // a has a gradient in pass 1 only, b in pass 2 only
      loss.backward();
      return loss;
    });
    expect([a.toArray(), b.toArray()]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("a parameter without a gradient in pass 1 has eps = 0", () => {
    const a = torch.tensor([3, 4], { requiresGrad: true });
    const b = torch.tensor([5, 6], { requiresGrad: true });
    const optimizer = new optim.SAM([a, b], optim.SGD, { rho: 1, lr: 0.1 });
    const seen: unknown[] = [];
    optimizer.step(() => {
      seen.push(b.toArray(), a.toArray());
      const loss = a.square().sum().div(2);
      loss.backward();
      return loss;
    });
    expect(seen[2]).toEqual([5, 6]);
    expect(maxDifference(seen[3] as number[], [3.6, 4.8])).toBeLessThan(1e-6);
  });

  it("restores when the closure throws in pass 2", () => {
    const given = net();
    const before = [weights(given.model), buffers(given.model)];
    const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, { rho: 1, ...SGD });
    let pass = 0;
    const closure = closureOf(given);
    expect(() =>
      optimizer.step(() => {
        if (pass++ === 1) throw new RangeError("no more");
        return closure();
      }),
    ).toThrow(new RangeError("no more"));
    expect([weights(given.model), buffers(given.model)]).toEqual(before);
    optimizer.step(closure);
    expect(weights(given.model)).not.toEqual(before[0]);
  });
});

describe("2. the norm is fp32, for any parameter dtype", () => {
  for (const dtype of ["float16", "bfloat16"] as const) {
    it(`|g| of ${dtype} parameters, beyond the range of float16 and between the numbers of bfloat16`, () => {
      const w = torch.full([17], 1, { dtype, requiresGrad: true });
      const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0, diagnostics: true });
      optimizer.step(() => {
        const loss = w.mul(24576).sum(); // a gradient that both dtypes have exactly
        loss.backward();
        return loss;
      });
      const { gradNorm, epsNorm } = optimizer.diagnostics();
      expect(gradNorm! / (24576 * Math.sqrt(17))).toBeCloseTo(1, 6);
      expect(epsNorm).toBeCloseTo(0.5, 2); // eps itself has the weights' dtype
      expect(w.toArray()).toEqual(Array(17).fill(1));
    });
  }

  it("|eps| = rho for bf16 gradients whose squares would overflow float16", () => {
    const w = torch.full([100], 1, { dtype: "float32", requiresGrad: true });
    const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0.1, diagnostics: true });
    optimizer.step(() => {
      const loss = w.to("float16").mul(300).sum(); // each gradient 300: the sum of squares, 9e6, is beyond float16
      loss.backward();
      return loss;
    });
    expect(optimizer.diagnostics().epsNorm).toBeCloseTo(0.5, 5);
    expect(optimizer.diagnostics().gradNorm).toBeCloseTo(3000, 1);
  });

  for (const p of [2, Number.POSITIVE_INFINITY]) {
    it(`zero gradients give eps = 0, never NaN, p = ${p}`, () => {
      const w = torch.tensor([1, 2], { requiresGrad: true });
      const optimizer = new optim.SAM([w], optim.SGD, { rho: 1, lr: 0.1, p, diagnostics: true });
      const seen: unknown[] = [];
      optimizer.step(() => {
        seen.push(w.toArray());
        const loss = w.mul(0).sum();
        loss.backward();
        return loss;
      });
      expect([...seen, w.toArray()]).toEqual([
        [1, 2],
        [1, 2],
        [1, 2],
      ]);
      expect(optimizer.diagnostics()).toMatchObject({ gradNorm: 0, epsNorm: 0, cosine: null });
    });
  }

  it("no gradient at all is a clear error, and nothing has changed", () => {
    const w = torch.tensor([1, 2], { requiresGrad: true });
    const optimizer = new optim.SAM([w], optim.SGD, { rho: 1, lr: 0.1 });
    expect(() => optimizer.step(() => w.detach().sum())).toThrow(/expected gradients after the first pass, got none/);
    expect(w.toArray()).toEqual([1, 2]);
  });
});

describe("6. weight decay is not in eps", () => {
  it("unless ascentWeightDecay says so", () => {
    const run = (options: object) => {
      const problem = new Problem();
      const seen: number[][] = [];
      new optim.SAM(problem.params, optim.SGD, { rho: 0.5, lr: 0, ...options } as never).step(() => {
        seen.push(problem.flat());
        return problem.closure();
      });
      return seen[1]!;
    };
    expect(run({ weightDecay: 0.9 })).toEqual(run({ weightDecay: 0 }));
    expect(run({ ascentWeightDecay: 0.9 })).not.toEqual(run({}));
  });
  it("with ascentWeightDecay eps is along g + ascentWeightDecay w, at length rho", () => {
    const problem = new Problem();
    const w = problem.flat();
    const seen: number[][] = [];
    new optim.SAM(problem.params, optim.SGD, { rho: 0.5, lr: 0, weightDecay: 0.1, ascentWeightDecay: 0.9 }).step(() => {
      seen.push(problem.flat());
      const loss = problem.closure();
      seen.push(problem.params.flatMap((p) => Array.from(p.grad!.dataSync() as Float64Array)));
      return loss;
    });
    const direction = seen[1]!.map((g, i) => g + 0.9 * w[i]!);
    const expected = direction.map((d, i) => w[i]! + (0.5 * d) / Math.hypot(...direction));
    expect(maxDifference(seen[2]!, expected)).toBeLessThan(1e-14);
  });
});

describe("11. rho = 0 is the base optimizer, bit for bit", () => {
  for (const dropout of [0, 0.3]) {
    it(`batch-norm buffers included, dropout ${dropout} with masks replayed`, () => {
      const a = net(dropout);
      const b = net(dropout);
      const sam = new optim.SAM(a.model.parameters(), optim.SGD, { rho: 0, sameMasks: true, ...SGD });
      const sgd = new optim.SGD(b.model.parameters(), SGD);
      torch.manualSeed(3);
      for (let i = 0; i < 5; i++) sam.step(closureOf(a));
      torch.manualSeed(3);
      for (let i = 0; i < 5; i++) {
        sgd.zeroGrad();
        closureOf(b)();
        sgd.step();
      }
      expect(weights(a.model)).toEqual(weights(b.model));
      expect(buffers(a.model)).toEqual(buffers(b.model));
    });
  }

  for (const options of [{}, { adaptive: true }, { p: Number.POSITIVE_INFINITY }, { diagnostics: true }]) {
    it(`in float64, where the smallest eps would show: ${JSON.stringify(Object.keys(options))}`, () => {
      const [a, b] = [new Problem(), new Problem()];
      const sam = new optim.SAM(a.params, optim.SGD, { rho: 0, ...SGD, ...options });
      const sgd = new optim.SGD(b.params, SGD);
      for (let i = 0; i < 5; i++) {
        const seen: number[][] = [];
        sam.step(() => {
          seen.push(a.flat());
          return a.closure();
        });
        expect(seen).toEqual([b.flat(), b.flat()]);
        sgd.zeroGrad();
        b.closure();
        sgd.step();
      }
      expect(a.flat()).toEqual(b.flat());
    });
  }
});
