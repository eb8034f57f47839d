import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

const { sharpness } = torch;
const float64 = { dtype: "float64" } as const;

type Nested = number[] | Nested[];
interface Fixture {
  weights: Nested[];
  batches: [x: Nested, y: number[]][];
  loss: number;
  eigenvalues: number[];
  trace: number;
  v: number[];
  product: number[];
  mSharpness: { options: { rho: number; adaptive?: boolean; eta?: number; infinity?: boolean }; sharpness: number }[];
  directions: Nested[][];
  axis: number[];
  line: number[];
  plane: number[];
}
/** Made by test/reference/sharpness.py: a dense Hessian by double backward, and the formulas. */
const fixture = JSON.parse(
  readFileSync(new URL("../reference/fixtures/sharpness.json", import.meta.url), "utf8"),
) as Fixture;

const make = (value: Nested) => torch.keep(torch.tensor(value as number[], float64));
const [w1, b1, w2, b2] = fixture.weights.map((w) => make(w).requiresGrad_()) as [
  torch.Tensor,
  torch.Tensor,
  torch.Tensor,
  torch.Tensor,
];
const problem = {
  params: [w1, b1, w2, b2],
  batches: fixture.batches.map(([x, y]) => [make(x), torch.keep(torch.tensor(y, { dtype: "int64" }))]),
  loss: ([x, y]: torch.Tensor[]) =>
    torch.nn.functional.crossEntropy(torch.conv2d(x!, w1, b1).tanh().flatten(1).matmul(w2.t()).add(b2), y!),
};
const directions = fixture.directions.map((parts) => parts.map(make));

function expectClose(got: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(got.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(got[i]! - value), `${i}`).toBeLessThan(tolerance);
}

describe("a convolutional net, as Python has it", () => {
  it("Hessian times a vector", () => {
    const product = sharpness.hessianVectorProduct(problem, torch.tensor(fixture.v, float64));
    expectClose(product.dataSync() as Float64Array, fixture.product, 1e-10);
  });

  it("the 10 largest eigenvalues of 113, to 1e-6", () => {
    const found = sharpness.hessianEigenvalues(problem, { k: 10, iterations: 113, tolerance: 1e-12 });
    expectClose(found, fixture.eigenvalues.slice(0, 10), 1e-6);
  });

  it("the trace, within its error", () => {
    const { trace, error } = sharpness.hessianTrace(problem, { samples: 150 });
    expect(Math.abs(trace - fixture.trace)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.1 * fixture.trace);
  });

  for (const { options, sharpness: expected } of fixture.mSharpness) {
    it(`m-sharpness, ${JSON.stringify(options)}`, () => {
      const { infinity, ...rest } = options;
      const p = infinity ? Number.POSITIVE_INFINITY : 2;
      const found = sharpness.mSharpness(problem, { ...rest, p });
      expect(found.loss).toBeCloseTo(fixture.loss, 12);
      expect(found.sharpness).toBeCloseTo(expected, 12);
      // the worst case over the whole neighbourhood is not below what one step finds on the mean loss
      const worst = sharpness.worstCase(problem, { ...rest, p });
      expect(worst.sharpness).toBeGreaterThan(0);
      expect(worst.loss).toBeCloseTo(fixture.loss, 12);
    });
  }

  it("the filter-normalised line and plane along the same directions", () => {
    const line = sharpness.lossSurface(problem, { dimensions: 1, points: 5, directions: directions.slice(0, 1) });
    expect(line.axis).toEqual(fixture.axis);
    expectClose(line.losses, fixture.line, 1e-8);
    const plane = sharpness.lossSurface(problem, { points: 5, directions });
    expectClose(plane.losses, fixture.plane, 1e-8);
  });

  it("directions that do not fit are refused, and nothing is left behind", () => {
    const before = liveMemory().tensors;
    const few = () => sharpness.lossSurface(problem, { directions: directions.slice(0, 1) });
    const other = () => sharpness.lossSurface(problem, { directions: directions.map((d) => d.slice(1)) });
    expect(errorOf(few).message).toMatch(/expected 2 directions, got 1/);
    expect(errorOf(other).message).toMatch(/expected directions like the parameters, \[3, 2, 3, 3\]/);
    expect(torch.memory().tensors).toBe(before);
  });
});

describe("fused layers", () => {
  it("batch norm with its ReLU in evaluation mode: curvature as finite differences of gradients have it", () => {
    torch.manualSeed(2);
    const { nn } = torch;
    const model = new nn.Sequential(
      ...[new nn.Conv2d(2, 4, 3, { padding: 1 }), new nn.BatchNorm2d(4), new nn.ReLU(), new nn.Flatten()],
      new nn.Linear(4 * 4 * 4, 3),
    );
    model.to("float64");
    const x = torch.randn([6, 2, 4, 4], float64);
    const y = torch.randint(0, 3, [6]);
    model.forward(x); // running statistics that are not 0 and 1
    model.eval();
    const params = model.parameters();
    const loss = ([input, target]: torch.Tensor[]) => torch.nn.functional.crossEntropy(model.forward(input!), target!);
    const size = params.reduce((n, p) => n + p.numel(), 0);
    const v = torch.randn([size], float64);
    const product = sharpness.hessianVectorProduct({ params, loss, batches: [[x, y]] }, v).dataSync() as Float64Array;
    const gradient = () =>
      torch.autograd.grad([loss([x, y])], params).flatMap((g) => Array.from(g.dataSync() as Float64Array));
    const move = (h: number) =>
      torch.noGrad(() => {
        let at = 0;
        for (const p of params) {
          p.add_(v.narrow(0, at, p.numel()).view(p.shape), { alpha: h });
          at += p.numel();
        }
      });
    const h = 1e-6;
    move(h);
    const up = gradient();
    move(-2 * h);
    const down = gradient();
    expectClose(
      product,
      up.map((g, i) => (g - down[i]!) / (2 * h)),
      1e-6,
    );
  });
});
