import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

describe("seeds and generators", () => {
  it("the same numbers as Python for the same seed", () => {
    torch.manualSeed(0);
    expect(torch.rand([3]).toArray()).toEqual(
      Array.from(new Float32Array([0.49625658988952637, 0.7682217955589294, 0.08847743272781372])),
    );
    torch.manualSeed(0);
    expect(torch.randn([3]).toArray()).toEqual(
      Array.from(new Float32Array([1.5409960746765137, -0.293428897857666, -2.1787893772125244])),
    );
    torch.manualSeed(0);
    expect(torch.randperm(5).toArray()).toEqual([4, 0, 1, 3, 2]);
    torch.manualSeed(0);
    expect(torch.randint(100, [4]).toArray()).toEqual([44, 39, 33, 60]);
  });

  it.skipIf(torch.cuda.isAvailable())("a CUDA device that is not there (skipped where there is one)", () => {
    const error = errorOf(() => torch.defaultGenerator("cuda:0"));
    expect([error.code, error.message]).toEqual(["E_DEVICE", expect.stringMatching(/^\[Generator\]/)]);
  });

  it("bigint seeds", () => {
    torch.manualSeed(2n ** 62n + 1n);
    const a = torch.rand([2]).toArray();
    torch.manualSeed(2n ** 62n + 1n);
    expect(torch.rand([2]).toArray()).toEqual(a);
  });

  it("generators are apart from each other and from the default one", () => {
    const a = new torch.Generator().manualSeed(1);
    const b = new torch.Generator().manualSeed(1);
    torch.manualSeed(5);
    const before = torch.getRngState().toArray();
    const first = torch.rand([4], { generator: a }).toArray();
    expect(torch.rand([4], { generator: b }).toArray()).toEqual(first);
    expect(torch.getRngState().toArray()).toEqual(before);
  });

  it("states can be kept and set", () => {
    const state = torch.getRngState();
    const a = torch.randn([5]).toArray();
    torch.setRngState(state);
    expect(torch.randn([5]).toArray()).toEqual(a);
    const generator = new torch.Generator().manualSeed(3);
    const kept = generator.getState();
    const x = torch.rand([1], { generator }).item();
    expect(torch.rand([1], { generator: generator.setState(kept) }).item()).toBe(x);
    expect(torch.defaultGenerator().getState().dtype).toBe("uint8");
  });

  it("what is refused", () => {
    expect(errorOf(() => torch.manualSeed("1" as never)).message).toBe(
      "[manualSeed] expected an integer seed, got a string",
    );
    expect(errorOf(() => torch.manualSeed(1.5)).message).toBe("[manualSeed] expected an integer seed, got 1.5");
    expect(errorOf(() => torch.setRngState(torch.zeros([3]))).code).toBe("E_ARG");
    expect(errorOf(() => torch.setRngState(torch.zeros([3], { dtype: "uint8" }))).code).toBe("E_TORCH");
    expect(errorOf(() => torch.rand([1], { generator: {} as never })).message).toContain("[rand]");
  });
});

describe("random operators", () => {
  it("normal: numbers and tensors, with and without a shape", () => {
    expect(torch.normal(0, 1, [2, 3]).shape).toEqual([2, 3]);
    expect(torch.normal(torch.zeros([4]), 0).toArray()).toEqual([0, 0, 0, 0]);
    expect(torch.normal(5, torch.zeros([2])).toArray()).toEqual([5, 5]);
    expect(torch.normal(torch.ones([2]), torch.zeros([2])).toArray()).toEqual([1, 1]);
  });

  it("randint, multinomial, bernoulli, randperm, uniform_", () => {
    expect(torch.randint(1, [3]).toArray()).toEqual([0, 0, 0]);
    expect(torch.randint(5, 6, [3]).toArray()).toEqual([5, 5, 5]);
    expect(torch.randint(0, 10, [2], { dtype: "int32", generator: new torch.Generator() }).dtype).toBe("int32");
    expect(torch.multinomial(torch.tensor([0, 1, 0]), 1).toArray()).toEqual([1]);
    expect(torch.multinomial(torch.tensor([0, 1, 0]), 3, true).toArray()).toEqual([1, 1, 1]);
    expect(torch.bernoulli(torch.tensor([0, 1])).toArray()).toEqual([0, 1]);
    expect(torch.ones([2]).bernoulli(0).toArray()).toEqual([0, 0]);
    expect(torch.randperm(5).sort().values.toArray()).toEqual([0, 1, 2, 3, 4]);
    const u = torch.empty([100]).uniform_(2, 3);
    expect(u.ge(2).logicalAnd(u.lt(3)).all().item()).toBe(true);
    expect(torch.randLike(u).shape).toEqual([100]);
  });
});
