import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const leaf = (data: torch.TensorData) => torch.tensor(data, { requiresGrad: true, dtype: "float64" });

describe("1. backward", () => {
  it("accumulates into leaves", () => {
    const x = leaf([1, 2]);
    x.mul(x).sum().backward();
    expect(x.grad!.toArray()).toEqual([2, 4]);
    x.sum().backward();
    expect(x.grad!.toArray()).toEqual([3, 5]);
    x.grad = null;
    expect(x.grad).toBe(null);
  });

  it("with a gradient, for some inputs, from several outputs", () => {
    const x = leaf([1, 2]);
    const y = leaf([3, 4]);
    x.mul(y).backward({ gradient: torch.tensor([1, 10], { dtype: "float64" }), inputs: [x] });
    expect(x.grad!.toArray()).toEqual([3, 40]);
    expect(y.grad).toBe(null);
    torch.autograd.backward([x.sum(), y.prod()], { inputs: [y] });
    expect(y.grad!.toArray()).toEqual([4, 3]);
  });

  it("the gradient may come first, as in PyTorch", () => {
    const x = leaf([1, 2]);
    const y = x.mul(x);
    y.backward(torch.tensor([1, 10], { dtype: "float64" }), { retainGraph: true });
    y.backward(torch.tensor([1, 10], { dtype: "float64" }));
    expect(x.grad!.toArray()).toEqual([4, 80]);
  });

  it("the graph is freed unless it is retained", () => {
    const x = leaf([1, 2]);
    const loss = x.exp().sum();
    loss.backward({ retainGraph: true });
    loss.backward();
    const error = errorOf(() => loss.backward());
    expect(error.code).toBe("E_TORCH");
    expect(error.help).toContain("retainGraph");
  });

  it("createGraph: derivatives of derivatives", () => {
    const x = leaf([2]);
    const [first] = torch.autograd.grad([x.pow(3).sum()], [x], { createGraph: true });
    expect(first!.toArray()).toEqual([12]);
    const [second] = torch.autograd.grad([first!.sum()], [x], { createGraph: true });
    expect(second!.toArray()).toEqual([12]);
    second!.sum().backward();
    expect(x.grad!.toArray()).toEqual([6]);
  });

  it("grad: unused inputs, gradOutputs", () => {
    const x = leaf([1, 2]);
    const y = leaf([1]);
    const out = x.mul(3);
    expect(() => torch.autograd.grad([out.sum()], [y])).toThrow(/to not have been used/);
    const gradients = torch.autograd.grad([x.mul(3).sum()], [x, y], { allowUnused: true });
    expect([gradients[0]!.toArray(), gradients[1]]).toEqual([[3, 3], null]);
    expect(
      torch.autograd.grad(out, [x], { gradOutputs: [torch.tensor([1, 2], { dtype: "float64" })] })[0]!.toArray(),
    ).toEqual([3, 6]);
  });

  it("one tensor stands for a list of it", () => {
    const x = torch.tensor([1, 2, 3], { requiresGrad: true });
    const flow = torch.tensor([1, 0, 2]);
    const y = x.square();
    const [bare] = torch.autograd.grad(y, x, { gradOutputs: flow, retainGraph: true });
    const [listed] = torch.autograd.grad([y], [x], { gradOutputs: [flow], retainGraph: true });
    expect(bare!.toArray()).toEqual(listed!.toArray());
    const other = torch.ones([2], { requiresGrad: true });
    const [zeros] = torch.autograd.grad(y, other, { gradOutputs: flow, retainGraph: true, materializeGrads: true });
    expect(zeros!.toArray()).toEqual([0, 0]);
    torch.autograd.backward(y, { gradients: flow, inputs: x });
    expect(x.grad!.toArray()).toEqual(listed!.toArray());
    for (const wrong of [3, null, undefined, [null]] as never[]) {
      for (const run of [
        () => torch.autograd.grad(y, wrong, { gradOutputs: flow }),
        () => torch.autograd.grad(wrong, x),
        () => torch.autograd.backward(wrong),
      ]) {
        const error = errorOf(run);
        expect([error.code, error.message]).toEqual(["E_ARG", expect.stringContaining("expected a tensor")]);
      }
    }
  });
  it("leaves, gradFn, retainGrad, detach", () => {
    const x = leaf([1, 2]);
    const y = x.mul(2).retainGrad();
    expect([x.isLeaf, y.isLeaf, x.gradFn, y.gradFn]).toEqual([true, false, null, "MulBackward0"]);
    y.sum().backward();
    expect(y.grad!.toArray()).toEqual([1, 1]);
    expect(y.detach().requiresGrad).toBe(false);
    expect(y.detach().is(y)).toBe(false);
  });

  it("hooks see and replace gradients", () => {
    const x = leaf([1, 2]);
    const seen: unknown[] = [];
    const handle = x.registerHook((g) => {
      seen.push(g.toArray());
      return g.mul(10);
    });
    x.mul(2).sum().backward();
    expect([seen, x.grad!.toArray()]).toEqual([[[2, 2]], [20, 20]]);
    handle.remove();
    x.sum().backward();
    expect(x.grad!.toArray()).toEqual([21, 21]);
    expect(seen.length).toBe(1);
  });

  it("an error thrown in a hook comes out of backward as it is", () => {
    const x = leaf([1]);
    const thrown = new RangeError("mine");
    x.registerHook(() => {
      throw thrown;
    });
    let caught: unknown;
    try {
      x.sum().backward();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
  });

  it("in-place operators keep the graph right", () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    y.add_(1);
    y.select(0, 0).mul_(2);
    y.sum().backward();
    expect(x.grad!.toArray()).toEqual([6, 3]);
  });

  it("complex numbers", () => {
    const z = torch.tensor([new torch.Complex(3, 4)], { dtype: "complex128", requiresGrad: true });
    z.abs().sum().backward();
    const g = z.grad!.item() as torch.Complex;
    expect(g.re).toBeCloseTo(0.6, 12);
    expect(g.im).toBeCloseTo(0.8, 12);
  });
});

