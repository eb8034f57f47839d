import { describe, expect, test } from "vitest";
import * as torch from "../../../lib/index.js";
import { errorOf } from "../../error-of.js";
import { batch, type Given, leftBy, mlp, type Problem, problem, sameSteps } from "./taped-problem.js";

/* What may differ from call to call although nothing of it is an input: it is seen, or refused with its reason. */

const { nn, optim } = torch;
const F = nn.functional;

type Closure = Problem["closure"];

/** `count` calls of an eager and a captured twin, with a closure of their own; both must leave the same. */
function sameCalls(
  makeClosure: (p: Problem) => Closure,
  count: number,
  { given = {}, inputs = batch }: { given?: Given; inputs?: (t: number) => unknown[] } = {},
) {
  const [plain, taped] = [problem(given), problem(given)];
  const [a, b] = [makeClosure(plain), makeClosure(taped)];
  const step = taped.optimizer.capture(b, { warmup: 1 });
  for (let t = 0; t < count; t++) {
    const data = inputs(t) as torch.Tensor[];
    torch.manualSeed(t);
    const expected = plain.optimizer.step(() => a(...data)).item();
    torch.manualSeed(t);
    expect(step(...data).item(), `loss of step ${t}`).toBe(expected);
    expect(leftBy(taped), `step ${t}`).toEqual(leftBy(plain));
  }
  return step;
}

describe("other optimizers in the closure", () => {
  test("a SAM step of another radius and size", () => {
    const step = sameCalls((outer) => {
      const inner = problem({ model: () => new nn.Linear(20, 4), options: { rho: 0.5 } });
      return (x, y) => {
        inner.optimizer.step(() => inner.closure(x!, y!));
        return outer.closure(x!, y!);
      };
    }, 5);
    expect(step.refusal).toBe("a step of another optimizer");
  });

  test.each(["SGD", "Adamax", "Adafactor"] as const)("%s, whose lr changes", (name) => {
    const step = sameCalls((outer) => {
      torch.manualSeed(3);
      const side = new nn.Linear(20, 4);
      const optimizer = new optim[name](side.parameters(), { lr: 0.1 });
      return (x, y) => {
        optimizer.zeroGrad();
        F.crossEntropy(side.forward(x!), y!).backward();
        optimizer.paramGroups[0]!.lr = Number(optimizer.paramGroups[0]!.lr) * 0.9;
        optimizer.step();
        const loss = F.crossEntropy(outer.model.forward(x!).add(side.forward(x!).detach()), y!);
        loss.backward();
        return loss;
      };
    }, 5);
    expect(step.refusal).toBe("a step of another optimizer");
  });

  test("a hook's SAM step is taken in each play, and leaves this one's diagnostics alone", () => {
    const step = sameCalls(
      (outer) => {
        const inner = problem();
        [...outer.model.parameters()][0]!.registerHook(() => {
          torch.enableGrad(() => void inner.optimizer.step(() => inner.closure(...batch(3))));
        });
        return outer.closure;
      },
      6,
      { given: { options: { diagnostics: true } } },
    );
    expect(step.counts.replayed).toBe(4);
  });
});

