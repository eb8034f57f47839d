import { afterEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { forwardAdding, forwardResidual } from "../../lib/nn/forward-chain.js";
import { freezeRunningStatistics } from "../../lib/running-statistics.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";
import { weightOf } from "./fixtures.js";
import { byLibTorch, errorTo } from "./own-kernels.js";

/*
 * Own kernels against LibTorch's: what both compute in low precision is compared with LibTorch's float64, and our error may be
 * little more than LibTorch's own. That bound means something whatever the numbers are.
 */

const { nn } = torch;
type Net = { module: torch.nn.Sequential; run: (module: torch.nn.Sequential, x: torch.Tensor) => torch.Tensor };

const conv = (inC: number, outC: number, bias = false) => new nn.Conv2d(inC, outC, 3, { padding: 1, bias });
const inplace = { inplace: true };
const plain = (module: torch.nn.Sequential): Net => ({ module, run: (m, x) => m.forward(x) });
const nets: Record<string, () => Net> = {
  "norm, relu": () => plain(new nn.Sequential(new nn.BatchNorm2d(32), new nn.ReLU())),
  "norm without affine, relu": () =>
    plain(new nn.Sequential(new nn.BatchNorm2d(32, { affine: false }), new nn.ReLU(inplace))),
  "odd number of channels": () => plain(new nn.Sequential(new nn.BatchNorm2d(32), new nn.ReLU(), conv(32, 19))),
  "norm, relu, convolution": () => plain(new nn.Sequential(new nn.BatchNorm2d(32), new nn.ReLU(inplace), conv(32, 64))),
  "convolution with bias": () => plain(new nn.Sequential(conv(32, 32, true))),
  "convolution, norm, relu": () => plain(new nn.Sequential(conv(32, 48), new nn.BatchNorm2d(48), new nn.ReLU(inplace))),
  "residual block": () => ({
    module: new nn.Sequential(
      new nn.BatchNorm2d(32),
      new nn.ReLU(inplace),
      conv(32, 32),
      new nn.Dropout(0),
      conv(32, 32),
    ),
    run: (m, x) => forwardResidual(m, x),
  }),
  "block that ends in no convolution, and a shortcut": () => ({
    module: new nn.Sequential(conv(32, 32), new nn.BatchNorm2d(32), new nn.ReLU()),
    run: (m, x) => forwardAdding(m, x, x.mul(2)),
  }),
  "residual block of one convolution": () => ({
    module: new nn.Sequential(conv(32, 32)),
    run: (m, x) => forwardResidual(m, x),
  }),
};

interface Values {
  [name: string]: torch.Tensor;
}

/** Output, gradients and buffers after one pass, all in float64. */
function valuesOf({ module, run }: Net, x0: torch.Tensor, low: boolean): Values {
  const x = x0.detach().clone().requiresGrad_();
  module.zeroGrad();
  const out = torch.autocast("cpu", { dtype: "bfloat16", enabled: low }, () =>
    run(module, low ? x.to("bfloat16").contiguous({ memoryFormat: "channelsLast" }) : x),
  );
  out
    .to(x.dtype)
    .mul(weightOf(out.to(x.dtype)))
    .sum()
    .backward();
  const values: Values = { out: out.detach().double(), "gradient of x": x.grad!.double() };
  for (const [name, p] of module.namedParameters()) values[`gradient of ${name}`] = p.grad!.double();
  for (const [name, b] of module.namedBuffers()) if (b.isFloatingPoint()) values[name] = b.double().clone();
  return values;
}

afterEach(() => {
  vi.restoreAllMocks();
});

/**
 * The error of float32 sums of so many products in one chain, as a share of the result: 0.3 * 2^-24 sqrt(n), as simulated. With AVX-512
 * LibTorch's convolutions add up in more chains and are more exact than that; Winograd's error is what it is with AVX2.
 */
const oneChain = (products: number) =>
  native.kernelIsa().startsWith("avx512") ? 0.3 * 2 ** -24 * Math.sqrt(products) : 0;

describe("own kernels are as exact as LibTorch's", () => {
  for (const [name, make] of Object.entries(nets)) {
    for (const precision of ["float32", "bfloat16"] as const) {
      for (const training of [true, false]) {
        it(`${name}, ${precision}, ${training ? "training" : "evaluation"}`, () => {
          torch.manualSeed(3);
          const net = make();
          for (const p of net.module.parameters()) torch.noGrad(() => p.add_(torch.randn(p.shape).mul_(0.1)));
          for (const b of net.module.buffers()) if (b.isFloatingPoint()) b.add_(torch.rand(b.shape));
          net.module.train(training).to({ memoryFormat: "channelsLast" });
          const state = Object.fromEntries(Object.entries(net.module.stateDict()).map(([k, v]) => [k, v.clone()]));
          const fresh = () => {
            net.module.loadStateDict(state);
            return net;
          };
          const low = precision === "bfloat16";
          const x = torch.randn([6, 32, 9, 12]).to("bfloat16").float().contiguous({ memoryFormat: "channelsLast" });
          const ours = valuesOf(fresh(), x, low);
          const theirs = byLibTorch(() => valuesOf(fresh(), x, low));
          net.module.double();
          const exact = byLibTorch(() => valuesOf(fresh(), x.double(), false));
          // Winograd's transformed patches are rounded to bfloat16 too, which doubles the rounding; a few roundings are always allowed.
          const [factor, floor] = low ? [2.5, 2 ** -8] : [3, 2 ** -22];
          for (const key of Object.keys(exact)) {
            const [mine, limit] = [errorTo(ours[key]!, exact[key]!), errorTo(theirs[key]!, exact[key]!)];
            const least = low ? 0 : oneChain(9 * 32);
            expect(mine, `${key}: error of LibTorch's ${limit}`).toBeLessThanOrEqual(
              factor * Math.max(limit, least) + floor,
            );
          }
        });
      }
    }
  }

  // In float32 numbers with all their bits: products of short ones are exact, and LibTorch's sums of those almost so.
  // Images that fill tiles of 4x4 and of 2x2, or not; of one tile; few and many channels, in panels and beside them.
  const convolutions: [images: number, inC: number, outC: number, height: number, width: number][] = [
    [40, 32, 32, 4, 4],
    [40, 32, 48, 3, 3],
    [12, 64, 32, 5, 7],
    [9, 48, 96, 8, 8],
    [5, 32, 80, 13, 6],
    [3, 96, 32, 17, 18],
    [8, 320, 288, 8, 4],
    [2, 32, 64, 32, 33],
    [10, 16, 32, 12, 9],
    [6, 48, 16, 16, 16],
    [9, 16, 16, 7, 15],
  ];
  for (const precision of ["float32", "bfloat16"] as const) {
    for (const [images, inC, outC, height, width] of convolutions) {
      for (const threads of [1, 2]) {
        it(`convolution of [${images}, ${inC}, ${height}, ${width}] to ${outC}, ${precision}, ${threads} threads`, () => {
          torch.setNumThreads(threads);
          torch.manualSeed(4);
          const shortcut = torch.randn([images, outC, height, width]).contiguous({ memoryFormat: "channelsLast" });
          const module = new nn.Sequential(conv(inC, outC, true));
          const net = {
            module,
            run: (m: torch.nn.Sequential, x: torch.Tensor) => forwardAdding(m, x, shortcut.to(x.dtype)),
          };
          module.to({ memoryFormat: "channelsLast" });
          const low = precision === "bfloat16";
          const x = torch.randn([images, inC, height, width]);
          const at = (low ? x.to("bfloat16").float() : x).contiguous({ memoryFormat: "channelsLast" });
          const ours = valuesOf(net, at, low);
          const theirs = byLibTorch(() => valuesOf(net, at, low));
          module.double();
          const exact = byLibTorch(() => valuesOf(net, at.double(), false));
          torch.setNumThreads(2);
          const [factor, floor] = low ? [2.5, 2 ** -8] : [3, 2 ** -22];
          for (const key of Object.keys(exact)) {
            const [mine, limit] = [errorTo(ours[key]!, exact[key]!), errorTo(theirs[key]!, exact[key]!)];
            const least = low ? 0 : oneChain(9 * (key === "gradient of x" ? outC : inC));
            expect(mine, `${key}: error of LibTorch's ${limit}`).toBeLessThanOrEqual(
              factor * Math.max(limit, least) + floor,
            );
          }
        });
      }
    }
  }

  it("finite differences and second derivatives in float64", () => {
    torch.manualSeed(4);
    const block = new nn.Sequential(new nn.BatchNorm2d(3), new nn.ReLU(), conv(3, 3)).double();
    const x = torch
      .randn([2, 3, 3, 4], { dtype: "float64" })
      .contiguous({ memoryFormat: "channelsLast" })
      .requiresGrad_();
    const f = (at: torch.Tensor) => {
      const out = freezeRunningStatistics(() => forwardResidual(block, at));
      return out.mul(weightOf(out)).sum();
    };
    const [first] = torch.autograd.grad([f(x)], [x], { createGraph: true });
    const direction = torch.randn(x.shape, { dtype: "float64" });
    const h = 1e-5;
    const difference = (g: (at: torch.Tensor) => number) =>
      (g(x.detach().add(direction.mul(h))) - g(x.detach().sub(direction.mul(h)))) / (2 * h);
    const slope = difference((at) => f(at).itemNumber());
    expect(first!.mul(direction).sum().itemNumber()).toBeCloseTo(slope, 7);

    const gradientNorm = (at: torch.Tensor) => {
      const leaf = at.detach().requiresGrad_();
      return torch.autograd
        .grad([f(leaf)], [leaf])[0]!
        .square()
        .sum()
        .itemNumber();
    };
    const [second] = torch.autograd.grad([first!.square().sum()], [x]);
    const want = difference(gradientNorm);
    expect(Math.abs(second!.mul(direction).sum().itemNumber() - want)).toBeLessThan(1e-6 * Math.max(1, Math.abs(want)));
  });

  it("second derivatives in float32 are LibTorch's", () => {
    torch.manualSeed(5);
    const net = nets["residual block"]!();
    net.module.to({ memoryFormat: "channelsLast" });
    const x = torch.randn([4, 32, 8, 8]).contiguous({ memoryFormat: "channelsLast" });
    const penalty = () => {
      const leaf = x.detach().requiresGrad_();
      const out = freezeRunningStatistics(() => net.run(net.module, leaf));
      const [g] = torch.autograd.grad([out.mul(weightOf(out)).sum()], [leaf], { createGraph: true });
      return torch.autograd.grad([g!.square().sum()], [leaf])[0]!;
    };
    const [ours, theirs] = [penalty(), byLibTorch(penalty)];
    expect(errorTo(ours, theirs)).toBeLessThan(1e-4);
  });
});

describe("who uses the kernels", () => {
  const calls = () => ({
    norm: vi.spyOn(native, "batchNormRelu"),
    skip: vi.spyOn(native, "batchNormReluAndSkip"),
    conv: vi.spyOn(native, "conv2d"),
  });
  const image = () => torch.randn([2, 32, 8, 8]);
  const block = () => new nn.Sequential(new nn.BatchNorm2d(32), new nn.ReLU(), conv(32, 32));

  it("Sequential: batch norm and ReLU by one call", () => {
    const { norm, skip, conv: convolutions } = calls();
    block().forward(image());
    expect([norm.mock.calls.length, skip.mock.calls.length, convolutions.mock.calls.length]).toEqual([1, 0, 1]);
  });
  it("WideResNet: every pair, and each unit's addition inside a convolution", () => {
    const { norm, skip, conv: convolutions } = calls();
    new torch.models.WideResNet({ depth: 16, widthFactor: 2 }).forward(torch.randn([2, 3, 32, 32]));
    expect([norm.mock.calls.length, skip.mock.calls.length]).toEqual([10, 3]);
    expect(convolutions.mock.calls.filter(([, , , addend]) => addend !== 0)).toHaveLength(6);
  });
  it("not where a layer has a hook, which then sees what it always saw", () => {
    const { norm } = calls();
    const net = block();
    const seen: torch.Tensor[] = [];
    net.at(0).registerForwardHook((_, __, out) => {
      seen.push(out);
    });
    const x = image();
    const hooked = net.forward(x);
    expect(norm.mock.calls).toHaveLength(0);
    expect(seen).toHaveLength(1);
    expect(seen[0]!.isDisposed).toBe(false);
    expect(seen[0]!.min().itemNumber()).toBeLessThan(0);
    const own = block();
    own.loadStateDict(net.stateDict());
    expect(errorTo(hooked.detach(), own.forward(x).detach())).toBeLessThan(1e-6);
  });
  it("not where a subclass has a forward of its own", () => {
    const { norm } = calls();
    let runs = 0;
    class Counting extends nn.BatchNorm2d {
      override forward(x: torch.Tensor) {
        runs++;
        return super.forward(x);
      }
    }
    new nn.Sequential(new Counting(32), new nn.ReLU()).forward(image());
    expect([runs, norm.mock.calls.length]).toEqual([1, 0]);
  });
  it("not when switched off; then a convolution is LibTorch's, bit for bit", () => {
    const { norm } = calls();
    const net = new nn.Sequential(new nn.BatchNorm2d(32), new nn.ReLU());
    const c = conv(32, 32);
    const x = image().contiguous({ memoryFormat: "channelsLast" });
    byLibTorch(() => {
      net.forward(x);
      const want = nn.functional.conv2d(x, c.weight, { padding: 1 });
      expect(c.forward(x).equal(want)).toBe(true);
    });
    expect(norm.mock.calls).toHaveLength(0);
  });
  it("frozen statistics stay, and the batch's are used", () => {
    const net = new nn.Sequential(new nn.BatchNorm2d(32), new nn.ReLU());
    const x = image().contiguous({ memoryFormat: "channelsLast" });
    const frozen = freezeRunningStatistics(() => net.forward(x));
    expect(net.buffers().map((b) => b.sum().itemNumber())).toEqual([0, 32, 0]);
    expect(net.forward(x).equal(frozen)).toBe(true);
    expect(net.buffers()[2]!.item()).toBe(1);
  });
  it("a disposed weight is an error, as without kernels", () => {
    const net = block();
    (net.at(0) as torch.nn.BatchNorm2d).weight!.dispose();
    expect(errorOf(() => net.forward(image())).code).toBe("E_DISPOSED");
    const c = conv(32, 32, true);
    c.bias!.dispose();
    expect(errorOf(() => c.forward(image())).code).toBe("E_DISPOSED");
  });
});

describe("what flows between two layers", () => {
  const x = torch.randn([4, 8, 6, 6]);
  const layers = () => [conv(8, 8), new nn.ReLU(), conv(8, 8), new nn.BatchNorm2d(8), new nn.ReLU(), new nn.Flatten()];

  it("is freed at once", () => {
    const net = new nn.Sequential(...layers());
    torch.tidy(() => {
      const before = liveMemory().tensors;
      const y = torch.noGrad(() => net.forward(x));
      expect(torch.memory().tensors - before).toBe(1);
      expect(x.isDisposed).toBe(false);
      expect(y.isDisposed).toBe(false);
    });
  });
  it("stays where a layer of the user's may have kept it", () => {
    class Keeps extends nn.Module {
      got?: torch.Tensor;
      gave?: torch.Tensor;
      forward(x: torch.Tensor) {
        this.got = x;
        this.gave = x.mul(2);
        return this.gave;
      }
    }
    const keeps = new Keeps();
    const [first, ...rest] = layers();
    new nn.Sequential(first!, keeps, ...rest).forward(x);
    expect([keeps.got!.isDisposed, keeps.gave!.isDisposed]).toEqual([false, false]);
  });
  it("stays where layers give back their input", () => {
    const net = new nn.Sequential(new nn.Dropout(0.5), new nn.Identity(), new nn.Dropout(0.5)).eval();
    expect(net.forward(x)).toBe(x);
    expect(x.isDisposed).toBe(false);
    const mutates = new nn.Sequential(new nn.ReLU({ inplace: true }), new nn.Flatten());
    const own = x.clone();
    expect(mutates.forward(own).shape).toEqual([4, 288]);
    expect(own.isDisposed).toBe(false);
  });
  it("is what autograd needs, still: gradients equal those of layers called one by one", () => {
    const list = layers();
    const net = new nn.Sequential(...list);
    const gradients = (y: torch.Tensor) => {
      net.zeroGrad();
      y.mul(weightOf(y)).sum().backward();
      return net.parameters().map((p) => p.grad!.clone());
    };
    const ours = gradients(net.forward(x));
    let y = x;
    for (const layer of list) y = layer.forward(y);
    for (const [i, g] of gradients(y).entries()) expect(errorTo(ours[i]!, g)).toBeLessThan(1e-5);
  });
});
