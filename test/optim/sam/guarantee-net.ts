import { vi } from "vitest";
import * as torch from "../../../lib/index.js";

const { optim, nn } = torch;
const F = nn.functional;

export const SGD = { lr: 0.1, momentum: 0.9, weightDecay: 5e-4 };

/** A small net with batch norm and dropout, and data for it. */
export function net(dropout = 0) {
  torch.manualSeed(1);
  const model = new nn.Sequential(
    new nn.Linear(6, 16),
    new nn.BatchNorm1d(16),
    new nn.ReLU(),
    new nn.Dropout(dropout),
    new nn.BatchNorm1d(16), // no ReLU follows: not the fused kernel
    new nn.Linear(16, 3),
  );
  const x = torch.randn([20, 6]);
  const y = torch.randint(0, 3, [20]);
  return { model, x, y };
}

/** Steps as on a GPU, where nobody asks the host whether a gradient was finite. */
export class OnDevice extends optim.SAM {
  protected override mayAsk(): boolean {
    return false;
  }
}

/** Counts how often a value is read from a tensor, which on a GPU waits for it. */
export function countWaits(): [count: () => number, stop: () => void] {
  const names = ["item", "itemNumber", "dataSync", "toArray"] as const;
  const spies = names.map((name) => vi.spyOn(torch.Tensor.prototype, name));
  return [
    () => spies.reduce((n, spy) => n + spy.mock.calls.length, 0),
    () => spies.forEach((spy) => void spy.mockRestore()),
  ];
}

export const bitsOf = (model: torch.nn.Module) =>
  model.parameters().map((p) => [...p.bytes(), ...(torch.masterOf(p)?.bytes() ?? [])]);

export const weights = (model: torch.nn.Module) =>
  [...model.parameters()].flatMap((p) => Array.from(p.dataSync() as Float32Array));

export const buffers = (model: torch.nn.Module) =>
  [...model.namedBuffers()].flatMap(([, b]) => Array.from(b.dataSync() as Float32Array, Number));

export function closureOf({ model, x, y }: ReturnType<typeof net>, input = x) {
  return () => {
    const loss = F.crossEntropy(model.forward(input), y);
    loss.backward();
    return loss;
  };
}

/** Every number of an optimizer's state but the step counters, which count skipped steps too. */
export function stateNumbers(optimizer: { stateDict(): unknown }): unknown[] {
  const out: unknown[] = [];
  const visit = (value: unknown): void => {
    if (torch.isTensor(value)) out.push(value.toArray());
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) key !== "sam" && visit(item);
  };
  visit(optimizer.stateDict());
  return out;
}
