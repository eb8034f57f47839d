import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { buffers, closureOf, net, SGD } from "./guarantee-net.js";
import { maxDifference, Problem } from "./problem.js";

const { optim } = torch;
const F = torch.nn.functional;

describe("4. batch norm updates its statistics in pass 1 only", () => {
  it("as one plain forward does, numBatchesTracked included", () => {
    const a = net();
    const b = net();
    const optimizer = new optim.SAM(a.model.parameters(), optim.SGD, { rho: 5, ...SGD });
    optimizer.step(closureOf(a));
    b.model.forward(b.x);
    expect(buffers(a.model)).toEqual(buffers(b.model));
  });

  it("between firstStep and secondStep too", () => {
    const a = net();
    const b = net();
    const optimizer = new optim.SAM(a.model.parameters(), optim.SGD, { rho: 5, ...SGD });
    closureOf(a)();
    optimizer.firstStep({ zeroGrad: true });
    closureOf(a)();
    optimizer.secondStep({ zeroGrad: true });
    b.model.forward(b.x);
    expect(buffers(a.model)).toEqual(buffers(b.model));
    a.model.forward(a.x);
    expect(buffers(a.model)).not.toEqual(buffers(b.model)); // and they are alive again afterwards
  });

  it("the reference's two helpers: nothing is recorded, no NaN comes through, twice is once", () => {
    const { model, x } = net();
    const before = buffers(model);
    optim.disableRunningStats(model);
    optim.disableRunningStats(model);
    model.forward(x);
    model.forward(x.mul(Number.NaN));
    expect(buffers(model)).toEqual(before);
    optim.enableRunningStats(model);
    model.forward(x);
    const twin = net();
    twin.model.forward(twin.x);
    expect(buffers(model)).toEqual(buffers(twin.model));
    expect(buffers(model)).not.toEqual(before);
  });

  it("a NaN in pass 2 does not reach them", () => {
    const given = net();
    const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, { rho: 0.1, ...SGD });
    let pass = 0;
    optimizer.step(() => {
      const loss = F.crossEntropy(given.model.forward(pass++ === 1 ? given.x.mul(Number.NaN) : given.x), given.y);
      loss.backward();
      return loss;
    });
    expect(buffers(given.model).every(Number.isFinite)).toBe(true);
  });
});

describe("5. dropout", () => {
  const maskOf = (sameMasks: boolean) => {
    torch.manualSeed(5);
    const w = torch.ones([64], { requiresGrad: true });
    const optimizer = new optim.SAM([w], optim.SGD, { rho: 0, lr: 0, sameMasks });
    const masks: unknown[] = [];
    optimizer.step(() => {
      const out = F.dropout(w, { p: 0.5, training: true });
      masks.push(out.ne(0).toArray());
      const loss = out.sum();
      loss.backward();
      return loss;
    });
    return masks;
  };
  it("draws the same masks in both passes where asked", () => {
    const [first, second] = maskOf(true);
    expect(second).toEqual(first);
  });
  it("and fresh ones otherwise", () => {
    const [first, second] = maskOf(false);
    expect(second).not.toEqual(first);
  });
});

describe("7. clipping", () => {
  it("clips gs only: eps and |g| are what they are without it", () => {
    const run = (clipGradNorm?: number) => {
      const problem = new Problem();
      const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, lr: 1, clipGradNorm, diagnostics: true });
      const before = problem.flat();
      optimizer.step(problem.closure);
      const moved = Math.hypot(...problem.flat().map((v, i) => v - before[i]!));
      return { moved, ...optimizer.diagnostics() };
    };
    const free = run();
    const clipped = run(0.25);
    expect(clipped.moved).toBeCloseTo(0.25, 5);
    expect(free.moved).toBeGreaterThan(1);
    expect([clipped.epsNorm, clipped.gradNorm, clipped.sharpGradNorm]).toEqual([
      free.epsNorm,
      free.gradNorm,
      free.sharpGradNorm,
    ]);
  });
});

describe("7. clipping of micro-batches", () => {
  for (const accumulate of ["n-sam", "m-sam"] as const) {
    it(`${accumulate}: the mean is clipped, not what it is made of`, () => {
      const went = (clipGradNorm?: number) => {
        const problem = new Problem();
        const before = problem.flat();
        const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, lr: 1, clipGradNorm });
        optimizer.step(problem.closure, { accumulate, samples: 4, microBatch: 1 });
        return problem.flat().map((v, i) => v - before[i]!);
      };
      const mean = went();
      const factor = 0.25 / (Math.hypot(...mean) + 1e-6);
      const expected = mean.map((v) => v * factor);
      expect(factor).toBeLessThan(0.5);
      expect(maxDifference(went(0.25), expected)).toBeLessThan(1e-14);
    });
  }
});

describe("8. accumulation by name", () => {
  const run = (accumulation: torch.optim.Accumulation | undefined) => {
    const problem = new Problem();
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.3, ...SGD });
    for (let i = 0; i < 3; i++) {
      if (accumulation === undefined) optimizer.step(problem.closure);
      else optimizer.step(problem.closure, accumulation);
    }
    return problem.flat();
  };
  it("n-sam over k micro-batches equals SAM on the whole batch", () => {
    const whole = run(undefined);
    for (const microBatch of [1, 2, 3]) {
      expect(maxDifference(run({ accumulate: "n-sam", samples: 4, microBatch }), whole)).toBeLessThan(1e-13);
    }
  });
  it("m-sam with one micro-batch equals SAM; with more it does not", () => {
    expect(maxDifference(run({ accumulate: "m-sam", samples: 4, microBatch: 4 }), run(undefined))).toBeLessThan(1e-15);
    expect(maxDifference(run({ accumulate: "m-sam", samples: 4, microBatch: 2 }), run(undefined))).toBeGreaterThan(
      1e-3,
    );
  });
});

describe("9. the loss reported is that at w", () => {
  it("and step returns it", () => {
    const problem = new Problem();
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, ...SGD });
    expect(optimizer.step(problem.closure).itemNumber()).toBeCloseTo(2.5684375, 12);
  });
  for (const accumulate of ["n-sam", "m-sam"] as const) {
    it(`${accumulate}: the mean over all samples, an uneven last micro-batch included`, () => {
      const problem = new Problem();
      const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0.5, ...SGD });
      const loss = optimizer.step(problem.closure, { accumulate, samples: 4, microBatch: 3 });
      expect(loss.itemNumber()).toBeCloseTo(2.5684375, 12);
    });
  }
});
