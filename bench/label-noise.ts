/**
 * SGD, SAM and ASAM on real images, with wrong labels and without, over several seeds: equal epochs, one line per run, then a table.
 * What is already in the file of lines is not run again, so it may be stopped and started.
 *
 *   npx tsx bench/label-noise.ts --data DIR --images 50000 --epochs 30 --out runs/noise.jsonl
 *   npx tsx bench/label-noise.ts --out runs/noise.jsonl --table
 *
 * Training images are the first ones of the set's own shuffled order; test images are every n-th, so that all classes are there.
 */
import { existsSync, readFileSync } from "node:fs";
import * as torch from "sam-torch";

const { choice, commandLine, correct, decimal, flag, integer, JsonLines, text } = torch.train;
const args = commandLine({
  name: "npx tsx bench/label-noise.ts",
  summary: "Accuracy of SGD, SAM and ASAM on CIFAR-10 with and without label noise.",
  options: {
    data: text("data", "A directory with CIFAR-10's binary version."),
    out: text("runs/label-noise.jsonl", "File of one JSON line per run."),
    table: flag(false, "Only print the table of what is in --out."),
    images: integer(50_000, "Training images.", { min: 1, max: 50_000 }),
    testImages: integer(10_000, "Test images.", { min: 1, max: 10_000 }),
    epochs: integer(30, "Passes over them.", { min: 1 }),
    batchSize: integer(128, "Images per step.", { min: 1 }),
    seeds: integer(3, "Runs per row, with seeds 0, 1, ...", { min: 1 }),
    backwards: flag(false, "The last seed first: a second process beside the first shares the work."),
    noise: decimal(0.4, "Share of wrong labels in the noisy runs.", { min: 0, max: 1 }),
    depth: integer(16, "Convolutions.", { min: 10 }),
    widthFactor: integer(2, "Width.", { min: 1 }),
    precision: choice("bf16", ["bf16", "fp32"] as const, "bf16 is autocast."),
    device: text("cpu", "cpu, cuda, ..."),
    threads: integer(undefined, "CPU threads.", { min: 1, max: 256 }),
  },
});
const device = args.device as torch.Device;
if (args.threads !== undefined) torch.setNumThreads(args.threads);

interface Run {
  recipe: string;
  method: Method;
  noise: number;
  seed: number;
  /** Accuracies in per cent: on test images; on training images with the labels trained on, and with the true ones. */
  test: number;
  train: number;
  trueTrain: number;
}

type Parameters = Iterable<torch.nn.Parameter>;
const sgd = { lr: 0.1, momentum: 0.9, weightDecay: 5e-4 };
const METHODS = {
  SGD: (params: Parameters) => new torch.optim.SGD([...params], sgd),
  SAM: (params: Parameters) => new torch.optim.SAM([...params], torch.optim.SGD, { rho: 0.05, ...sgd }),
  ASAM: (params: Parameters) => new torch.optim.SAM([...params], torch.optim.SGD, { preset: "asam-reference", ...sgd }),
};
type Method = keyof typeof METHODS;
const methods = Object.keys(METHODS) as Method[];

const recipe =
  `WRN-${args.depth}-${args.widthFactor}, ${args.precision}, batch ${args.batchSize}, ${args.images} training images, ` +
  `${args.epochs} epochs, ${args.testImages} test images`;

async function accuracy(model: torch.nn.Module, images: torch.data.ImageDataset, predict: typeof forward) {
  model.eval();
  let hits = 0;
  for await (using batch of new torch.data.DataLoader(images, { batchSize: 500, ...form })) {
    const [x, y] = batch;
    hits += torch.tidy(() =>
      correct(
        torch.inferenceMode(() => predict(model, x)),
        y,
      )
        .sum()
        .itemNumber(),
    );
  }
  return (100 * hits) / images.length;
}

const form = {
  dtype: args.precision === "bf16" ? "bfloat16" : "float32",
  memoryFormat: "channelsLast",
  device,
  workers: args.threads,
} as const;
const forward = (model: torch.nn.Module, x: torch.Tensor) =>
  torch.autocast(device, { dtype: "bfloat16", enabled: args.precision === "bf16" }, () =>
    (model as torch.models.WideResNet).forward(x),
  );

