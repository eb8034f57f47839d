import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { decode, expectClose, fixture, type Stored } from "../nn/fixtures.js";

const python = fixture<{
  unravel: { indices: Stored; shape: number[]; parts: Stored[] }[];
  polygamma: { n: number; input: Stored; output: Stored }[];
}>("extras.json");

describe("functions that PyTorch writes in Python", () => {
  it.each(python.unravel)("unravelIndex into $shape", ({ indices, shape, parts }) => {
    const got = torch.unravelIndex(decode(indices), shape);
    expect(got.length).toBe(parts.length);
    parts.forEach((part, i) => {
      expectClose(got[i]!, part, `dimension ${i}`);
    });
  });
  it("unravelIndex refuses what has no place", () => {
    expect(errorOf(() => torch.unravelIndex(torch.tensor([6n]), [2, 3])).message).toContain("positions from 0 to 5");
    expect(errorOf(() => torch.unravelIndex(torch.tensor([1]), [2, 3])).message).toContain(
      "integer dtype, got float32",
    );
  });
  it.each(python.polygamma)("x.polygamma($n)", ({ n, input, output }) => {
    expectClose(decode(input).polygamma(n), output, "value");
  });
});

describe("functions of JavaScript on elements", () => {
  it("apply_ and map_, in place, also on views and integers", () => {
    const x = torch.arange(6, { dtype: "float32" }).view(2, 3);
    expect(x.apply_((v) => v * v)).toBe(x);
    expect(x.toArray()).toEqual([
      [0, 1, 4],
      [9, 16, 25],
    ]);
    x.T.select(0, 1).apply_(() => -1);
    expect(x.toArray()).toEqual([
      [0, -1, 4],
      [9, -1, 25],
    ]);
    x.map_(torch.tensor([1, 2, 3]), (a, b) => a + 10 * b);
    expect(x.toArray()).toEqual([
      [10, 19, 34],
      [19, 19, 55],
    ]);
    const big = torch.tensor([5n, 6n]);
    expect([big.apply_((v) => v + 0.75).toArray(), big.dtype]).toEqual([[5, 6], "int64"]);
  });
  it("also on a leaf that requires grad, and not on complex numbers or other devices", () => {
    const leaf = torch.ones([2]).requiresGrad_();
    expect(leaf.apply_((v) => v + 1).toArray()).toEqual([2, 2]);
    expect(leaf.isLeaf && leaf.requiresGrad).toBe(true);
    expect(errorOf(() => torch.zeros([2], { device: "meta" }).apply_((v) => v)).code).toBe("E_DEVICE");
    expect(errorOf(() => torch.zeros([2], { dtype: "complex64" }).apply_((v) => v)).code).toBe("E_DEVICE");
  });
});

