import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

describe("1. shape and storage", () => {
  it("shape, size, stride, numel", () => {
    const x = torch.zeros([2, 3, 4]);
    expect([x.shape, x.size(), x.size(-1), x.stride(), x.stride(0), x.numel(), x.nelement(), x.ndim, x.dim()]).toEqual([
      [2, 3, 4],
      [2, 3, 4],
      4,
      [12, 4, 1],
      12,
      24,
      24,
      3,
      3,
    ]);
    expect(errorOf(() => x.size(3)).message).toBe("[size] expected a dimension from -3 to 2, got 3");
  });

  it("elements and bytes", () => {
    const x = torch.zeros([3], { dtype: "float64" });
    expect([x.elementSize(), x.itemsize, x.nbytes]).toEqual([8, 8, 24]);
  });

  it("views share storage", () => {
    const x = torch.arange(6).view(2, 3);
    const row = x.select(0, 1);
    expect(row.storageOffset()).toBe(3);
    expect(row.dataPtr()).toBe(x.dataPtr() + 24n);
    row.fill_(9);
    expect(x.toArray()).toEqual([
      [0, 1, 2],
      [9, 9, 9],
    ]);
    expect(x.view(-1).shape).toEqual([6]);
  });

  it("memory formats", () => {
    const x = torch.zeros([2, 3, 4, 5]);
    expect(x.isContiguous()).toBe(true);
    const y = x.to({ memoryFormat: "channelsLast" });
    expect([y.stride(), y.isContiguous(), y.isContiguous({ memoryFormat: "channelsLast" })]).toEqual([
      [60, 1, 15, 3],
      false,
      true,
    ]);
    expect(y.contiguous().stride()).toEqual(x.stride());
    expect(x.contiguous({ memoryFormat: "channelsLast" }).stride()).toEqual(y.stride());
    expect(torch.zeros([1, 2, 3, 4, 5]).to({ memoryFormat: "channelsLast3d" }).stride()).toEqual([120, 1, 40, 10, 2]);
  });

  it("in-place changes count", () => {
    const x = torch.zeros([2]);
    expect(x.version).toBe(0);
    x.add_(1).mul_(2);
    expect(x.version).toBe(2);
  });

  it("is tells names of one tensor from copies", () => {
    const x = torch.zeros([2]);
    expect(x.is(x.to("float32"))).toBe(true);
    expect(x.is(x.clone())).toBe(false);
  });
});

