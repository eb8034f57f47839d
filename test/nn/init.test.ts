import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { decode, expectClose, fixture, make, type Stored } from "./fixtures.js";

const { init } = torch.nn;
interface InitFixture {
  gains: { nonlinearity: torch.nn.init.Nonlinearity; param: number | null; gain: number }[];
  initialisers: {
    init: string;
    shape: number[];
    fanIn: number;
    fanOut: number;
    options: Record<string, unknown>;
    bound?: number;
    std?: number;
  }[];
  seeded: {
    kind: "init" | "creation" | "module" | "dropout";
    name: string;
    shape: number[];
    args: unknown[];
    options: Record<string, unknown>;
    dtype: torch.DType;
    seed: number;
    input: Stored;
    value: Stored;
    stateDict: Record<string, Stored>;
  }[];
}
const { gains, initialisers, seeded } = fixture<InitFixture>("nn-init.json.gz");
type Initialiser = (tensor: torch.Tensor, ...args: unknown[]) => torch.Tensor;
const named = init as unknown as Record<string, Initialiser>;

/** What stands before the options in the call. */
const LEADING: Record<string, string> = { constant_: "val", sparse_: "sparsity" };
function apply(name: string, tensor: torch.Tensor, options: Record<string, unknown>): torch.Tensor {
  const leading = LEADING[name];
  const { [leading ?? ""]: first, ...rest } = options;
  const args = Object.keys(rest).length === 0 ? [] : [rest];
  return leading === undefined ? named[name]!(tensor, ...args) : named[name]!(tensor, first, ...args);
}

describe("gains", () => {
  for (const { nonlinearity, param, gain } of gains) {
    it(`${nonlinearity} ${param ?? ""}`, () => expect(init.calculateGain(nonlinearity, param)).toBe(gain));
  }
  it("an unknown non-linearity is an error", () => {
    expect(() => init.calculateGain("swish" as "relu")).toThrow(/nonlinearity to be one of linear.*"swish"/);
  });
});

describe("distributions", () => {
  for (const { init: name, shape, options, bound, std } of initialisers) {
    it(`${name} [${shape.join(", ")}] ${JSON.stringify(options)}`, () =>
      torch.tidy(() => {
        torch.manualSeed(1);
        const draws = Math.ceil(20_000 / shape.reduce((a, b) => a * b, 1));
        const sample = torch.cat(
          Array.from({ length: draws }, () => apply(name, torch.empty(shape, { dtype: "float64" }), options).flatten()),
        );
        const expected = std ?? bound! / Math.sqrt(3);
        expect(Math.abs(sample.std().itemNumber() / expected - 1)).toBeLessThan(0.03);
        expect(Math.abs(sample.mean().itemNumber())).toBeLessThan(0.03 * expected);
        if (bound !== undefined) {
          const largest = sample.abs().max().itemNumber();
          expect(largest).toBeLessThanOrEqual(bound);
          expect(largest).toBeGreaterThan(0.99 * bound);
        }
      }));
  }

  it("truncNormal_ stays within its bounds, in the middle and in a tail", () => {
    torch.manualSeed(1);
    for (const [a, b] of [
      [-2, 2],
      [1.5, 3],
      [-0.1, 0.1],
    ] as const) {
      const sample = init.truncNormal_(torch.empty([5000], { dtype: "float64" }), { a, b });
      expect(sample.min().itemNumber()).toBeGreaterThanOrEqual(a);
      expect(sample.max().itemNumber()).toBeLessThanOrEqual(b);
    }
    // The mean of N(0, 1) between 1.5 and 3 is (phi(1.5) - phi(3)) / (Phi(3) - Phi(1.5)) = 1.9158...
    const tail = init.truncNormal_(torch.empty([50_000], { dtype: "float64" }), 0, 1, 1.5, 3);
    expect(tail.mean().itemNumber()).toBeCloseTo(1.9158, 1);
  });

  it("truncNormal_ far out in a tail, on either side", () => {
    torch.manualSeed(1);
    // The mean of N(0, 1) between 5 and 8 is (phi(5) - phi(8)) / (Phi(8) - Phi(5)) = 5.1865..., its deviation 0.1808.
    for (const side of [1, -1]) {
      const [a, b] = side > 0 ? [5, 8] : [-8, -5];
      const far = init.truncNormal_(torch.empty([50_000], { dtype: "float64" }), 0, 1, a, b);
      expect(far.mul(side).min().itemNumber()).toBeGreaterThanOrEqual(5);
      expect(far.mul(side).max().itemNumber()).toBeLessThanOrEqual(8);
      expect(Math.abs(far.mul(side).mean().itemNumber() - 5.1865)).toBeLessThan(5 * (0.1808 / Math.sqrt(50_000)));
    }
    for (const dtype of ["float32", "bfloat16"] as const) {
      expect(init.truncNormal_(torch.empty([3], { dtype }), 2 ** 32).toArray()).toEqual([2, 2, 2]);
      expect(init.truncNormal_(torch.empty([3], { dtype }), -7, 1e-200).toArray()).toEqual([-2, -2, -2]);
    }
  });

  it("orthogonal_ gives orthonormal rows or columns", () => {
    const wide = init.orthogonal_(torch.empty([3, 7], { dtype: "float64" }));
    expect(
      wide
        .matmul(wide.t())
        .sub(torch.eye(3, { dtype: "float64" }))
        .abs()
        .max()
        .itemNumber(),
    ).toBeLessThan(1e-12);
    const tall = init.orthogonal_(torch.empty([7, 3], { dtype: "float64" }), 2);
    expect(
      tall
        .t()
        .matmul(tall)
        .sub(torch.eye(3, { dtype: "float64" }).mul(4))
        .abs()
        .max()
        .itemNumber(),
    ).toBeLessThan(1e-12);
  });
});

