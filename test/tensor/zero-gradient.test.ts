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

it("own layers take a gradient without memory", () => {
  const { nn } = torch;
  const image = () => torch.randn([400, 32, 1, 1]).contiguous({ memoryFormat: "channelsLast" });
  const rows = () => torch.randn([400, 32]);
  const labels = torch.zeros([400], { dtype: "int64" });
  const layers: [name: string, x: torch.Tensor, run: (x: torch.Tensor) => torch.Tensor][] = [];
  const add = (name: string, x: torch.Tensor, layer: torch.nn.Module) => {
    layer.to({ memoryFormat: "channelsLast" });
    layers.push([name, x, (at) => layer.forward(at) as torch.Tensor]);
  };
  add("convolution", image(), new nn.Conv2d(32, 32, 3, { padding: 1 }));
  add("norm and ReLU of images", image(), new nn.Sequential(new nn.BatchNorm2d(32), new nn.ReLU()));
  add("norm and ReLU of rows", rows(), new nn.Sequential(new nn.BatchNorm1d(32), new nn.ReLU()));
  add("linear and ReLU", rows(), new nn.Sequential(new nn.Linear(32, 32), new nn.ReLU()));
  layers.push(["cross entropy", rows(), (x) => nn.functional.crossEntropy(x, labels)]);
  for (const [name, at, run] of layers) {
    const x = at.requiresGrad_();
    const y = run(x).sgn();
    y.backward(torch.ones(y.shape));
    expect(x.grad!.abs().max().item(), name).toBe(0);
  }
});
