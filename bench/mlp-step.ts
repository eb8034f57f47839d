/**
 * One SAM step over SGD of an MLP 784-256-10 in fp32, batch 64, on command: our side of bench/peers/mlp_step.py. The net is so small
 * that what is measured is the overhead per operator.
 *
 *   echo "step 1000" | npx tsx bench/mlp-step.ts [--mode eager]
 *
 * `capture` takes the whole step by one native call, as Python's mode `whole` does; `eager` runs the closure in each step.
 */
import { parseArgs } from "node:util";
import * as torch from "sam-torch";
import { serve } from "./serve.js";

const { values } = parseArgs({
  options: { batch: { type: "string", default: "64" }, mode: { type: "string", default: "capture" } },
});
const batch = Number(values.batch);
const { nn } = torch;

torch.manualSeed(0);
const model = new nn.Sequential(new nn.Linear(784, 256), new nn.ReLU(), new nn.Linear(256, 10));
const x = torch.randn([batch, 784]);
const y = torch.randint(0, 10, [batch]);
const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, {
  rho: 0.05,
  lr: 0.01,
  momentum: 0.9,
  weightDecay: 5e-4,
});

const closure = (x: torch.Tensor, y: torch.Tensor) => {
  const loss = nn.functional.crossEntropy(model.forward(x), y, { labelSmoothing: 0.1 });
  loss.backward();
  return loss;
};
const captured = optimizer.capture(closure);
// What a captured step makes on its way is native, and needs no scope.
const eager = () => torch.tidy(() => optimizer.step(() => closure(x, y)));

await serve(values.mode === "eager" ? eager : () => captured(x, y), { warmup: 200 });
