import * as torch from "../../lib/index.js";

const { nn } = torch;

/** A small network under SAM. Nothing in it depends on the process's generator, so that threads do not disturb each other. */
export interface Training {
  /** One step on the same data each time; the loss before it. `inside` is called in the second pass, from within backward(). */
  step(inside?: () => void): number;
  dispose(): void;
}

export function smallTraining(): Training {
  const generator = new torch.Generator().manualSeed(3);
  const x = torch.keep(torch.randn([32, 16], { generator }));
  const y = torch.keep(torch.randn([32, 4], { generator }));
  const model = new nn.Sequential(new nn.Linear(16, 32), new nn.ReLU(), new nn.Linear(32, 4));
  torch.noGrad(() => {
    for (const param of model.parameters()) param.copy_(torch.randn(param.shape, { generator }).mul(0.2));
  });
  const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.05, momentum: 0.9 });
  const criterion = new nn.MSELoss();
  return {
    step(inside) {
      let pass = 0;
      return torch.tidy(() => {
        const first = optimizer.step(() => {
          optimizer.zeroGrad();
          const out = model.forward(x);
          if (++pass === 2 && inside) out.registerHook(inside);
          const loss = criterion.forward(out, y);
          loss.backward();
          return loss;
        });
        return Number(first.item());
      });
    },
    dispose() {
      optimizer.dispose();
      for (const tensor of [x, y, ...model.parameters()]) tensor.dispose();
    },
  };
}