describe("2. dtypes and devices", () => {
  it.each([
    "uint8",
    "int8",
    "int16",
    "int32",
    "int64",
    "float16",
    "bfloat16",
    "float32",
    "float64",
    "bool",
    "complex64",
    "complex128",
    "uint16",
    "uint32",
    "uint64",
    "float8_e5m2",
    "float8_e4m3fn",
  ] as const)("%s", (dtype) => {
    const x = torch.ones([2]).to(dtype);
    expect(x.dtype).toBe(dtype);
    expect(x.to("float64").toArray()).toEqual([1, 1]);
  });

  it("to: dtype, device, both, another tensor, and itself when nothing changes", () => {
    const x = torch.ones([2]);
    expect(x.to("float64").dtype).toBe("float64");
    expect(x.to("meta").device).toBe("meta");
    expect(x.to("meta", { dtype: "int32" }).dtype).toBe("int32");
    expect(x.to(torch.zeros([1], { dtype: "int8" })).dtype).toBe("int8");
    expect(x.to("float32").is(x)).toBe(true);
    expect(x.to({ copy: true }).is(x)).toBe(false);
  });

  it.each([
    ["double", "float64"],
    ["float", "float32"],
    ["half", "float16"],
    ["bfloat16", "bfloat16"],
    ["long", "int64"],
    ["int", "int32"],
    ["short", "int16"],
    ["char", "int8"],
    ["byte", "uint8"],
    ["bool", "bool"],
    ["cfloat", "complex64"],
    ["cdouble", "complex128"],
  ] as const)("%s() is %s", (method, dtype) => {
    expect(torch.ones([1])[method]().dtype).toBe(dtype);
  });

  it("meta tensors compute shapes and hold nothing", () => {
    const x = torch.zeros([1000, 1000, 1000], { device: "meta" });
    const y = x.matmul(torch.zeros([1000, 7], { device: "meta" }));
    expect([y.shape, y.isMeta, y.isCpu]).toEqual([[1000, 1000, 7], true, false]);
    expect(errorOf(() => y.dataSync()).code).toBe("E_TORCH");
    expect(torch.isTensor(y)).toBe(true);
  });

  it("rounding of bfloat16 and float16", () => {
    expect(torch.tensor([1.00390625, 1.01171875, 3.1436]).to("bfloat16").toArray()).toEqual([1, 1.015625, 3.140625]);
    expect(torch.tensor([65519, 65520, 1e-8]).to("float16").toArray()).toEqual([65504, Number.POSITIVE_INFINITY, 0]);
    expect(torch.tensor([0.1]).to("bfloat16").dataSync()).toBeInstanceOf(Float32Array);
  });

  it("promotion: a number does not widen a tensor", () => {
    const ints = torch.arange(3);
    expect(ints.add(1).dtype).toBe("int64");
    expect(ints.add(1.5).dtype).toBe("float32");
    expect(ints.div(2).dtype).toBe("float32");
    expect(torch.ones([2], { dtype: "bfloat16" }).mul(0.5).dtype).toBe("bfloat16");
    expect(torch.ones([2]).add(torch.ones([], { dtype: "float64" })).dtype).toBe("float32");
    expect(torch.ones([2]).add(torch.ones([1], { dtype: "float64" })).dtype).toBe("float64");
    expect(torch.resultType(ints, 1.5)).toBe("float32");
    expect(torch.promoteTypes("int32", "float16")).toBe("float16");
    expect(torch.canCast("float32", "int32")).toBe(false);
  });

  it("finfo and iinfo", () => {
    expect(torch.finfo("float32")).toEqual({
      bits: 32,
      eps: 2 ** -23,
      max: 3.4028234663852886e38,
      min: -3.4028234663852886e38,
      tiny: 1.1754943508222875e-38,
      resolution: 1e-6,
    });
    expect(torch.finfo("bfloat16").max).toBe(3.3895313892515355e38);
    expect(torch.finfo("float64").max).toBe(Number.MAX_VALUE);
    expect(torch.iinfo("int8")).toEqual({ bits: 8, max: 127, min: -128 });
    expect(torch.iinfo("int64").max).toBe(2n ** 63n - 1n);
    expect(errorOf(() => torch.finfo("int8")).help).toContain("iinfo");
  });
});

describe("3. properties that Python has", () => {
  it("T, mT, H, mH, real, imag, layout", () => {
    const x = torch.arange(6).view(2, 3);
    expect(x.T.shape).toEqual([3, 2]);
    expect(torch.zeros([4, 2, 3]).mT.shape).toEqual([4, 3, 2]);
    const z = torch.tensor([[new torch.Complex(1, 2), new torch.Complex(3, -4)]]);
    expect(z.H.toArray()).toEqual([[new torch.Complex(1, -2)], [new torch.Complex(3, 4)]]);
    expect([z.real.toArray(), z.imag.toArray()]).toEqual([[[1, 3]], [[2, -4]]]);
    expect([x.layout, x.type()]).toEqual(["strided", "int64"]);
  });

  it("where with the condition inside, norm, unique, nonzero", () => {
    const x = torch.tensor([3, -4, 3]);
    expect(x.where(x.gt(0), 0).toArray()).toEqual([3, 0, 3]);
    expect(x.norm().itemNumber()).toBeCloseTo(Math.sqrt(34), 5);
    expect(x.norm(1).item()).toBe(10);
    expect(x.unique().toArray()).toEqual([-4, 3]);
    expect(x.gt(0).nonzero().toArray()).toEqual([[0], [2]]);
    expect(
      x
        .gt(0)
        .nonzero({ asTuple: true })
        .map((i) => i.toArray()),
    ).toEqual([[0, 2]]);
  });
});

