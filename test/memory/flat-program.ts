/*
 * flat-program.ts tidy|plain sync|async STEPS: SAM steps of a small WideResNet, with tidy() or with no thought of memory, in a loop that
 * never gives the event loop a turn or in one over a DataLoader. Prints what was held after 20 steps and after all.
 */
import * as torch from "../../lib/index.js";

const [style, loop, count] = process.argv.slice(2);
const steps = Number(count);
const batchSize = 16;

torch.manualSeed(1);
const { train } = new torch.data.Shapes10({ limit: 10 * batchSize });
const loader = new torch.data.DataLoader(train, { batchSize, shuffle: true, augment: true });
const model = new torch.models.WideResNet({ depth: 10, widthFactor: 1 });
const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.05, momentum: 0.9 });
const loss = new torch.train.Average();
const accuracy = new torch.train.Average();

function step(x: torch.Tensor, y: torch.Tensor): void {
  let first: torch.Tensor | undefined;
  const atW = optimizer.step(() => {
    const logits = model.forward(x);
    first ??= logits;
    const loss = torch.nn.functional.crossEntropy(logits, y);
    loss.backward();
    return loss;
  });
  loss.update(atW);
  accuracy.update(torch.train.correct(first!, y));
}

torch.collectGarbage(); // the half of the data set that is not used
const held = () => ({ ...torch.memory(), rss: process.memoryUsage.rss() });
let done = 0;
let early = held();
function note(): void {
  if (++done === 20) {
    early = held();
    torch.resetPeakMemory();
  }
}

if (loop === "sync") {
  const x = torch.randn([batchSize, 3, 32, 32]);
  const y = torch.randint(10, [batchSize]);
  while (done < steps) {
    if (style === "tidy") torch.tidy(() => step(x, y));
    else step(x, y);
    note();
  }
} else {
  while (done < steps) {
    if (style === "tidy") {
      for await (using batch of loader) {
        const [x, y] = batch;
        torch.tidy(() => step(x, y));
        note();
      }
    } else {
      for await (const [x, y] of loader) {
        step(x, y);
        note();
      }
    }
  }
}
const late = held();
torch.collectGarbage();
console.log(
  JSON.stringify({
    early,
    late,
    collected: held(),
    loss: loss.value(),
    accuracy: accuracy.value(),
  }),
);
