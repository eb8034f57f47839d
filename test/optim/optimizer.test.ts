import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { leaf, withGrad } from "./leaves.js";
import { SignMomentum } from "./sign-momentum.js";

// Tensors this small gain nothing from a second thread, and waiting for it takes long where test files share the cores.
torch.setNumThreads(1);

const { optim } = torch;

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
