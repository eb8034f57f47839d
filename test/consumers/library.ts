// Only compiled, never run: what a library that is built on sam-torch exports, with its declarations.
import * as torch from "sam-torch";

export class Block extends torch.nn.Module {
  readonly conv = new torch.nn.Conv2d(3, 16, 3, { padding: 1 });
  readonly norm = new torch.nn.BatchNorm2d(16);
  readonly scale: torch.nn.Parameter;

  constructor() {
    super();
    this.scale = new torch.nn.Parameter(torch.ones([1]));
  }

  override forward(x: torch.Tensor): torch.Tensor {
    return this.norm.forward(this.conv.forward(x)).relu().mul(this.scale);
  }
}

export async function fit(model: torch.nn.Module, epochs: number): Promise<number> {
  const { train } = new torch.data.Shapes10();
  const loader = new torch.data.DataLoader(train, { batchSize: 32, shuffle: true });
  const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.AdamW, { rho: 0.05, lr: 1e-3 });
  let last = Number.NaN;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for await (const [x, y] of loader) {
      const loss: torch.Tensor = optimizer.step(() => {
        const loss = torch.nn.functional.crossEntropy(model.forward(x), y, { labelSmoothing: 0.1 });
        loss.backward();
        return loss;
      });
      last = Number(loss.item());
    }
  }
  return last;
}

export const state = (model: torch.nn.Module) => model.stateDict();
export const problem = (error: unknown): torch.ErrorCode | undefined =>
  error instanceof torch.TorchError ? error.code : undefined;
