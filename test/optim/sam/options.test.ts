import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { maxDifference, Problem } from "./problem.js";

const { nn, optim } = torch;
const SGD = { lr: 0.1, momentum: 0.9 };

/** Takes `steps` steps and gives how many passes each took. */
function passes(optimizer: torch.optim.SAM, problem: Problem, steps: number): number[] {
  return Array.from({ length: steps }, () => {
    let calls = 0;
    optimizer.step(() => {
      calls++;
      return problem.closure();
    });
    return calls;
  });
}

describe("schedules", () => {
  const counts = (schedule: torch.optim.SAMSchedule) => {
    const problem = new Problem();
    return passes(new optim.SAM(problem.params, optim.SGD, { schedule, ...SGD }), problem, 6);
  };
  it("every second step", () => expect(counts({ every: 2 })).toEqual([2, 1, 2, 1, 2, 1]));
  it("from a third of training", () => {
    expect(counts({ from: 1 / 3, totalSteps: 6 })).toEqual([1, 1, 2, 2, 2, 2]);
  });
  it("until half of training", () => expect(counts({ until: 0.5, totalSteps: 6 })).toEqual([2, 2, 2, 1, 1, 1]));
  it("steps without a second pass are the base optimizer's", () => {
    const rules = [optim.SAM, optim.GSAM, optim.LookSAM, optim.MSAM, optim.FSAM, optim.WSAM, optim.ESAM] as const;
    for (const Rule of rules) {
      const [a, b] = [new Problem(), new Problem()];
      const options = { schedule: { from: 1, totalSteps: 3 }, ...SGD };
      const sam = new Rule(a.params, optim.SGD as never, options as never) as torch.optim.SAM;
      const sgd = new optim.SGD(b.params, SGD);
      if (sam instanceof optim.ESAM) {
        for (let i = 0; i < 3; i++)
          sam.step((rows) =>
            a
              .residual(rows ?? undefined)
              .square()
              .mean(1),
          );
      } else {
        expect(passes(sam, a, 3)).toEqual([1, 1, 1]);
      }
      for (let i = 0; i < 3; i++) {
        sgd.zeroGrad();
        b.closure();
        sgd.step();
      }
      expect(a.flat(), Rule.name).toEqual(b.flat());
    }
  });
  it("rho as a function of the step", () => {
    const problem = new Problem();
    const rho = (step: number) => 0.1 * (step + 1);
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho, diagnostics: true, ...SGD });
    for (const expected of [0.1, 0.2, 0.3]) {
      optimizer.step(problem.closure);
      expect(optimizer.diagnostics().epsNorm).toBeCloseTo(expected, 12);
    }
  });
  it("a rho that makes no sense is refused, with weights at w", () => {
    const problem = new Problem();
    const before = problem.flat();
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: () => -1, ...SGD });
    expect(() => optimizer.step(problem.closure)).toThrow(/expected rho >= 0, got -1 in step 0/);
    expect(problem.flat()).toEqual(before);
  });
});

describe("presets", () => {
  const run = (options: object, named = false) => {
    const problem = new Problem();
    const params = named ? [["w", problem.w] as const, ["b.bias", problem.b] as const] : problem.params;
    const optimizer = new optim.SAM(params as never, optim.SGD, { ...options, ...SGD });
    for (let i = 0; i < 3; i++) optimizer.step(problem.closure);
    return problem.flat();
  };
  it("asam-reference is rho 2, eta 0, every parameter", () => {
    const expected = run({ adaptive: true, rho: 2, eta: 0, weightsOnly: false });
    expect(run({ preset: "asam-reference" })).toEqual(expected);
    expect(run({ preset: "asam-reference" }, true)).toEqual(expected);
  });
  it("asam-paper is rho 0.5, eta 0.01, weights only", () => {
    const expected = run({ adaptive: true, rho: 0.5, eta: 0.01, weightsOnly: true });
    expect(run({ preset: "asam-paper" })).toEqual(expected);
    expect(run({ preset: "asam-paper" }, true)).toEqual(expected); // a bias by its name, or by its one dimension
    expect(expected).not.toEqual(run({ adaptive: true, rho: 0.5, eta: 0.01 }));
  });
  it("other options win over a preset's", () => {
    expect(run({ preset: "asam-reference", rho: 0.3 })).toEqual(run({ adaptive: true, rho: 0.3 }));
  });
  it("an unknown one is refused", () => {
    expect(() => run({ preset: "asam" })).toThrow(/expected a known preset, got "asam"/);
  });
});

