import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { leaf, withGrad } from "./leaves.js";

// Tensors this small gain nothing from a second thread, and waiting for it takes long where test files share the cores.
torch.setNumThreads(1);

const { optim } = torch;

const valuesOf = (params: Iterable<torch.Tensor>) => [...params].map((p) => p.toArray());

describe("parameter groups", () => {
  it("take parameters, one group, several groups, names, and anything that iterates", () => {
    const [a, b, c] = [leaf([1]), leaf([2]), leaf([3])];
    const shapes = (params: torch.optim.Params<torch.optim.SGDOptions>) =>
      new optim.SGD(params, { lr: 0.5 }).paramGroups.map((g) => [
        g.params.length,
        g.lr,
        g.momentum,
        g.paramNames ?? null,
      ]);
    expect(shapes([a, b])).toEqual([[2, 0.5, 0, null]]);
    expect(shapes(new Set([a, b]))).toEqual([[2, 0.5, 0, null]]);
    expect(
      shapes(
        (function* () {
          yield a;
          yield b;
        })(),
      ),
    ).toEqual([[2, 0.5, 0, null]]);
    expect(
      shapes([
        { params: [a, b], lr: 0.1 },
        { params: c, momentum: 0.9 },
      ]),
    ).toEqual([
      [2, 0.1, 0, null],
      [1, 0.5, 0.9, null],
    ]);
    expect(
      shapes([
        ["a", a],
        ["b", b],
      ] as [string, torch.Tensor][]),
    ).toEqual([[2, 0.5, 0, ["a", "b"]]]);
    expect(shapes([{ params: [["a", a]] }, { params: [["c", c]], lr: undefined }])).toEqual([
      [1, 0.5, 0, ["a"]],
      [1, 0.5, 0, ["c"]],
    ]);
  });

  it("keep keys of the user's own, also in the state", () => {
    const optimizer = new optim.SGD([{ params: [leaf([1])], tag: "stem", nested: { depth: [1, 2] }, rule: () => 1 }], {
      lr: 1,
    });
    expect(optimizer.paramGroups[0]!.tag).toBe("stem");
    const saved = optimizer.stateDict();
    expect(saved.paramGroups[0]).toMatchObject({ tag: "stem", nested: { depth: [1, 2] }, params: [0] });
    expect(saved.paramGroups[0]).not.toHaveProperty("rule");
    optimizer.paramGroups[0]!.tag = "changed";
    optimizer.loadStateDict(saved);
    expect(optimizer.paramGroups[0]).toMatchObject({ tag: "stem", rule: expect.any(Function) });
  });

  it("do not belong to whoever passed them in", () => {
    const given = { params: [leaf([1])], lr: 0.1 };
    const optimizer = new optim.SGD([given]);
    optimizer.paramGroups[0]!.lr = 5;
    expect(given.lr).toBe(0.1);
    given.params.push(leaf([2]));
    expect(optimizer.paramGroups[0]!.params).toHaveLength(1);
  });

  it("heed a number changed by hand at the next step", () => {
    const param = withGrad([1], [1]);
    const optimizer = new optim.SGD([param], { lr: 0.5 });
    optimizer.step();
    optimizer.paramGroups[0]!.lr = 0.25;
    optimizer.step();
    expect(param.toArray()).toEqual([0.25]);
    optimizer.paramGroups[0]!.momentum = 0.5;
    optimizer.step(); // v = 1
    optimizer.step(); // v = 1.5
    expect(param.toArray()).toEqual([0.25 - 0.25 - 0.375]);
  });

  it("can be added, with the optimizer's defaults", () => {
    const [a, b] = [withGrad([1], [1]), withGrad([1], [1])];
    const optimizer = new optim.SGD([a], { lr: 0.5, momentum: 0.9 });
    optimizer.step();
    optimizer.addParamGroup({ params: [b], lr: 0.25 });
    optimizer.step();
    expect(optimizer.paramGroups[1]).toMatchObject({ lr: 0.25, momentum: 0.9 });
    expect(valuesOf([a, b])).toEqual([[1 - 0.5 - 0.5 * 1.9], [0.75]]);
  });

  it("may change their parameters: what is remembered stays with each", () => {
    const [a, b, c] = [withGrad([1], [1]), withGrad([1], [1]), withGrad([1], [1])];
    const optimizer = new optim.SGD([a, b], { lr: 1, momentum: 0.5 });
    optimizer.step();
    optimizer.paramGroups[0]!.params = [c, b];
    optimizer.step();
    expect(valuesOf([a, b, c])).toEqual([[0], [-1.5], [0]]);
    expect(optimizer.stateOf<{ momentumBuffer: torch.Tensor }>(b).momentumBuffer.toArray()).toEqual([1.5]);
    optimizer.paramGroups[0]!.params.pop();
    optimizer.step();
    expect(valuesOf([a, b, c])).toEqual([[0], [-1.5], [-1.5]]);
  });

  const shared = leaf([1]);
  const options = { lr: 0.1 };
  it.each<[string, () => unknown, RegExp]>([
    ["no parameters", () => new optim.SGD([], options), /\[SGD\] expected at least one parameter, got none/],
    ["a tensor instead of a list", () => new optim.SGD(leaf([1]) as never, options), /pass \[tensor\]/],
    ["nothing", () => new optim.SGD(undefined as never, options), /expected parameters, got undefined/],
    ["what is not a tensor", () => new optim.SGD([3] as never, options), /expected parameters to be tensors, got/],
    [
      "groups among parameters",
      () => new optim.SGD([leaf([1]), { params: leaf([2]) }] as never, options),
      /1 groups among 2 items/,
    ],
    ["a group without parameters", () => new optim.SGD([{ lr: 3 }] as never, options), /expected a group \{ params/],
    ["the result of a computation", () => new optim.SGD([leaf([1]).mul(2)], options), /expected leaves.*MulBackward/],
    [
      "a parameter twice in a group",
      () => new optim.SGD([shared, leaf([1]), shared], options),
      /parameter 2 of the group twice/,
    ],
    [
      "a parameter in two groups",
      () => new optim.SGD([{ params: shared }, { params: [leaf([2]), shared] }], options),
      /parameter 1 of the group twice/,
    ],
    [
      "a named parameter twice",
      () =>
        new optim.SGD(
          [
            ["a", shared],
            ["b", shared],
          ] as [string, torch.Tensor][],
          options,
        ),
      /got b twice/,
    ],
    ["too few names beside", () => new optim.SGD([{ params: [shared], paramNames: [] }], options), /1 names, one per/],
    ["names for some only", () => new optim.SGD([["a", shared], leaf([1])] as never, options), /got 1 names for 2/],
    [
      "names in some groups only",
      () => new optim.SGD([{ params: [["a", shared]] }, { params: leaf([1]) }] as never, options),
      /without names/,
    ],
    ["an unknown option", () => new optim.SGD([shared], { momemtum: 1 } as never), /did you mean 'momentum'/],
    ["lr < 0", () => new optim.SGD([shared], { lr: -0.1 }), /\[SGD\] expected lr >= 0, got -0.1/],
    ["lr NaN", () => new optim.Adam([shared], { lr: Number.NaN }), /\[Adam\] expected lr >= 0, got NaN/],
    ["lr < 0 in a group", () => new optim.Adam([{ params: shared, lr: -1 }]), /lr >= 0, got -1/],
    ["momentum < 0", () => new optim.SGD([shared], { lr: 1, momentum: -1 }), /momentum >= 0/],
    ["weight decay < 0", () => new optim.AdamW([shared], { weightDecay: -1 }), /\[AdamW\] expected weightDecay >= 0/],
    [
      "nesterov without momentum",
      () => new optim.SGD([shared], { nesterov: true }),
      /momentum > 0 and dampening 0 with nesterov/,
    ],
    [
      "nesterov with dampening",
      () => new optim.SGD([shared], { nesterov: true, momentum: 0.9, dampening: 0.1 }),
      /dampening 0/,
    ],
    ["beta 1", () => new optim.Adam([shared], { betas: [1, 0.9] }), /0 <= betas\[0\] < 1, got 1/],
    ["beta < 0", () => new optim.AdamW([shared], { betas: [0.9, -0.1] }), /0 <= betas\[1\] < 1, got -0.1/],
    ["one beta", () => new optim.Adam([shared], { betas: [0.9] as never }), /betas to be two numbers/],
    ["eps < 0", () => new optim.Adam([shared], { eps: -1 }), /eps >= 0/],
    ["alpha < 0", () => new optim.RMSprop([shared], { alpha: -1 }), /alpha >= 0/],
    ["lrDecay < 0", () => new optim.Adagrad([shared], { lrDecay: -1 }), /lrDecay >= 0/],
    ["Adamax: eps < 0", () => new optim.Adamax([shared], { eps: -1 }), /\[Adamax\] expected eps >= 0/],
    ["NAdam: beta 1", () => new optim.NAdam([shared], { betas: [0.9, 1] }), /0 <= betas\[1\] < 1, got 1/],
    ["RAdam: lr < 0", () => new optim.RAdam([shared], { lr: -1 }), /\[RAdam\] expected lr >= 0/],
    ["Adadelta: rho > 1", () => new optim.Adadelta([shared], { rho: 1.5 }), /0 <= rho <= 1, got 1.5/],
    ["Rprop: etas", () => new optim.Rprop([shared], { etas: [1.2, 0.5] }), /0 < etas\[0\] < 1 < etas\[1\]/],
    ["Rprop: step sizes", () => new optim.Rprop([shared], { stepSizes: [1, 0] }), /stepSizes\[0\] <= stepSizes\[1\]/],
    ["ASGD: lr < 0", () => new optim.ASGD([shared], { lr: -1 }), /\[ASGD\] expected lr >= 0/],
    ["Adafactor: d < 1", () => new optim.Adafactor([shared], { d: 0.5 }), /d >= 1, got 0.5/],
    ["Adafactor: beta2Decay > 0", () => new optim.Adafactor([shared], { beta2Decay: 0.8 }), /beta2Decay <= 0/],
  ])("refuse %s", (_, fn, message) => {
    expect(fn).toThrow(torch.TorchError);
    expect(fn).toThrow(message);
  });

  it("refuse a number that has become something else, and leave the weights", () => {
    const param = withGrad([1], [1]);
    const optimizer = new optim.SGD([param], { lr: 0.5 });
    optimizer.paramGroups[0]!.lr = undefined as never;
    expect(() => optimizer.step()).toThrow(/\[SGD\] expected the group's lr to be a number, got undefined/);
    expect(param.toArray()).toEqual([1]);
  });

  it("on tensors refuse complex parameters before anything has changed, and states that are not theirs", () => {
    const [real, complex] = [withGrad([1], [1]), torch.tensor([new torch.Complex(1, 2)]).requiresGrad_()];
    complex.grad = torch.tensor([new torch.Complex(1, 0)]);
    const optimizer = new optim.RAdam([real, complex], { lr: 0.5 });
    expect(() => optimizer.step()).toThrow(/\[RAdam\].*complex/);
    expect(real.toArray()).toEqual([1]);
    const one = new optim.NAdam([withGrad([1], [1])]);
    const load = (entry: object) => () =>
      one.loadStateDict({ state: { 0: entry }, paramGroups: [{ params: [0] }] } as never);
    const zero = torch.zeros([1]);
    expect(load({ step: 1, muProduct: 1, expAvg: zero })).toThrow(/the state of parameter 0 to have expAvgSq, got/);
    expect(load({ step: 1, muProduct: 1, expAvg: zero, expAvgSq: torch.zeros([2]) })).toThrow(
      /expAvgSq of shape \[1\], got \[2\]/,
    );
    expect(load({ step: zero.expand(2), muProduct: 1, expAvg: zero, expAvgSq: zero })).toThrow(/a number as step/);
    expect(load({ step: 1, muProduct: 1, expAvg: zero, expAvgSq: zero, extra: 1 })).toThrow(/got extra/);
  });

  it("refuse a parameter that was freed", () => {
    const param = withGrad([1], [1]);
    const optimizer = new optim.SGD([param], { lr: 0.5 });
    param.dispose();
    expect(() => optimizer.step()).toThrow(/disposed/);
  });
});
