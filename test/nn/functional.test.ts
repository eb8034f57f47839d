import { afterEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;
const F = nn.functional;
const messageOf = (run: () => unknown) => errorOf(run).message;
afterEach(() => {
  vi.restoreAllMocks();
});

describe("losses refuse", () => {
  const logits = torch.randn([3, 4]);
  it("class numbers that JavaScript made float32, and say what to do", () => {
    for (const loss of [F.crossEntropy, F.nllLoss]) {
      const error = errorOf(() => loss(logits, torch.tensor([1, 2, 3])));
      expect(error.code).toBe("E_ARG");
      expect(error.message).toMatch(
        /expected class numbers of dtype int64.*got input float32 \[3, 4\] cpu and target float32 \[3\] cpu/,
      );
      expect(error.help).toMatch(/to\("int64"\)/);
    }
    expect(messageOf(() => F.crossEntropy(logits, torch.zeros([3], { dtype: "int32" })))).toMatch(/int64/);
    expect(F.crossEntropy(logits, torch.zeros([3], { dtype: "uint8" })).shape).toEqual([]);
  });
  it("class numbers out of range", () => {
    const error = errorOf(() => F.crossEntropy(logits, torch.tensor([0n, 1n, 9n])));
    expect([error.code, error.message]).toEqual(["E_TORCH", expect.stringMatching(/9 is out of bounds/)]);
  });
  it("unknown reductions and options", () => {
    expect(messageOf(() => F.mseLoss(logits, logits, { reduction: "avg" as "mean" }))).toMatch(
      /\[mseLoss\] expected reduction to be one of none, mean, sum, got "avg"/,
    );
    expect(messageOf(() => F.klDiv(logits, logits, { reduction: "avg" as "mean" }))).toMatch(/batchmean/);
    expect(messageOf(() => F.crossEntropy(logits, logits, { label_smoothing: 0.1 } as object))).toMatch(
      /did you mean 'labelSmoothing'/,
    );
    expect(messageOf(() => new nn.CrossEntropyLoss({ labelSmothing: 0.1 } as object))).toMatch(
      /did you mean 'labelSmoothing'/,
    );
  });
  it("binary targets of another shape", () => {
    expect(messageOf(() => F.binaryCrossEntropyWithLogits(logits, torch.ones([3])))).toMatch(
      /target of the input's shape.*\[3, 4\].*\[3\]/,
    );
    expect(messageOf(() => F.binaryCrossEntropy(logits.sigmoid(), torch.ones([3])))).toMatch(
      /target of the input's shape/,
    );
  });
  it("warn when shapes broadcast, and then compute as PyTorch does", () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const x = torch.tensor([1, 2, 3], { requiresGrad: true });
    const y = torch.tensor([[1], [2], [3]]);
    const loss = F.mseLoss(x, y);
    expect(loss.itemNumber()).toBeCloseTo(12 / 9, 6);
    expect(warn.mock.calls[0]![0]).toMatch(/\[mseLoss\] input \[3\] and target \[3, 1\] differ in shape/);
    loss.backward();
    expect(x.grad!.toArray()).toEqual([-2 / 3, 0, 2 / 3].map((v) => Math.fround(v)));
  });
});

describe("lookups refuse", () => {
  it("indices that JavaScript made float32", () => {
    const table = new nn.Embedding(3, 2);
    const error = errorOf(() => table.forward(torch.tensor([0, 1])));
    expect([error.code, error.message]).toEqual([
      "E_ARG",
      expect.stringMatching(/\[embedding\] expected indices of dtype int64 or int32, got float32 \[2\] cpu/),
    ]);
    expect(messageOf(() => F.oneHot(torch.tensor([0, 1])))).toMatch(/\[oneHot\]/);
    expect(errorOf(() => table.forward(torch.tensor([5n]))).code).toBe("E_TORCH");
  });
  it("padding rows and bags that do not exist", () => {
    expect(messageOf(() => new nn.Embedding(3, 2, { paddingIdx: 3 }))).toMatch(/paddingIdx from -3 to 2, got 3/);
    const bag = new nn.EmbeddingBag(3, 2);
    expect(messageOf(() => bag.forward(torch.tensor([0n, 1n])))).toMatch(/flat ones with offsets.*without offsets/);
    expect(messageOf(() => bag.forward(torch.tensor([[0n, 1n]]), undefined, torch.ones([1, 2])))).toMatch(
      /perSampleWeights with mode sum only/,
    );
  });
});

