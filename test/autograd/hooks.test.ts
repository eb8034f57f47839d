import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";

const leaf = (data: torch.TensorData) => torch.tensor(data, { requiresGrad: true, dtype: "float64" });

describe.each([
  ["on the JavaScript thread", false],
  ["called from another thread", true],
])("hooks, %s", (_, away) => {
  beforeAll(() => void native.setBackwardAway(away));
  afterAll(() => void native.setBackwardAway(false));

  it("gradient hooks see and replace gradients, and may run a backward themselves", () => {
    const [x, other] = [leaf([1, 2]), leaf([3])];
    const y = x.mul(2);
    y.registerHook((g) => {
      torch.enableGrad(() => other.mul(other).sum().backward());
      return g.mul(other.grad!);
    });
    y.sum().backward();
    expect(x.grad!.toArray()).toEqual([12, 12]);
  });

  it("an error thrown in a hook comes out of backward as it is", () => {
    const thrown = new RangeError("mine");
    for (const register of ["registerHook", "registerPostAccumulateGradHook"] as const) {
      const x = leaf([1]);
      x[register](() => {
        throw thrown;
      });
      let caught: unknown;
      try {
        x.mul(2).backward();
      } catch (error) {
        caught = error;
      }
      expect(caught).toBe(thrown);
    }
  });

  it("after accumulation: in order, each time, with the leaf itself", () => {
    const x = leaf([1, 2]);
    const seen: unknown[] = [];
    const first = x.registerPostAccumulateGradHook((p) => void seen.push(["first", p.is(x), p.grad!.toArray()]));
    x.registerPostAccumulateGradHook(() => void seen.push("second"));
    x.mul(2).sum().backward();
    x.mul(3).sum().backward();
    first.remove();
    first.remove();
    x.sum().backward();
    expect(seen).toEqual([["first", true, [2, 2]], "second", ["first", true, [5, 5]], "second", "second"]);
    torch.autograd.grad([x.sum()], [x]);
    expect(seen.length).toBe(5);
  });

  it("a hook may take itself off", () => {
    const x = leaf([1]);
    let calls = 0;
    const handle = x.registerPostAccumulateGradHook(() => {
      calls++;
      handle.remove();
    });
    x.mul(1).backward();
    x.mul(1).backward();
    expect(calls).toBe(1);
  });

  it("an optimizer step per parameter inside backward equals one after it", () => {
    const make = () => {
      torch.manualSeed(0);
      return new torch.nn.Sequential(new torch.nn.Linear(4, 8), new torch.nn.Tanh(), new torch.nn.Linear(8, 1));
    };
    const [inside, after] = [make(), make()];
    const input = torch.randn([16, 4]);
    for (const p of inside.parameters()) {
      const sgd = new torch.optim.SGD([p], { lr: 0.1, momentum: 0.9 });
      p.registerPostAccumulateGradHook(() => {
        sgd.step();
        sgd.zeroGrad();
      });
    }
    const sgd = new torch.optim.SGD(after.parameters(), { lr: 0.1, momentum: 0.9 });
    for (let i = 0; i < 3; i++) {
      inside.forward(input).square().mean().backward();
      after.forward(input).square().mean().backward();
      sgd.step();
      sgd.zeroGrad();
    }
    expect(inside.parameters().every((p) => p.grad === null)).toBe(true);
    inside.parameters().forEach((p, i) => {
      expect(p.equal(after.parameters()[i]!)).toBe(true);
    });
  });

  it("functions go with their leaf", () => {
    torch.collectGarbage();
    const before = torch.memory();
    torch.tidy(() => {
      const x = leaf([1]);
      const held = torch.keep(torch.zeros([1000]));
      x.registerPostAccumulateGradHook(() => void held.sum());
      x.mul(2).backward();
    });
    torch.collectGarbage();
    expect(torch.memory().tensors).toBe(before.tensors);
  });
});

it("hooks after accumulation are for leaves that require grad", () => {
  const message = (x: torch.Tensor) => errorOf(() => x.registerPostAccumulateGradHook(() => {})).message;
  expect(message(leaf([1]).mul(2))).toContain("expected a leaf that requires grad, got a result, float64 [1] cpu");
  expect(message(torch.ones([1]))).toContain("expected a leaf that requires grad, got float32 [1] cpu");
});
