import { describe, expect, test } from "vitest";
import * as torch from "../../../lib/index.js";
import { native } from "../../../lib/native.js";
import { errorOf } from "../../error-of.js";
import { afterSteps, batch, leftBy, mlp, normed, oneMore, type Problem, problem } from "./taped-problem.js";

const { nn, optim } = torch;
const F = nn.functional;

describe("a gradient that is not finite skips a captured step", () => {
  for (const model of [mlp, normed]) {
    test(`the input is not finite, ${model === mlp ? "without" : "with"} running statistics`, () => {
      const both = afterSteps({ model, options: { momentum: 0.9, diagnostics: true } });
      const { replayed } = both.captured.counts;
      const weights = leftBy(both.taped).model;
      const [x, y] = batch(7);
      oneMore(both, [x.div(0), y]);
      expect(leftBy(both.taped).model).toEqual(weights);
      expect(both.taped.optimizer.steps).toBe(6);
      oneMore(both);
      expect(both.captured.counts.replayed).toBe(replayed + 2);
    });
  }

  test("only the second gradient is not finite", () => {
    const bad = { pass: 0 };
    const both = afterSteps({ model: normed });
    const { replayed } = both.captured.counts;
    for (const { model } of [both.plain, both.taped]) {
      [...model.parameters()][0]!.registerHook((g) => (++bad.pass % 2 === 0 ? g.mul(Number.NaN) : g));
    }
    const weights = leftBy(both.taped).model;
    oneMore(both);
    expect(leftBy(both.taped).model).toEqual(weights);
    expect([bad.pass, both.captured.counts.replayed]).toEqual([4, replayed + 1]);
  });

  test("in the step that would have been recorded: the next one is", () => {
    const { optimizer, closure } = problem();
    const step = optimizer.capture(closure, { warmup: 1 });
    const [x, y] = batch(1);
    step(x, y);
    step(x.div(0), y);
    expect([step.refusal, step.counts]).toEqual([undefined, { eager: 2, captured: 0, replayed: 0 }]);
    step(x, y);
    step(x, y);
    expect(step.counts).toEqual({ eager: 2, captured: 1, replayed: 1 });
  });
});

