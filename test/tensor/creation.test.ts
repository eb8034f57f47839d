import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

describe("1. values", () => {
  it("nested arrays", () => {
    const x = torch.tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(x.shape).toEqual([2, 3]);
    expect(x.dtype).toBe("float32");
    expect(x.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it("a bare number has no dimensions", () => {
    const x = torch.tensor(2.5);
    expect(x.shape).toEqual([]);
    expect(x.item()).toBe(2.5);
  });

  it.each([
    [[1, 2.5], "float32"],
    [[1n, 2n], "int64"],
    [[true, false], "bool"],
    [[new torch.Complex(1, -2), 3], "complex64"],
    [[1n, 2.5], "float32"],
    [[true, 2], "float32"],
    [[true, 2n], "int64"],
    [[], "float32"],
  ] as const)("kind %#", (data, dtype) => {
    expect(torch.tensor(data as torch.TensorData).dtype).toBe(dtype);
  });

  it("empty arrays keep their shape", () => {
    expect(torch.tensor([]).shape).toEqual([0]);
    expect(torch.tensor([[], []]).shape).toEqual([2, 0]);
    expect(torch.tensor([[], []]).toArray()).toEqual([[], []]);
  });

  it("an array of typed arrays is a matrix", () => {
    expect(torch.tensor([new Float32Array([1, 2]), new Float32Array([3, 4])]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("a tensor is copied and cut off", () => {
    const x = torch.ones([2], { requiresGrad: true });
    const y = torch.tensor(x);
    expect(y.requiresGrad).toBe(false);
    y.add_(1);
    expect(x.toArray()).toEqual([1, 1]);
  });

  it("integers survive the way to integer dtypes", () => {
    expect(torch.tensor([16777217, 2 ** 52], { dtype: "int64" }).toArray()).toEqual([16777217, 2 ** 52]);
    expect(torch.tensor([2 ** 31 - 1], { dtype: "int32" }).toArray()).toEqual([2 ** 31 - 1]);
    expect(torch.tensor([16777217], { dtype: "float64" }).toArray()).toEqual([16777217]);
  });

  it("64 bits: bigints beyond 2^53 come back as bigints", () => {
    const big = [2n ** 63n - 1n, -(2n ** 63n), 5n];
    const x = torch.tensor(big);
    expect(x.toArray()).toEqual([2n ** 63n - 1n, -(2n ** 63n), 5]);
    expect(x.dataSync()).toEqual(BigInt64Array.from(big));
    expect(torch.tensor([2n ** 64n - 1n], { dtype: "uint64" }).toArray()).toEqual([2n ** 64n - 1n]);
  });
});

describe("1b. numbers that an integer dtype does not have", () => {
  // Python refuses the same ones, but for whole negative numbers, which it wraps around for unsigned dtypes of up to 32 bits.
  it.each<[number | bigint, torch.DType]>([
    [256, "uint8"],
    [-1, "uint8"],
    [255.5, "uint8"],
    [-0.5, "uint8"],
    [128, "int8"],
    [-128.5, "int8"],
    [-32769, "int16"],
    [65536, "uint16"],
    [2n ** 40n, "int32"],
    [2 ** 31, "int32"],
    [-1n, "uint32"],
    [Number.NaN, "int64"],
    [Number.POSITIVE_INFINITY, "int32"],
    [2 ** 63, "int64"],
    [2n ** 63n, "int64"],
    [2 ** 64, "uint64"],
    [2n ** 64n, "uint64"],
    [-1n, "uint64"],
  ])("%s is none for %s", (value, dtype) => {
    const error = errorOf(() => torch.tensor([[0], [value]], { dtype }));
    expect(error.code).toBe("E_ARG");
    expect(error.message).toMatch(/^\[tensor\] expected numbers from -?\d+ to \d+ for u?int\d+, got /);
    expect(errorOf(() => torch.tensor(value, { dtype })).message).toBe(error.message);
  });

  it.each<[number | bigint | boolean, torch.DType, number | bigint]>([
    [1.7, "int32", 1],
    [-1.7, "int32", -1],
    [255, "uint8", 255],
    [-128, "int8", -128],
    [65535, "uint16", 65535],
    [true, "uint8", 1],
    [2 ** 63 - 1024, "int64", 2n ** 63n - 1024n],
    [-(2 ** 63), "int64", -(2n ** 63n)],
    [2n ** 63n - 1n, "int64", 2n ** 63n - 1n],
    [2 ** 64 - 2048, "uint64", 2n ** 64n - 2048n],
    [2n ** 64n - 1n, "uint64", 2n ** 64n - 1n],
  ])("%s for %s is %s", (value, dtype, want) => {
    expect(torch.tensor([value], { dtype }).toArray()).toEqual([want]);
  });

  it("says the range and the number", () => {
    expect(errorOf(() => torch.tensor([300], { dtype: "uint8" })).message).toContain(
      "[tensor] expected numbers from 0 to 255 for uint8, got 300",
    );
  });

  it("typed arrays wrap around, as tensors do", () => {
    expect(torch.tensor(new Float64Array([300, -1]), { dtype: "uint8" }).toArray()).toEqual([44, 255]);
    expect(torch.tensor(torch.tensor([300, -1]), { dtype: "uint8" }).toArray()).toEqual([44, 255]);
  });

  it("other dtypes take what they always did", () => {
    expect(torch.tensor([Number.NaN, 0], { dtype: "bool" }).toArray()).toEqual([true, false]);
    expect(torch.tensor([70000], { dtype: "float16" }).toArray()).toEqual([Number.POSITIVE_INFINITY]);
  });
});

describe("2. typed arrays", () => {
  it.each([
    [new Float32Array([1.5, -2]), "float32"],
    [new Float64Array([1.5, -2]), "float64"],
    [new Int8Array([1, -2]), "int8"],
    [new Uint8Array([1, 255]), "uint8"],
    [new Uint8ClampedArray([1, 255]), "uint8"],
    [new Int16Array([1, -2]), "int16"],
    [new Uint16Array([1, 65535]), "uint16"],
    [new Int32Array([1, -2]), "int32"],
    [new Uint32Array([1, 2 ** 32 - 1]), "uint32"],
    [new BigInt64Array([1n, -2n]), "int64"],
    [new BigUint64Array([1n, 2n]), "uint64"],
  ] as const)("%# is %s, bytes unchanged both ways", (data, dtype) => {
    const x = torch.tensor(data as unknown as Float32Array);
    expect(x.dtype).toBe(dtype);
    expect(Array.from(x.dataSync() as Float32Array, Number)).toEqual(
      Array.from(data as unknown as Float32Array, Number),
    );
    expect(Buffer.from(x.bytes())).toEqual(Buffer.from(data.buffer));
  });

  it("a shape, a part of a buffer, a Buffer, and memory shared between threads", () => {
    expect(torch.tensor(new Float32Array(6), { shape: [2, 3] }).shape).toEqual([2, 3]);
    expect(torch.tensor(new Float32Array([0, 1, 2, 3]).subarray(1, 3)).toArray()).toEqual([1, 2]);
    expect(torch.tensor(Buffer.from([1, 2, 3])).toArray()).toEqual([1, 2, 3]);
    const shared = new Float32Array(new SharedArrayBuffer(8));
    shared.set([7, 8]);
    const x = torch.tensor(shared);
    shared.fill(0);
    expect(x.toArray()).toEqual([7, 8]);
  });

  it("dtype converts; float16, bfloat16 and complex kinds take raw parts", () => {
    expect(torch.tensor(new Float64Array([1.5]), { dtype: "int32" }).toArray()).toEqual([1]);
    expect(torch.tensor(new Uint16Array([0x3f80, 0xbf80]), { dtype: "bfloat16" }).toArray()).toEqual([1, -1]);
    expect(torch.tensor(new Uint16Array([0x3c00]), { dtype: "float16" }).toArray()).toEqual([1]);
    expect(torch.tensor(new Float32Array([1, 2]), { dtype: "complex64" }).toArray()).toEqual([new torch.Complex(1, 2)]);
    expect(torch.tensor(new Uint8Array([0, 1]), { dtype: "bool" }).toArray()).toEqual([false, true]);
  });

  it("frombuffer takes bytes as they lie", () => {
    const bytes = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);
    expect(torch.frombuffer(bytes, { dtype: "float32", shape: [2, 2] }).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(torch.frombuffer(bytes.buffer, { dtype: "float64" }).shape).toEqual([2]);
    expect(torch.frombuffer(new DataView(bytes.buffer, 4, 4), { dtype: "float32" }).toArray()).toEqual([2]);
    expect(errorOf(() => torch.frombuffer(bytes.subarray(1), { dtype: "float32" })).message).toBe(
      "[frombuffer] expected a multiple of 4 bytes for float32, got 15",
    );
  });
});

describe("3. creators", () => {
  it("shapes in brackets or not", () => {
    expect(torch.zeros([2, 3]).shape).toEqual([2, 3]);
    expect(torch.zeros(2, 3).shape).toEqual([2, 3]);
    expect(torch.zeros(4).shape).toEqual([4]);
    expect(torch.zeros([]).shape).toEqual([]);
  });

  it("options", () => {
    const x = torch.ones([2], { dtype: "float64", requiresGrad: true });
    expect([x.dtype, x.requiresGrad, x.isLeaf]).toEqual(["float64", true, true]);
    expect(torch.zeros([2], { device: "meta" }).device).toBe("meta");
    expect(torch.emptyLike(torch.zeros([2, 2, 3, 3]), { memoryFormat: "channelsLast" }).stride()).toEqual([
      18, 1, 6, 2,
    ]);
  });

  it("arange as in Python: one to three numbers, integral ones make int64", () => {
    expect(torch.arange(3).toArray()).toEqual([0, 1, 2]);
    expect(torch.arange(3).dtype).toBe("int64");
    expect(torch.arange(1, 4).toArray()).toEqual([1, 2, 3]);
    expect(torch.arange(1, 2, 0.25).toArray()).toEqual([1, 1.25, 1.5, 1.75]);
    expect(torch.arange(3, { dtype: "float64" }).dtype).toBe("float64");
    expect(torch.arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
  });

  it("full: the value's kind decides", () => {
    expect(torch.full([2], 3).dtype).toBe("float32");
    expect(torch.full([2], 3n).dtype).toBe("int64");
    expect(torch.full([2], true).dtype).toBe("bool");
    expect(torch.full([2], 3, { dtype: "int32" }).toArray()).toEqual([3, 3]);
    expect(torch.fullLike(torch.zeros([2], { dtype: "int64" }), 7).dtype).toBe("int64");
  });

  it("eye, linspace, logspace, tril, newOnes, newTensor", () => {
    expect(torch.eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(torch.linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(torch.logspace(0, 2, 3, { dtype: "float64" }).toArray()).toEqual([1, 10, 100]);
    const like = torch.zeros([1], { dtype: "float64" });
    expect(like.newOnes([2]).dtype).toBe("float64");
    expect(like.newTensor([1, 2]).dtype).toBe("float64");
    expect(torch.trilIndices(2, 2).toArray()).toEqual([
      [0, 1, 1],
      [0, 0, 1],
    ]);
  });

  it("default dtype and device", () => {
    torch.setDefaultDtype("float64");
    torch.setDefaultDevice("meta");
    try {
      expect(torch.zeros([1]).dtype).toBe("float64");
      expect(torch.zeros([1]).device).toBe("meta");
      expect(torch.zeros([1], { device: "cpu" }).device).toBe("cpu");
      expect(torch.tensor([0.1]).dtype).toBe("float64");
      expect(torch.tensor([0.1]).device).toBe("meta");
    } finally {
      torch.setDefaultDtype("float32");
      torch.setDefaultDevice("cpu");
    }
    expect(errorOf(() => torch.setDefaultDtype("int64")).message).toContain(
      "expected a floating point dtype, got int64",
    );
  });

  it("asTensor gives tensors back as they are", () => {
    const x = torch.ones([2]);
    expect(torch.asTensor(x)).toBe(x);
    expect(torch.asTensor(x, { dtype: "float64" }).dtype).toBe("float64");
    expect(torch.asTensor([1, 2]).toArray()).toEqual([1, 2]);
  });
});

describe("4. what is refused", () => {
  it.each([
    ["ragged arrays", () => torch.tensor([[1, 2], [3]]), "expected arrays of length 2 at depth 1, got one of length 1"],
    ["mixed depths", () => torch.tensor([[1], 2] as never), "expected arrays of length 1 at depth 1, got 2"],
    [
      "too deep",
      () => torch.tensor([1, [2]] as never),
      "expected numbers, bigints, booleans or complex numbers, got an array",
    ],
    ["strings", () => torch.tensor(["a"] as never), 'expected numbers, bigints, booleans or complex numbers, got "a"'],
    [
      "undefined",
      () => torch.tensor(undefined as never),
      "expected numbers, bigints, booleans or complex numbers, got undefined",
    ],
    ["a wrong shape", () => torch.tensor([1, 2, 3], { shape: [2, 2] }), "expected 4 elements for shape [2, 2], got 3"],
    [
      "a negative extent",
      () => torch.tensor(new Float32Array(0), { shape: [-1, 0] }),
      "expected a shape of non-negative integers",
    ],
    [
      "a DataView",
      () => torch.tensor(new DataView(new ArrayBuffer(4)) as never),
      "expected a typed array, got a DataView",
    ],
    ["too wide an integer", () => torch.tensor([2n ** 64n]), "expected integers of 64 bits"],
  ])("%s", (_, run, message) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.message).toContain(message);
  });
});
