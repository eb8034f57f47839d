import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";

const { sharpness } = torch;
const float64 = { dtype: "float64" } as const;

/** A small tanh net in float64, with its loss over two batches of different size. */
function smallNet() {
  const generator = new torch.Generator().manualSeed(3);
  const make = (...shape: number[]) => torch.keep(torch.randn(shape, { ...float64, generator }));
  const w1 = make(5, 3).requiresGrad_();
  const b1 = make(5).requiresGrad_();
  const w2 = make(2, 5).requiresGrad_();
  const params = [w1, b1, w2];
  const batches = [
    [make(6, 3), make(6, 2)],
    [make(4, 3), make(4, 2)],
  ] as [torch.Tensor, torch.Tensor][];
  const loss = ([x, y]: [torch.Tensor, torch.Tensor]) =>
    x.matmul(w1.t()).add(b1).tanh().matmul(w2.t()).sub(y).square().mean();
  return { params, batches, loss };
}

/** The whole Hessian by central differences of the gradient. */
function denseHessian({ params, batches, loss }: ReturnType<typeof smallNet>): number[][] {
  const total = () => loss(batches[0]!).mul(0.6).add(loss(batches[1]!).mul(0.4));
  const gradient = () =>
    torch.autograd.grad([total()], params).flatMap((g) => Array.from(g.dataSync() as Float64Array));
  const rows: number[][] = [];
  const h = 1e-5;
  for (const p of params) {
    const flat = p.detach().view([-1]);
    for (let i = 0; i < p.numel(); i++) {
      const before = flat.index(i).itemNumber();
      flat.indexPut_([i], before + h);
      const up = gradient();
      flat.indexPut_([i], before - h);
      const down = gradient();
      flat.indexPut_([i], before);
      rows.push(up.map((v, j) => (v - down[j]!) / (2 * h)));
    }
  }
  return rows;
}

describe("Hessian", () => {
  const net = smallNet();
  const dense = denseHessian(net);
  const eigenvalues = Array.from(
    torch.linalg.eigvalsh(torch.tensor(dense, float64)).dataSync() as Float64Array,
  ).reverse();

  it("times a vector equals the dense one times it", () => {
    const v = torch.randn([dense.length], float64);
    const product = sharpness.hessianVectorProduct(net, v).dataSync() as Float64Array;
    const expected = torch.tensor(dense, float64).mv(v).dataSync() as Float64Array;
    for (let i = 0; i < expected.length; i++) expect(product[i]!).toBeCloseTo(expected[i]!, 7);
  });

  it("top 4 eigenvalues by Lanczos agree with the dense ones to 1e-6", () => {
    const found = sharpness.hessianEigenvalues(net, { k: 4, iterations: dense.length, tolerance: 1e-10 });
    expect(found).toHaveLength(4);
    for (let i = 0; i < 4; i++) expect(Math.abs(found[i]! - eigenvalues[i]!)).toBeLessThan(1e-6);
  });

  it("trace by Hutchinson is within four standard errors", () => {
    const exact = dense.reduce((sum, row, i) => sum + row[i]!, 0);
    const { trace, error } = sharpness.hessianTrace(net, { samples: 200 });
    expect(Math.abs(trace - exact)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.2 * Math.abs(exact));
  });

  it("of a linear loss is zero", () => {
    const w = torch.ones([3], { ...float64, requiresGrad: true });
    const problem = { params: [w], loss: (x: torch.Tensor) => w.mul(x).sum(), batches: [torch.ones([3], float64)] };
    expect(sharpness.hessianEigenvalues(problem, { k: 1 })).toEqual([0]);
  });
});

