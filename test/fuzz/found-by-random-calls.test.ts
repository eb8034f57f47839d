import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";
import { image, int, three } from "./guard-inputs.js";

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
