import { afterAll, beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { forwardAdding } from "../../lib/nn/forward-chain.js";
import { byLibTorch } from "./own-kernels.js";

/*
 * The gradient of a convolution's weights by products of tiles, against LibTorch's in float64 from the same bf16 numbers: float32 sums lose
 * half a unit in the last place for each addition at most, about sqrt(n) of them in the norm. On a processor without a matrix unit the
 * same packing and cutting up, with plain loops for its instructions.
 */

const { nn } = torch;
type Tensor = torch.Tensor;
const own = native.hasMatrixUnit() ? "on" : "plain";

beforeEach(() => {
  torch.manualSeed(7);
  native.setMatrixUnit(own);
  torch.backends.cpu.winograd = false; // would take some of these shapes
  torch.backends.cpu.wideHalf = false; // and this those of what is LibTorch's here
});
afterAll(() => {
  native.setMatrixUnit("on");
  torch.backends.cpu.winograd = true;
  torch.backends.cpu.wideHalf = true;
});

const bf16 = (shape: number[]) => torch.randn(shape).to("bfloat16").contiguous({ memoryFormat: "channelsLast" });

function rounded(layer: torch.nn.Conv2d): torch.nn.Conv2d {
  for (const p of layer.parameters()) torch.noGrad(() => p.copy_(p.to("bfloat16")));
  return layer;
}
const lowly = <T>(run: () => T): T => torch.autocast("cpu", { dtype: "bfloat16" }, run);

/** Gradients of the weights and x, of one pass; `wide` in float64 by LibTorch. */
function gradients(layer: torch.nn.Conv2d, x0: Tensor, grad: Tensor, wide: boolean): [Tensor, Tensor] {
  layer.zeroGrad();
  const x = x0.detach().requiresGrad_();
  const y = wide ? layer.forward(x) : lowly(() => layer.forward(x));
  y.backward(wide ? grad : grad.to(y.dtype));
  return [layer.weight.grad!, x.grad!];
}

type Case = [name: string, x: number[], make: () => torch.nn.Conv2d];
const cases: Case[] = [
  ["3x3, one image of one tile", [1, 32, 4, 8], () => new nn.Conv2d(32, 32, 3, { padding: 1, bias: false })],
  ["3x3, odd width and height", [3, 32, 7, 9], () => new nn.Conv2d(32, 48, 3, { padding: 1, bias: false })],
  ["3x3, channels that fill no block", [2, 19, 6, 6], () => new nn.Conv2d(19, 37, 3, { padding: 1, bias: false })],
  ["3x3, fewer channels than a block", [2, 8, 6, 6], () => new nn.Conv2d(8, 9, 3, { padding: 1, bias: false })],
  ["3x3 without padding", [2, 32, 9, 6], () => new nn.Conv2d(32, 16, 3, { bias: false })],
  ["3x3, padding 2", [2, 32, 5, 4], () => new nn.Conv2d(32, 32, 3, { padding: 2, bias: false })],
  ["3x3, stride 2", [2, 32, 9, 12], () => new nn.Conv2d(32, 64, 3, { padding: 1, stride: 2, bias: false })],
  [
    "3x3, strides 3 and 2",
    [2, 16, 11, 12],
    () => new nn.Conv2d(16, 16, 3, { padding: 1, stride: [3, 2], bias: false }),
  ],
  [
    "a stride far beyond the image",
    [3, 16, 5, 5],
    () => new nn.Conv2d(16, 16, 3, { padding: 1, stride: 10 ** 9, bias: false }),
  ],
  ["3x3, dilation 2", [2, 16, 9, 10], () => new nn.Conv2d(16, 16, 3, { padding: 2, dilation: 2, bias: false })],
  [
    "dilation 3 with stride 2",
    [2, 16, 14, 13],
    () => new nn.Conv2d(16, 16, 3, { padding: 3, dilation: 3, stride: 2, bias: false }),
  ],
  ["1x1", [3, 48, 5, 5], () => new nn.Conv2d(48, 16, 1, { bias: false })],
  ["1x1, stride 2", [3, 32, 8, 8], () => new nn.Conv2d(32, 64, 1, { stride: 2, bias: false })],
  ["5x1 and 1x7", [2, 16, 9, 9], () => new nn.Conv2d(16, 16, [1, 7], { padding: [0, 3], bias: false })],
  ["5x5", [2, 16, 9, 9], () => new nn.Conv2d(16, 16, [5, 5], { padding: 2, bias: false })],
  ["an output of one pixel", [5, 32, 3, 3], () => new nn.Conv2d(32, 32, 3, { bias: false })],
  ["more images than a chunk", [40, 32, 8, 8], () => new nn.Conv2d(32, 32, 3, { padding: 1, bias: false })],
  ["images of several segments", [1, 16, 70, 64], () => new nn.Conv2d(16, 16, 3, { padding: 1, bias: false })],
  ["an image wider than a chunk", [1, 8, 3, 2100], () => new nn.Conv2d(8, 8, 3, { padding: 1, bias: false })],
  [
    "more than one pair of blocks on both sides",
    [2, 96, 6, 6],
    () => new nn.Conv2d(96, 80, 3, { padding: 1, bias: false }),
  ],
];

describe(`weights' gradient of bf16 convolutions by tiles (${own})`, () => {
  for (const [name, shape, make] of cases) {
    for (const threads of [1, 2]) {
      it(`${name}, ${threads} threads`, () => {
        torch.setNumThreads(threads);
        const layer = rounded(make()).to({ memoryFormat: "channelsLast" });
        const x = bf16(shape);
        const y = lowly(() => layer.forward(x));
        const grad = bf16([...y.shape]);
        const [got, gotX] = gradients(layer, x, grad, false);
        const exact = make().double();
        exact.loadStateDict(layer.stateDict());
        const [want] = byLibTorch(() => gradients(exact, x.double(), grad.double(), true));
        torch.setNumThreads(2);
        expect(got.dtype).toBe("float32");
        expect(got.isContiguous({ memoryFormat: "channelsLast" })).toBe(true);
        const products = x.shape[0]! * y.shape[2]! * y.shape[3]!;
        const error = got.double().sub(want).norm().itemNumber() / want.norm().itemNumber();
        expect(error).toBeLessThan(2 ** -24 * Math.sqrt(products) + 2 ** -24);
        // LibTorch's own
        const [, theirX] = byLibTorch(() => gradients(layer, x, grad, false));
        expect(gotX.double().sub(theirX.double()).norm().itemNumber()).toBeLessThan(
          2 ** -9 * theirX.norm().itemNumber(),
        );
      });
    }
  }

  it("a share of the outputs for each thread, where sums of its own would be too many", () => {
    const layer = rounded(new nn.Conv2d(512, 544, 3, { padding: 1, bias: false }));
    layer.to({ memoryFormat: "channelsLast" });
    const x = bf16([2, 512, 2, 2]),
      grad = bf16([2, 544, 2, 2]);
    torch.setNumThreads(2);
    const [got] = gradients(layer, x, grad, false);
    const exact = new nn.Conv2d(512, 544, 3, { padding: 1, bias: false }).double();
    exact.loadStateDict(layer.stateDict());
    const [want] = byLibTorch(() => gradients(exact, x.double(), grad.double(), true));
    expect(got.double().sub(want).norm().itemNumber()).toBeLessThan(2e-7 * want.norm().itemNumber());
  });

  it("gives the same bits again", () => {
    const layer = rounded(new nn.Conv2d(32, 48, 3, { padding: 1, bias: false }));
    const x = bf16([33, 32, 8, 8]),
      grad = bf16([33, 48, 8, 8]);
    const first = gradients(layer, x, grad, false)[0].clone();
    for (let i = 0; i < 5; i++) expect(gradients(layer, x, grad, false)[0].equal(first)).toBe(true);
  });

  it("a residual and a bias are added in the last step and get their gradients", () => {
    const layer = rounded(new nn.Conv2d(16, 24, 3, { padding: 1 }));
    const module = new nn.Sequential(layer).to({ memoryFormat: "channelsLast" });
    const x = bf16([2, 16, 6, 5]),
      addend = bf16([2, 24, 6, 5]).requiresGrad_();
    const y = lowly(() => forwardAdding(module, x, addend));
    expect(y.dtype).toBe("bfloat16");
    const wide = new nn.Conv2d(16, 24, 3, { padding: 1 }).double();
    wide.loadStateDict(layer.stateDict());
    const want = wide.forward(x.double()).add(addend.double());
    // one rounding, or two by operators on processors whose oneDNN has no bf16
    const allowed = want
      .abs()
      .mul(2 ** -8)
      .add(
        want
          .abs()
          .max()
          .mul(2 ** -9),
      );
    expect(y.double().sub(want).abs().div(allowed).max().itemNumber()).toBeLessThan(2);
    const grad = bf16([2, 24, 6, 5]);
    y.backward(grad);
    expect(addend.grad!.equal(grad)).toBe(true);
    const sums = grad.double().sum([0, 2, 3]);
    expect(layer.bias!.grad!.double().sub(sums).abs().max().itemNumber()).toBeLessThan(1e-5);
  });

  it("ReLU after a batch norm in evaluation is part of the convolution, within its roundings", () => {
    const net = new nn.Sequential(
      new nn.Conv2d(16, 24, 3, { padding: 1, stride: 2 }),
      new nn.BatchNorm2d(24),
      new nn.ReLU(),
    ).to({ memoryFormat: "channelsLast" });
    for (const b of net.buffers()) if (b.isFloatingPoint()) b.add_(torch.rand(b.shape));
    net.eval();
    const x = bf16([2, 16, 8, 8]);
    const got = torch.noGrad(() => lowly(() => net.forward(x))).double();
    const want = byLibTorch(() => torch.noGrad(() => net.double().forward(x.double())));
    expect(got.min().itemNumber()).toBe(0);
    expect(got.sub(want).norm().itemNumber()).toBeLessThan(2 ** -7 * want.norm().itemNumber());
  });

  it("differentiates twice", () => {
    const layer = rounded(new nn.Conv2d(8, 8, 3, { padding: 1, bias: false }));
    const x = bf16([2, 8, 4, 4]);
    const second = (weight: Tensor, run: () => Tensor) => {
      const [g] = torch.autograd.grad(run().pow(2).sum(), [weight], { createGraph: true });
      return torch.autograd.grad(g!.pow(2).sum(), [weight])[0]!.double();
    };
    const low = second(layer.weight, () => lowly(() => layer.forward(x)).float());
    const exact = new nn.Conv2d(8, 8, 3, { padding: 1, bias: false }).double();
    exact.loadStateDict(layer.stateDict());
    const want = second(exact.weight, () => exact.forward(x.double()));
    expect(low.sub(want).norm().itemNumber()).toBeLessThan(0.02 * want.norm().itemNumber());
  });

  it("only what is asked for: frozen weights, an input without gradient", () => {
    const layer = rounded(new nn.Conv2d(16, 16, 3, { padding: 1 }));
    layer.weight.requiresGrad_(false);
    const x = bf16([2, 16, 4, 4]).requiresGrad_();
    lowly(() => layer.forward(x))
      .sum()
      .backward();
    expect(layer.weight.grad).toBe(null);
    expect(x.grad!.dtype).toBe("bfloat16");
    layer.weight.requiresGrad_(true);
    lowly(() => layer.forward(x.detach()))
      .sum()
      .backward();
    expect(layer.weight.grad!.dtype).toBe("float32");
  });

  it("bf16 weights get a bf16 gradient, the float32 one rounded once", () => {
    const layer = rounded(new nn.Conv2d(16, 16, 3, { padding: 1, bias: false }));
    const x = bf16([4, 16, 6, 6]),
      grad = bf16([4, 16, 6, 6]);
    const wide = gradients(layer, x, grad, false)[0].clone();
    layer.to({ dtype: "bfloat16" }).zeroGrad();
    layer.forward(x).backward(grad);
    expect(layer.weight.grad!.dtype).toBe("bfloat16");
    expect(layer.weight.grad!.equal(wide.to("bfloat16"))).toBe(true);
  });

  it("wrong shapes are LibTorch's errors", () => {
    const layer = new nn.Conv2d(16, 16, 3);
    expect(() => lowly(() => layer.forward(bf16([1, 15, 6, 6])))).toThrow(/to have 16 channels/);
    expect(() => lowly(() => layer.forward(bf16([1, 16, 2, 2])))).toThrow(/[Kk]ernel size/);
  });

  it("off: LibTorch's gradient, rounded to bf16", () => {
    const layer = rounded(new nn.Conv2d(16, 32, 3, { padding: 1, bias: false }));
    torch.backends.cpu.matrixUnit = false;
    const [off] = gradients(layer, bf16([8, 16, 8, 8]), bf16([8, 32, 8, 8]), false);
    torch.backends.cpu.matrixUnit = true;
    expect(off.equal(off.to("bfloat16").float())).toBe(true);
  });
});
