import { createHash } from "node:crypto";
import * as torch from "../../../lib/index.js";

const { nn, optim } = torch;
const F = nn.functional;

type Rule = new (params: unknown, base: unknown, options: object) => torch.optim.SAM;
const RULES: Record<string, [Rule: unknown, options: object]> = {
  SAM: [optim.SAM, { rho: 0.05, p: Number.POSITIVE_INFINITY }],
  "ASAM of the reference": [optim.SAM, { preset: "asam-reference", sameMasks: true }],
  "ASAM of the paper": [optim.SAM, { preset: "asam-paper" }],
  GSAM: [optim.GSAM, { rho: 0.05 }],
  LookSAM: [optim.LookSAM, { rho: 0.05 }],
  FSAM: [optim.FSAM, { rho: 0.05 }],
  ESAM: [optim.ESAM, { rho: 0.05 }],
  "WSAM, decoupled": [optim.WSAM, { rho: 0.05, decoupled: true }],
  "WSAM, coupled": [optim.WSAM, { rho: 0.05, decoupled: false }],
  MSAM: [optim.MSAM, { rho: 0.05 }],
};
const BASES: Record<string, [Base: unknown, options: object]> = {
  SGD: [optim.SGD, { lr: 0.05, momentum: 0.9, weightDecay: 5e-4 }],
  AdamW: [optim.AdamW, { lr: 0.01 }],
};
/** Every rule over both bases, and over SGD with bf16 weights and float32 masters. */
export const CASES: readonly string[] = Object.keys(RULES).flatMap((rule) => [
  ...Object.keys(BASES).map((base) => `${rule} / ${base}`),
  `${rule} / SGD / masters`,
]);

/** All that a training run has state in: batch norm, dropout, momenta, scaler, scheduler, a generator of its own, a shuffled loader. */
export function makeRun(name: string, file: string) {
  const [rule, base, masters] = name.split(" / ") as [string, string, string?];
  torch.manualSeed(7);
  const model = new nn.Sequential(
    ...[new nn.Linear(6, 16), new nn.BatchNorm1d(16), new nn.ReLU(), new nn.Dropout(0.2), new nn.Linear(16, 3)],
  );
  if (masters !== undefined) model.to("bfloat16", { masterWeights: true });
  const scaler = new optim.GradScaler({ initScale: 1024, growthInterval: 3 });
  const [Rule, options] = RULES[rule]!;
  const [Base, settings] = BASES[base]!;
  const optimizer = new (Rule as Rule)(model.parameters(), Base, { ...options, ...settings, scaler });
  const scheduler = new optim.lrScheduler.StepLR(optimizer, 2, { gamma: 0.7 });
  const noise = new torch.Generator();
  noise.manualSeed(5);
  const data = new torch.data.TensorDataset(torch.randn([40, 6]), torch.randint(3, [40]));
  const loader = new torch.data.DataLoader(data, { batchSize: 8, shuffle: true, seed: 2 }); // 5 steps an epoch
  const checkpoint = new torch.train.Checkpoint(file, { model, optimizer, scheduler, scaler, noise, loader });
  return { model, optimizer, scheduler, scaler, noise, loader, checkpoint, low: masters !== undefined };
}
export type Run = ReturnType<typeof makeRun>;

/** What looks on while a run trains. */
export interface Watch {
  /** In the closure of a step, after backward; passes are counted from 1. */
  pass?(step: number, pass: number): void;
  /** After a step; `true` ends the training. */
  stepped?(steps: number): boolean | undefined;
}

/** Takes steps `from` up to `to`; a step is one batch, wherever in an epoch it lies. Returns the steps taken in all. */
export async function train(run: Run, from: number, to: number, watch: Watch = {}): Promise<number> {
  const { model, optimizer, scheduler, scaler, noise, loader, low } = run;
  let step = from;
  while (step < to) {
    for await (const [x, y] of loader) {
      let pass = 0;
      torch.tidy(() => {
        const seen = x.add(torch.randn(x.shape, { generator: noise }).mul(0.1));
        const losses = (rows: torch.Tensor | null, reduction: "none" | "mean") =>
          F.crossEntropy(predict(rows === null ? seen : seen.index(rows)), rows === null ? y : y.index(rows), {
            reduction,
          });
        const predict = (x: torch.Tensor) =>
          torch.autocast("cpu", { dtype: "bfloat16", enabled: low }, () => model.forward(x)).float();
        if (optimizer instanceof optim.ESAM) {
          optimizer.step((rows) => losses(rows, "none"));
        } else {
          optimizer.step(() => {
            const loss = losses(null, "mean");
            scaler.scale(loss).backward();
            watch.pass?.(step, ++pass);
            return loss;
          });
        }
      });
      scheduler.step();
      if (++step === to) break;
      if (watch.stepped?.(step)) return step;
    }
  }
  return step;
}

/** A digest of every bit that training changes. */
export function digest({ model, optimizer, scheduler, scaler, noise, loader }: Run): string {
  const hash = createHash("sha256");
  const visit = (value: unknown): void => {
    if (value instanceof torch.Tensor) hash.update(value.bytes());
    else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        hash.update(key);
        visit(item);
      }
    } else hash.update(String(value));
  };
  visit([model.stateDict(), optimizer.stateDict(), scheduler.stateDict(), scaler.stateDict(), loader.stateDict()]);
  visit([noise.getState(), torch.getRngState()]);
  return hash.digest("hex");
}

/** LookSAM's cycle of 5 and an epoch of 5 steps are both in their middle. */
export const STOP = 7;
export const END = 12;