describe("what is seen", () => {
  test("where a tensor, a number and null are among the arguments", () => {
    const step = sameCalls(
      ({ model }) =>
        (...given) => {
          const [a, b, y] = given as unknown as [torch.Tensor | null, torch.Tensor | null, torch.Tensor];
          const loss = F.crossEntropy(model.forward(a ?? b!.mul(3)), y);
          loss.backward();
          return loss;
        },
      8,
      {
        inputs: (t) => {
          const [x, y] = batch(t);
          return t < 4 ? [x, null, y] : [null, x, y];
        },
      },
    );
    expect(step.counts).toEqual({ eager: 2, captured: 2, replayed: 4 });
  });

  test("betas that change in place, names of biases, and factored gradients that are switched off", () => {
    const betas = sameSteps({ Base: optim.AdamW, options: { lr: 0.01 } }, 9, {
      before: ({ optimizer }, t) => {
        if (t === 5) (optimizer.paramGroups[0] as unknown as { betas: number[] }).betas[0] = 0.5;
      },
    });
    expect([betas.counts.captured, betas.counts.replayed]).toEqual([2, 4]);
    sameSteps({ options: { adaptive: true, weightsOnly: true, rho: 1 } }, 9, {
      before: ({ optimizer }, t) => {
        if (t === 5) optimizer.paramGroups[0]!.paramNames = ["a.bias", "b", "c.bias", "d"];
      },
    });
    try {
      const wide = () => new nn.Sequential(new nn.Linear(300, 200), new nn.ReLU(), new nn.Linear(200, 10));
      sameSteps({ model: wide }, 9, {
        inputs: (t) => batch(t, [16, 300], 10),
        before: (_, t) => {
          torch.backends.cpu.factoredGradients = t < 5;
        },
      });
    } finally {
      torch.backends.cpu.factoredGradients = true;
    }
  });

  test("evaluation mode, and statistics that are held", () => {
    const model = () =>
      new nn.Sequential(new nn.Linear(20, 16), new nn.BatchNorm1d(16), new nn.Dropout(0.3), new nn.Linear(16, 4));
    const step = sameSteps({ model }, 16, {
      before: ({ model }, t) => {
        if (t === 5) model.eval();
        if (t === 8) model.train();
        if (t === 11) optim.disableRunningStats(model);
        if (t === 14) optim.enableRunningStats(model);
        model.train(model.training); // no news
      },
    });
    expect(step.counts).toEqual({ eager: 3, captured: 5, replayed: 8 });
  });

  test("the optimizer's state of perturbation, for a hook", () => {
    const step = sameCalls(({ model, optimizer, closure }) => {
      [...model.parameters()][0]!.registerHook((g) => (optimizer.isPerturbed ? g.mul(0.5) : g));
      return closure;
    }, 6);
    expect(step.counts.replayed).toBe(4);
  });

  test("an lr that is no number is refused by the step itself", () => {
    const { optimizer, closure } = problem();
    const step = optimizer.capture(closure, { warmup: 1 });
    for (let t = 0; t < 3; t++) step(...batch(t));
    const group = optimizer.paramGroups[0] as unknown as { lr: unknown };
    for (const lr of ["0.05", torch.tensor(0.1)]) {
      group.lr = lr;
      expect(errorOf(() => step(...batch(4))).code).toBe("E_ARG");
    }
    group.lr = 0.1;
    step(...batch(5));
    expect(step.counts.replayed).toBe(2);
  });

  test("parameters that come, and states that are loaded, any number of times", () => {
    const { optimizer, closure, model } = problem({ options: { momentum: 0.9 } });
    const step = optimizer.capture(closure, { warmup: 1, maxGraphs: 2 });
    const steps = (count: number) => {
      for (let t = 0; t < count; t++) step(...batch(t));
    };
    steps(3);
    for (let i = 0; i < 4; i++) {
      optimizer.loadStateDict(optimizer.stateDict());
      steps(2);
    }
    expect([step.counts, step.refusal]).toEqual([{ eager: 1, captured: 5, replayed: 5 }, undefined]);
    for (let i = 0; i < 3; i++) {
      step.dispose();
      steps(3);
    }
    expect(step.counts).toEqual({ eager: 4, captured: 8, replayed: 8 });
    optimizer.addParamGroup({ params: [torch.ones([2]).requiresGrad_()] });
    steps(2);
    expect([step.counts.replayed, step.refusal]).toEqual([9, undefined]);
    expect([...model.parameters()].every((p) => p.isfinite().all().item())).toBe(true);
  });
});