describe("embeddings", () => {
  it("bags of a flat list are the means, sums and maxima of their rows", () => {
    const weight = torch.tensor([
      [1, 10],
      [2, 20],
      [4, 40],
    ]);
    const [input, offsets] = [torch.tensor([0n, 1n, 2n, 2n]), torch.tensor([0n, 3n])];
    expect(F.embeddingBag(input, weight, { offsets, mode: "sum" }).toArray()).toEqual([
      [7, 70],
      [4, 40],
    ]);
    expect(F.embeddingBag(input, weight, { offsets, mode: "max" }).toArray()).toEqual([
      [4, 40],
      [4, 40],
    ]);
    expect(F.embeddingBag(input, weight, { offsets }).index(1).toArray()).toEqual([4, 40]);
    const perSampleWeights = torch.tensor([1, 0, 0, 2]);
    expect(F.embeddingBag(input, weight, { offsets, mode: "sum", perSampleWeights }).toArray()).toEqual([
      [1, 10],
      [8, 80],
    ]);
    expect(F.embeddingBag(torch.tensor([[0n, 1n]]), weight, { paddingIdx: 1 }).toArray()).toEqual([[1, 10]]);
  });
  it("maxNorm scales down the rows that are looked up", () => {
    const table = nn.Embedding.fromPretrained(
      torch.tensor([
        [3, 4],
        [30, 40],
      ]),
      { maxNorm: 1, freeze: false },
    );
    expect(table.forward(torch.tensor([0n])).toArray()).toEqual([[0.6, 0.8].map((v) => expect.closeTo(v, 5))]);
    expect(table.weight.index(1).toArray()).toEqual([30, 40]);
    expect(table.weight.requiresGrad).toBe(true);
  });
  it("fromPretrained takes the vectors as they are, frozen", () => {
    const vectors = torch.randn([3, 2]);
    const table = nn.Embedding.fromPretrained(vectors, { paddingIdx: 0 });
    expect(table.weight.equal(vectors)).toBe(true);
    expect([table.weight.requiresGrad, table.numEmbeddings, table.embeddingDim, table.paddingIdx]).toEqual([
      false,
      3,
      2,
      0,
    ]);
    expect(messageOf(() => nn.Embedding.fromPretrained(torch.ones([3])))).toMatch(/vectors \[rows, size\]/);
  });
  it("fromPretrained of bags too", () => {
    const vectors = torch.tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const bag = nn.EmbeddingBag.fromPretrained(vectors, { mode: "sum", includeLastOffset: true });
    const sums = bag.forward(torch.tensor([0n, 1n, 2n]), torch.tensor([0n, 2n, 3n]));
    expect([sums.toArray(), bag.weight.requiresGrad, bag.weight.dataPtr() === vectors.dataPtr()]).toEqual([
      [
        [4, 6],
        [5, 6],
      ],
      false,
      true,
    ]);
    expect(nn.EmbeddingBag.fromPretrained(vectors, { freeze: false }).weight.requiresGrad).toBe(true);
    expect(messageOf(() => nn.EmbeddingBag.fromPretrained(torch.ones([3])))).toMatch(
      /\[EmbeddingBag.fromPretrained\] expected vectors \[rows, size\]/,
    );
    expect(messageOf(() => nn.EmbeddingBag.fromPretrained(vectors, { modus: "sum" } as never))).toMatch(/got 'modus'/);
  });
  it("oneHot", () => {
    expect(F.oneHot(torch.tensor([1n, 0n]), 3).toArray()).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(F.oneHot(torch.tensor([1n, 0n])).shape).toEqual([2, 2]);
  });
});

