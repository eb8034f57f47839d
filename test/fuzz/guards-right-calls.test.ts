import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { grad, image, int, least, mask, three, x4 } from "./guard-inputs.js";

describe("right calls are not in the way", () => {
  it("max pooling's gradients", () => {
    const [, indices] = torch.adaptiveMaxPool2d(x4, 2);
    expect(torch.adaptiveMaxPool2dBackward(grad, x4, indices).sum().item()).toBe(4);
    const [out, at] = torch.fractionalMaxPool2d(x4, 2, 2, torch.full([1, 1, 2], 0.5));
    expect(torch.fractionalMaxPool2dBackward(torch.onesLike(out), x4, 2, 2, at).sum().item()).toBe(4);
  });

  it("segments", () => {
    const data = torch.tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    for (const segments of [
      { offsets: int(0n, 1n, 3n) },
      { lengths: int(1n, 2n) },
      { lengths: int(1n, 2n), unsafe: true },
    ]) {
      expect(torch.segmentReduce(data, "sum", segments).toArray()).toEqual([
        [1, 2],
        [8, 10],
      ]);
    }
    const rows = torch.tensor([
      [0n, 2n],
      [1n, 2n],
    ]);
    expect(torch.segmentReduce(torch.ones([2, 2]), "sum", { axis: 1, offsets: rows }).toArray()).toEqual([[2], [1]]);
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
