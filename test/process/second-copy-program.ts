/**
 * Run by second-copy.test.ts with the directory of a second copy of the package: both copies train, in turns and each with its own
 * tensors and threads, and end with the process.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as torchTypes from "../../lib/index.js";
import { packageRoot } from "../../lib/libtorch/package-root.js";

type Torch = typeof torchTypes;
const load = (root: string): Promise<Torch> => import(pathToFileURL(join(root, "dist", "index.js")).href);

const second = process.argv[2]!;
if (process.argv[3] !== undefined) process.env.SAM_TORCH_LIBTORCH = process.argv[3];
const one = await load(packageRoot);
if (process.argv[4] !== undefined) process.env.SAM_TORCH_LIBTORCH = process.argv[4];
const two = await load(second);

/** Weights after five SAM steps, with a loader's threads running beside. */
async function* train(torch: Torch): AsyncGenerator<number[]> {
  const { nn } = torch;
  const generator = new torch.Generator().manualSeed(1);
  const model = new nn.Linear(8, 3);
  torch.noGrad(() => {
    for (const param of model.parameters()) param.copy_(torch.randn(param.shape, { generator }));
  });
  const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.1, momentum: 0.9 });
  const x = torch.randn([16, 8], { generator });
  const table = new torch.data.TensorDataset(torch.randn([64, 8], { generator }));
  const batches = new torch.data.DataLoader(table, { batchSize: 4, prefetch: 2 })[Symbol.asyncIterator]();
  for (let i = 0; i < 5; i++) {
    const { value } = await batches.next();
    const [rows] = value as torchTypes.Tensor[];
    optimizer.step(() => {
      optimizer.zeroGrad();
      const loss = model.forward(x).square().mean().add(model.forward(rows!).abs().mean());
      loss.backward();
      return loss;
    });
    yield Array.from(model.weight.detach().flatten().dataSync(), Number);
  }
}

const ones: number[][] = [];
const twos: number[][] = [];
const other = train(two);
for await (const weights of train(one)) {
  ones.push(weights);
  twos.push((await other.next()).value);
}
let stranger = "nothing";
try {
  one.ones([2]).add(two.ones([2]) as never);
} catch (error) {
  stranger = error instanceof one.TorchError ? error.message : `not a TorchError: ${error}`;
}
console.log(JSON.stringify({ different: one.Tensor !== two.Tensor, ones, twos, stranger }));