describe("layers refuse", () => {
  const image = torch.randn([2, 3, 8, 8]);
  it("inputs of another shape or dtype, with both shapes in the message", () => {
    const conv = errorOf(() => new nn.Conv2d(4, 2, 3).forward(image));
    expect([conv.code, conv.message]).toEqual([
      "E_TORCH",
      expect.stringMatching(/^\[conv2d\].*expected input\[2, 3, 8, 8\] to have 4 channels/),
    ]);
    const linear = errorOf(() => new nn.Linear(4, 2).forward(torch.randn([3, 5])));
    expect(linear.message).toMatch(/\[linear\].*float32 \[3, 5\] cpu, weight float32 \[2, 4\]/s);
    expect(errorOf(() => new nn.Linear(4, 2).forward(torch.randn([3, 4], { dtype: "float64" }))).message).toMatch(
      /float64/,
    );
    expect(errorOf(() => new nn.LayerNorm(5).forward(torch.randn([3, 4]))).code).toBe("E_TORCH");
    expect(errorOf(() => new nn.MaxPool2d(20).forward(image)).code).toBe("E_TORCH");
    expect(messageOf(() => new nn.InstanceNorm2d(4, { affine: true }).forward(image))).toMatch(
      /expected 4 channels, got float32 \[2, 3, 8, 8\]/,
    );
  });
  it("disposed inputs", () => {
    const x = torch.randn([3, 4]);
    x.dispose();
    expect(errorOf(() => new nn.Linear(4, 2).forward(x)).code).toBe("E_DISPOSED");
  });
  it("settings that make no sense", () => {
    expect(messageOf(() => new nn.Conv2d(3, 4, 3, { groups: 2 }))).toMatch(
      /groups to divide both channel counts, got 3 and 4 channels, 2 groups/,
    );
    expect(messageOf(() => new nn.Conv2d(3, 4, 3, { padding: "same", stride: 2 }))).toMatch(
      /stride 1 with padding "same"/,
    );
    expect(messageOf(() => new nn.Conv2d(3, 4, [3, 3, 3] as unknown as [3, 3]))).toMatch(
      /kernelSize to be a number or a list of 2, got a list of 3/,
    );
    expect(messageOf(() => new nn.Conv2d(3, 4, 0))).toMatch(/kernelSize to be a whole number of at least 1, got 0/);
    expect(messageOf(() => new nn.Conv2d(3, 4, 3, { paddingMode: "mirror" as "reflect" }))).toMatch(
      /paddingMode to be one of zeros, reflect, replicate, circular, got "mirror"/,
    );
    expect(messageOf(() => new nn.Conv2d(3, 4, 3, { kernel: 3 } as object))).toMatch(
      /\[Conv2d\] expected one of the options stride/,
    );
    expect(messageOf(() => new nn.Conv2d(3, 4, 3, 1, { stride: 2 } as object))).toMatch(/'stride' once, got it twice/);
    expect(messageOf(() => new nn.ConvTranspose2d(3, 4, 3, { groups: 2 }))).toMatch(/groups to divide/);
    expect(messageOf(() => new nn.Linear(2.5, 3))).toMatch(/inFeatures to be a whole number/);
    expect(messageOf(() => new nn.Dropout(1.5))).toMatch(/\[Dropout\] expected p from 0 to 1, got 1.5/);
    expect(messageOf(() => F.dropout(image, { p: -1 }))).toMatch(/p from 0 to 1/);
    expect(messageOf(() => new nn.GroupNorm(2, 3))).toMatch(/numGroups to divide numChannels/);
    expect(messageOf(() => new nn.Softmax(undefined as unknown as number))).toMatch(
      /\[Softmax\] expected a dimension, got undefined/,
    );
    expect(messageOf(() => new nn.ZeroPad2d([1, 2] as unknown as [1, 2, 3, 4]))).toMatch(
      /\[left, right, top, bottom\], got \[1, 2\]/,
    );
    expect(messageOf(() => new nn.GELU({ approximate: "fast" as "tanh" }))).toMatch(
      /approximate to be one of none, tanh/,
    );
    expect(messageOf(() => new nn.AvgPool1d(2, { divisorOverride: 3 }))).toMatch(/got 'divisorOverride'/);
    expect(messageOf(() => new nn.Upsample({ scaleFactor: 2, size: 3 }))).toMatch(/either size or scaleFactor/);
  });
  it("interpolations that do not exist", () => {
    expect(messageOf(() => F.interpolate(image, {}))).toMatch(/either size or scaleFactor/);
    expect(messageOf(() => F.interpolate(image, { size: 4, mode: "linear" }))).toMatch(
      /a mode for inputs of 2 spatial dimensions, got linear/,
    );
    expect(messageOf(() => F.interpolate(image, { size: 4, alignCorners: true }))).toMatch(
      /alignCorners with linear modes and bicubic only/,
    );
    expect(messageOf(() => F.interpolate(image, { size: [4, 4, 4] }))).toMatch(/size to be a number or a list of 2/);
    expect(messageOf(() => F.interpolate(image, { size: 4, mode: "cubic" as "bicubic" }))).toMatch(
      /mode to be one of nearest/,
    );
  });
});

