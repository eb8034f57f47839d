import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { grad, image, int, least, mask, three, x4 } from "./guard-inputs.js";

/* Calls that ended the process inside LibTorch, found by the fuzzer: now errors. What is right still gives values: guards-right-calls.test.ts. */

const x5 = torch.ones([1, 1, 2, 4, 4]);
const far = torch.full([1, 1, 2, 2], 1e9, { dtype: "int64" });
const quantized = () => torch.quantizePerTensor(image, 0.1, 0, "qint8");

describe("what LibTorch does not check is checked here", () => {
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
      "segmentReduce",
      /integers from 0 to 3 that never fall for 'offsets'/,
      () => torch.segmentReduce(torch.ones([3, 2]), "sum", { offsets: int(0n, 1_000_000_000n, 3n) }),
    ],
    [
      "segmentReduce",
      /'offsets'/,
      () => torch.segmentReduce(torch.ones([3, 2]), "max", { offsets: int(0n, 2n, 1n, 3n) }),
    ],
    [
      "segmentReduce",
      /the extents of 'data' before the axis for 'offsets'/,
      () =>
        torch.segmentReduce(torch.ones([3, 2]), "sum", { axis: 1, offsets: torch.zeros([9, 2], { dtype: "int64" }) }),
    ],
    [
      "segmentReduce",
      /whose sum is 3 for 'lengths'/,
      () => torch.segmentReduce(torch.ones([3, 2]), "sum", { lengths: int(2n, 2n), unsafe: true }),
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
