import { expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { describeGpu, makeBatch, makeProblem, relative } from "./gpu.js";

describeGpu("Training on CUDA", () => {
  test("forward and gradients are the CPU's", () => {
    const [here, there] = [makeProblem("cpu"), makeProblem("cuda")];
    const losses = [here.closure(...makeBatch(1, "cpu")), there.closure(...makeBatch(1, "cuda"))].map((l) =>
      l.itemNumber(),
    );
    expect(losses[1]).toBeCloseTo(losses[0]!, 4);
    const grads = ({ model }: typeof here) =>
      [...model.parameters()].flatMap((p) => [...(p.grad!.double().flatten().dataSync() as Float64Array)]);
    expect(relative(grads(there), grads(here))).toBeLessThan(1e-3);
  });

  test("SAM steps are the CPU's", () => {
    const [here, there] = [makeProblem("cpu"), makeProblem("cuda")];
    for (let t = 0; t < 5; t++) {
      here.optimizer.step(() => here.closure(...makeBatch(t, "cpu")));
      there.optimizer.step(() => there.closure(...makeBatch(t, "cuda")));
    }
    expect(relative(there.weights(), here.weights())).toBeLessThan(1e-3);
  });

  test("the own kernels' bf16 step is near the CPU's", () => {
    const [here, there] = [makeProblem("cpu", { low: true }), makeProblem("cuda", { low: true })];
    for (let t = 0; t < 3; t++) {
      here.optimizer.step(() => here.closure(...makeBatch(t, "cpu")));
      there.optimizer.step(() => there.closure(...makeBatch(t, "cuda")));
    }
    expect(relative(there.weights(), here.weights())).toBeLessThan(0.05);
  });

  test("fused batch norm + ReLU is LibTorch's, forward and backward", () => {
    for (const dtype of ["float32", "bfloat16"] as const) {
      torch.manualSeed(2);
      const x0 = torch.randn([8, 64, 9, 9]).to(dtype).to("cuda").contiguous({ memoryFormat: "channelsLast" });
      const weights = torch.randn([8, 64, 9, 9]).to(dtype).to("cuda");
      const values = [true, false].map((fused) => {
        torch.backends.cpu.fusedNorm = fused;
        const net = new torch.nn.Sequential(new torch.nn.BatchNorm2d(64), new torch.nn.ReLU()).to("cuda");
        const x = x0.detach().requiresGrad_();
        const y = net.forward(x);
        y.mul(weights).sum().backward();
        torch.backends.cpu.fusedNorm = true;
        return [y, x.grad!, ...[...net.parameters()].map((p) => p.grad!)].map((t) => [
          ...(t.detach().double().cpu().flatten().dataSync() as Float64Array),
        ]);
      });
      for (const [i, own] of values[0]!.entries()) {
        expect(relative(own, values[1]![i]!)).toBeLessThan(dtype === "float32" ? 1e-5 : 0.01);
      }
    }
  });
});
