import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

/* Calls that ended the process inside LibTorch, found by the fuzzer: now errors, and the right calls still give values. */

const x4 = torch.arange(16).to("float32").view(1, 1, 4, 4);
const x5 = torch.ones([1, 1, 2, 4, 4]);
const image = torch.ones([2, 3, 4]);
const int = (...values: bigint[]) => torch.tensor(values);
const least = (dtype: "int64" | "int32") => torch.tensor([dtype === "int64" ? -(1n << 63n) : -(1n << 31n)]).to(dtype);
const far = torch.full([1, 1, 2, 2], 1e9, { dtype: "int64" });
const grad = torch.ones([1, 1, 2, 2]);
const three = torch.ones([3]);
const mask = [true, true, true];
const quantized = () => torch.quantizePerTensor(image, 0.1, 0, "qint8");

describe("1. what LibTorch does not check is checked here", () => {
  it.each<[string, RegExp, () => unknown]>([
    ["fractionalMaxPool2dBackward", /'output_size'/, () => torch.fractionalMaxPool2dBackward(x4, x4, 1, [], x4)],
    [
      "fractionalMaxPool2dBackward",
      /integers from 0 to 15 for 'indices'/,
      () => torch.fractionalMaxPool2dBackward(grad, x4, 2, 2, far),
    ],
    [
      "luUnpack",
      /2 integers per matrix of 'LU_data' for 'LU_pivots'/,
      () => torch.luUnpack(torch.ones([2, 2]), torch.ones([7], { dtype: "int32" })),
    ],
    [
      "luUnpack",
      /integers from 1 to 2 for 'LU_pivots'/,
      () => torch.luUnpack(torch.ones([2, 2]), torch.full([2], 1e6, { dtype: "int32" })),
    ],
    ["pdist", /a row in 'self'/, () => torch.pdist(torch.zeros([0, 5]).requiresGrad_())],
    ["binomial", /0 to 2\^53 for 'count'/, () => torch.binomial(torch.tensor([Number.NaN]), torch.tensor([0.5]))],
    ["binomial", /0 to 1 for 'prob'/, () => torch.binomial(torch.tensor([4]), torch.tensor([2]))],
    ["specialLaguerrePolynomialL", /degrees up to/, () => torch.specialLaguerrePolynomialL(three, 2 ** 31)],
    [
      "specialHermitePolynomialH",
      /degrees up to/,
      () => torch.specialHermitePolynomialH(three, torch.tensor([2 ** 31])),
    ],
    [
      "mkldnnRnnLayer",
      /'hidden_size'|weights of|a dense tensor/,
      () => {
        const w = torch.ones([4, 3]);
        return torch.mkldnnRnnLayer(
          torch.ones([2, 1, 3]),
          w,
          w,
          three,
          three,
          three,
          three,
          false,
          [],
          2,
          4,
          1,
          true,
          false,
          false,
          false,
        );
      },
    ],
    ["fractionalMaxPool3dBackward", /'kernel_size'/, () => torch.fractionalMaxPool3dBackward(x5, x5, [], [], x5)],
    [
      "adaptiveMaxPool2dBackward",
      /integers from 0 to 15 for 'indices'/,
      () => torch.adaptiveMaxPool2dBackward(grad, x4, far),
    ],
    [
      "adaptiveMaxPool3dBackward",
      /'indices'/,
      () => torch.adaptiveMaxPool3dBackward(x5, x5, torch.full([1, 1, 2, 4, 4], -1, { dtype: "int64" })),
    ],
    ["reflectionPad1dBackward", /2 integers for 'padding'/, () => torch.reflectionPad1dBackward(image, image, [])],
    ["reflectionPad2dBackward", /4 integers for 'padding'/, () => torch.reflectionPad2dBackward(image, image, [])],
    [
      "nativeBatchNormBackward",
      /elements in 'input'/,
      () =>
        torch.nativeBatchNormBackward(
          torch.ones([2, 0, 3]),
          torch.ones([2, 0, 3]),
          null,
          null,
          null,
          null,
          null,
          true,
          0.1,
          mask,
        ),
    ],
    [
      "nativeBatchNormBackward",
      /one value per channel of 'input' for 'save_mean'/,
      () => torch.nativeBatchNormBackward(image, image, three, null, null, null, three, true, 0.1, mask),
    ],
    [
      "batchNormBackward",
      /'running_mean'/,
      () => torch.batchNormBackward(image, image, three, null, null, three, three, false, 0.1, mask, three),
    ],
    [
      "nativeBatchNorm without running statistics",
      /one value per channel of 'input' for 'running_mean'/,
      () => torch.nativeBatchNorm(image, null, null, null, null, false, 0.1, 1e-5),
    ],
    [
      "nativeBatchNorm of fewer weights than channels",
      /one value per channel of 'input' for 'weight'/,
      () => torch.nativeBatchNorm(image, torch.ones([1]), null, null, null, true, 0.1, 1e-5),
    ],
    [
      "_native_batch_norm_legit.no_stats",
      /true for 'training'/,
      () => torch.ops.aten!._native_batch_norm_legit!.no_stats!(image, null, null, false, 0.1, 1e-5),
    ],
    [
      "maxPool2dWithIndicesBackward",
      /integers from 0 to 15 for 'indices'/,
      () => torch.maxPool2dWithIndicesBackward(grad, x4, 2, 2, 0, 1, false, far),
    ],
    [
      "embeddingBackward",
      /integers from 0 to 4 for 'indices'/,
      () => torch.embeddingBackward(torch.ones([3, 2]), int(4n, 0n, 9n), 5, 0, true, true),
    ],
    [
      "embeddingDenseBackward",
      /no elements for 'indices'/,
      () => torch.embeddingDenseBackward(torch.ones([1, 2]), int(4n), 0, 0, true),
    ],
    [
      "embeddingDenseBackward",
      /the shape of 'indices' and one extent more for 'grad_output'/,
      () => torch.embeddingDenseBackward(torch.ones([3, 2]), int(4n), 5, 0, true),
    ],
    [
      "embeddingBag",
      /an element at least in 'offsets'/,
      () => torch.embeddingBag(torch.ones([5, 5]), int(0n, 1n), int(), true, 0, true, torch.ones([2]), false, 0),
    ],
    [
      "embeddingBag",
      /integers from 0 to 4 for 'indices'/,
      () => torch.embeddingBag(torch.ones([5, 5]), int(0n, 7n), int(0n)),
    ],
    [
      "embeddingBag",
      /two elements at least in 'offsets'/,
      () => torch.embeddingBag(torch.ones([5, 5]), int(0n, 1n), int(0n), false, 0, false, null, true, null),
    ],
    [
      "embeddingBag",
      /'offsets' that never fall/,
      () => torch.embeddingBag(torch.ones([5, 5]), int(0n, 1n, 2n), int(0n, 2n, 1n)),
    ],
    ["maxPool1d", /a 'kernel_size' that the padded input holds/, () => torch.maxPool1d(image, 2 ** 32, 1, 1)],
    [
      "linalg.lstsq",
      /elements in 'b' for this driver/,
      () => torch.linalg.lstsq(torch.ones([2, 2]), torch.ones([2, 0]), { driver: "gelss" }),
    ],
    ["linalg.eigvals", /finite elements/, () => torch.linalg.eigvals(torch.full([2, 2], Number.NaN))],
    [
      "nllLossBackward",
      /0 integers for 'target'/,
      () => torch.nllLossBackward(three, torch.ones([0, 3]), int(0n, 1n), null, 0, -100, torch.tensor(1)),
    ],
    [
      "nllLossBackward",
      /integers from 0 to 2 for 'target'/,
      () => torch.nllLossBackward(torch.ones([1]), torch.ones([1, 3]), int(5n), null, 0, -100, torch.tensor(1)),
    ],
    ["traceBackward", /no negative extents in 'sizes'/, () => torch.traceBackward(torch.tensor(1), [-5, -2])],
    ["adaptiveMaxPool3d", /extents up to 2\^20/, () => torch.adaptiveMaxPool3d(x5, [2 ** 31 - 1, 0, 1])],
    ["copy of a sparse tensor", /dense tensor for 'self'/, () => torch.copy(image.toSparse(), image)],
    ["fft.ifftshift", /at most 1024 integers for 'dim'/, () => torch.fft.ifftshift(three, new Array(100_000).fill(0))],
    ["repeat", /at most 1024 integers for 'repeats'/, () => three.repeat(new Array(100_000).fill(1))],
    ["tile", /at most 1024 integers for 'dims'/, () => three.tile(new Array(100_000).fill(1))],
    [
      "roll",
      /at most 1024 integers for 'shifts'/,
      () => torch.roll(three, new Array(100_000).fill(1), new Array(100_000).fill(0)),
    ],
    [
      "avgPool2dBackward",
      /batch and channels of 'self' for 'grad_output'/,
      () => torch.avgPool2dBackward(grad, torch.ones([0, 1, 4, 4]), 2, 2, 0, false, true, null),
    ],
    [
      "asStrided_",
      /stay inside the storage/,
      () => image.clone().asStrided_([2, 3, 4], [(1n << 63n) - 1n, 1, 3] as never),
    ],
    ["unfoldBackward", /positive 'step'/, () => torch.unfoldBackward(torch.tensor(3), [2, 2, 4, 2], 3, 5, 4)],
    [
      "unfoldBackward",
      /the shape of the windows for 'grad_in'/,
      () => torch.unfoldBackward(torch.tensor(3), [2, 4], 1, 2, 2),
    ],
    ["view of a quantized tensor", /not quantized for 'self'/, () => quantized().view("float16")],
    ["viewCopy of a quantized tensor", /not quantized for 'self'/, () => torch.viewCopy(quantized(), "float16")],
    [
      "fbgemmLinearQuantizeWeight",
      /2 dimensions for 'input'/,
      () => torch.fbgemmLinearQuantizeWeight(torch.ones([2, 3, 3, 0])),
    ],
    [
      "fbgemmPackGemmMatrixFp16",
      /2 dimensions for 'input'/,
      () => torch.fbgemmPackGemmMatrixFp16(torch.ones([2, 3, 3, 0])),
    ],
    ["nativeGroupNorm", /'group' that divides 'C'/, () => torch.nativeGroupNorm(image, null, null, 2, 3, 4, 0, 1e-5)],
    [
      "rnnRelu",
      /list of int64 on the CPU for 'batch_sizes'/,
      () => torch.rnnRelu(image, x4, three, [three, three, three, three], false, 1, 0, false, false),
    ],
    [
      "lstm",
      /sum of 'batch_sizes'/,
      () => torch.lstm(torch.ones([2, 3]), int(2n, 2n), [three, three], [three], false, 1, 0, false, false),
    ],
    [
      "quantizedLstmCell",
      /two tensors for 'hx'/,
      () => torch.quantizedLstmCell(three, [], three, three, three, three, three, three, three, three, 1, 1, 1, 1),
    ],
    ["chooseQparamsOptimized", /'numel'/, () => torch.chooseQparamsOptimized(image, 25, 10, 0.5, 8)],
    ["chooseQparamsOptimized", /'n_bins'/, () => torch.chooseQparamsOptimized(image, 2, -1, 0.1, 1)],
    [
      "div int64",
      /quotients that fit int64, got -9223372036854775808 \/ -1/,
      () => least("int64").div(-1, { roundingMode: "trunc" }),
    ],
    [
      "div int32",
      /quotients that fit int32, got -2147483648 \/ -1/,
      () => least("int32").div(least("int32").sign(), { roundingMode: "trunc" }),
    ],
    ["divide_", /quotients that fit/, () => least("int64").divide_(-1, { roundingMode: "trunc" })],
    ["smoothL1LossBackward", /floating point/, () => torch.smoothL1LossBackward(int(1n), int(1n), int(0n), 1, 0.5)],
  ])("%s: %s", (name, message, run) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.message).toMatch(message);
    expect(error.help).toContain("aten::");
    expect(name).toBeTruthy();
  });
});