describe("what is refused, with the reason", () => {
  test.each([
    ["repeatInterleave", (z: torch.Tensor) => z.repeatInterleave(z.flatten().gt(0).long().slice(0, 0, 12), 0)],
    ["where", (z: torch.Tensor) => torch.where(z.gt(0))[0]!],
    ["toSparse", (z: torch.Tensor) => z.relu().toSparse().coalesce().values()],
  ] as const)("%s, whose shape depends on numbers", (name, f) => {
    const step = sameCalls(
      ({ model }) =>
        (x, y) => {
          const output = model.forward(x!);
          const { shape } = torch.noGrad(() => f(output));
          const loss = F.crossEntropy(output, y!).mul(shape[0]! / 10);
          loss.backward();
          return loss;
        },
      4,
    );
    expect(step.refusal).toMatch(name === "toSparse" ? /^to_sparse\(\), .* not dense/ : /result's shape depends on/);
  });

  test("a tensor that a hook has made", () => {
    const step = sameCalls(({ model }) => {
      const weight = [...model.parameters()][0]!;
      let seen = torch.zeros([16, 20]);
      weight.registerHook((g) => {
        seen = g.detach().clone();
      });
      return (x, y) => {
        const loss = F.crossEntropy(model.forward(x!), y!);
        loss.backward();
        torch.noGrad(() => weight.grad!.add_(seen, { alpha: 0.5 }));
        return loss;
      };
    }, 4);
    expect(step.refusal).toMatch(/that a hook/);
  });

  test("a base with a step of its own", () => {
    let calls = 0;
    class Counting extends optim.SGD {
      override step(): undefined;
      override step<T>(closure: () => T): T;
      override step<T>(closure?: () => T): T | undefined {
        calls++;
        return closure === undefined ? super.step() : super.step(closure);
      }
    }
    const step = sameCalls(({ closure }) => closure, 4, { given: { Base: Counting } });
    expect(step.refusal).toBe("Counting, which has a step of its own");
    expect(calls).toBe(8);
  });

  test("steps that are never the same twice", () => {
    const { optimizer, closure } = problem();
    const step = optimizer.capture(closure, { warmup: 1 });
    for (let t = 0; t < 10; t++) {
      (optimizer.paramGroups[0] as unknown as { momentum: number }).momentum = t / 20;
      step(...batch(t));
    }
    expect(step.counts).toEqual({ eager: 6, captured: 4, replayed: 0 });
    expect(step.refusal).toMatch(/never the same twice/);
  });

  test("a gradient of another leaf that is gone: an error, and later calls run as they are", () => {
    const { optimizer, model } = problem();
    const scale = torch.ones([4]).requiresGrad_();
    const step = optimizer.capture(
      (x: torch.Tensor, y: torch.Tensor) => {
        if (scale.grad !== null) scale.grad.zero_();
        const loss = F.crossEntropy(model.forward(x).mul(scale), y);
        loss.backward();
        return loss;
      },
      { warmup: 1 },
    );
    for (let t = 0; t < 4; t++) step(...batch(t));
    scale.grad = null;
    const weights = [...model.parameters()].map((p) => p.tolist());
    const error = errorOf(() => step(...batch(4)));
    expect(error.code).toBe("E_STATE");
    expect(error.message).toMatch(/^\[grad\] expected a gradient, as when the step was recorded, got none\n {2}help: /);
    expect([...model.parameters()].map((p) => p.tolist())).toEqual(weights);
    expect(optimizer.isPerturbed).toBe(false);
    step(...batch(5));
    expect([step.counts, step.refusal]).toEqual([
      { eager: 2, captured: 1, replayed: 2 },
      "[grad] expected a gradient, as when the step was recorded, got none",
    ]);
  });
});

describe("a play that does not come to its end", () => {
  /** bfloat16 weights with masters, which are not what a state dict has. */
  const low = () => {
    const model = mlp();
    model.to("bfloat16", { masterWeights: true });
    return model;
  };

  test("working copies of masters are at w again", () => {
    const seen = [0, 1].map((isCaptured) => {
      const { optimizer, model, closure } = problem({ model: low, options: { momentum: 0.9 } });
      let passes = 0;
      [...model.parameters()][0]!.registerHook((g) => (++passes === 10 ? g.mul(Number.NaN) : g)); // a second pass
      const step = isCaptured
        ? optimizer.capture(closure, { warmup: 1 })
        : (...given: torch.Tensor[]) => optimizer.step(() => closure(...given));
      const weights: unknown[] = [];
      for (let t = 0; t < 7; t++) {
        const [x, y] = batch(t);
        step(x.to("bfloat16"), y);
        weights.push([...model.parameters()].map((p) => p.tolist()));
      }
      return weights;
    });
    expect(seen[1]).toEqual(seen[0]);
    expect((seen[0] as unknown[])[4]).toEqual((seen[0] as unknown[])[3]); // skipped
  });

  test("its error has the operator's name, and diagnostics are none", () => {
    const { optimizer, model } = problem();
    const step = optimizer.capture(
      (x: torch.Tensor, y: torch.Tensor) => {
        const loss = model.forward(x).logSoftmax(1).gather(1, y.unsqueeze(1)).mean().neg();
        loss.backward();
        return loss;
      },
      { warmup: 1 },
    );
    for (let t = 0; t < 3; t++) step(...batch(t));
    const [x, y] = batch(3);
    expect(errorOf(() => step(x, y.add(50))).message).toMatch(/^\[gather\]/);
    expect(optimizer.diagnostics().loss).toBeNull();
    step(x, y);
    expect(step.counts).toEqual({ eager: 1, captured: 1, replayed: 2 });
  });
});

test("losses of steps may be added up: no graph comes with them", () => {
  const { optimizer, closure } = problem();
  const step = optimizer.capture(closure, { warmup: 1 });
  const total = torch.zeros([]);
  for (let t = 0; t < 4; t++) total.add_(step(...batch(t)));
  total.add_(optimizer.step(() => closure(...batch(5))));
  expect(total.requiresGrad).toBe(false);
});
