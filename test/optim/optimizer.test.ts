import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { expectSame } from "./fixtures.js";

// Tensors this small gain nothing from a second thread, and waiting for it takes long where test files share the cores.
torch.setNumThreads(1);

const { optim } = torch;

const leaf = (values: number[]) => torch.tensor(values, { dtype: "float64" }).requiresGrad_();
const withGrad = (values: number[], grad: number[]) => {
  const param = leaf(values);
  param.grad = torch.tensor(grad, { dtype: "float64" });
  return param;
};
const valuesOf = (params: Iterable<torch.Tensor>) => [...params].map((p) => p.toArray());

/** An optimizer as a user writes it. */
class SignMomentum extends optim.Optimizer<{ lr: number; beta: number }> {
  constructor(params: torch.optim.Params<{ lr: number; beta: number }>, options: { lr: number; beta?: number }) {
    super(params, { beta: 0.5, ...options });
  }
  protected override updateParam(param: torch.Tensor, grad: torch.Tensor, group: { lr: number; beta: number }): void {
    const state = this.stateOf(param, () => ({ average: torch.zerosLike(param), steps: 0 }));
    state.average = state.average.mul(group.beta).add(grad, { alpha: 1 - group.beta });
    state.steps++;
    param.sub_(state.average.sign(), { alpha: group.lr });
  }
}

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

describe("zeroGrad", () => {
  it("forgets gradients, or fills them with zeros", () => {
    const param = withGrad([1, 2], [3, 4]);
    const optimizer = new optim.SGD([param], { lr: 1, momentum: 0.5 });
    const grad = param.grad!;
    optimizer.zeroGrad({ setToNone: false });
    expect(grad.toArray()).toEqual([0, 0]);
    expect(param.grad).not.toBeNull();
    optimizer.zeroGrad();
    expect(param.grad).toBeNull();
    optimizer.step();
    expect(param.toArray()).toEqual([1, 2]);
  });
});

describe.each([
  ["SGD", (params: torch.Tensor[]) => new optim.SGD(params, { lr: 0.5 })],
  ["an optimizer of one's own", (params: torch.Tensor[]) => new SignMomentum(params, { lr: 0.5 })],
] as const)("step of %s", (_, make) => {
  it("runs the closure with gradients recorded and returns its loss", () => {
    const param = leaf([2]);
    const optimizer = make([param]);
    const loss = torch.noGrad(() =>
      optimizer.step(() => {
        optimizer.zeroGrad();
        const value = param.square().sum();
        value.backward();
        return value;
      }),
    );
    expect(loss!.itemNumber()).toBe(4);
    expect(param.toArray()).not.toEqual([2]);
    expect(optimizer.step()).toBeUndefined();
  });

  it("leaves the weights when the closure throws, is asynchronous or is no function", () => {
    const param = withGrad([2], [1]);
    const optimizer = make([param]);
    expect(() =>
      optimizer.step(() => {
        throw new Error("mine");
      }),
    ).toThrow("mine");
    expect(() => optimizer.step((async () => torch.zeros([])) as never)).toThrow(
      /got a promise\n {2}help: the closure must be synchronous/,
    );
    expect(() => optimizer.step(3 as never)).toThrow(/expected a closure or nothing, got number/);
    expect(param.toArray()).toEqual([2]);
    expect(torch.isGradEnabled()).toBe(true);
  });

  it("does nothing when a gradient was not finite, and divides by the scale", () => {
    const param = withGrad([2], [Number.POSITIVE_INFINITY]);
    const optimizer = make([param]);
    expect(optimizer.supportsFoundInf).toBe(true);
    optimizer.foundInf = torch.tensor([1], { dtype: "float32" });
    optimizer.step();
    expect(param.toArray()).toEqual([2]);
    expect(optimizer.stateDict().state).toEqual({});

    optimizer.foundInf = torch.tensor([0], { dtype: "float32" });
    optimizer.gradScale = torch.tensor(4, { dtype: "float32" });
    param.grad = torch.tensor([2], { dtype: "float64" });
    optimizer.step();
    expect(param.grad.toArray()).toEqual([0.5]);
    const other = withGrad([2], [0.5]);
    make([other]).step();
    expect(param.toArray()).toEqual(other.toArray());
  });
});

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

describe("what an optimizer holds", () => {
  it("is a few tensors per parameter, and goes with dispose()", () => {
    const params = [withGrad([1, 2], [1, 1]), withGrad([1, 2], [1, 1])];
    const before = liveMemory().allocated;
    const optimizer = new optim.Adam(params);
    optimizer.step();
    const after = torch.memory().allocated;
    // expAvg and expAvgSq of two float64 and one float32 count, each on a page of its own size class at most
    expect(after - before).toBeGreaterThanOrEqual(2 * (2 * 16 + 4));
    for (let i = 0; i < 50; i++) optimizer.step();
    expect(torch.memory().allocated).toBe(after);
    optimizer.dispose();
    expect(torch.memory().allocated).toBe(before);
    optimizer.step(); // begins anew
    expect(optimizer.stateOf<{ step: torch.Tensor }>(params[0]!).step.item()).toBe(1);
  });

  it("goes when nothing refers to the optimizer any more", async () => {
    const param = withGrad([1, 2], [1, 1]);
    const settled = async () => {
      for (let i = 0; i < 5; i++) {
        torch.collectGarbage();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return torch.memory().allocated;
    };
    const before = await settled();
    const held = (() => {
      const optimizer = new optim.Adam([param]);
      optimizer.step();
      return torch.memory().allocated - before;
    })();
    expect(held).toBeGreaterThan(0);
    expect(await settled()).toBe(before);
  });

  it("outlives the tidy() in which it was made", () => {
    const optimizer = torch.tidy(() => {
      const made = new optim.Adam([withGrad([1], [1])], { lr: 0.5 });
      made.step();
      return { made };
    }).made;
    optimizer.step();
    expect(optimizer.paramGroups[0]!.params[0]!.toArray()[0 as never]).toBeCloseTo(0, 6);
  });

  it("shows its groups when printed", () => {
    const optimizer = new optim.SGD(
      [
        { params: [leaf([1]), leaf([2])], lr: 0.1 },
        { params: leaf([3]), lr: 0.2 },
      ],
      { momentum: 0.9 },
    );
    expect(String(optimizer)).toContain("SGD (\n  group 0: 2 parameters\n    lr: 0.1\n    momentum: 0.9\n");
    expect(String(optimizer)).toContain("  group 1: 1 parameter\n    lr: 0.2\n");
  });
});