describe("found by random calls", () => {
  it("a tensor that needs a gradient is not lifted: it would hold itself for ever", () => {
    const before = liveMemory().allocated;
    torch.tidy(() => {
      const x = torch.ones([2], { requiresGrad: true });
      expect(() => torch.liftFresh(x)).toThrow(/expected a tensor that needs no gradient for 'self'/);
      expect(() => torch.lift(x)).toThrow(torch.TorchError);
      expect(torch.noGrad(() => torch.liftFresh(x)).tolist()).toEqual([1, 1]);
      expect(torch.liftFresh(x.detach()).tolist()).toEqual([1, 1]);
    });
    expect(torch.memory().allocated).toBe(before);
  });

  it("as many dimensions as one likes: values and text come without the stack's end", () => {
    const shape = new Array<number>(100_000).fill(1);
    const x = torch.ones(shape);
    expect(x.tolist()).toHaveLength(1);
    expect(String(x)).toMatch(/^tensor\(\.\.\.,\s+size=\(1, 1, /);
  });

  it("states, data and sparse tensors are refused in words", () => {
    expect(() => torch.setRngState(torch.ones([3]))).toThrow(
      /\[setState\] expected a uint8 tensor on the CPU, got float32 \[3\]/,
    );
    expect(() => torch.setRngState(torch.ones([3], { dtype: "uint8" }))).toThrow(/^\[setState\] /);
    expect(() =>
      torch
        .ones([2])
        .to("meta")
        .setData(torch.ones([2])),
    ).toThrow(/^\[setData\] .*\n.*float32 \[2\] meta/);
    const sparse = torch.eye(2).toSparse();
    expect(() => sparse.bytes()).toThrow(/\[data\] expected a dense tensor, got a sparse one/);
    expect(() => sparse.tolist()).toThrow(/toDense\(\)/);
    const backward = torch.Tensor.prototype.backward as unknown as (this: unknown) => void;
    expect(() => backward.call([])).toThrow(/^\[backward\] /);
  });
});

it("what LibTorch would take for the address of a symbol", () => {
  const least = -(1n << 63n);
  const error = errorOf(() => three.asStrided([least, 0], [3, 1]));
  expect([error.code, error.message]).toEqual([
    "E_ARG",
    expect.stringContaining(`from -2^62, got ${least} for 'size'`),
  ]);
  expect(errorOf(() => three.view([least])).message).toContain("from -2^62");
  expect(torch.zeros([4], { dtype: "int64" }).random_(least, 0).lt(0).all().item()).toBe(true); // no extent
});

it("arrays with holes, and arrays where numbers belong", () => {
  const holes = new Array(3) as torch.Tensor[];
  expect(errorOf(() => torch.autograd.backward(holes)).message).toContain("array of tensors, got undefined at 0");
  expect(errorOf(() => torch.autograd.grad(holes, holes)).code).toBe("E_ARG");
  let deep: unknown[] = [];
  for (let i = 0; i < 20_000; i++) deep = [deep];
  const list = deep as unknown as number;
  for (const fn of [() => three.cuda(list), () => three.size(list), () => three.stride(list)]) {
    expect(errorOf(fn).code).toBe("E_ARG");
  }
  expect(errorOf(() => torch.ones([2, 2]).toSparseCsc().isContiguous()).message).toContain("a dense tensor, got");
  expect(errorOf(() => torch.ones([2, 2]).toSparseCsr().stride()).message).toContain(
    "[stride] expected a dense tensor",
  );
  expect(errorOf(() => torch.finfo(deep as unknown as "float32")).code).toBe("E_ARG");
  expect(errorOf(() => torch.unravelIndex(int(1n), list)).message).toContain("a shape of whole numbers");
  expect(errorOf(() => torch.nn.init.xavierNormal_(torch.ones([2, 2]), list)).message).toContain("number for 'gain'");
  expect(errorOf(() => three.sum().to("meta").itemNumber()).message).toContain(
    "[item] expected a tensor with elements",
  );
  const error = errorOf(() => torch.nn.init.truncNormal_(three.clone(), -1e308, list));
  expect(error.message).toContain("[truncNormal_] expected a number for 'std'");
  const ints = torch.ones([2], { dtype: "int64" });
  expect(errorOf(() => torch.nn.init.truncNormal_(ints)).message).toContain("a floating point tensor, got int64");
});

it("tensors in oneDNN's layout among dense ones, where an operator reads storage", () => {
  for (const fn of [
    () => image.clone().indexCopy_(0, int(0n), image.toMkldnn()),
    () => torch.copy(image.toMkldnn(), image),
  ]) {
    expect(errorOf(fn).message).toContain("in oneDNN's layout");
  }
  const x = torch.zeros([2]);
  const layout = torch.ones([2]).toMkldnn();
  const error = errorOf(() => x.scatterReduce_(0, int(0n, 1n), layout, "sum"));
  expect([error.code, error.message]).toEqual(["E_ARG", expect.stringContaining("in oneDNN's layout among them")]);
  const conv = torch.conv2d(torch.ones([1, 2, 3, 3]).toMkldnn(), torch.ones([1, 2, 3, 3]));
  expect(conv.toDense().item()).toBe(18);
  expect(layout.add(layout).toDense().toArray()).toEqual([2, 2]);
  expect(torch.zeros([2]).copy_(layout.toDense()).toArray()).toEqual([1, 1]);
});

it("arrays and nothing where a loss wants tensors", () => {
  const { functional: F } = torch.nn;
  const x = torch.ones([2, 3]);
  const wrong = [
    () => F.crossEntropy(x, [1, 0] as never),
    () => F.crossEntropy(x, undefined as never),
    () => F.nllLoss(x, [1, 0] as never),
    () => F.mseLoss(x, [[1, 2]] as never),
    () => F.l1Loss([1] as never, x),
    () => F.binaryCrossEntropyWithLogits(x, 1 as never),
  ];
  for (const fn of wrong) {
    const error = errorOf(fn);
    expect([error.code, error.message]).toEqual([
      "E_ARG",
      expect.stringMatching(/expected a tensor for '(input|target)'/),
    ]);
  }
});

it.skipIf(torch.cuda.isAvailable())("a device that is not there takes a line, not a table (skipped with CUDA)", () => {
  for (const device of ["cuda", "mps"] as const) {
    const error = errorOf(() => torch.zeros([2], { device }));
    expect([error.code, error.message.split("\n").length]).toEqual(["E_DEVICE", 2]);
  }
});

it("autocast of a device that has none", () => {
  const error = errorOf(() => torch.autocast("meta", {}, () => 1));
  expect([error.code, error.message]).toEqual(["E_ARG", expect.stringContaining("a device with autocast, got meta")]);
  expect(errorOf(() => torch.isAutocastEnabled("meta")).code).toBe("E_ARG");
  expect(torch.autocast("cpu", {}, () => torch.isAutocastEnabled("cpu"))).toBe(true);
});

it("dequantize of what is no quantized tensor, which leaked its graph", () => {
  const x = torch.ones([2], { dtype: "bfloat16" });
  expect(torch.dequantize(x).toArray()).toEqual([1, 1]);
  for (const given of [x.clone().requiresGrad_(), [x.clone().requiresGrad_()]]) {
    const error = errorOf(() => torch.dequantize(given as torch.Tensor));
    expect([error.code, error.message]).toEqual(["E_ARG", expect.stringContaining("need no gradient")]);
  }
});

describe("2. right calls are not in the way", () => {
  it("max pooling's gradients", () => {
    const [, indices] = torch.adaptiveMaxPool2d(x4, 2);
    expect(torch.adaptiveMaxPool2dBackward(grad, x4, indices).sum().item()).toBe(4);
    const [out, at] = torch.fractionalMaxPool2d(x4, 2, 2, torch.full([1, 1, 2], 0.5));
    expect(torch.fractionalMaxPool2dBackward(torch.onesLike(out), x4, 2, 2, at).sum().item()).toBe(4);
  });

  it("padding's gradients", () => {
    expect(
      torch
        .reflectionPad1dBackward(torch.ones([2, 3, 6]), image, [1, 1])
        .sum()
        .item(),
    ).toBe(36);
    expect(
      torch
        .replicationPad2dBackward(torch.ones([2, 5, 6]), image, [1, 1, 1, 1])
        .sum()
        .item(),
    ).toBe(60);
  });

  it("normalisation's gradients", () => {
    const { 0: y, 1: mean, 2: invstd } = torch.nativeBatchNorm(image, three, null, null, null, true, 0.1, 1e-5);
    const [dx, dw] = torch.nativeBatchNormBackward(
      torch.onesLike(y),
      image,
      three,
      null,
      null,
      mean,
      invstd,
      true,
      1e-5,
      mask,
    );
    expect([dx.shape, dw.shape]).toEqual([[2, 3, 4], [3]]);
    expect(torch.nativeGroupNorm(image, three, three, 2, 3, 4, 3, 1e-5)[0].shape).toEqual([2, 3, 4]);
  });

  it("factors, polynomials, a layer of an LSTM", () => {
    const a = torch.tensor([
      [0, 2],
      [3, 1],
    ]);
    const [lu, pivots] = torch.linalg.luFactor(a);
    const [p, l, u] = torch.luUnpack(lu, pivots);
    expect(p.matmul(l).matmul(u).toArray()).toEqual(a.toArray());
    expect(torch.pdist(torch.zeros([0, 5])).shape).toEqual([0]);
    expect(
      torch
        .pdist(
          torch
            .tensor([
              [0, 0],
              [3, 4],
            ])
            .requiresGrad_(),
        )
        .item(),
    ).toBe(5);
    expect(torch.binomial(torch.tensor([4, 0]), torch.tensor([1, 0.5])).toArray()).toEqual([4, 0]);
    expect(torch.specialLaguerrePolynomialL(torch.tensor([2]), 2).item()).toBe(-1); // (x^2 - 4x + 2) / 2
    const [w, v, b] = [torch.zeros([16, 3]), torch.zeros([16, 4]), torch.zeros([16])];
    const h = torch.zeros([1, 1, 4]);
    const out = torch.mkldnnRnnLayer(
      torch.ones([2, 1, 3]),
      w,
      v,
      b,
      b,
      h,
      h,
      false,
      [],
      2,
      4,
      1,
      true,
      false,
      false,
      false,
    );
    expect(out[0].shape).toEqual([2, 1, 4]);
  });

  it("packed sequences", () => {
    const weights = [torch.ones([4, 3]), torch.ones([4, 4])];
    const [y, h] = torch.rnnTanh(
      torch.ones([3, 3]),
      int(2n, 1n),
      torch.zeros([1, 2, 4]),
      weights,
      false,
      1,
      0,
      false,
      false,
    );
    expect([y.shape, h.shape]).toEqual([
      [3, 4],
      [1, 2, 4],
    ]);
  });

  it("truncated division, other modes, other dtypes", () => {
    const min = least("int64");
    expect(torch.tensor([-7n, 7n]).div(-2, { roundingMode: "trunc" }).toArray()).toEqual([3, -3]);
    expect(torch.tensor([-7n]).div(-1, { roundingMode: "trunc" }).item()).toBe(7);
    expect(min.div(2, { roundingMode: "trunc" }).item()).toBe(-(1n << 62n));
    expect(min.div(-1, { roundingMode: null }).item()).toBe(2 ** 63);
    expect(torch.tensor([-128n]).to("int8").div(-1, { roundingMode: "trunc" }).dtype).toBe("int8");
    expect(torch.tensor([1.5]).div(-1, { roundingMode: "trunc" }).item()).toBe(-1);
  });

  it("batch norm", () => {
    const [y, mean] = torch.nativeBatchNorm(image, three, null, null, null, true, 0.1, 1e-5);
    expect([y.abs().max().item(), mean.toArray()]).toEqual([0, [1, 1, 1]]);
    const [still] = torch.nativeBatchNorm(image, null, null, torch.zeros([3]), three, false, 0.1, 0);
    expect(still.equal(image)).toBe(true);
  });

  it("embeddings and losses", () => {
    expect(
      torch
        .unfoldBackward(torch.ones([2, 2, 2]), [2, 4], -1, 2, 2)
        .sum()
        .item(),
    ).toBe(8);
    expect(torch.embeddingDenseBackward(torch.ones([2, 2]), int(1n, 1n), 2, -1, false).toArray()).toEqual([
      [0, 0],
      [2, 2],
    ]);
    expect(torch.embeddingBag(torch.ones([5, 2]), int(0n, 4n, 2n), int(0n, 1n))[0].toArray()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const flow = torch.nllLossBackward(
      torch.ones([2]),
      torch.ones([2, 3]),
      int(2n, -100n),
      null,
      0,
      -100,
      torch.tensor(1),
    );
    expect(flow.toArray()).toEqual([
      [0, 0, -1],
      [0, 0, 0],
    ]);
    expect(torch.traceBackward(torch.tensor(2), [2, 1]).toArray()).toEqual([[2], [0]]);
  });

  it("matrices for fbgemm", () => {
    expect(torch.fbgemmLinearQuantizeWeight(torch.ones([2, 3]))[1].toArray()).toEqual([765, 765]);
  });

  it("copies, losses, quantization", () => {
    expect(
      image
        .clone()
        .indexCopy_(0, int(1n), torch.zeros([1, 3, 4]))
        .sum()
        .item(),
    ).toBe(12);
    expect(torch.smoothL1Loss(three, torch.zeros([3]), 1, 0.5).item()).toBe(0.75);
    expect(torch.chooseQparamsOptimized(torch.rand([16]), 16, 200, 0.16, 8)[0].numel()).toBe(1);
  });
});