describe("in place", () => {
  const x = () => torch.tensor([-2, -0.3, 0.4, 7]);
  const pairs: [string, torch.nn.Module, torch.nn.Module][] = [
    ["ReLU", new nn.ReLU(), new nn.ReLU(true)],
    ["ReLU6", new nn.ReLU6(), new nn.ReLU6({ inplace: true })],
    ["LeakyReLU", new nn.LeakyReLU(), new nn.LeakyReLU({ inplace: true })],
    ["Threshold", new nn.Threshold(0.1, -1), new nn.Threshold(0.1, -1, { inplace: true })],
    ["Hardtanh", new nn.Hardtanh(), new nn.Hardtanh({ inplace: true })],
    ["Hardsigmoid", new nn.Hardsigmoid(), new nn.Hardsigmoid(true)],
    ["Hardswish", new nn.Hardswish(), new nn.Hardswish(true)],
    ["SiLU", new nn.SiLU(), new nn.SiLU(true)],
    ["Mish", new nn.Mish(), new nn.Mish(true)],
    ["ELU", new nn.ELU(), new nn.ELU(1, true)],
    ["CELU", new nn.CELU(), new nn.CELU({ inplace: true })],
    ["SELU", new nn.SELU(), new nn.SELU(true)],
  ];
  for (const [name, pure, overwriting] of pairs) {
    it(`${name} overwrites where asked, with the same values`, () => {
      const [a, b] = [x(), x()];
      const want = pure.forward(a);
      expect(a.equal(x())).toBe(true);
      const got = overwriting.forward(b);
      expect(got.dataPtr()).toBe(b.dataPtr());
      expect(got.equal(want)).toBe(true);
    });
  }
  it("functions do as well", () => {
    for (const fn of [
      F.relu,
      F.relu6,
      F.silu,
      F.mish,
      F.selu,
      F.hardswish,
      F.hardsigmoid,
      F.leakyRelu,
      F.elu,
      F.celu,
      F.hardtanh,
    ]) {
      const [a, b] = [x(), x()];
      const want = fn(a);
      expect(fn(b, { inplace: true }).dataPtr()).toBe(b.dataPtr());
      expect(b.equal(want)).toBe(true);
    }
    expect(F.threshold(x(), 0.1, 9, { inplace: true }).equal(F.threshold(x(), 0.1, 9))).toBe(true);
  });
});
