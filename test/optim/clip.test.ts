import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { clipGradNorm_, clipGradValue_ } from "../../lib/nn/utils/index.js";

torch.setNumThreads(1);
const norms = [1, 2, 3, 0.5, Number.POSITIVE_INFINITY];

/** Parameters of several dtypes and shapes with gradients, and all gradients as one float64 vector. */
function make(dtypes: torch.DType[] = ["float32", "float64", "bfloat16", "float16", "float32"], seed = 3) {
  const generator = new torch.Generator().manualSeed(seed);
  const shapes = [[40_000], [3, 5, 7], [], [129], [0, 2]];
  const params = dtypes.map((dtype, i) => {
    const shape = shapes[i % shapes.length]!;
    const param = torch.zeros(shape, { dtype }).requiresGrad_();
    param.grad = torch.randn(shape, { generator, dtype: "float64" }).to(dtype);
    return param;
  });
  const flat = () => torch.cat(params.map((p) => p.grad!.to("float64").reshape([-1])));
  return { params, flat };
}
const normOf = (flat: torch.Tensor, p: number) => torch.linalgVectorNorm(flat, { ord: p }).itemNumber();

describe("clipGradNorm_", () => {
  it.each(norms)("returns the norm before and scales to the limit, p = %s", (normType) => {
    const { params, flat } = make();
    const before = flat();
    const expected = normOf(before, normType);
    const norm = clipGradNorm_(params, expected / 4, { normType });
    expect(norm.dtype).toBe("float64"); // the widest among the gradients
    expect(norm.shape).toEqual([]);
    expect(norm.itemNumber() / expected).toBeCloseTo(1, 12);
    const wanted = before.mul(expected / 4 / (expected + 1e-6));
    // Half a unit of bfloat16 for the factor and half a one for the product; fp16's smallest numbers lie 6e-8 apart.
    const allowed = wanted
      .abs()
      .mul(2 ** -8)
      .add(6e-8);
    expect(flat().sub(wanted).abs().le(allowed).all().item()).toBe(true);
  });

  it("agrees with the formula to the last digits where no rounding to bfloat16 is in between", () => {
    const { params, flat } = make(["float64", "float64"]);
    const before = flat();
    const norm = clipGradNorm_(params, 2).itemNumber();
    const expected = before.mul(2 / (norm + 1e-6));
    expect(flat().sub(expected).abs().max().itemNumber()).toBeLessThan(1e-15);
  });

  it("leaves gradients that are short enough as they are", () => {
    const { params, flat } = make();
    const before = flat();
    clipGradNorm_(params, 1e6);
    clipGradNorm_(params, Number.POSITIVE_INFINITY);
    expect(flat().eq(before).all().item()).toBe(true);
  });

  it.each([
    ["float32", 1e-6],
    ["bfloat16", 1e-6],
    ["float16", 1e-6],
    ["float64", 1e-14],
  ] as const)("takes the norm in fp32 or finer for %s", (dtype, tolerance) => {
    const { params, flat } = make([dtype, dtype, dtype, dtype]);
    const norm = clipGradNorm_(params, Number.POSITIVE_INFINITY);
    expect(norm.dtype).toBe(dtype === "float64" ? "float64" : "float32");
    expect(Math.abs(norm.itemNumber() / normOf(flat(), 2) - 1)).toBeLessThan(tolerance);
  });

  it("does not overflow or vanish where squares would", () => {
    for (const size of [1e30, 1e-30]) {
      const param = torch.zeros([4]).requiresGrad_();
      param.grad = torch.full([4], size);
      expect(clipGradNorm_([param], Number.POSITIVE_INFINITY).itemNumber() / (2 * size)).toBeCloseTo(1, 6);
    }
    const half = torch.zeros([100_000], { dtype: "float16" }).requiresGrad_();
    half.grad = torch.full([100_000], 300, { dtype: "float16" });
    expect(clipGradNorm_([half], Number.POSITIVE_INFINITY).itemNumber()).toBeCloseTo(300 * Math.sqrt(100_000), 1);
  });

  it("does not depend on the number of threads", () => {
    const { params } = make(["float32", "bfloat16", "float64"]);
    const big = torch.zeros([300_001]).requiresGrad_();
    big.grad = torch.randn([300_001]);
    const bits = [1, 2, 3].map((n) => {
      torch.setNumThreads(n);
      return norms.map((normType) =>
        clipGradNorm_([big, ...params], Number.POSITIVE_INFINITY, { normType }).itemNumber(),
      );
    });
    torch.setNumThreads(1);
    expect(bits[1]).toEqual(bits[0]);
    expect(bits[2]).toEqual(bits[0]);
  });

  it("reads gradients of any memory format, gaps and repetition included", () => {
    const grad = torch.randn([4, 3, 6, 6], { dtype: "float64" });
    const looks = [
      grad.clone({ memoryFormat: "channelsLast" }),
      torch
        .zeros([4, 3, 6, 12], { dtype: "float64" })
        .index("...", torch.slice(0, null, 2))
        .copy_(grad),
    ];
    for (const look of looks) {
      const param = torch.zeros([4, 3, 6, 6], { dtype: "float64" }).requiresGrad_();
      param.grad = look;
      expect(clipGradNorm_(param, 1).itemNumber() / normOf(grad, 2)).toBeCloseTo(1, 13);
      expect(normOf(param.grad.contiguous(), 2)).toBeCloseTo(1, 5);
    }
    const param = torch.zeros([5, 4]).requiresGrad_();
    param.grad = torch.ones([4]).expand([5, 4]);
    expect(clipGradNorm_([param], Number.POSITIVE_INFINITY).itemNumber()).toBeCloseTo(Math.sqrt(20), 5);
  });

  it("takes complex gradients", () => {
    const param = torch.zeros([2], { dtype: "complex128" }).requiresGrad_();
    param.grad = torch.complex(torch.tensor([3, 0], { dtype: "float64" }), torch.tensor([4, 12], { dtype: "float64" }));
    expect(clipGradNorm_([param], Number.POSITIVE_INFINITY).itemNumber()).toBeCloseTo(13, 12);
  });

  it("passes NaN and infinity on, or throws before anything has changed", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const normType of norms) {
        const { params, flat } = make(["float32", "float32", "float32"]);
        params[1]!.grad!.index(0).fill_(bad);
        const before = flat().nanToNum();
        expect(() => clipGradNorm_(params, 1, { normType, errorIfNonfinite: true })).toThrow(/finite gradients/);
        expect(flat().nanToNum().eq(before).all().item()).toBe(true);
        expect(clipGradNorm_(params, 1, { normType }).itemNumber()).toBe(bad);
      }
    }
  });

  it("gives 0 when there is no gradient", () => {
    expect(clipGradNorm_([torch.zeros([2]).requiresGrad_()], 1).itemNumber()).toBe(0);
    expect(clipGradNorm_([], 1).itemNumber()).toBe(0);
  });

  it.each<[string, () => unknown, RegExp]>([
    ["a negative limit", () => clipGradNorm_([], -1), /maxNorm >= 0, got -1/],
    ["no limit", () => clipGradNorm_([], undefined as never), /maxNorm >= 0/],
    ["p = 0", () => clipGradNorm_([], 1, { normType: 0 }), /normType > 0/],
    ["what is not a list", () => clipGradNorm_(3 as never, 1), /expected parameters, got/],
    ["what is not a tensor", () => clipGradNorm_([3] as never, 1), /expected tensors, got/],
    ["a negative value", () => clipGradValue_([], -1), /clipValue >= 0/],
  ])("refuses %s", (_, fn, message) => {
    expect(fn).toThrow(torch.TorchError);
    expect(fn).toThrow(message);
  });

  it("refuses sparse gradients", () => {
    const param = torch.ones([3]).requiresGrad_();
    param.grad = torch.sparseCooTensor(torch.tensor([[1]], { dtype: "int64" }), torch.ones([1]), [3]);
    expect(() => clipGradNorm_([param], 1)).toThrow(/\[norm\] expected dense tensors/);
  });
});

describe("clipGradValue_", () => {
  it("limits each element, in every dtype", () => {
    const { params, flat } = make();
    const before = flat();
    clipGradValue_(params, 0.5);
    expect(
      flat()
        .sub(before.clamp({ min: -0.5, max: 0.5 }))
        .abs()
        .max()
        .itemNumber(),
    ).toBe(0);
  });
});
