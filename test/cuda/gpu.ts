import { describe } from "vitest";
import * as torch from "../../lib/index.js";

const { nn, optim } = torch;
const missing = !torch.cuda.isAvailable() ? "no CUDA device" : !torch.cuda.hasCudaPart() ? "no CUDA part" : "";

/** A suite for a machine with a GPU; elsewhere it is skipped, and its name says why. */
export function describeGpu(name: string, fn: () => void): void {
  const title = missing === "" ? name : `${name} (skipped: ${missing})`;
  describe.skipIf(missing !== "")(title, { timeout: 300_000 }, () => {
    torch.backends.cudnn.allowTF32 = false;
    torch.backends.cudnn.deterministic = true;
    fn();
  });
}

/** The same network and optimizer on either device: weights are drawn on the CPU. */
export function makeProblem(device: torch.Device, { dropout = 0, low = false } = {}) {
  torch.manualSeed(0);
  const model = new torch.models.WideResNet({ depth: 10, widthFactor: 1, dropout });
  torch.noGrad(() => [...model.parameters()].at(-2)!.normal_(0, 0.01));
  model.to({ device, memoryFormat: "channelsLast" });
  const optimizer = new optim.SAM(model.parameters(), optim.SGD, {
    rho: 0.05,
    lr: 0.05,
    momentum: 0.9,
    weightDecay: 5e-4,
  });
  const lossOf = (x: torch.Tensor, y: torch.Tensor) =>
    nn.functional.crossEntropy(model.forward(x).float(), y, { labelSmoothing: 0.1 });
  const closure = (x: torch.Tensor, y: torch.Tensor) => {
    const loss = torch.autocast(device, { dtype: "bfloat16", enabled: low }, () => lossOf(x, y));
    loss.backward();
    return loss;
  };
  const weights = () =>
    [...model.parameters()].flatMap((p) => [...(p.detach().double().flatten().dataSync() as Float64Array)]);
  return { model, optimizer, closure, weights };
}

export function makeBatch(seed: number, device: torch.Device, count = 16): [torch.Tensor, torch.Tensor] {
  torch.manualSeed(seed);
  const x = torch.randn([count, 3, 32, 32]).contiguous({ memoryFormat: "channelsLast" });
  return [x.to(device), torch.randint(0, 10, [count]).to(device)];
}

/** |a - b| / |b| */
export const relative = (a: readonly number[], b: readonly number[]) => {
  const distance = Math.hypot(...a.map((v, i) => v - b[i]!));
  return distance / Math.hypot(...b);
};
