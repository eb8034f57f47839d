import { expect, it } from "vitest";
import * as torch from "../../lib/index.js";

/*
 * Parameters that are views of some of the same numbers, neither of them dense: a step moves a number by the sum of what the two ask for,
 * as PyTorch's optimizers do that go through their parameters one by one.
 */

const views = (base: torch.Tensor) =>
  [
    [0, 3],
    [1, 3],
    [3, 1],
  ].map(([start, length]) => base.narrow(1, start!, length!).detach().requiresGrad_());

it("SGD moves numbers of several strided parameters by each one's gradient", () => {
  torch.manualSeed(1);
  const base = torch.randn([6, 5]);
  const start = base.double();
  const params = views(base);
  const gradients = params.map((p) => torch.randn(p.shape));
  params.forEach((p, i) => {
    expect(p.isContiguous()).toBe(false);
    p.grad = gradients[i]!;
  });
  new torch.optim.SGD(params, { lr: 0.1 }).step();
  for (const [i, view] of views(start).entries()) torch.noGrad(() => view.sub_(gradients[i]!.double(), { alpha: 0.1 }));
  expect(base.double().sub(start).abs().max().itemNumber()).toBeLessThan(1e-6);
});

it("views of one memory that have no number in common are stepped as if each had its own", () => {
  torch.manualSeed(2);
  const base = torch.randn([64, 4]).mul(1e-3); // steps larger than the numbers: differences of them would round
  const columns = [0, 1, 2, 3].map((i) => base.narrow(1, i, 1).detach().requiresGrad_());
  const own = columns.map((p) => p.detach().clone().requiresGrad_());
  for (const [i, p] of columns.entries()) {
    p.grad = torch.randn(p.shape);
    own[i]!.grad = p.grad.clone();
  }
  for (const params of [columns, own]) new torch.optim.Adam(params, { lr: 0.3 }).step();
  for (const [i, p] of columns.entries()) expect(torch.equal(p, own[i]!)).toBe(true);
});
