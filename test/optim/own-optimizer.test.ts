import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { expectSame } from "./fixtures.js";
import { withGrad } from "./leaves.js";
import { SignMomentum } from "./sign-momentum.js";

// Tensors this small gain nothing from a second thread, and waiting for it takes long where test files share the cores.
torch.setNumThreads(1);

const { optim } = torch;

describe("an optimizer of one's own", () => {
  it("remembers what it put into its state, however often it is replaced and inside tidy()", () => {
    const param = withGrad([0, 0], [1, -1]);
    const optimizer = new SignMomentum([param], { lr: 0.5 });
    torch.tidy(() => optimizer.step());
    const before = liveMemory().tensors;
    for (let i = 0; i < 5; i++) torch.tidy(() => optimizer.step());
    expect(liveMemory().tensors).toBeLessThanOrEqual(before);
    expect(param.toArray()).toEqual([-3, 3]);
    expect(optimizer.stateOf(param)).toMatchObject({ steps: 6 });
  });

  it("is saved and resumed bit-equal", () => {
    const make = () => new SignMomentum([withGrad([0.5], [1]), withGrad([1, 2], [-2, 0.1])], { lr: 0.3 });
    const [whole, first, second] = [make(), make(), make()];
    for (let i = 0; i < 2; i++) {
      whole.step();
      first.step();
    }
    const saved = first.stateDict();
    expect(saved.paramGroups).toEqual([{ lr: 0.3, beta: 0.5, params: [0, 1] }]);
    torch.noGrad(() => {
      for (const [i, param] of second.paramGroups[0]!.params.entries()) param.copy_(first.paramGroups[0]!.params[i]!);
    });
    second.loadStateDict(saved);
    first.step(); // must not reach into the copy
    for (let i = 0; i < 2; i++) {
      for (const param of second.paramGroups[0]!.params) param.grad = param.grad!.mul(-1);
      for (const param of whole.paramGroups[0]!.params) param.grad = param.grad!.mul(-1);
      whole.step();
      second.step();
    }
    expectSame(expect, second.stateDict(), whole.stateDict());
    expectSame(expect, second.paramGroups[0]!.params, whole.paramGroups[0]!.params);
  });

  it("keeps keys in snake_case as they are", () => {
    class Counting extends optim.Optimizer<{ lr: number }> {
      protected override updateParam(param: torch.Tensor): void {
        this.stateOf(param, () => ({ times_seen: 0, history: [1, { deep: true }] })).times_seen++;
      }
    }
    const param = withGrad([1], [1]);
    const [first, second] = [new Counting([param], { lr: 1 }), new Counting([param], { lr: 1 })];
    first.step();
    second.loadStateDict(first.stateDict());
    second.step();
    expect(second.stateDict().state[0]).toEqual({ times_seen: 2, history: [1, { deep: true }] });
  });

  it("may have a step of its own, and then answers for loss scaling itself", () => {
    class Own extends optim.Optimizer {
      override step(): undefined {
        torch.noGrad(() => {
          for (const group of this.paramGroups) for (const param of group.params) param.sub_(param.grad!);
        });
      }
    }
    const param = withGrad([1], [3]);
    const optimizer = new Own([param], {});
    expect(optimizer.supportsFoundInf).toBe(false);
    optimizer.step();
    expect(param.toArray()).toEqual([-2]);
  });

  it("that says nothing of updates says so when it steps", () => {
    class Empty extends optim.Optimizer {}
    expect(() => new Empty([withGrad([1], [1])], {}).step()).toThrow(/\[Empty\].*\n {2}help: implement updateParam/);
  });
});