describe("with the same seed the same numbers as Python PyTorch", () => {
  for (const given of seeded) {
    const { kind, name, shape, args, options, dtype, seed, input, value, stateDict } = given;
    it(`${kind} ${name} ${JSON.stringify(shape ?? args)} ${dtype ?? ""} ${JSON.stringify(options ?? {})}`, () => {
      if (kind === "module") {
        torch.manualSeed(seed);
        const state = make(name, args, options).stateDict();
        expect(Object.keys(state)).toEqual(Object.keys(stateDict));
        for (const [key, want] of Object.entries(stateDict))
          expectClose(state[key]!, want, key, { float64: 0, float32: 1e-6 });
        return;
      }
      if (kind === "dropout") {
        const layer = make(name, args, {}) as torch.nn.Module;
        torch.manualSeed(seed);
        expectClose(layer.forward(decode(input)), value, name);
        return;
      }
      torch.manualSeed(seed);
      const got =
        kind === "init"
          ? apply(name, torch.empty(shape), options)
          : (torch as unknown as Record<string, (...args: unknown[]) => torch.Tensor>)[name]!(...args, { dtype });
      expectClose(got, value, name, { float64: 1e-12, float32: 1e-6 });
    });
  }
});

describe("how initialisers are called", () => {
  it("fill in place, return their tensor, and leave no trace in the graph", () => {
    const p = new torch.nn.Parameter(torch.zeros([2, 3]));
    expect(init.xavierUniform_(p)).toBe(p);
    expect(p.gradFn).toBeNull();
    expect(p.requiresGrad).toBe(true);
  });
  it("take options in order or by name", () => {
    const g = () => new torch.Generator().manualSeed(3);
    const a = init.uniform_(torch.empty([5]), -1, 2, { generator: g() });
    const b = init.uniform_(torch.empty([5]), { a: -1, b: 2, generator: g() });
    expect(a.equal(b)).toBe(true);
  });
  it("leave other generators alone", () => {
    const before = torch.getRngState();
    const generator = new torch.Generator().manualSeed(3);
    init.kaimingNormal_(torch.empty([4, 4]), { generator });
    init.truncNormal_(torch.empty([4, 4]), { a: 1.5, b: 2, generator });
    init.orthogonal_(torch.empty([4, 4]), { generator });
    init.sparse_(torch.empty([4, 4]), 0.5, { generator });
    expect(torch.getRngState().equal(before)).toBe(true);
  });
  it("free what they make on the way", () => {
    const tensor = torch.empty([6, 4]);
    torch.collectGarbage();
    const { tensors } = torch.memory();
    init.orthogonal_(tensor);
    init.truncNormal_(tensor, { a: 1.5, b: 3 });
    init.sparse_(tensor, 0.5);
    init.dirac_(torch.keep(tensor.view([6, 2, 2])));
    expect(torch.memory().tensors).toBe(tensors + 1);
  });
  it("refuse what they cannot fill", () => {
    const vector = torch.empty([3]);
    expect(errorOf(() => init.kaimingUniform_(vector)).message).toMatch(
      /\[kaimingUniform_\] expected a weight of at least 2 dimensions, got shape \[3\]/,
    );
    expect(errorOf(() => init.xavierNormal_(vector)).message).toMatch(/\[xavierNormal_\] expected a weight/);
    expect(errorOf(() => init.eye_(vector)).message).toMatch(/\[eye_\] expected a matrix/);
    expect(errorOf(() => init.dirac_(torch.empty([3, 2, 3]), { groups: 2 })).message).toMatch(/divisible by groups/);
    expect(errorOf(() => init.orthogonal_(vector)).message).toMatch(/at least 2 dimensions/);
    expect(errorOf(() => init.sparse_(vector, 0.5)).message).toMatch(/expected a matrix/);
    expect(errorOf(() => init.sparse_(torch.empty([2, 2]), 1.5)).message).toMatch(/sparsity from 0 to 1/);
    expect(errorOf(() => init.truncNormal_(vector, { a: 2, b: 1 })).message).toMatch(/a < b/);
    expect(errorOf(() => init.uniform_(vector, { c: 1 } as object)).message).toMatch(
      /one of the options a, b, generator, got 'c'/,
    );
    expect(errorOf(() => init.kaimingNormal_(torch.empty([2, 2]), { mode: "fanIn" as "fan_in" })).message).toMatch(
      /mode to be one of fan_in, fan_out/,
    );
    expect(errorOf(() => init.ones_(3 as unknown as torch.Tensor)).message).toMatch(
      /\[constant_\] expected a tensor, got 3/,
    );
  });
});