describe("groups", () => {
  it("have their own rho, of one norm over all", () => {
    const problem = new Problem();
    const start = problem.flat();
    const groups = [
      { params: [problem.w], rho: 0.5 },
      { params: [problem.b], rho: 0 },
    ];
    const seen: number[][] = [];
    const gradients: number[][] = [];
    new optim.SAM(groups, optim.SGD, SGD).step(() => {
      seen.push(problem.flat());
      const loss = problem.closure();
      gradients.push(problem.params.flatMap((p) => Array.from(p.grad!.dataSync() as Float64Array)));
      return loss;
    });
    const length = Math.hypot(...gradients[0]!);
    const expected = start.map((v, i) => v + (i < 6 ? (0.5 * gradients[0]![i]!) / length : 0));
    expect(maxDifference(seen[1]!, expected)).toBeLessThan(1e-14);
  });
  it("SAM-ON perturbs normalisation layers only, and trains all", () => {
    torch.manualSeed(2);
    const model = new nn.Sequential(
      new nn.Linear(4, 6),
      new nn.BatchNorm1d(6),
      new nn.LayerNorm(6),
      new nn.Linear(6, 2),
    );
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, {
      ...{ rho: 0.5, mask: optim.normalizationOnly(model), diagnostics: true },
      ...SGD,
    });
    const x = torch.randn([8, 4]);
    const numbers = () =>
      Object.fromEntries(model.namedParameters().map(([name, p]) => [name, JSON.stringify(p.toArray())]));
    const seen: Record<string, string>[] = [];
    optimizer.step(() => {
      seen.push(numbers());
      const loss = model.forward(x).square().mul(torch.arange(1, 3)).mean();
      loss.backward();
      return loss;
    });
    const [at, perturbed, after] = [seen[0]!, seen[1]!, numbers()];
    const moved = Object.keys(at).filter((name) => perturbed[name] !== at[name]);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every((name) => name.startsWith("1.") || name.startsWith("2."))).toBe(true);
    expect(after["0.weight"]).not.toBe(at["0.weight"]);
    expect(optimizer.diagnostics().epsNorm).toBeCloseTo(0.5, 5);
  });
});

