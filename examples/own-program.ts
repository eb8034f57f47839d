/**
 * A program of your own from nothing: numbers in arrays, a module, SAM around AdamW, an evaluation, a file with the weights.
 *
 *   npx tsx examples/own-program.ts [FILE]       tells two spirals apart, in a few seconds
 *
 * A net as small as this one waits for its threads more than it computes: where other programs keep the cores busy, it takes many
 * times as long, unless OMP_NUM_THREADS=1 is set.
 */
import "sam-torch/plain-errors";
import * as torch from "sam-torch";

const { nn } = torch;
torch.manualSeed(0);

// Data: points as numbers, row by row, and a class for each. Two arms of a spiral that go round one and a half times.
const count = 1200;
const points = new Float32Array(2 * count);
const classes = new BigInt64Array(count); // LibTorch wants int64 class numbers
for (let i = 0; i < count; i++) {
  const [arm, along] = [i % 2, i / count];
  const angle = 3 * Math.PI * along + Math.PI * arm;
  points.set([along * Math.cos(angle), along * Math.sin(angle)], 2 * i);
  classes[i] = BigInt(arm);
}
const all = new torch.data.TensorDataset(torch.tensor(points, { shape: [count, 2] }), torch.tensor(classes));
const [train, test] = torch.data.randomSplit(all, [1000, 200]);
const loader = new torch.data.DataLoader(train, { batchSize: 100, shuffle: true });

// A module: layers as fields, forward() as in PyTorch.
class Classifier extends nn.Module {
  hidden = new nn.Linear(2, 64);
  deeper = new nn.Linear(64, 64);
  out = new nn.Linear(64, 2);
  override forward(x: torch.Tensor): torch.Tensor {
    return this.out.forward(this.deeper.forward(this.hidden.forward(x).relu()).relu());
  }
}
const model = new Classifier();
const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.AdamW, { rho: 0.02, lr: 0.01 });

/** The share of the test points that are told apart. */
async function accuracy(): Promise<number> {
  const right = new torch.train.Average();
  for await (using batch of new torch.data.DataLoader(test, { batchSize: 200 })) {
    const [x, y] = batch;
    torch.inferenceMode(() => torch.tidy(() => right.update(torch.train.correct(model.forward(x), y))));
  }
  return right.value();
}

for (let epoch = 1; epoch <= 40; epoch++) {
  for await (using batch of loader) {
    const [x, y] = batch;
    torch.tidy(() =>
      optimizer.step(() => {
        const loss = nn.functional.crossEntropy(model.forward(x), y);
        loss.backward();
        return loss;
      }),
    );
  }
  if (epoch % 10 === 0) console.log(`epoch ${epoch}: test accuracy ${(await accuracy()).toFixed(3)}`);
}

const file = process.argv[2];
if (file !== undefined) torch.saveSafetensors(model.stateDict(), file); // Python's safetensors reads it