async function run(method: Method, noise: number, seed: number, splits: torch.data.Cifar10): Promise<Run> {
  torch.manualSeed(seed);
  const model = new torch.models.WideResNet({ depth: args.depth, widthFactor: args.widthFactor });
  model.to({ device, memoryFormat: "channelsLast" });
  const optimizer = METHODS[method](model.parameters());
  const scheduler = new torch.optim.lrScheduler.ThreeDropLR(optimizer, args.epochs);
  const clean = splits.train.limit(args.images);
  const train = noise === 0 ? clean : clean.withLabelNoise({ fraction: noise, seed });
  const { batchSize } = args;
  const loader = new torch.data.DataLoader(train, { batchSize, shuffle: true, augment: true, seed, ...form });
  for (let epoch = 0; epoch < args.epochs; epoch++) {
    model.train();
    for await (using batch of loader) {
      const [x, y] = batch;
      torch.tidy(() =>
        optimizer.step(() => {
          optimizer.zeroGrad();
          const loss = torch.nn.functional.smoothCrossEntropy(forward(model, x).float(), y, { smoothing: 0.1 });
          loss.backward();
          return loss;
        }),
      );
    }
    scheduler.step();
  }
  const every = Math.floor(splits.test.length / args.testImages);
  const test = splits.test.subset(Array.from({ length: args.testImages }, (_, i) => i * every));
  return {
    recipe,
    method,
    noise,
    seed,
    test: await accuracy(model, test, forward),
    train: await accuracy(model, train, forward),
    trueTrain: noise === 0 ? Number.NaN : await accuracy(model, clean, forward),
  };
}

function runsIn(file: string): Run[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  // Two processes that meet may both have made the last run: it counts once.
  const runs = new Map<string, Run>();
  for (const line of lines) {
    const run = JSON.parse(line) as Run;
    runs.set([run.recipe, run.method, run.noise, run.seed].join(), run);
  }
  return [...runs.values()];
}

/** Mean and standard deviation over the seeds. */
function summary(values: number[]): string {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, values.length - 1));
  return `${mean.toFixed(2)} ± ${spread.toFixed(2)}`;
}

function printTable(runs: Run[]): void {
  for (const name of new Set(runs.map((run) => run.recipe))) {
    console.log(
      `${name}\n\n| wrong labels | | test | seeds | training labels | true labels |\n| --- | --- | --- | --- | --- | --- |`,
    );
    for (const noise of new Set(runs.map((run) => run.noise))) {
      for (const method of methods) {
        const same = runs.filter((r) => r.recipe === name && r.noise === noise && r.method === method);
        if (same.length === 0) continue;
        const seeds = same.map((r) => r.test.toFixed(2)).join(", ");
        const [test, train] = [summary(same.map((r) => r.test)), summary(same.map((r) => r.train))];
        const truth = noise === 0 ? "" : summary(same.map((r) => Number(r.trueTrain)));
        console.log(`| ${100 * noise} % | ${method} | ${test} | ${seeds} | ${train} | ${truth} |`);
      }
    }
  }
}

if (!args.table) {
  const splits = await torch.data.Cifar10.load({ root: args.data });
  const records = new JsonLines(args.out);
  const all = Array.from({ length: args.seeds }, (_, seed) =>
    [args.noise, 0].flatMap((noise) => methods.map((method) => ({ seed, noise, method }))),
  ).flat();
  for (const { seed, noise, method } of args.backwards ? all.reverse() : all) {
    const isDone = runsIn(args.out).some(
      (r) => r.recipe === recipe && r.method === method && r.noise === noise && r.seed === seed,
    );
    if (isDone) continue;
    const start = performance.now();
    const result = await run(method, noise, seed, splits);
    records.append({ ...result });
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.error(`${method} seed ${seed}, ${100 * noise} % wrong: ${result.test.toFixed(2)} % (${seconds} s)`);
  }
  records.close();
}
printTable(runsIn(args.out));
