import { afterEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";
import { weightOf } from "./fixtures.js";
import { byLibTorch, errorTo } from "./own-kernels.js";

/*
 * Linear, alone and with the ReLU behind it, as one node with matrix products of its own, against LibTorch's float64: its error may be
 * little more than that of LibTorch's float32.
 */

const { nn } = torch;

/** Result and gradients of a net at x. */
function valuesOf(net: torch.nn.Sequential, at: torch.Tensor): Record<string, torch.Tensor> {
  net.zeroGrad();
  const x = at.detach().clone().requiresGrad_();
  const y = net.forward(x);
  y.mul(weightOf(y)).sum().backward();
  const out: Record<string, torch.Tensor> = { y: y.detach(), "gradient of x": x.grad! };
  for (const [name, p] of net.namedParameters()) out[`gradient of ${name}`] = p.grad!.clone();
  return out;
}

afterEach(() => {
  vi.restoreAllMocks();
  torch.setNumThreads(2);
});

describe("as exact as LibTorch", () => {
  // Rows, columns and depths around the sizes of blocks, panels and parts, and some that are threaded either way.
  const shapes: [x: number[], out: number][] = [
    ...[1, 2, 3, 5, 6, 7, 11, 12, 13, 64].map((rows): [number[], number] => [[rows, 40], 24]),
    ...[1, 2, 7, 8, 15, 16, 17, 31, 33].map((out): [number[], number] => [[9, 21], out]),
    ...[1, 3, 7, 8, 9, 255, 256, 257, 600].map((depth): [number[], number] => [[7, depth], 18]),
    ...[[[64, 784], 256] as const, [[64, 256], 10] as const, [[1000, 512], 3] as const, [[3, 2000], 130] as const].map(
      ([x, out]): [number[], number] => [[...x], out],
    ),
    [[200, 48], 40], // rows of x an odd number of cache lines apart, more of them than a block of the depth has
    [[2, 3, 20], 8],
    [[2, 1, 3, 5], 4],
  ];
  for (const threads of [1, 2]) {
    for (const [shape, out] of shapes) {
      it(`[${shape}] -> ${out}, ${threads} thread${threads === 1 ? "" : "s"}`, () => {
        torch.setNumThreads(threads);
        torch.manualSeed(shape.length + out);
        for (const bias of [true, false]) {
          for (const rectified of [true, false]) {
            const layers = [new nn.Linear(shape.at(-1)!, out, { bias }), ...(rectified ? [new nn.ReLU()] : [])];
            const net = new nn.Sequential(...layers);
            const x = torch.randn(shape);
            const spy = vi.spyOn(native, "linear");
            const ours = valuesOf(net, x);
            expect(spy.mock.calls.map((call) => call[3])).toEqual([rectified]);
            spy.mockRestore();
            const theirs = byLibTorch(() => valuesOf(net, x));
            const exact = byLibTorch(() => valuesOf(net.double(), x.double()));
            for (const [key, want] of Object.entries(exact)) {
              expect(ours[key]!.shape).toEqual(want.shape);
              const limit = errorTo(theirs[key]!, want);
              expect(errorTo(ours[key]!, want), `${key}: error of LibTorch's ${limit}`).toBeLessThanOrEqual(
                3 * limit + 2 ** -22,
              );
            }
          }
        }
      });
    }
  }
});

describe("as a node of the graph", () => {
  it("the ReLU's mask goes into a gradient that is nobody else's, and only into such a one", () => {
    const net = new nn.Sequential(new nn.Linear(12, 20), new nn.ReLU());
    const last = new nn.Linear(20, 3);
    const y = torch.randint(0, 3, [5]);
    const x = torch.randn([5, 12]);
    const gradients = (loss: torch.Tensor, retainGraph = false) => {
      net.zeroGrad();
      last.zeroGrad();
      loss.backward({ retainGraph });
      return [...net.parameters(), ...last.parameters()].map((p) => p.grad!.tolist());
    };
    const loss = nn.functional.crossEntropy(last.forward(net.forward(x)), y);
    const once = gradients(loss, true);
    expect(gradients(loss)).toEqual(once);
    const hidden = net.forward(x);
    hidden.retainGrad();
    expect(gradients(nn.functional.crossEntropy(last.forward(hidden), y))).toEqual(once);
    // What is retained is the gradient before the mask.
    expect(hidden.grad!.mul(hidden.eq(0)).abs().sum().itemNumber()).toBeGreaterThan(0);
    const given = torch.ones([5, 20]);
    net.forward(x).backward({ gradient: given });
    expect(given.tolist()).toEqual(torch.ones([5, 20]).tolist());
  });

  const net = () => new nn.Sequential(new nn.Linear(12, 20), new nn.ReLU());
  const bits = (t: torch.Tensor) =>
    Array.from(t.detach().dataSync() as Float32Array).map((v) => (Object.is(v, -0) ? 0 : v));

  it("second derivatives are LibTorch's", () => {
    torch.manualSeed(1);
    const model = new nn.Sequential(new nn.Linear(12, 20), new nn.ReLU(), new nn.Linear(20, 6));
    const x = torch.randn([5, 12]);
    const penalty = () => {
      model.zeroGrad();
      const leaf = x.detach().requiresGrad_();
      const y = model.forward(leaf);
      const [g] = torch.autograd.grad([y.mul(weightOf(y)).square().sum()], [leaf], { createGraph: true });
      g!.square().sum().backward();
      return [leaf.grad!, ...model.parameters().map((p) => p.grad?.clone() ?? torch.zeros([1]))];
    };
    const [ours, theirs] = [penalty(), byLibTorch(penalty)];
    for (const [i, want] of theirs.entries()) expect(errorTo(ours[i]!, want.double())).toBeLessThan(1e-5);
  });

  it("asks only for the gradients that are wanted", () => {
    torch.manualSeed(2);
    for (const [wantsX, wantsWeight, wantsBias] of [
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ] as const) {
      const layer = new nn.Linear(6, 4);
      const x = torch.randn([3, 6]).requiresGrad_(wantsX);
      layer.weight.requiresGrad_(wantsWeight);
      layer.bias!.requiresGrad_(wantsBias);
      layer.forward(x).sum().backward();
      expect([x.grad !== null, layer.weight.grad !== null, layer.bias!.grad !== null]).toEqual([
        wantsX,
        wantsWeight,
        wantsBias,
      ]);
      if (wantsBias) expect(bits(layer.bias!.grad!)).toEqual([3, 3, 3, 3]);
    }
    const frozen = net();
    for (const p of frozen.parameters()) p.requiresGrad_(false);
    expect(frozen.forward(torch.randn([2, 12])).requiresGrad).toBe(false);
    expect(torch.noGrad(() => net().forward(torch.randn([2, 12]))).requiresGrad).toBe(false);
  });

  it("a NaN passes forward and back, as in LibTorch; so does the gradient that expand() or sgn() made", () => {
    torch.manualSeed(3);
    const model = net();
    const x = torch.randn([4, 12]);
    x.select(0, 1).fill_(Number.NaN);
    const run = (loss: (y: torch.Tensor) => torch.Tensor) => () => {
      model.zeroGrad();
      const y = model.forward(x);
      loss(y).backward();
      return [y, ...model.parameters().map((p) => p.grad!)].map(bits);
    };
    for (const loss of [(y: torch.Tensor) => y.sum(), (y: torch.Tensor) => y.sgn().sum()]) {
      const [ours, theirs] = [run(loss)(), byLibTorch(run(loss))];
      expect(ours.map((v) => v.map(Number.isNaN))).toEqual(theirs.map((v) => v.map(Number.isNaN)));
      expect(ours[2]!.length).toBe(20);
    }
  });

  it("refuses a second backward, and inputs changed in between, as LibTorch does", () => {
    const model = net();
    const x = torch.randn([3, 12]);
    const loss = model.forward(x).sum();
    loss.backward();
    expect(errorOf(() => loss.backward()).message).toContain("backward through the graph a second time");
    const late = model.forward(x).sum();
    torch.noGrad(() => x.mul_(2));
    expect(errorOf(() => late.backward()).message).toContain("modified by an inplace operation");
    const y = model.forward(torch.randn([3, 12]));
    const sum = y.sum();
    torch.noGrad(() => y.add_(1)); // the ReLU's mask is y
    expect(errorOf(() => sum.backward()).message).toContain("modified by an inplace operation");
  });

  it("saves for its backward pass what that needs, as LibTorch does: the rest may change, or be gone", () => {
    const data = torch.randn([3, 12]);
    const run = (freeze: boolean, change: (model: ReturnType<typeof net>, x: torch.Tensor) => void) => {
      torch.manualSeed(6);
      const model = net();
      if (freeze) model.requiresGrad_(false);
      const x = data.clone().requiresGrad_(freeze);
      const loss = model.forward(x).square().sum();
      torch.noGrad(() => change(model, x));
      loss.backward();
      return freeze ? x.grad! : model.parameters()[0]!.grad!;
    };
    const changes: [boolean, (model: ReturnType<typeof net>, x: torch.Tensor) => void][] = [
      [false, (model) => void model.parameters()[0]!.add_(1)], // the input has no gradient
      [true, (_, x) => void x.add_(1)], // nor has the weight
    ];
    for (const [freeze, change] of changes) {
      const want = byLibTorch(() => run(freeze, () => {}));
      expect(run(freeze, change).sub(want).abs().max().itemNumber()).toBeLessThan(1e-5);
      expect(byLibTorch(() => run(freeze, change)).equal(want)).toBe(true);
    }
    const both = net();
    const x = data.clone().requiresGrad_();
    const loss = both.forward(x).sum();
    torch.noGrad(() => both.parameters()[0]!.add_(1));
    expect(errorOf(() => loss.backward()).message).toContain("modified by an inplace operation");
  });

  it("goes with its graph: nothing is left when results are dropped", () => {
    const model = net();
    const x = torch.randn([3, 12]);
    const before = liveMemory().bytes.cpu;
    for (let i = 0; i < 50; i++) torch.tidy(() => void model.forward(x).sum());
    expect(torch.memory().bytes.cpu).toBe(before);
    torch.tidy(() => model.forward(x).sum().backward());
    model.zeroGrad();
    expect(torch.memory().bytes.cpu).toBe(before);
  });

  it("hands what it saves to hooks on saved tensors", () => {
    const model = net();
    const shapes: string[] = [];
    torch.autograd.graph.savedTensorsHooks(
      (t) => {
        shapes.push(String(t.shape));
        return t;
      },
      (t) => t,
      () => model.forward(torch.randn([3, 12]).requiresGrad_()),
    );
    // Where LibTorch's products are the faster ones its nodes save the weight turned.
    expect([shapes.sort().join(" ")]).toEqual([expect.stringMatching(/^(12,20 3,12|20,12 3,12|3,12 20,12) 3,20$/)]);
  });

  it("carries tangents of forward mode", () => {
    torch.manualSeed(4);
    const model = net();
    const [x, dx] = [torch.randn([3, 12]), torch.randn([3, 12])];
    const [, tangent] = torch.func.jvp((at: torch.Tensor) => model.forward(at), [x], [dx]);
    const h = 1e-3;
    const difference = model
      .forward(x.add(dx.mul(h)))
      .sub(model.forward(x.sub(dx.mul(h))))
      .div(2 * h);
    expect((tangent as torch.Tensor).sub(difference).abs().max().itemNumber()).toBeLessThan(2e-3);
  });
});

describe("who uses it", () => {
  const image = () => torch.randn([4, 12]);
  const layers = () => [new nn.Linear(12, 8), new nn.ReLU(), new nn.Linear(8, 8), new nn.ReLU(), new nn.Linear(8, 2)];
  const flags = (run: () => void) => {
    const spy = vi.spyOn(native, "linear");
    run();
    return spy.mock.calls.map((call) => call[3]);
  };

  it("Sequential: each ReLU goes with the layer before it", () => {
    expect(flags(() => new nn.Sequential(...layers()).forward(image()))).toEqual([true, true, false]);
  });
  it("an in-place ReLU too, which then has nothing of its own to overwrite", () => {
    const net = new nn.Sequential(new nn.Linear(12, 8), new nn.ReLU({ inplace: true }));
    const x = image();
    expect(flags(() => net.forward(x))).toEqual([true]);
    expect(errorTo(net.forward(x), byLibTorch(() => net.forward(x)).double())).toBeLessThan(1e-6);
  });
  it("not where the layer has a hook, which then sees what it always saw", () => {
    const net = new nn.Sequential(...layers());
    let least = 0;
    net.at(0).registerForwardHook((_, __, out) => {
      least = (out as torch.Tensor).min().itemNumber();
    });
    expect(flags(() => net.forward(torch.randn([40, 12])))).toEqual([false, true, false]);
    expect(least).toBeLessThan(0);
  });
  it("not where a subclass has a forward of its own", () => {
    class Doubling extends nn.Linear {
      override forward(x: torch.Tensor) {
        return super.forward(x).mul(2);
      }
    }
    expect(flags(() => new nn.Sequential(new Doubling(12, 8), new nn.ReLU()).forward(image()))).toEqual([false]);
  });
  it("not when switched off; then Linear is LibTorch's, bit for bit", () => {
    const net = new nn.Sequential(new nn.Linear(12, 8), new nn.ReLU());
    const x = image();
    const { weight, bias } = net.at(0) as torch.nn.Linear;
    byLibTorch(() => {
      expect(flags(() => net.forward(x))).toEqual([]);
      expect(net.forward(x).equal(nn.functional.linear(x, weight, bias).relu())).toBe(true);
    });
  });
  it("other types, and large products, are LibTorch's: the same values bit for bit", () => {
    torch.manualSeed(6);
    const double = new nn.Sequential(new nn.Linear(12, 8), new nn.ReLU()).double();
    const wide = new nn.Sequential(new nn.Linear(1024, 1024), new nn.ReLU());
    for (const [net, x] of [
      [double, image().double()],
      [wide, torch.randn([70, 1024])],
    ] as const) {
      expect(net.forward(x).equal(byLibTorch(() => net.forward(x)))).toBe(true);
    }
  });
  it("under autocast the result has autocast's type", () => {
    const net = new nn.Sequential(new nn.Linear(12, 8), new nn.ReLU());
    const y = torch.autocast("cpu", { dtype: "bfloat16" }, () => net.forward(image()));
    expect(y.dtype).toBe("bfloat16");
  });
  it("says what is wrong", () => {
    const layer = new nn.Linear(12, 8);
    const wrong = errorOf(() => layer.forward(torch.randn([4, 11])));
    expect(wrong.code).toBe("E_TORCH");
    expect(wrong.message).toContain("[linear]");
    expect(wrong.message).toContain("[4, 11]");
    expect(wrong.message).toContain("[8, 12]");
    expect(errorOf(() => layer.forward(torch.randn([4, 12]).double())).code).toBe("E_TORCH");
    layer.weight.dispose();
    expect(errorOf(() => layer.forward(torch.randn([4, 12]))).code).toBe("E_DISPOSED");
  });
});