describe("2. what is refused", () => {
  it("backward of what needs no gradient", () => {
    const error = errorOf(() => torch.ones([1]).backward());
    expect(error.code).toBe("E_ARG");
    expect(error.message).toContain("[backward] expected a tensor that requires grad, got float32 [1] cpu");
  });

  it("backward of several elements without a gradient", () => {
    expect(errorOf(() => leaf([1, 2]).mul(2).backward()).message).toContain(
      "expected a scalar output or a gradient for it",
    );
  });

  it("in-place changes of a leaf, and of what backward needs", () => {
    const x = leaf([1, 2]);
    expect(errorOf(() => x.add_(1)).help).toContain("torch.noGrad");
    const y = x.exp();
    y.add_(1);
    expect(errorOf(() => y.sum().backward()).help).toContain("without the underscore");
  });

  it("requiresGrad of integers and of results", () => {
    expect(errorOf(() => torch.zeros([1], { dtype: "int64" }).requiresGrad_()).message).toContain(
      "expected a floating point or complex tensor",
    );
    expect(errorOf(() => leaf([1]).mul(2).requiresGrad_(false)).help).toContain("detach");
  });

  it("a gradient of another shape", () => {
    const x = leaf([1, 2]);
    expect(errorOf(() => (x.grad = torch.zeros([3]))).message).toContain(
      "[grad] expected a gradient like float64 [2] cpu",
    );
    expect(errorOf(() => x.mul(2).backward({ gradient: torch.zeros([3]) })).code).toBe("E_TORCH");
  });
});

describe("3. modes", () => {
  it("noGrad, enableGrad, nested, and after an error", () => {
    const x = leaf([1]);
    torch.noGrad(() => {
      expect(x.mul(2).requiresGrad).toBe(false);
      expect(torch.enableGrad(() => x.mul(2)).requiresGrad).toBe(true);
      expect(torch.isGradEnabled()).toBe(false);
    });
    expect(() =>
      torch.noGrad(() => {
        throw new Error("x");
      }),
    ).toThrow("x");
    expect(torch.isGradEnabled()).toBe(true);
  });

  it("inferenceMode: results never take part in autograd", () => {
    const y = torch.inferenceMode(() => leaf([1]).mul(2));
    expect(y.isInference()).toBe(true);
    expect(errorOf(() => leaf([1]).mul(y)).code).toBe("E_TORCH");
    expect(torch.zeros([1]).isInference()).toBe(false);
  });

  it("autocast: matrix products in bfloat16, sums in float32; nested and cached", () => {
    const a = torch.ones([2, 2]);
    torch.autocast("cpu", { dtype: "bfloat16" }, () => {
      expect(torch.isAutocastEnabled()).toBe(true);
      const product = a.matmul(a);
      expect(product.dtype).toBe("bfloat16");
      expect(torch.nn.functional.mseLoss(product, a).dtype).toBe("float32");
      expect(torch.autocast("cpu", { enabled: false }, () => a.matmul(a)).dtype).toBe("float32");
    });
    expect(torch.isAutocastEnabled()).toBe(false);
    expect(a.matmul(a).dtype).toBe("float32");
  });

  it("autocast's cached casts do not outlive a change of the weights", () => {
    const w = torch.ones([2, 2], { requiresGrad: true });
    const run = () => torch.autocast("cpu", { dtype: "bfloat16" }, () => w.matmul(w));
    expect(run().toArray()).toEqual([
      [2, 2],
      [2, 2],
    ]);
    torch.noGrad(() => w.fill_(2));
    expect(run().toArray()).toEqual([
      [8, 8],
      [8, 8],
    ]);
  });

  it("detectAnomaly makes NaN gradients errors", () => {
    const x = leaf([-1]);
    const run = () => torch.autograd.detectAnomaly(() => x.sqrt().sum().backward());
    expect(errorOf(run).message).toMatch(/returned nan values/);
    x.sqrt().sum().backward();
    expect(x.grad!.item()).toBeNaN();
  });
});
