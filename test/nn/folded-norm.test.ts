import { afterEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { byLibTorch, errorTo } from "./own-kernels.js";

/*
 * Batch norm in evaluation goes into the convolution before it. What that computes is compared with LibTorch's float64, layer by
 * layer; its error may be little more than that of LibTorch's own operators in the same type.
 */

const { nn } = torch;
const { cpu } = torch.backends;
const inplace = { inplace: true };
const channelsLast = { memoryFormat: "channelsLast" } as const;

/** In evaluation, with statistics, scales and shifts of a trained net. */
function trained<M extends torch.nn.Module>(net: M): M {
  torch.noGrad(() => {
    for (const p of net.parameters()) p.add_(torch.randn(p.shape).mul_(0.1));
    for (const b of net.buffers()) if (b.isFloatingPoint()) b.add_(torch.rand(b.shape));
  });
  net.to(channelsLast).eval();
  return net;
}

const conv = (bias: boolean, out = 48) => new nn.Conv2d(32, out, 3, { padding: 1, bias });
const nets: Record<string, () => torch.nn.Sequential> = {
  "convolution, norm, relu": () => new nn.Sequential(conv(false), new nn.BatchNorm2d(48), new nn.ReLU(inplace)),
  "convolution with bias, norm": () => new nn.Sequential(conv(true), new nn.BatchNorm2d(48)),
  "norm without scale and shift": () =>
    new nn.Sequential(conv(true), new nn.BatchNorm2d(48, { affine: false }), new nn.ReLU()),
  "two in a row": () =>
    new nn.Sequential(conv(false, 32), new nn.BatchNorm2d(32), new nn.ReLU(), conv(true), new nn.BatchNorm2d(48)),
};

const callsOf = (run: () => void) => {
  const spy = vi.spyOn(native, "conv2dNorm");
  run();
  return spy.mock.calls.length;
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("as exact as LibTorch's operators", () => {
  for (const [name, make] of Object.entries(nets)) {
    for (const low of [false, true]) {
      it(`${name}, ${low ? "bfloat16" : "float32"}`, () => {
        torch.manualSeed(1);
        const net = trained(make());
        const x = torch.randn([6, 32, 9, 12]).to("bfloat16").float().contiguous(channelsLast);
        const run = () =>
          torch.noGrad(() => torch.autocast("cpu", { dtype: "bfloat16", enabled: low }, () => net.forward(x)));
        let ours = x;
        expect(
          callsOf(() => {
            ours = run();
          }),
        ).toBe(name === "two in a row" ? 2 : 1);
        const theirs = byLibTorch(run);
        expect(ours.dtype).toBe(theirs.dtype);
        net.double();
        const exact = byLibTorch(() => torch.noGrad(() => net.forward(x.double())));
        const [factor, floor] = low ? [2.5, 2 ** -8] : [3, 2 ** -22];
        expect(errorTo(ours, exact)).toBeLessThanOrEqual(factor * errorTo(theirs, exact) + floor);
      });
    }
  }

  it("an all-bfloat16 net", () => {
    torch.manualSeed(2);
    const net = trained(nets["convolution, norm, relu"]!()).to("bfloat16");
    const x = torch.randn([6, 32, 9, 12]).to("bfloat16").contiguous(channelsLast);
    const ours = torch.noGrad(() => net.forward(x));
    const theirs = byLibTorch(() => torch.noGrad(() => net.forward(x)));
    expect(ours.dtype).toBe("bfloat16");
    const exact = byLibTorch(() => torch.noGrad(() => net.double().forward(x.double())));
    expect(errorTo(ours, exact)).toBeLessThanOrEqual(2.5 * errorTo(theirs, exact) + 2 ** -8);
  });

  it("a WideResNet: one norm of each unit", () => {
    torch.manualSeed(3);
    const net = trained(new torch.models.WideResNet({ depth: 16, widthFactor: 2 }));
    const x = torch.randn([4, 3, 32, 32]);
    let ours = x;
    expect(
      callsOf(() => {
        ours = torch.noGrad(() => net.forward(x));
      }),
    ).toBe(6);
    const theirs = byLibTorch(() => torch.noGrad(() => net.forward(x)));
    expect(errorTo(ours, theirs.double())).toBeLessThan(1e-5);
  });
});

describe("only where it means the same", () => {
  const x = () => torch.randn([6, 32, 8, 8]).contiguous(channelsLast);
  const make = () => trained(nets["convolution, norm, relu"]!());

  it("not in training, which needs the batch's statistics", () => {
    const net = make().train();
    expect(callsOf(() => torch.noGrad(() => net.forward(x())))).toBe(0);
  });
  it("not while a graph is recorded: gradients of convolution and norm stay apart", () => {
    const net = make();
    expect(callsOf(() => net.forward(x()).sum().backward())).toBe(0);
    expect(net.parameters().every((p) => p.grad !== null)).toBe(true);
  });
  it("not without statistics, behind a hook, in a subclass, or when switched off", () => {
    const run = (net: torch.nn.Sequential) => callsOf(() => torch.noGrad(() => net.forward(x())));
    expect(run(trained(new nn.Sequential(conv(false), new nn.BatchNorm2d(48, { trackRunningStats: false }))))).toBe(0);
    const hooked = make();
    let seen = 0;
    hooked.at(1).registerForwardHook(() => {
      seen++;
    });
    expect([run(hooked), seen]).toEqual([0, 1]);
    class Own extends nn.Conv2d {
      override forward(at: torch.Tensor) {
        return super.forward(at);
      }
    }
    expect(run(trained(new nn.Sequential(new Own(32, 48, 3, { padding: 1 }), new nn.BatchNorm2d(48))))).toBe(0);
    cpu.fusedNorm = false;
    expect(run(make())).toBe(0);
    cpu.fusedNorm = true;
  });
  it("where there is no kernel it is two steps, with the same values", () => {
    torch.manualSeed(4);
    const odd = trained(new nn.Sequential(new nn.Conv2d(3, 5, 5, { stride: 2 }), new nn.BatchNorm2d(5), new nn.ReLU()));
    const at = torch.randn([3, 3, 11, 11]);
    const ours = torch.noGrad(() => odd.forward(at));
    const layers = [...odd];
    const theirs = torch.noGrad(() => layers.reduce((y, layer) => layer.forward(y) as torch.Tensor, at));
    expect(errorTo(ours, theirs.double())).toBeLessThan(1e-6);
  });
  it("weights and statistics stay what they were, and what changes in them counts at once", () => {
    torch.manualSeed(5);
    const net = make();
    const before = Object.entries(net.stateDict()).map(([key, value]) => [key, value.clone()] as const);
    const at = x();
    const first = torch.noGrad(() => net.forward(at));
    const after = net.stateDict();
    for (const [key, value] of before) expect(after[key]!.equal(value), key).toBe(true);
    torch.noGrad(() => (net.at(1) as torch.nn.BatchNorm2d).bias!.add_(1));
    const second = torch.noGrad(() => net.forward(at));
    expect(second.sub(first).max().itemNumber()).toBeGreaterThan(0.9);
  });
  it("a norm for other channels is refused as ever", () => {
    const net = trained(new nn.Sequential(conv(false), new nn.BatchNorm2d(32)));
    expect(() => torch.noGrad(() => net.forward(x()))).toThrow(/32/);
  });
});
