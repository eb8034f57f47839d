import { describe, expect, test } from "vitest";
import * as torch from "../../../lib/index.js";
import { native } from "../../../lib/native.js";
import { errorOf } from "../../error-of.js";
import { afterSteps, batch, leftBy, normed, oneMore, type Problem, problem } from "./taped-problem.js";

const { nn, optim } = torch;
const F = nn.functional;

describe("what cannot be recorded runs as it is", () => {
  const reasons: Record<
    string,
    [Parameters<typeof problem>[0], string | RegExp, ((p: Problem) => Problem["closure"])?]
  > = {
    "a number that the closure reads": [
      {},
      "item",
      ({ closure }) =>
        (...inputs) => {
          const loss = closure(...inputs);
          if (loss.item() === 0) throw new Error("never");
          return loss;
        },
    ],
    "data from JavaScript": [
      { loss: (output, y) => F.crossEntropy(output.add(torch.tensor([0.1, 0.2, 0.3, 0.4])), y) },
      "fromData",
    ],
    "a shape that depends on numbers": [
      { loss: (output, y) => F.crossEntropy(output, y).add(output.maskedSelect(output.gt(0)).sum()) },
      "masked_select",
    ],
    "a mask as an index": [
      { loss: (output, y) => F.crossEntropy(output, y).add(output.index(output.gt(0)).sum()) },
      "index",
    ],
    "a custom function": [
      {
        loss: (output, y) => {
          class Twice extends torch.autograd.Function {
            static forward(_: unknown, x: torch.Tensor) {
              return x.mul(2);
            }
            static backward(_: unknown, g: torch.Tensor) {
              return g.mul(2);
            }
          }
          return F.crossEntropy(Twice.apply(output) as torch.Tensor, y);
        },
      },
      "recordFunction",
    ],
    "autocast inside of it": [
      { loss: (output, y) => torch.autocast("cpu", { dtype: "bfloat16" }, () => F.crossEntropy(output, y)) },
      /Autocast/,
    ],
    "a base that keeps its step on the host": [{ Base: optim.RMSprop, options: { lr: 0.001 } }, /RMSprop/],
    "a rule with vectors of its own": [{ Rule: optim.LookSAM }, /vectors/],
    "the same masks in both passes": [{ options: { sameMasks: true } }, /sameMasks/],
  };
  for (const [name, [given, refusal, closureOf]] of Object.entries(reasons)) {
    test(name, () => {
      const both = afterSteps(given, closureOf);
      for (let i = 0; i < 3; i++) oneMore(both, batch(i));
      expect(both.captured.refusal).toMatch(refusal);
      expect(both.captured.counts).toEqual({ eager: 8, captured: 0, replayed: 0 });
    });
  }
});

describe("JavaScript that a step calls", () => {
  for (const away of [false, true]) {
    test(`hooks run in each play, in the thread ${away ? "beside it" : "itself"}`, () => {
      const seen: number[] = [];
      const before = native.setBackwardAway(away);
      try {
        const closureOf = ({ model, closure }: Problem) => {
          [...model.parameters()][2]!.registerHook((g) => {
            seen.push(g.sum().itemNumber());
            return g.mul(0.5);
          });
          return closure;
        };
        const both = afterSteps({ model: normed }, closureOf);
        oneMore(both);
        expect(both.captured.counts.replayed).toBeGreaterThan(1);
        expect(seen.length).toBe(2 * 2 * 6);
      } finally {
        native.setBackwardAway(before);
      }
    });
  }

  test("a hook that throws: its error, weights at w, running statistics as before, and the next step goes on", () => {
    let fails = false;
    const closureOf = ({ model, closure }: Problem) => {
      [...model.parameters()][0]!.registerHook(() => {
        if (fails) throw new RangeError("from the hook");
      });
      return closure;
    };
    const both = afterSteps({ model: normed }, closureOf);
    const before = leftBy(both.taped).model;
    fails = true;
    expect(() => both.captured(...batch(1))).toThrow(new RangeError("from the hook"));
    expect(() => both.eager(...batch(1))).toThrow(new RangeError("from the hook"));
    fails = false;
    expect([leftBy(both.taped).model, both.taped.optimizer.isPerturbed]).toEqual([before, false]);
    oneMore(both);
  });

  test("a hook that takes a captured step of its own: refused by name", () => {
    const { model, optimizer, closure } = problem();
    const step = optimizer.capture(closure, { warmup: 1 });
    for (let t = 0; t < 3; t++) step(...batch(t));
    const hook = [...model.parameters()][0]!.registerHook(() => void step(...batch(1)));
    expect(errorOf(() => step(...batch(1))).message).toMatch(/^\[SAM.step\] expected to be called between steps/);
    hook.remove();
    step(...batch(1));
  });
});
