import * as torch from "../../lib/index.js";
import { Module } from "../../lib/nn/module.js";
import { Parameter } from "../../lib/nn/parameter.js";
import { Checkpoint } from "../../lib/train/checkpoint.js";
import { Log } from "../../lib/train/log.js";
import type { TextStream } from "../../lib/train/quiet-stream.js";

/** Two layers with noise from the default generator between, and a buffer that counts. */
export class TinyNet extends Module {
  first: Parameter;
  second: Parameter;
  seen = this.registerBuffer("seen", torch.zeros([], { dtype: "int64" }));

  constructor(features = 4) {
    super();
    this.first = new Parameter(torch.randn([features, 8]));
    this.second = new Parameter(torch.randn([8, 3]));
  }

  forward(x: torch.Tensor): torch.Tensor {
    torch.noGrad(() => this.seen.add_(x.size(0)));
    const hidden = x.matmul(this.first).relu();
    return hidden.mul(torch.rand(hidden.shape)).matmul(this.second);
  }
}

const EPOCHS = 3;

/** Everything of a training run that has state. */
export function tinyRun(path: string, stream: TextStream = { write: () => {} }) {
  torch.manualSeed(3);
  const model = new TinyNet();
  const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.05, momentum: 0.9, weightDecay: 1e-3 });
  const data = new torch.data.TensorDataset(torch.randn([50, 4]), torch.randint(3, [50]));
  const loader = new torch.data.DataLoader(data, { batchSize: 8, shuffle: true, seed: 11 });
  const log = new Log({ stream, env: {}, now: () => 0 });
  const checkpoint = new Checkpoint(path, { model, optimizer, loader, log });
  return { model, optimizer, loader, log, checkpoint };
}

type Run = ReturnType<typeof tinyRun>;

/** Trains until the end or until `stop(step)`, then saves. Gives the steps made, and whether it came to the end. */
export async function trainTiny(run: Run, resume: boolean, stop: (step: number) => boolean | Promise<boolean>) {
  const { model, optimizer, loader, log, checkpoint } = run;
  let { step, epoch } = resume ? checkpoint.load<{ step: number; epoch: number }>() : { step: 0, epoch: 0 };
  for (; epoch < EPOCHS; epoch++) {
    log.train(loader.length);
    for await (const [x, y] of loader) {
      torch.tidy(() => {
        optimizer.zeroGrad();
        const logits = model.forward(x);
        const loss = logits.logSoftmax(1).gather(1, y.unsqueeze(1)).mean().neg();
        loss.backward();
        optimizer.step();
        log.step(loss, logits.argmax(1).eq(y), { learningRate: 0.05 });
      });
      step++;
      if (await stop(step)) {
        checkpoint.save({ step, epoch });
        return { step, finished: false };
      }
    }
  }
  checkpoint.save({ step, epoch });
  log.close();
  return { step, finished: true };
}

/** All that training changes, bit by bit. */
export function bits({ model, optimizer, loader }: Run): string {
  const tensors: torch.Tensor[] = [...Object.values(model.stateDict()), torch.getRngState()];
  for (const entry of Object.values(optimizer.stateDict().state)) tensors.push(entry.momentumBuffer as torch.Tensor);
  return [
    JSON.stringify(loader.stateDict()),
    ...tensors.map((tensor) => Buffer.from(tensor.bytes()).toString("base64")),
  ].join("\n");
}
