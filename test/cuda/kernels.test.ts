import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { handleOf, wrap } from "../../lib/tensor.js";

/*
 * The CUDA kernels' code on the CPU, thread after thread (native/kernels/launch.h): indices, tiles, chunks and formulas are the GPU's,
 * only that nothing runs at once. What it is compared with is the CPU's own.
 */

const { nn, optim } = torch;

afterEach(() => native.setDeviceKernelsOnCpu(false));

/** `make()` by the CPU's code, and by the GPU's. */
function both<T>(make: () => T): [own: T, kernels: T] {
  native.setDeviceKernelsOnCpu(false);
  const own = make();
  native.setDeviceKernelsOnCpu(true);
  const kernels = make();
  native.setDeviceKernelsOnCpu(false);
  return [own, kernels];
}

const numbers = (t: torch.Tensor) => [...(t.detach().double().flatten().dataSync() as Float64Array)];

/** Largest difference, relative to the largest value. */
function distance(a: readonly torch.Tensor[], b: readonly torch.Tensor[]): number {
  expect(b.map((t) => t.shape)).toEqual(a.map((t) => t.shape));
  return Math.max(
    ...a.map((t, i) => {
      const [x, y] = [numbers(t), numbers(b[i]!)];
      const size = Math.max(...x.map(Math.abs), 1e-3);
      return Math.max(...x.map((v, k) => (Object.is(v, y[k]) ? 0 : Math.abs(v - y[k]!)))) / size;
    }),
  );
}

describe("batch norm + ReLU", () => {
  type Case = { shape: readonly number[]; dtype: torch.DType; training: boolean; shift?: number };
  const cases: Case[] = [
    { shape: [4, 8, 3, 5], dtype: "float32", training: true },
    { shape: [2, 16, 9, 9], dtype: "bfloat16", training: true },
    { shape: [3, 24, 7, 4], dtype: "bfloat16", training: true },
    { shape: [3, 24, 7, 4], dtype: "float32", training: false },
    { shape: [2, 64, 5, 5], dtype: "bfloat16", training: false },
    { shape: [1, 1024, 2, 3], dtype: "bfloat16", training: true }, // wider than one block
    { shape: [2, 520, 3, 1], dtype: "float32", training: true },
    { shape: [70, 4, 16, 16], dtype: "float32", training: true }, // many slices
    { shape: [4, 8, 6, 6], dtype: "float32", training: true, shift: 1000 }, // a mean far from 0
  ];

  test.each(cases)("$shape $dtype, training $training", ({ shape, dtype, training, shift = 0 }) => {
    let nearest = 0; // to the ReLU's edge that one of the last run's numbers is
    const run = (seed: number) => {
      torch.manualSeed(seed);
      const channels = shape[1]!;
      const norm = new nn.BatchNorm2d(channels);
      torch.noGrad(() => {
        norm.weight!.uniform_(0.5, 1.5);
        norm.bias!.uniform_(-0.5, 0.5);
        norm.runningMean!.uniform_(-0.2, 0.2);
        norm.runningVar!.uniform_(0.5, 2);
      });
      const layers = new nn.Sequential(norm, new nn.ReLU());
      if (!training) layers.eval();
      const x = torch
        .randn([...shape])
        .mul(2)
        .add(shift)
        .to(dtype)
        .contiguous({ memoryFormat: "channelsLast" });
      x.requiresGrad_();
      const y = layers.forward(x);
      const weights = torch.randn([...shape]).to(dtype);
      y.mul(weights).sum().backward();
      const exact = nn.functional.batchNorm(x.detach().double(), null, null, {
        weight: norm.weight!.detach().double(),
        bias: norm.bias!.detach().double(),
        training: true,
      });
      nearest = exact.abs().min().itemNumber();
      return [y, x.grad!, norm.weight!.grad!, norm.bias!.grad!, norm.runningMean!, norm.runningVar!];
    };
    let seed = 3;
    // Far from 0 a float32 of x is so coarse that what comes out near 0 may be on either side of the ReLU's edge: other numbers then.
    if (shift > 0) while (run(seed) && nearest < 3e-4) seed++;
    const [own, kernels] = both(() => run(seed));
    expect(distance(own, kernels)).toBeLessThan(dtype === "bfloat16" ? 0.01 : shift > 0 ? 2e-3 : 2e-5);
  });

  test("with a residual, and with what flows past it", () => {
    for (const dtype of ["float32", "bfloat16"] as const) {
      const run = () => {
        torch.manualSeed(5);
        const norm = new nn.BatchNorm2d(16);
        const nhwc = { memoryFormat: "channelsLast" } as const;
        const [x, r] = [0, 1].map(() => torch.randn([3, 16, 4, 5]).to(dtype).contiguous(nhwc).requiresGrad_());
        const handle = (t: torch.Tensor | null) => (t === null ? 0 : handleOf(t));
        const given = [norm.weight, norm.bias, norm.runningMean, norm.runningVar].map(handle) as [
          number,
          number,
          number,
          number,
        ];
        const y = wrap(native.batchNormRelu(handleOf(x!), handleOf(r!), ...given, true, 0.1, 1e-5, true));
        const [z, skip] = native.batchNormReluAndSkip(handleOf(y), 0, ...given, true, 0.1, 1e-5, true).map(wrap);
        z!.square().sum().add(skip!.mul(0.5).sum()).backward();
        return [y, z!, x!.grad!, r!.grad!, norm.weight!.grad!, norm.bias!.grad!];
      };
      const [own, kernels] = both(run);
      expect(distance(own, kernels)).toBeLessThan(dtype === "bfloat16" ? 0.02 : 2e-5);
    }
  });

  test("what the kernels do not take goes LibTorch's way", () => {
    const run = () => {
      torch.manualSeed(1);
      const layers = new nn.Sequential(new nn.BatchNorm2d(5), new nn.ReLU());
      return [layers.forward(torch.randn([2, 5, 3, 3]).contiguous({ memoryFormat: "channelsLast" }))];
    };
    const [own, kernels] = both(run);
    expect(distance(own, kernels)).toBeLessThan(1e-6);
  });
});