describe("micro-batches", () => {
  const micro = { accumulate: "m-sam", samples: 4, microBatch: 3 } as const;

  it("an uneven last one counts for its samples", () => {
    const problem = new Problem();
    const ranges: number[][] = [];
    const optimizer = new optim.SAM(problem.params, optim.SGD, { rho: 0, lr: 0.1 });
    const plain = new Problem();
    optimizer.step((start, end) => {
      ranges.push([start, end]);
      return problem.closure(start, end);
    }, micro);
    new optim.SAM(plain.params, optim.SGD, { rho: 0, lr: 0.1 }).step(plain.closure);
    expect(ranges).toEqual([
      [0, 3],
      [0, 3],
      [3, 4],
      [3, 4],
    ]);
    expect(maxDifference(problem.flat(), plain.flat())).toBeLessThan(1e-14);
  });

  for (const accumulate of ["n-sam", "m-sam"] as const) {
    for (const Rule of [optim.SAM, optim.GSAM, optim.LookSAM, optim.FSAM, optim.WSAM, optim.MSAM] as const) {
      it(`${Rule.name}, ${accumulate}: one micro-batch, with a loss scale, equals no micro-batch`, () => {
        const run = (isMicro: boolean) => {
          const problem = new Problem();
          const scaler = isMicro ? new optim.GradScaler({ initScale: 1024 }) : undefined;
          const options = { rho: 0.2, scaler, ...SGD };
          const optimizer = new Rule(problem.params, optim.SGD as never, options as never) as torch.optim.SAM;
          const closure = (start = 0, end = 4) => {
            const loss = problem.loss(start, end);
            (scaler?.scale(loss) ?? loss).backward();
            return loss;
          };
          for (let i = 0; i < 7; i++) {
            if (isMicro) optimizer.step(closure, { accumulate, samples: 4, microBatch: 4 });
            else optimizer.step(() => closure());
          }
          return problem.flat();
        };
        expect(run(true)).toEqual(run(false));
      });
    }
  }

  for (const accumulate of ["n-sam", "m-sam"] as const) {
    it(`${accumulate}: a loss scale changes nothing, over several micro-batches`, () => {
      const run = (scale: number | undefined) => {
        const problem = new Problem();
        const scaler = scale === undefined ? undefined : new optim.GradScaler({ initScale: scale });
        const optimizer = new optim.GSAM(problem.params, optim.SGD, { rho: 0.2, ...(scaler && { scaler }), ...SGD });
        for (let i = 0; i < 3; i++) {
          optimizer.step(
            (start, end) => {
              const loss = problem.loss(start, end);
              (scaler?.scale(loss) ?? loss).backward();
              return loss;
            },
            { accumulate, samples: 4, microBatch: 2 },
          );
        }
        return problem.flat();
      };
      expect(run(4096)).toEqual(run(undefined)); // a power of two: bit-equal
    });

    it(`${accumulate}: batch norm's statistics change once per micro-batch, dropout's masks come again in the second pass`, () => {
      const make = () => {
        torch.manualSeed(4);
        return new nn.Sequential(new nn.Linear(3, 4), new nn.BatchNorm1d(4), new nn.Dropout({ p: 0.5 }));
      };
      const [model, twin] = [make(), make()];
      const x = torch.randn([8, 3]);
      const optimizer = new optim.SAM(model.parameters(), optim.SGD, { rho: 0.5, sameMasks: true, ...SGD });
      const masks: Record<string, string[]> = { 0: [], 3: [], 6: [] };
      const closure = (start: number, end: number) => {
        const out = model.forward(x.index(torch.slice(start, end)));
        masks[start]!.push(JSON.stringify(out.ne(0).toArray()));
        const loss = out.square().mean();
        loss.backward();
        return loss;
      };
      optimizer.step(closure, { accumulate, samples: 8, microBatch: 3 });
      for (const [start, end] of [
        [0, 3],
        [3, 6],
        [6, 8],
      ] as const) {
        twin.forward(x.index(torch.slice(start, end)));
        const [first, second, ...more] = masks[start]!;
        expect(second).toBe(first);
        expect(more).toEqual([]);
      }
      expect(new Set([masks[0]![0], masks[3]![0]]).size).toBe(2);
      const statistics = (one: typeof model) => one.namedBuffers().map(([name, t]) => [name, t.toArray()]);
      expect(statistics(model)).toEqual(statistics(twin));
      expect(Object.fromEntries(statistics(model))["1.num_batches_tracked"]).toBe(3);
    });
  }

  it("LookSAM and MSAM take one pass on their steps with one pass", () => {
    for (const [Rule, expected] of [
      [optim.LookSAM, [4, 2, 2]],
      [optim.MSAM, [2, 2, 2]],
    ] as const) {
      const problem = new Problem();
      const optimizer = new Rule(problem.params, optim.SGD as never, { rho: 0.2, ...SGD } as never) as torch.optim.SAM;
      const counts = [0, 0, 0].map(() => {
        let calls = 0;
        optimizer.step((start, end) => {
          calls++;
          return problem.closure(start, end);
        }, micro);
        return calls;
      });
      expect(counts, Rule.name).toEqual(expected);
    }
  });

  it("wrong ones, and ESAM's, are refused", () => {
    const problem = new Problem();
    const step = (accumulation: object) => () =>
      new optim.SAM(problem.params, optim.SGD, SGD).step(problem.closure, accumulation as torch.optim.Accumulation);
    expect(step({ ...micro, accumulate: "k-sam" })).toThrow(/expected accumulate to be "n-sam" or "m-sam"/);
    expect(step({ ...micro, microBatch: 0 })).toThrow(/expected microBatch to be an integer >= 1, got 0/);
    expect(step({ ...micro, samples: 2.5 })).toThrow(/expected samples to be an integer >= 1, got 2.5/);
    const esam = new optim.ESAM(problem.params, optim.SGD, SGD);
    expect(() => esam.step(problem.closure, micro)).toThrow(/expected a whole batch to choose samples from/);
  });
});
