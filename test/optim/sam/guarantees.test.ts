import { describe, expect, it, vi } from "vitest";
import * as torch from "../../../lib/index.js";
import { maxDifference, Problem } from "./problem.js";

const { optim, nn } = torch;
const F = nn.functional;
const SGD = { lr: 0.1, momentum: 0.9, weightDecay: 5e-4 };

/** A small net with batch norm and dropout, and data for it. */
function net(dropout = 0) {
  torch.manualSeed(1);
  const model = new nn.Sequential(
    new nn.Linear(6, 16),
    new nn.BatchNorm1d(16),
    new nn.ReLU(),
    new nn.Dropout(dropout),
    new nn.BatchNorm1d(16), // no ReLU follows: not the fused kernel
    new nn.Linear(16, 3),
  );
  const x = torch.randn([20, 6]);
  const y = torch.randint(0, 3, [20]);
  return { model, x, y };
}

/** Steps as on a GPU, where nobody asks the host whether a gradient was finite. */
class OnDevice extends optim.SAM {
  protected override mayAsk(): boolean {
    return false;
  }
}

/** Counts how often a value is read from a tensor, which on a GPU waits for it. */
function countWaits(): [count: () => number, stop: () => void] {
  const names = ["item", "itemNumber", "dataSync", "toArray"] as const;
  const spies = names.map((name) => vi.spyOn(torch.Tensor.prototype, name));
  return [
    () => spies.reduce((n, spy) => n + spy.mock.calls.length, 0),
    () => spies.forEach((spy) => void spy.mockRestore()),
  ];
}

const bitsOf = (model: torch.nn.Module) =>
  model.parameters().map((p) => [...p.bytes(), ...(torch.masterOf(p)?.bytes() ?? [])]);
const weights = (model: torch.nn.Module) =>
  [...model.parameters()].flatMap((p) => Array.from(p.dataSync() as Float32Array));
const buffers = (model: torch.nn.Module) =>
  [...model.namedBuffers()].flatMap(([, b]) => Array.from(b.dataSync() as Float32Array, Number));

function closureOf({ model, x, y }: ReturnType<typeof net>, input = x) {
  return () => {
    const loss = F.crossEntropy(model.forward(input), y);
    loss.backward();
    return loss;
  };
}

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