describe("which step is played", () => {
  test("each shape has its own; beyond maxGraphs steps run as they are", () => {
    const plain = problem({ model: normed });
    const taped = problem({ model: normed });
    const step = taped.optimizer.capture(taped.closure, { warmup: 1, maxGraphs: 2 });
    for (const rows of [12, 12, 6, 12, 6, 3, 3, 3, 6]) {
      const data = batch(rows, [rows, 20]);
      plain.optimizer.step(() => plain.closure(...data));
      step(...data);
    }
    expect(step.counts).toEqual({ eager: 5, captured: 2, replayed: 2 });
    expect(leftBy(taped)).toEqual(leftBy(plain));
  });

  test("a batch with other strides is recorded anew; one of another dtype, or that requires a gradient, runs as it is", () => {
    const both = afterSteps();
    const { eager, replayed } = both.captured.counts;
    const [x, y] = batch(3);
    oneMore(both, [x.t().contiguous().t(), y]);
    const input = x.clone().requiresGrad_();
    oneMore(both, [input, y]);
    expect(input.grad).not.toBeNull();
    expect(errorOf(() => both.captured(x.double(), y)).code).toBe("E_TORCH");
    expect(both.captured.counts).toEqual({ eager: eager + 2, captured: 2, replayed });
    oneMore(both);
  });

  test("a tensor that is an input of one step and read by the closure itself", () => {
    const shared = batch(0);
    const closureOf =
      ({ model }: Problem) =>
      (...[x, y]: torch.Tensor[]) => {
        const loss = F.crossEntropy(model.forward(x!).add(model.forward(shared[0])), y!);
        loss.backward();
        return loss;
      };
    const both = afterSteps({}, closureOf, 3);
    oneMore(both, shared); // recorded with it
    oneMore(both, batch(11));
    shared[0].mul_(2); // what the closure reads by itself may change in place
    oneMore(both, batch(12));
    expect(both.captured.counts.replayed).toBe(2);
  });

  test("one batch for all steps, which each changes in place while the last gradient is factors over it", () => {
    const given = {
      model: () => new nn.Sequential(new nn.Linear(300, 200), new nn.ReLU(), new nn.Linear(200, 10)),
      options: { momentum: 0.9 },
    };
    for (const changes of [true, false]) {
      const [plain, taped] = [problem(given), problem(given)];
      const [a, b] = [batch(1, [16, 300], 10), batch(1, [16, 300], 10)];
      const closureOf = (p: Problem) => (x: torch.Tensor, y: torch.Tensor) => {
        if (changes) x.mul_(0.99);
        return p.closure(x, y);
      };
      const step = taped.optimizer.capture(closureOf(taped));
      for (let t = 0; t < 8; t++) {
        const eager = closureOf(plain);
        plain.optimizer.step(() => eager(...a));
        step(...b);
      }
      expect(step.counts).toEqual({ eager: 3, captured: 1, replayed: 4 });
      // What the gradient is made of is read after the batch has changed once more.
      for (const [x] of [a, b]) x.zero_();
      expect(leftBy(taped)).toEqual(leftBy(plain));
    }
  });

  test("parameters that moved, were frozen, replaced or added", () => {
    const both = afterSteps();
    const change = (what: (p: Problem) => void) => {
      for (const one of [both.plain, both.taped]) what(one);
      oneMore(both);
      oneMore(both);
    };
    change(({ model }) => {
      const [weight] = model.parameters();
      weight!.setData(weight!.detach().clone());
    });
    change(({ model }) => [...model.parameters()][1]!.requiresGrad_(false));
    const extra = new Map<Problem, torch.Tensor>();
    change((one) => {
      const made = torch.ones([3], { requiresGrad: true });
      extra.set(one, made);
      one.optimizer.addParamGroup({ params: [made], lr: 0.3 } as never);
    });
    expect([...extra.values()].map((t) => t.toArray())).toEqual([Array(3).fill(1), Array(3).fill(1)]);
    change(({ optimizer }) => optimizer.loadStateDict(optimizer.stateDict()));
  });

  test("options, inference mode and autocast as they are at the call", () => {
    const both = afterSteps({ options: { momentum: 0.9 } });
    for (const { optimizer } of [both.plain, both.taped]) Object.assign(optimizer.paramGroups[0]!, { momentum: 0.5 });
    oneMore(both);
    torch.autocast("cpu", { dtype: "bfloat16" }, () => oneMore(both));
    torch.noGrad(() => oneMore(both));
    oneMore(both);
    for (const { optimizer } of [both.plain, both.taped]) Object.assign(optimizer.paramGroups[0]!, { rho: -1 });
    for (const step of [both.captured, both.eager])
      expect(errorOf(() => step(...batch(1))).message).toMatch(/^\[SAM\] expected rho >= 0, got -1/);
  });
});

describe("shares in eps that are functions of the host's", () => {
  test("a mask that gives another answer", () => {
    let isAll = true;
    const both = afterSteps({ options: { mask: (p: torch.Tensor) => isAll || p.ndim > 1 } });
    const { replayed } = both.captured.counts;
    oneMore(both);
    isAll = false;
    oneMore(both);
    oneMore(both);
    expect(both.captured.counts).toEqual({ eager: 3, captured: 2, replayed: replayed + 2 });
  });

  test("a rule's own scale", () => {
    let scale = 1;
    class Scaled<O extends object> extends optim.SAM<O> {
      protected override epsScale(index: number): number {
        return index === 0 ? scale : 1;
      }
    }
    const both = afterSteps({ Rule: Scaled });
    oneMore(both);
    scale = 3;
    oneMore(both);
    oneMore(both);
    expect(both.captured.counts.captured).toBe(2);
  });
});

test("an error in a play: typed, weights at w, running statistics as before, and the next step goes on", () => {
  const both = afterSteps({ model: normed });
  const before = leftBy(both.taped).model;
  const [x, y] = batch(1);
  const wrong = errorOf(() => both.captured(x, y.add(9)));
  expect(wrong.code).toBe(errorOf(() => both.eager(x, y.add(9))).code);
  expect(wrong.message).toMatch(/^\[crossEntropy\] /);
  expect(leftBy(both.taped).model).toEqual(before);
  const { replayed } = both.captured.counts;
  oneMore(both);
  expect(both.captured.counts.replayed).toBe(replayed + 1);
});