describe("sharpness of a quadratic, where all is known", () => {
  // L = (a x^2 + b y^2) / 2 at (1, 1): g = (a, b)
  const [a, b] = [4, 1];
  const w = torch.ones([2], { ...float64, requiresGrad: true });
  const curvature = torch.tensor([a, b], float64);
  const problem = {
    params: [w],
    loss: (x: torch.Tensor) => w.square().mul(x).sum().div(2),
    batches: [curvature],
    sizeOf: () => 1,
  };
  const rho = 0.1;

  it("one step of ascent", () => {
    const n = Math.hypot(a, b);
    const expected = (a * (1 + (rho * a) / n) ** 2 + b * (1 + (rho * b) / n) ** 2 - a - b) / 2;
    expect(sharpness.mSharpness(problem, { rho }).sharpness).toBeCloseTo(expected, 12);
  });

  it("p = infinity: every weight moves by rho", () => {
    const expected = ((a + b) * (1 + rho) ** 2 - a - b) / 2;
    expect(sharpness.mSharpness(problem, { rho, p: Number.POSITIVE_INFINITY }).sharpness).toBeCloseTo(expected, 12);
    expect(sharpness.worstCase(problem, { rho, p: Number.POSITIVE_INFINITY }).sharpness).toBeCloseTo(expected, 10);
  });

  it("the worst case is found by search, and is what a fine grid over the circle finds", () => {
    let best = 0;
    for (let i = 0; i < 100000; i++) {
      const t = (2 * Math.PI * i) / 100000;
      best = Math.max(best, (a * (1 + rho * Math.cos(t)) ** 2 + b * (1 + rho * Math.sin(t)) ** 2 - a - b) / 2);
    }
    const found = sharpness.worstCase(problem, { rho, steps: 60 });
    expect(found.sharpness).toBeLessThanOrEqual(best + 1e-9);
    expect(found.sharpness).toBeGreaterThan(best - 1e-4);
    expect(found.sharpness).toBeGreaterThanOrEqual(sharpness.mSharpness(problem, { rho }).sharpness - 1e-12);
  });

  it("adaptive sharpness does not change when a weight is rescaled against its input", () => {
    const at = (s: number) => {
      const v = torch.tensor([s, 1], { ...float64, requiresGrad: true });
      return sharpness.worstCase(
        {
          params: [v],
          loss: (x: torch.Tensor) =>
            v
              .mul(torch.tensor([1 / s, 1], float64))
              .square()
              .mul(x)
              .sum()
              .div(2),
          batches: [curvature],
          sizeOf: () => 1,
        },
        { rho, adaptive: true },
      ).sharpness;
    };
    expect(at(8)).toBeCloseTo(at(1), 10);
  });

  it("leaves the weights at w, bit for bit, also when the loss throws", () => {
    expect(w.toArray()).toEqual([1, 1]);
    let calls = 0;
    const failing = {
      ...problem,
      loss: (x: torch.Tensor) =>
        calls++ > 2
          ? (() => {
              throw new Error("no");
            })()
          : problem.loss(x),
    };
    expect(() => sharpness.worstCase(failing, { rho })).toThrow("no");
    expect(w.toArray()).toEqual([1, 1]);
  });
});

describe("loss surface", () => {
  const net = smallNet();
  it("has L(w) in its middle, on a line and on a plane", () => {
    const middle = net.loss(net.batches[0]!).itemNumber() * 0.6 + net.loss(net.batches[1]!).itemNumber() * 0.4;
    const line = sharpness.lossSurface(net, { dimensions: 1, points: 5 });
    const plane = sharpness.lossSurface(net, { dimensions: 2, points: 5 });
    expect(line.axis).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(line.losses[2]).toBeCloseTo(middle, 12);
    expect(plane.losses[12]).toBeCloseTo(middle, 12);
    expect(plane.losses).toHaveLength(25);
    expect(new Set(plane.losses).size).toBe(25);
  });
  it("is filter-normalised: scaling a layer against the next changes nothing along the line", () => {
    // ReLU pair: (s W1, W2 / s) is the same function, and directions scale with the filters.
    const at = (s: number) => {
      const generator = new torch.Generator().manualSeed(1);
      const w1 = torch.keep(torch.randn([4, 3], { ...float64, generator }).mul(s)).requiresGrad_();
      const w2 = torch.keep(torch.randn([2, 4], { ...float64, generator }).div(s)).requiresGrad_();
      const x = torch.keep(torch.randn([8, 3], { ...float64, generator }));
      const loss = (input: torch.Tensor) => input.matmul(w1.t()).relu().matmul(w2.t()).square().mean();
      return sharpness.lossSurface({ params: [w1, w2], loss, batches: [x] }, { dimensions: 1, points: 5 }).losses;
    };
    const [one, eight] = [at(1), at(8)];
    for (let i = 0; i < 5; i++) expect(eight[i]!).toBeCloseTo(one[i]!, 8);
  });
});

describe("wrong use", () => {
  it("is told apart", () => {
    const w = torch.ones([2], { requiresGrad: true });
    const problem = { params: [w], loss: () => w.sum(), batches: [torch.ones([1])] };
    expect(() => sharpness.mSharpness({ ...problem, batches: [] })).toThrow(/expected at least one batch/);
    expect(() => sharpness.mSharpness({ ...problem, params: [] })).toThrow(/expected parameters that require grad/);
    expect(() => sharpness.mSharpness(problem, { rho: -1 })).toThrow(/expected rho >= 0/);
    expect(() => sharpness.lossSurface(problem, { points: 4 })).toThrow(/odd number/);
    expect(() => sharpness.hessianEigenvalues(problem, { k: 0 })).toThrow(/k to be an integer/);
  });
});
