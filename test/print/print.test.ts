import { describe, expect, it } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { formatPrintable, type Printable } from "../../lib/print.js";
import { formatExponential, formatFixed } from "../../lib/print-number.js";
import { getPrintoptions, type PrintOptions, printoptions, setPrintoptions } from "../../lib/print-options.js";
import { cases, type PrintCase } from "./cases.js";
import { decodeElements } from "./elements.js";

/** Cuts rows out of row-major elements as `Printable.read` promises. */
function cut<T>(elements: T[], shape: readonly number[], edge: number | null): T[] {
  if (edge === null || shape.length === 0) return elements;
  const [size, ...inner] = shape as [number, ...number[]];
  const step = elements.length / size;
  const result: T[] = [];
  for (let i = 0; i < size; i++) {
    if (size > 2 * edge && i >= edge && i < size - edge) continue;
    result.push(...cut(elements.slice(i * step, (i + 1) * step), inner, edge));
  }
  return result;
}

function printable(item: PrintCase): Printable {
  const { dtype, shape, data } = item.tensor;
  const elements = decodeElements(dtype, Buffer.from(data, "base64"));
  const isComplex = dtype.startsWith("complex");
  const pairs = isComplex
    ? Array.from({ length: elements.length / 2 }, (_, i) => elements.slice(2 * i, 2 * i + 2))
    : elements.map((x) => [x]);
  return {
    shape,
    dtype,
    device: "cpu",
    requiresGrad: item.requiresGrad,
    gradFn: item.gradFn,
    read: (edge) => cut(pairs, shape, edge).flat(),
  };
}

describe("1. the same text as Python's repr", () => {
  it.each(cases.map((item) => [item.name, item] as const))("%s", (_, item) => {
    expect(printoptions(item.options, () => formatPrintable(printable(item)))).toBe(item.text);
  });

  it("on other devices", () => {
    const ones = { shape: [2], dtype: "float32", requiresGrad: false, gradFn: null, read: () => [1, 1] };
    expect(formatPrintable({ ...ones, device: "cuda:0" })).toBe("tensor([1., 1.], device='cuda:0')");
    expect(formatPrintable({ ...ones, device: "meta" })).toBe("tensor(..., device='meta', size=(2,))");
  });

  it("reads no more than a summary shows", () => {
    const asked: (number | null)[] = [];
    const read = (edge: number | null) => {
      asked.push(edge);
      return new Float32Array(36);
    };
    formatPrintable({ shape: [1000, 1000], dtype: "float32", device: "cpu", requiresGrad: false, gradFn: null, read });
    expect(asked).toEqual([3]);
  });
});

describe("2. numbers as Python's format()", () => {
  it("rounds exact ties to even and everything else to nearest", () => {
    const fixed: [number, number, string][] = [
      [0.5, 0, "0"],
      [1.5, 0, "2"],
      [2.5, 0, "2"],
      [-0.5, 0, "-0"],
      [0.125, 2, "0.12"],
      [0.375, 2, "0.38"],
      [1.005, 2, "1.00"],
      [0.15, 1, "0.1"],
      [0.25, 1, "0.2"],
      [0.35, 1, "0.3"],
      [1e21, 1, "1000000000000000000000.0"],
      [1e22, 0, "10000000000000000000000"],
      [-0, 2, "-0.00"],
      [9.5, 0, "10"],
      [99.5, 0, "100"],
      [98.5, 0, "98"],
      [Number.NaN, 2, "nan"],
      [Number.NEGATIVE_INFINITY, 2, "-inf"],
    ];
    for (const [value, digits, text] of fixed) expect(formatFixed(value, digits), `${value} .${digits}f`).toBe(text);
    const exponential: [number, number, string][] = [
      [1.5, 0, "2e+00"],
      [2.5, 0, "2e+00"],
      [-2.5, 0, "-2e+00"],
      [9.5, 0, "1e+01"],
      [8.5, 0, "8e+00"],
      [0, 2, "0.00e+00"],
      [1e-5, 4, "1.0000e-05"],
      [1e100, 1, "1.0e+100"],
      [5e-324, 4, "4.9407e-324"],
      [1.25, 1, "1.2e+00"],
      [12.5, 1, "1.2e+01"],
    ];
    for (const [value, digits, text] of exponential)
      expect(formatExponential(value, digits), `${value} .${digits}e`).toBe(text);
  });
});

describe("3. options", () => {
  it("change what they name; sciMode goes back to its default", () => {
    const before = getPrintoptions();
    try {
      setPrintoptions({ precision: 2, sciMode: true });
      expect(getPrintoptions()).toEqual({ ...before, precision: 2, sciMode: true });
      setPrintoptions({ edgeitems: 1 });
      expect(getPrintoptions()).toEqual({ ...before, precision: 2, edgeitems: 1, sciMode: null });
      setPrintoptions({ profile: "default" });
      expect(getPrintoptions()).toEqual(before);
    } finally {
      setPrintoptions({ profile: "default" });
    }
  });

  it("come back after printoptions(), also when it throws", () => {
    const before: PrintOptions = getPrintoptions();
    expect(() =>
      printoptions({ precision: 1 }, () => {
        throw new Error("inside");
      }),
    ).toThrow("inside");
    expect(getPrintoptions()).toEqual(before);
  });

  it("are refused when they make no sense, and then nothing changes", () => {
    const before = getPrintoptions();
    const wrong = [
      { precision: -1 },
      { precision: 1.5 },
      { precision: 101 },
      { linewidth: Number.NaN },
      { edgeitems: Number.POSITIVE_INFINITY },
    ];
    for (const options of wrong) expect(() => setPrintoptions(options)).toThrow(TorchError);
    expect(() => setPrintoptions({ profile: "wide" as "full" })).toThrow("expected profile");
    expect(getPrintoptions()).toEqual(before);
  });
});