test("an error while it is recorded leaves nothing recording", () => {
  const { optimizer, closure } = problem();
  let calls = 0;
  const step = optimizer.capture(
    (...inputs: torch.Tensor[]) => {
      if (++calls === 4) throw new RangeError("in the second pass");
      return closure(...inputs);
    },
    { warmup: 1 },
  );
  step(...batch(1));
  expect(() => step(...batch(1))).toThrow("in the second pass");
  expect([optimizer.isPerturbed, step.counts.captured]).toEqual([false, 0]);
  step(...batch(1));
  step(...batch(1));
  expect(step.counts).toEqual({ eager: 1, captured: 1, replayed: 1 });
});

test("two optimizers, each with captured steps of its own, one inside the closure of the other", () => {
  const inner = problem();
  const innerStep = inner.optimizer.capture(inner.closure, { warmup: 1 });
  const outer = problem();
  const step = outer.optimizer.capture(
    (...inputs: torch.Tensor[]) => {
      innerStep(...inputs);
      return outer.closure(...inputs);
    },
    { warmup: 1 },
  );
  const plainInner = problem();
  const plainOuter = problem();
  for (let t = 0; t < 6; t++) {
    const data = batch(t);
    step(...data);
    plainOuter.optimizer.step(() => {
      plainInner.optimizer.step(() => plainInner.closure(...data));
      return plainOuter.closure(...data);
    });
  }
  expect(leftBy(outer).model).toEqual(leftBy(plainOuter).model);
  expect(leftBy(inner).model).toEqual(leftBy(plainInner).model);
});

test("plays leave nothing in memory, and disposing frees what was recorded", () => {
  const { optimizer, closure } = problem({ model: normed, options: { momentum: 0.9 } });
  const step = optimizer.capture(closure, { warmup: 1 });
  const [x, y] = batch(1);
  for (let t = 0; t < 4; t++) step(x, y).dispose();
  const before = torch.memory();
  for (let t = 0; t < 300; t++) step(x, y).dispose();
  const after = torch.memory();
  expect([after.tensors, after.allocated]).toEqual([before.tensors, before.allocated]);
  step.dispose();
  step(x, y);
  expect(step.counts).toEqual({ eager: 2, captured: 1, replayed: 302 });
});

test("the loss of a play is a tensor like any other: in a scope it ends with it", () => {
  const { optimizer, closure } = problem();
  const step = optimizer.capture(closure, { warmup: 1 });
  const [x, y] = batch(1);
  let last: torch.Tensor | undefined;
  for (let t = 0; t < 4; t++) {
    const kept = torch.tidy(() => {
      last = step(x, y);
      return step(x, y);
    });
    expect([last!.isDisposed, kept.isDisposed, Number.isFinite(kept.item())]).toEqual([true, false, true]);
  }
});

test("without inputs, and with numbers among them", () => {
  const data = batch(1);
  const [a, b] = [problem(), problem()];
  const step = a.optimizer.capture(() => a.closure(...data), { warmup: 1 });
  for (let t = 0; t < 5; t++) {
    data[0].add_(0.1);
    step();
    b.optimizer.step(() => b.closure(...data));
  }
  expect(step.counts).toEqual({ eager: 1, captured: 1, replayed: 3 });
  expect(leftBy(a)).toEqual(leftBy(b));
});

test("the native side refuses what does not fit, and stays as it was", () => {
  const { model } = problem();
  const x = torch.ones([2, 20]);
  expect(errorOf(() => native.tapePlay(12345, [])).code).toBe("E_DISPOSED");
  expect(errorOf(() => native.tapeEnd(12345, 0)).code).toBe("E_DISPOSED");
  const tape = native.tapeBegin([]);
  try {
    expect(errorOf(() => native.tapeBegin([])).code).toBe("E_STATE");
    model.forward(x);
  } finally {
    expect(native.tapeEnd(tape, 0)).toBeNull();
  }
  expect(errorOf(() => native.tapeEnd(tape, 0)).code).toBe("E_STATE");
  expect(native.tapePlay(tape, [])).toBe(0); // without a result there is nothing to play
  native.tapeDispose(tape);
  native.tapeDispose(tape);
  const { optimizer, closure } = problem();
  const step = optimizer.capture(closure, { warmup: 1 });
  for (let t = 0; t < 3; t++) step(...batch(t));
  expect(step.counts.replayed).toBe(1);
});
