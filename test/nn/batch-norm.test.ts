import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { freezeRunningStatistics } from "../../lib/running-statistics.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;
const F = nn.functional;
const image = () => torch.randn([4, 3, 5, 5]);
const bytesOf = (module: torch.nn.AnyModule) =>
  Object.fromEntries(module.namedBuffers().map(([name, b]) => [name, Buffer.from(b.bytes()).toString("hex")]));

/** A module that keeps running statistics, and inputs for it. */
const keepers: [string, () => torch.nn.Module, () => torch.Tensor][] = [
  ["BatchNorm1d", () => new nn.BatchNorm1d(3), () => torch.randn([4, 3])],
  ["BatchNorm2d", () => new nn.BatchNorm2d(3), image],
  ["BatchNorm2d with cumulative average", () => new nn.BatchNorm2d(3, { momentum: null }), image],
  ["BatchNorm2d without affine", () => new nn.BatchNorm2d(3, { affine: false }), image],
  ["BatchNorm3d", () => new nn.BatchNorm3d(3), () => torch.randn([2, 3, 2, 2, 2])],
  ["InstanceNorm2d", () => new nn.InstanceNorm2d(3, { trackRunningStats: true }), image],
];

describe("frozen running statistics", () => {
  for (const [name, make, input] of keepers) {
    it(`${name}: buffers bit-equal, the same output as in training, gradients flow`, () => {
      const module = make();
      module.forward(input());
      const before = bytesOf(module);
      const x = input().requiresGrad_();
      const frozen = freezeRunningStatistics(() => module.forward(x));
      expect(bytesOf(module)).toEqual(before);
      frozen.square().sum().backward();
      expect(x.grad!.abs().sum().itemNumber()).toBeGreaterThan(0);
      const training = module.forward(x.detach());
      expect(training.equal(frozen.detach())).toBe(true);
      expect(bytesOf(module)).not.toEqual(before);
    });

    it(`${name}: a NaN in the batch leaves buffers bit-equal`, () => {
      const module = make();
      module.forward(input());
      const before = bytesOf(module);
      const out = freezeRunningStatistics(() => module.forward(torch.fullLike(input(), Number.NaN)));
      expect(Number.isNaN(out.sum().item())).toBe(true);
      expect(bytesOf(module)).toEqual(before);
    });
  }

  it("evaluation uses the running statistics, frozen or not", () => {
    const norm = new nn.BatchNorm2d(3);
    norm.forward(image());
    norm.eval();
    const x = image();
    const frozen = freezeRunningStatistics(() => norm.forward(x));
    expect(frozen.equal(norm.forward(x))).toBe(true);
    expect(norm.numBatchesTracked!.item()).toBe(1);
  });

  it("functional batchNorm and instanceNorm leave the running buffers that they are given", () => {
    const [mean, variance] = [torch.zeros([3]), torch.ones([3])];
    const x = torch.full([4, 3, 2, 2], Number.NaN);
    freezeRunningStatistics(() => F.batchNorm(x, mean, variance, { training: true }));
    freezeRunningStatistics(() => F.instanceNorm(x, mean, variance));
    expect([mean.toArray(), variance.toArray()]).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    F.batchNorm(image(), mean, variance, { training: true });
    expect(mean.toArray()).not.toEqual([0, 0, 0]);
  });

  it("thaws when the function throws", () => {
    const norm = new nn.BatchNorm2d(3);
    expect(() =>
      freezeRunningStatistics(() => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    norm.forward(image());
    expect(norm.numBatchesTracked!.item()).toBe(1);
  });
});

describe("running statistics", () => {
  it("cumulative average is the plain average of all batches", () => {
    const norm = new nn.BatchNorm2d(3, { momentum: null }).double();
    const batches = Array.from({ length: 3 }, () => torch.randn([4, 3, 5, 5], { dtype: "float64" }));
    for (const batch of batches) norm.forward(batch);
    const mean = torch.stack(batches.map((b) => b.mean([0, 2, 3]))).mean(0);
    expect(norm.runningMean!.sub(mean).abs().max().itemNumber()).toBeLessThan(1e-15);
    expect(norm.numBatchesTracked!.item()).toBe(3);
  });
  it("resetRunningStats forgets them; resetParameters also resets the affine part", () => {
    const norm = new nn.BatchNorm2d(3);
    norm.forward(image());
    nn.init.uniform_(norm.weight!);
    norm.resetRunningStats();
    expect([norm.runningMean!.toArray(), norm.runningVar!.toArray(), norm.numBatchesTracked!.item()]).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      0,
    ]);
    expect(norm.weight!.toArray()).not.toEqual([1, 1, 1]);
    norm.resetParameters();
    expect(norm.weight!.toArray()).toEqual([1, 1, 1]);
  });
  it("takes PyTorch's settings in order, and without a shift where asked", () => {
    const norm = new nn.BatchNorm2d(3, 1e-3, 0.2, true, false);
    expect([norm.eps, norm.momentum, norm.affine, norm.trackRunningStats, norm.runningMean]).toEqual([
      1e-3,
      0.2,
      true,
      false,
      null,
    ]);
    const half = new nn.BatchNorm2d(3, { bias: false });
    expect(Object.keys(half.stateDict())).toEqual(["weight", "running_mean", "running_var", "num_batches_tracked"]);
    expect(half.forward(image()).shape).toEqual([4, 3, 5, 5]);
  });
});

describe("batch norm refuses", () => {
  it("other numbers of dimensions", () => {
    const error = errorOf(() => new nn.BatchNorm2d(3).forward(torch.randn([4, 3])));
    expect([error.code, error.message]).toEqual([
      "E_ARG",
      "[BatchNorm2d] expected an input of 4 dimensions, got float32 [4, 3] cpu",
    ]);
    expect(() => new nn.BatchNorm1d(3).forward(image())).toThrow(/of 2 or 3 dimensions/);
    expect(() => new nn.BatchNorm3d(3).forward(image())).toThrow(/of 5 dimensions/);
  });
  it("one value per channel in training, and counts nothing", () => {
    const norm = new nn.BatchNorm1d(3);
    expect(errorOf(() => norm.forward(torch.randn([1, 3]))).message).toMatch(
      /more than one value per channel in training, got float32 \[1, 3\]/,
    );
    expect(norm.eval().forward(torch.randn([1, 3])).shape).toEqual([1, 3]);
  });
  it("another number of channels, another dtype", () => {
    expect(errorOf(() => new nn.BatchNorm2d(4).forward(image())).code).toBe("E_TORCH");
    expect(errorOf(() => new nn.BatchNorm2d(3).forward(image().to("int64"))).code).toBe("E_TORCH");
  });
  it("settings that make no sense", () => {
    expect(errorOf(() => new nn.BatchNorm2d(0)).message).toMatch(
      /numFeatures to be a whole number of at least 1, got 0/,
    );
    expect(errorOf(() => new nn.BatchNorm2d(3, { momentun: 0.1 } as object)).message).toMatch(
      /got 'momentun'\n {2}help: did you mean 'momentum'\?/,
    );
    expect(errorOf(() => F.batchNorm(image(), null, null, { training: true, eps: 0 })).message).toMatch(/eps > 0/);
  });
});