describe("4. data out", () => {
  it("item of every kind", () => {
    expect(torch.tensor(1.5).item()).toBe(1.5);
    expect(torch.tensor(true).item()).toBe(true);
    expect(torch.tensor(2n ** 60n).item()).toBe(2n ** 60n);
    expect(torch.tensor(7n).item()).toBe(7);
    expect(torch.tensor(new torch.Complex(1, 2)).item()).toEqual(new torch.Complex(1, 2));
    expect(errorOf(() => torch.zeros([2]).item()).message).toContain(
      "[item] expected a tensor with one element, got float32 [2] cpu",
    );
  });

  it("row-major order whatever the strides", () => {
    const x = torch.arange(6, { dtype: "float32" }).view(2, 3).T;
    expect(x.dataSync()).toEqual(new Float32Array([0, 3, 1, 4, 2, 5]));
    expect(x.tolist()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  it("conjugated and negated views are resolved", () => {
    const z = torch.tensor([new torch.Complex(1, 2)]);
    expect(z.conj().toArray()).toEqual([new torch.Complex(1, -2)]);
    expect(z.conj().imag.toArray()).toEqual([-2]);
  });

  it("data() waits a turn; copyTo fills a given array", async () => {
    const x = torch.tensor([1, 2]);
    expect(await x.data()).toEqual(new Float32Array([1, 2]));
    const into = new Float32Array(2);
    x.copyTo(into);
    expect(into).toEqual(new Float32Array([1, 2]));
    expect(errorOf(() => x.copyTo(new Float32Array(3))).message).toBe(
      "[copyTo] expected a Float32Array of 2 elements, or 8 bytes, for float32 [2] cpu, got a Float32Array of 12 bytes",
    );
  });

  it("copyTo fills arrays of the matching kind, and bytes", () => {
    const x = torch.tensor([1, 2]);
    const bytes = new Uint8Array(8);
    x.copyTo(bytes);
    expect(bytes).toEqual(x.bytes());
    const bits = new Uint16Array(2);
    x.to("bfloat16").copyTo(bits);
    expect([...bits]).toEqual([0x3f80, 0x4000]);
    const parts = new Float32Array(2);
    torch.tensor([new torch.Complex(1, -2)]).copyTo(parts);
    expect([...parts]).toEqual([1, -2]);
    const flags = new Uint8Array(2);
    torch.tensor([true, false]).copyTo(flags);
    expect([...flags]).toEqual([1, 0]);
    // As many bytes, but no float32 values.
    for (const wrong of [new Int32Array(2), new Float64Array(1), [1, 2] as unknown as Float32Array]) {
      const error = errorOf(() => x.copyTo(wrong));
      expect(error.code).toBe("E_ARG");
      expect(error.message).toMatch(/^\[copyTo\] expected a Float32Array of 2 elements, or 8 bytes, .* got /);
    }
  });

  it("itemNumber() is for real numbers", () => {
    expect(torch.tensor([2n]).itemNumber()).toBe(2);
    const error = errorOf(() => torch.tensor([new torch.Complex(1, 2)]).itemNumber());
    expect(error.code).toBe("E_ARG");
    expect(error.message).toMatch(/^\[itemNumber\] expected a real number, got \(1\+2j\)/);
  });

  it("console.log prints it as Python does", () => {
    expect(inspect(torch.tensor([1.5, 2]))).toBe("tensor([1.5000, 2.0000])");
    expect(`${torch.arange(2)}`).toBe("tensor([0, 1])");
    expect(Object.prototype.toString.call(torch.zeros([1]))).toBe("[object Tensor]");
  });
});
