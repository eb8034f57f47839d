import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { expectSame } from "./fixtures.js";
import { withGrad } from "./leaves.js";

// Tensors this small gain nothing from a second thread, and waiting for it takes long where test files share the cores.
torch.setNumThreads(1);

const { optim } = torch;

describe("loadStateDict refuses, and changes nothing", () => {
  const make = () => {
    const optimizer = new optim.Adam([
      { params: [withGrad([1, 2], [1, 1]), withGrad([3], [1])], lr: 0.1 },
      { params: [withGrad([4], [1])] },
    ]);
    optimizer.step();
    return optimizer;
  };
  const good = make().stateDict();
  const edit = (change: (state: ReturnType<typeof structure>) => void) => {
    const copy = structure();
    change(copy);
    return copy;
  };
  const structure = () => ({
    state: Object.fromEntries(Object.entries(good.state).map(([id, entry]) => [id, { ...entry }])) as Record<
      string,
      Record<string, unknown>
    >,
    paramGroups: good.paramGroups.map((group) => ({ ...group, params: [...group.params] })) as Record<
      string,
      unknown
    >[],
  });

  it.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /expected \{ state, paramGroups \}, got undefined/],
    ["a list", [], /expected \{ state, paramGroups \}/],
    ["another kind of state", { lastEpoch: 3 }, /an object with lastEpoch/],
    ["fewer groups", edit((s) => s.paramGroups.pop()), /expected 2 parameter groups, got 1/],
    ["fewer parameters", edit((s) => (s.paramGroups[0]!.params as number[]).pop()), /2 parameters in group 0, got 1/],
    [
      "a parameter twice",
      edit((s) => {
        s.paramGroups[1]!.params = [0];
      }),
      /each parameter once, got number 0 twice/,
    ],
    [
      "a group without params",
      edit((s) => {
        delete s.paramGroups[1]!.params;
      }),
      /group 1 to have params/,
    ],
    [
      "state of an unknown parameter",
      edit((s) => {
        s.state[7] = s.state[0]!;
      }),
      /state of parameters 0, 1, 2, got of 7/,
    ],
    [
      "another shape",
      edit((s) => {
        s.state[0]!.expAvg = torch.zeros([3]);
      }),
      /expAvg of shape \[2\], got \[3\]/,
    ],
    [
      "what is no tensor",
      edit((s) => {
        s.state[1]!.expAvgSq = 3;
      }),
      /a tensor as expAvgSq/,
    ],
    [
      "part of a state",
      edit((s) => {
        delete s.state[2]!.step;
      }),
      /parameter 2 to have step/,
    ],
    [
      "a broken step",
      edit((s) => {
        s.state[2]!.step = "3";
      }),
      /a number as step/,
    ],
    [
      "another optimizer's state",
      edit((s) => {
        s.state[1]!.momentumBuffer = torch.zeros([1]);
      }),
      /got momentumBuffer/,
    ],
    [
      "an option of another type",
      edit((s) => {
        s.paramGroups[0]!.lr = "0.1";
      }),
      /lr of group 0 to be a number/,
    ],
    [
      "betas that are no list",
      edit((s) => {
        s.paramGroups[0]!.betas = 0.9;
      }),
      /betas of group 0 to be a list/,
    ],
    [
      "an option out of range",
      edit((s) => {
        s.paramGroups[1]!.lr = -1;
      }),
      /lr >= 0, got -1/,
    ],
  ])("%s", (_, state, message) => {
    const optimizer = make();
    const before = optimizer.stateDict();
    expect(() => optimizer.loadStateDict(state as never)).toThrow(message);
    try {
      optimizer.loadStateDict(state as never);
    } catch (error) {
      expect(["E_CHECKPOINT", "E_ARG"]).toContain((error as torch.TorchError).code);
    }
    expectSame(expect, optimizer.stateDict(), before);
  });

  it("a tensor that was freed", () => {
    const optimizer = make();
    const before = optimizer.stateDict();
    const state = optimizer.stateDict();
    (state.state[0]!.expAvg as torch.Tensor).dispose();
    expect(() => optimizer.loadStateDict(state)).toThrow(/parameter 0 to be live, got expAvg/);
    expectSame(expect, optimizer.stateDict(), before);
  });
});
