import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";

const F = torch.nn.functional;
const REDUCTIONS = ["none", "mean", "sum"] as const;

/** The loss and its gradient, by one node of autograd and by LibTorch's operator, which has a dozen. */
function both(dtype: torch.DType, options: Parameters<typeof F.crossEntropy>[2], target: torch.Tensor, classes = 7) {
  torch.manualSeed(1);
  const logits = torch.randn([target.numel(), classes], { dtype }).mul(3);
  const run = (loss: (x: torch.Tensor) => torch.Tensor) => {
    const x = logits.detach().requiresGrad_();
    const value = loss(x);
    const weights = torch.arange(value.numel(), { dtype }).add(1).reshape(value.shape);
    value.mul(weights).sum().backward();
    return [value.detach(), x.grad!] as const;
  };
  const { reduction = "mean", ignoreIndex = -100, labelSmoothing = 0 } = options ?? {};
  const code = REDUCTIONS.indexOf(reduction);
  return {
    own: run((x) => F.crossEntropy(x, target, options)),
    theirs: run((x) => torch.crossEntropyLoss(x, target, null, code, ignoreIndex, labelSmoothing)),
  };
}

describe("crossEntropy as one node", () => {
  const labels = torch.tensor([0, 3, 6, 3, 2, 5], { dtype: "int64" });
  for (const dtype of ["float32", "float64"] as const) {
    for (const reduction of REDUCTIONS) {
      for (const labelSmoothing of [0, 0.1, 1]) {
        for (const ignoreIndex of [-100, 3]) {
          it(`${dtype}, ${reduction}, smoothing ${labelSmoothing}, without class ${ignoreIndex}: LibTorch's values and gradients`, () => {
            const { own, theirs } = both(dtype, { reduction, labelSmoothing, ignoreIndex }, labels);
            const tolerance = dtype === "float32" ? { rtol: 2e-6, atol: 2e-6 } : { rtol: 1e-14, atol: 1e-14 };
            expect(own[0].shape).toEqual(theirs[0].shape);
            expect(own[0].dtype).toBe(dtype);
            expect(torch.allclose(own[0], theirs[0], tolerance)).toBe(true);
            expect(torch.allclose(own[1], theirs[1], tolerance)).toBe(true);
          });
        }
      }
    }
  }

  it("is one node for logits [N, C], and LibTorch's for what it leaves to it", () => {
    const node = (x: torch.Tensor, y: torch.Tensor, weight: torch.Tensor | null = null) =>
      F.crossEntropy(x.requiresGrad_(), y, { weight }).gradFn ?? "";
    const x = () => torch.randn([6, 7]);
    expect(node(x(), labels)).toMatch(/CrossEntropy/);
    expect(node(x(), labels, torch.ones([7]))).not.toMatch(/CrossEntropy/);
    expect(node(x().to("bfloat16"), labels)).not.toMatch(/CrossEntropy/);
    expect(node(torch.randn([6, 7, 2]), torch.zeros([6, 2], { dtype: "int64" }))).not.toMatch(/CrossEntropy/);
    expect(node(x(), torch.softmax(x(), 1))).not.toMatch(/CrossEntropy/);
  });

  it("the same gradient from a graph that is kept, and LibTorch's of logits that are infinite", () => {
    const run = (loss: (x: torch.Tensor) => torch.Tensor) => {
      const x = torch
        .tensor([
          [1, 2, 3],
          [Number.NEGATIVE_INFINITY, 2, 1],
          [Number.POSITIVE_INFINITY, 2, 1],
          [Number.NaN, 2, 1],
          [88, -88, 0],
        ])
        .requiresGrad_();
      const value = loss(x);
      value.backward({ retainGraph: true });
      const once = x.grad!.clone();
      x.grad = null;
      value.backward();
      expect(torch.equal(once.nanToNum(), x.grad!.nanToNum())).toBe(true);
      return once;
    };
    const target = torch.tensor([0, 1, 1, 2, 1], { dtype: "int64" });
    const ours = run((x) => F.crossEntropy(x, target, { reduction: "none" }).nanToNum().sum());
    const theirs = run((x) => torch.crossEntropyLoss(x, target, null, 0).nanToNum().sum());
    expect(torch.allclose(ours, theirs, { rtol: 2e-6, atol: 2e-6, equalNan: true })).toBe(true);
    expect(ours.isnan().any().itemNumber()).toBe(1);
  });

  it("logits that do not lie row by row, and no gradient at all", () => {
    const logits = torch.randn([7, 6]).t();
    const expected = torch.crossEntropyLoss(logits, labels).itemNumber();
    expect(F.crossEntropy(logits, labels).itemNumber()).toBeCloseTo(expected, 6);
    expect(torch.noGrad(() => F.crossEntropy(logits.contiguous(), labels)).itemNumber()).toBeCloseTo(expected, 6);
    expect(torch.inferenceMode(() => F.crossEntropy(logits.contiguous(), labels)).itemNumber()).toBeCloseTo(
      expected,
      6,
    );
  });

  it("every row ignored: NaN for the mean and gradients of 0, as in PyTorch", () => {
    const none = torch.full([6], -100, { dtype: "int64" });
    const { own, theirs } = both("float32", { labelSmoothing: 0.1 }, none);
    expect(own[0].itemNumber()).toBeNaN();
    expect(theirs[0].itemNumber()).toBeNaN();
    expect(own[1].tolist()).toEqual(torch.zeros([6, 7]).tolist());
    expect(theirs[1].tolist()).toEqual(torch.zeros([6, 7]).tolist());
  });

  it("infinite logits give what LibTorch gives", () => {
    const x = torch.tensor([
      [0, Number.NEGATIVE_INFINITY, 1],
      [Number.POSITIVE_INFINITY, 0, 0],
    ]);
    const y = torch.tensor([0, 1], { dtype: "int64" });
    const own = F.crossEntropy(x, y, { reduction: "none" });
    expect(own.tolist()).toEqual(torch.crossEntropyLoss(x, y, null, 0).tolist());
  });

  it("a class number out of range is LibTorch's error, with the tensors named", () => {
    const y = torch.tensor([0, 7], { dtype: "int64" });
    expect(() => F.crossEntropy(torch.randn([2, 7]), y)).toThrow(/\[crossEntropy\].*out of bounds/s);
    expect(() => F.crossEntropy(torch.randn([3, 7]), y)).toThrow(torch.TorchError);
    expect(() => F.crossEntropy(torch.randn([2, 7]), y, { labelSmoothing: 2 })).toThrow(torch.TorchError);
  });

  for (const reduction of REDUCTIONS) {
    it(`${reduction}: first and second derivatives are those of finite differences`, () => {
      const x = torch.randn([6, 7], { dtype: "float64" }).requiresGrad_();
      const f = (input: torch.Tensor) =>
        F.crossEntropy(input, labels, { reduction, labelSmoothing: 0.2, ignoreIndex: 3 });
      expect(torch.autograd.gradcheck(f, [x])).toBe(true);
      expect(torch.autograd.gradgradcheck(f, [x])).toBe(true);
    });
  }

  it("the gradient of a thousand rows in several threads is that of one thread", () => {
    const y = torch.randint(0, 100, [1000]);
    const many = both("float32", { labelSmoothing: 0.1 }, y, 100).own[1];
    const threads = torch.getNumThreads();
    torch.setNumThreads(1);
    try {
      expect(torch.equal(many, both("float32", { labelSmoothing: 0.1 }, y, 100).own[1])).toBe(true);
    } finally {
      torch.setNumThreads(threads);
    }
  });
});
