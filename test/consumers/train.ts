// The program of the projects that `npm run check:consumers` makes: SAM steps in a process that has the packed tarball and nothing else.
import * as torch from "sam-torch";

interface Result {
  readonly first: number;
  readonly last: number;
}

function train(steps: number): Result {
  torch.manualSeed(1);
  const x: torch.Tensor = torch.randn([64, 8]);
  const y = x.sum(1, { keepdim: true });
  const model = new torch.nn.Sequential(new torch.nn.Linear(8, 16), new torch.nn.ReLU(), new torch.nn.Linear(16, 1));
  const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.05, momentum: 0.9 });
  const losses = Array.from({ length: steps }, () =>
    torch.tidy(() =>
      optimizer
        .step(() => {
          const loss = torch.nn.functional.mseLoss(model.forward(x), y);
          loss.backward();
          return loss;
        })
        .item(),
    ),
  ).map(Number);
  return { first: losses[0] as number, last: losses.at(-1) as number };
}

const { first, last } = train(20);
if (!(last < first / 4)) throw new Error(`expected the loss to fall to a quarter, got ${first} and then ${last}`);
console.log(`trained: ${first.toFixed(3)} to ${last.toFixed(3)}`);
