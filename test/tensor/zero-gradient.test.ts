import { expect, it } from "vitest";
import * as torch from "../../lib/index.js";

/** The derivative of sgn is 0, and LibTorch gives it as a tensor that has no memory: reading its address ends the process. */
function withZeroGradient(): torch.Tensor {
  const x = torch.tensor([-1, 0.5, 2], { requiresGrad: true });
  torch.sgn(x).sum().backward();
  return x;
}

it("a gradient without memory is read as zeros", () => {
  expect(withZeroGradient().grad!.toArray()).toEqual([0, 0, 0]);
});

it("optimizers take a gradient without memory", () => {
  const x = withZeroGradient();
  new torch.optim.SGD([x], { lr: 0.1, momentum: 0.9 }).step();
  expect(x.detach().toArray()).toEqual([-1, 0.5, 2]);

  const y = withZeroGradient();
  new torch.optim.AdamW([y], { lr: 0.1, weightDecay: 0 }).step();
  expect(y.detach().toArray()).toEqual([-1, 0.5, 2]);
});

it("the norm of gradients without memory is 0", () => {
  expect(torch.nn.utils.clipGradNorm_([withZeroGradient()], 1).item()).toBe(0);
});

it("SAM steps on gradients without memory", () => {
  const x = torch.tensor([-1, 0.5, 2], { requiresGrad: true });
  const optimizer = new torch.optim.SAM([x], torch.optim.SGD, { rho: 0.05, lr: 0.1 });
  optimizer.step(() => {
    const loss = torch.sgn(x).sum();
    loss.backward();
    return loss;
  });
  expect(x.detach().toArray()).toEqual([-1, 0.5, 2]);
});

it("what changes gradients in place takes those without memory", () => {
  const [x, other] = [withZeroGradient(), torch.tensor([3, 4], { requiresGrad: true })];
  other.mul(other).sum().backward(); // its gradient is [6, 8], of norm 10
  expect(torch.nn.utils.clipGradNorm_([x, other], 1).item()).toBe(10);
  expect(x.grad!.toArray()).toEqual([0, 0, 0]);
  expect(other.grad!.index(0).item()).toBeCloseTo(0.6, 5);

  const y = withZeroGradient();
  torch.nn.utils.clipGradValue_([y], 1);
  expect(y.grad!.toArray()).toEqual([0, 0, 0]);

  const z = withZeroGradient();
  new torch.optim.SGD([z], { lr: 0.1 }).zeroGrad({ setToNone: false });
  expect(z.grad!.toArray()).toEqual([0, 0, 0]);
  expect(z.grad!.add_(1).toArray()).toEqual([1, 1, 1]);
  expect(z.grad!.toArray()).toEqual([1, 1, 1]);
});

it("GradScaler unscales gradients without memory", () => {
  const x = torch.tensor([-1, 0.5, 2], { requiresGrad: true });
  const optimizer = new torch.optim.SGD([x], { lr: 0.1 });
  const scaler = new torch.optim.GradScaler();
  scaler.scale(torch.sgn(x).sum()).backward();
  scaler.unscale_(optimizer);
  scaler.step(optimizer);
  scaler.update();
  expect(x.detach().toArray()).toEqual([-1, 0.5, 2]);
});