describe("a SAM step", () => {
  beforeEach(() => torch.manualSeed(7));

  /** Tensors of many sizes: more than a launch takes, some longer than a chunk, one empty. */
  function weights(dtype: torch.DType): torch.Tensor[] {
    torch.manualSeed(11);
    const sizes = [16384, 16385, 40000, 0, 1, ...Array.from({ length: 95 }, (_, i) => 3 + i)];
    return sizes.map((n) => torch.randn([n]).to(dtype).requiresGrad_());
  }

  function steps(make: (params: torch.Tensor[]) => torch.optim.SAM, dtype: torch.DType = "float32"): torch.Tensor[] {
    const params = weights(dtype);
    const optimizer = make(params);
    const targets = params.map((p) => torch.randn([...p.shape]).to(dtype));
    for (let t = 0; t < 3; t++) {
      optimizer.step(() => {
        const loss = params
          .map((p, i) => p.sub(targets[i]!).square().sum())
          .reduce((a, b) => a.add(b))
          .div(100);
        loss.backward();
        return loss;
      });
    }
    return params;
  }

  const sgd = { lr: 0.1, momentum: 0.9, weightDecay: 5e-4 };
  test.each<[string, (params: torch.Tensor[]) => torch.optim.SAM]>([
    ["SAM", (p) => new optim.SAM(p, optim.SGD, { rho: 0.5, ...sgd })],
    ["ASAM", (p) => new optim.SAM(p, optim.SGD, { rho: 2, adaptive: true, eta: 0.01, ...sgd })],
    ["p = infinity", (p) => new optim.SAM(p, optim.SGD, { rho: 0.01, p: Number.POSITIVE_INFINITY, ...sgd })],
    ["ascent along weight decay", (p) => new optim.SAM(p, optim.SGD, { rho: 0.5, ascentWeightDecay: 0.1, ...sgd })],
    ["Nesterov", (p) => new optim.SAM(p, optim.SGD, { rho: 0.5, ...sgd, nesterov: true })],
    ["without momentum", (p) => new optim.SAM(p, optim.SGD, { rho: 0.5, lr: 0.1 })],
    [
      "groups",
      (p) =>
        new optim.SAM(
          Array.from({ length: 12 }, (_, i) => ({
            params: p.filter((_, k) => k % 12 === i),
            rho: 0.1 * i,
            mask: i !== 3,
            lr: 0.01 * (i + 1),
          })),
          optim.SGD,
          sgd,
        ),
    ],
  ])("%s", (_, make) => {
    const [own, kernels] = both(() => steps(make));
    expect(distance(own, kernels)).toBeLessThan(1e-5);
    const [plain, rounded] = both(() => steps(make, "bfloat16"));
    expect(distance(plain, rounded)).toBeLessThan(0.03);
  });

  test("with float32 masters behind bfloat16 weights", () => {
    const run = () => {
      torch.manualSeed(4);
      const model = new nn.Sequential(new nn.Linear(40, 600), new nn.ReLU(), new nn.Linear(600, 7));
      model.to("bfloat16", { masterWeights: true });
      const optimizer = new optim.SAM(model.parameters(), optim.SGD, { rho: 0.5, adaptive: true, ...sgd });
      const x = torch.randn([32, 40]).to("bfloat16");
      const seen: torch.Tensor[] = [];
      for (let t = 0; t < 3; t++) {
        optimizer.step(() => {
          seen.push(...[...model.parameters()].map((p) => p.detach().clone()));
          const loss = model.forward(x).square().mean();
          loss.backward();
          return loss;
        });
      }
      return [...seen, ...[...model.parameters()].map((p) => torch.masterOf(p) ?? p)];
    };
    const [own, kernels] = both(run);
    expect(distance(own, kernels)).toBeLessThan(0.02);
  });

  test("parameters that share memory move one after the other, and come back", () => {
    const run = () => {
      const whole = torch.arange(8, { dtype: "float32" }).requiresGrad_();
      const part = whole.detach().slice(0, 2, 6).requiresGrad_();
      const optimizer = new optim.SAM([whole, part], optim.SGD, { rho: 0.5, lr: 0.1, momentum: 0.9 });
      const seen: unknown[] = [];
      for (let t = 0; t < 3; t++) {
        optimizer.step(() => {
          seen.push(whole.tolist());
          const loss = whole.square().sum().add(part.mul(3).sum());
          loss.backward();
          return loss;
        });
      }
      return [...seen, whole.tolist()];
    };
    const [own, kernels] = both(run);
    const off = (kernels as number[][]).flat().map((v, i) => Math.abs(v - (own as number[][]).flat()[i]!));
    expect(Math.max(...off)).toBeLessThan(1e-5); // numbers of up to 8
  });

  test("zero and non-finite gradients leave the weights as they are", () => {
    native.setDeviceKernelsOnCpu(true);
    for (const factor of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const w = torch.randn([100]).requiresGrad_();
      const before = numbers(w);
      const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0.1 });
      const seen: number[][] = [];
      optimizer.step(() => {
        seen.push(numbers(w));
        const loss = w.mul(factor).sum();
        loss.backward();
        return loss;
      });
      expect(seen).toEqual(seen.map(() => before)); // eps = 0
      expect(numbers(w)).toEqual(before);
    }
  });
});

test.each([
  ["float32", 1e-42],
  ["bfloat16", 1e-40],
  ["float32", 0],
  ["float32", Number.NaN],
] as const)("SAM's kernels over a gradient of %s %d move nothing", (dtype, size) => {
  native.setDeviceKernelsOnCpu(true);
  const w = torch.tensor([1, -2, 3], { dtype, requiresGrad: true });
  const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0.1 });
  const seen: unknown[] = [];
  optimizer.step(() => {
    seen.push(w.toArray());
    const loss = w.mul(torch.tensor([size, -size, size], { dtype })).sum();
    loss.backward();
    return loss;
  });
  expect([...seen, w.toArray()]).toEqual(Array(3).fill([1, -2, 3]));
});