describe("what a tensor is", () => {
  it("sparse, quantized", () => {
    const dense = torch.tensor([[0, 1]]);
    expect([dense.isSparse, dense.toSparse().isSparse, dense.toSparseCsr().isSparseCsr]).toEqual([false, true, true]);
    const quantized = torch.quantizePerTensor(dense, 0.1, 0, "qint8");
    expect([dense.isQuantized, quantized.isQuantized, dense.isMkldnn]).toEqual([false, true, false]);
  });
  it("elements of a tensor in oneDNN's layout", () => {
    const x = torch.tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(x.toMkldnn().toArray()).toEqual(x.toArray());
    expect([...x.toMkldnn().dataSync()]).toEqual([1, 2, 3, 4]);
  });
  it("one element as a number, others as text", () => {
    const x = torch.tensor(0.5, { requiresGrad: true }) as unknown as number;
    expect([Number(x), x + 1, x * 4, x < 1, Math.max(x, 0)]).toEqual([0.5, 1.5, 2, true, 0.5]);
    expect(`${x}`).toBe("tensor(0.5000, requires_grad=True)");
    expect(Number(torch.tensor([3n]))).toBe(3);
    const many = torch.tensor([1, 2]);
    expect(`sum of ${many}`).toBe("sum of tensor([1., 2.])");
    expect(`sum of ${torch.zeros([0])}`).toBe("sum of tensor([])");
    for (const wrong of [many, torch.zeros([0]), torch.complex(torch.tensor(1), torch.tensor(1))]) {
      const error = errorOf(() => Number(wrong));
      expect([error.code, error.message]).toEqual([
        "E_ARG",
        expect.stringContaining("[Number] expected a real tensor"),
      ]);
    }
  });
  it("in JSON: its numbers", () => {
    const record = {
      loss: torch.tensor(0.5, { requiresGrad: true }),
      rows: torch
        .tensor([
          [1, Number.NaN],
          [-3, 0.25],
        ])
        .to("bfloat16"),
      ids: torch.tensor([1n, 2n ** 62n]),
      on: torch.tensor([true, false]),
      none: torch.zeros([2, 0]),
      z: torch.complex(torch.tensor([1]), torch.tensor([-2])),
    };
    expect(JSON.parse(JSON.stringify(record))).toEqual({
      loss: 0.5,
      rows: [
        [1, null],
        [-3, 0.25],
      ],
      ids: [1, "4611686018427387904"],
      on: [true, false],
      none: [[], []],
      z: [{ re: 1, im: -2 }],
    });
    record.loss.dispose();
    expect(errorOf(() => JSON.stringify(record)).code).toBe("E_DISPOSED");
  });
  it("dimOrder", () => {
    const x = torch.zeros([2, 3, 4, 5]);
    expect(x.dimOrder()).toEqual([0, 1, 2, 3]);
    expect(x.contiguous({ memoryFormat: "channelsLast" }).dimOrder()).toEqual([0, 2, 3, 1]);
    expect(x.permute([3, 1, 0, 2]).dimOrder()).toEqual([2, 1, 3, 0]);
  });
});

describe("names and constants", () => {
  it("dtypes by their other names", () => {
    const names: torch.DType[] = [
      torch.half,
      torch.float,
      torch.double,
      torch.short,
      torch.int,
      torch.long,
      torch.cfloat,
      torch.cdouble,
    ];
    expect(names.map((dtype) => torch.zeros([1], { dtype }).dtype)).toEqual([
      "float16",
      "float32",
      "float64",
      "int16",
      "int32",
      "int64",
      "complex64",
      "complex128",
    ]);
  });
  it("numbers and newaxis", () => {
    expect([torch.pi, torch.e, torch.inf]).toEqual([Math.PI, Math.E, Infinity]);
    expect(torch.nan).toBeNaN();
    expect(torch.zeros([2]).index("...", torch.newaxis).shape).toEqual([2, 1]);
  });
});

describe("seeds and switches", () => {
  it("a generator tells its seed, and can choose one", () => {
    const generator = new torch.Generator().manualSeed(42);
    expect(generator.initialSeed()).toBe(42n);
    const chosen = generator.seed();
    expect(generator.initialSeed()).toBe(chosen);
    const first = torch.rand([3], { generator }).toArray();
    generator.manualSeed(chosen);
    expect(torch.rand([3], { generator }).toArray()).toEqual(first);
    torch.manualSeed(7);
    expect(torch.initialSeed()).toBe(7n);
    const all = torch.seed();
    expect([torch.initialSeed(), all === 7n]).toEqual([all, false]);
  });
  it("determinism and the precision of products can be asked for", () => {
    expect([torch.areDeterministicAlgorithmsEnabled(), torch.getFloat32MatmulPrecision()]).toEqual([false, "highest"]);
    try {
      torch.useDeterministicAlgorithms(true, { warnOnly: true });
      torch.setFloat32MatmulPrecision("high");
      expect([
        torch.areDeterministicAlgorithmsEnabled(),
        torch.isDeterministicAlgorithmsWarnOnlyEnabled(),
        torch.getFloat32MatmulPrecision(),
      ]).toEqual([true, true, "high"]);
    } finally {
      torch.useDeterministicAlgorithms(false);
      torch.setFloat32MatmulPrecision("highest");
    }
    expect(errorOf(() => torch.setFloat32MatmulPrecision("low" as "high")).message).toContain('got "low"');
  });
});