describe("3. a gradient that is not finite skips the whole step", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const where of [[1], [2], [1, 2]]) {
      for (const scaled of [false, true]) {
        it(`${bad} in pass ${where.join(" and ")}, with${scaled ? "" : "out"} a loss scale`, () => {
          const given = net();
          const scaler = new optim.GradScaler({ initScale: 1024, enabled: scaled });
          const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, {
            ...{ rho: 0.1, ...SGD, ...(scaled && { scaler }) },
          });
          const step = (badPasses: readonly number[]) => {
            let pass = 0;
            optimizer.step(() => {
              const factor = badPasses.includes(++pass) ? bad : 1;
              const loss = F.crossEntropy(given.model.forward(given.x), given.y).mul(factor);
              (scaled ? scaler.scale(loss) : loss).backward();
              return loss;
            });
          };
          const all = () => [weights(given.model), buffers(given.model), JSON.stringify(stateNumbers(optimizer))];
          step([]);
          const before = all();
          step(where);
          expect(all()).toEqual(before);
          if (scaled) expect(scaler.getScale()).toBe(512); // halved once
          step([]);
          expect(weights(given.model)).not.toEqual(before[0]);
        });
      }
    }
  }

  for (const dtype of ["float16", "bfloat16"] as const) {
    for (const masters of [false, true]) {
      for (const where of [0, 1]) {
        const overflow = dtype === "float16" ? 1e6 : 1e38; // the first is beyond float16 only
        const kept = masters ? `${dtype} weights and float32 masters` : "float32 weights";
        it(`overflow of a scaled gradient under ${dtype} autocast, ${kept}, in pass ${where + 1}, on the device`, () => {
          const given = net();
          if (masters) given.model.to(dtype, { masterWeights: true });
          const scaler = new optim.GradScaler({ initScale: 1024 });
          const optimizer = new OnDevice(given.model.parameters(), optim.SGD, { rho: 0.1, scaler, ...SGD });
          const scaled = (factor: number) => {
            const logits = torch.autocast("cpu", { dtype }, () => given.model.forward(given.x));
            expect(logits.dtype).toBe(dtype);
            const loss = F.crossEntropy(logits.float(), given.y);
            scaler.scale(loss).mul(factor).backward();
            return loss;
          };
          optimizer.step(() => scaled(1));
          const seen = () => [bitsOf(given.model), buffers(given.model), JSON.stringify(stateNumbers(optimizer))];
          const before = seen();
          const [waits, stop] = countWaits();
          let pass = 0;
          optimizer.step(() => scaled(pass++ === where ? overflow : 1));
          stop();
          expect(waits()).toBe(0);
          expect(seen()).toEqual(before);
          expect(scaler.getScale()).toBe(512); // halved once
          optimizer.step(() => scaled(1));
          expect(bitsOf(given.model)).not.toEqual(before[0]);
        });
      }
    }
  }

  for (const Rule of [optim.SAM, optim.LookSAM] as const) {
    it(`eps of ${Rule.name} does not depend on the loss scale`, () => {
      const run = (factor: number) => {
        const problem = new Problem();
        const optimizer = new Rule(problem.params, optim.SGD, { rho: 0.5, lr: 0, adaptive: true } as never);
        const seen: number[][] = [];
        optimizer.step(() => {
          seen.push(problem.flat());
          const loss = problem.loss().mul(factor);
          loss.backward();
          return loss;
        });
        return seen[1]!;
      };
      expect(run(1024)).toEqual(run(1)); // a power of two: bit-equal
    });
  }
});

/** Every number of an optimizer's state but the step counters, which count skipped steps too. */
function stateNumbers(optimizer: { stateDict(): unknown }): unknown[] {
  const out: unknown[] = [];
  const visit = (value: unknown): void => {
    if (torch.isTensor(value)) out.push(value.toArray());
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) key !== "sam" && visit(item);
  };
  visit(optimizer.stateDict());
  return out;
}

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

  it("|eps| is that of what moved: groups with a rho of their own, adaptive, masked, p = infinity", () => {
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
      const problem = new Problem();
      const all = { rho: 0.5, ...SGD, ...options, diagnostics: true };
      const optimizer = new optim.SAM((groups?.(problem) ?? problem.params) as never, optim.SGD, all);
      const at: number[][] = [];
      optimizer.step(() => {
        at.push(problem.flat());
        return problem.closure();
      });
      const length = Math.hypot(...at[1]!.map((v, i) => v - at[0]![i]!));
      expect(length).toBeGreaterThan(0.01);
      expect(optimizer.diagnostics().epsNorm).toBeCloseTo(length, 12);
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
    // As where asking costs a wait: on the CPU a step may look whether gradients were finite.
    class OnDevice extends optim.SAM {
      protected override mayAsk(): boolean {
        return false;
      }
    }
    const given = net();
    const optimizer = new OnDevice(given.model.parameters(), optim.SGD, { rho: 0.1, ...SGD, diagnostics: true });
    const closure = closureOf(given);
    const asked: string[] = [];
    for (const name of ["itemNumber", "item", "dataSync", "toArray"] as const) {
      const original = torch.Tensor.prototype[name] as () => never;
      vi.spyOn(torch.Tensor.prototype, name).mockImplementation(function (this: torch.Tensor) {
        asked.push(name);
        return original.call(this);
      });
    }
    try {
      for (let i = 0; i < 3; i++) optimizer.step(closure);
      expect(asked).toEqual([]);
      optimizer.diagnostics();
      expect(asked.length).toBeGreaterThan(0);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
