/**
 * Trains a WideResNet with sharpness-aware minimisation.
 *
 *   npm run train                                        with a GPU: CIFAR-10, the reference's recipe; without: a small one
 *   npm run train -- --data data --optimizer sam         CIFAR-10 from ./data, or downloaded into it
 *   npm run train -- --checkpoint runs/a.safetensors     saves after each epoch and on Ctrl-C; --resume goes on from there
 *   npm run train -- --help                              every option
 */
import * as torch from "sam-torch";

const { Checkpoint, choice, commandLine, correct, decimal, flag, integer, JsonLines, Log, onInterrupt, text } = torch.train;
const F = torch.nn.functional;
const gpu = torch.cuda.isAvailable();

const args = commandLine({
  name: "npm run train --",
  summary: "Trains a WideResNet with SAM on CIFAR-10, or on a generated data set that needs no download.",
  options: {
    adaptive: flag(undefined, "ASAM instead of SAM.", { shown: "yes, unless --optimizer says otherwise" }),
    optimizer: choice(undefined, ["sam", "asam", "sgd"], "How to minimise."),
    rho: decimal(undefined, "Radius of the neighbourhood; default 2 for ASAM, 0.05 for SAM.", { min: 0 }),
    data: text(gpu ? "data" : "shapes10", "A directory with CIFAR-10 (downloaded into it when empty), or shapes10."),
    batchSize: integer(128, "Images per step.", { min: 1 }),
    depth: integer(gpu ? 22 : 10, "Convolutions: 6n + 4. (The reference calls its 22 layers 16.)", { min: 10 }),
    widthFactor: integer(gpu ? 8 : 2, "How many times wider than a plain ResNet.", { min: 1 }),
    dropout: decimal(0, "Dropout in each unit.", { min: 0, below: 1 }),
    epochs: integer(gpu ? 200 : 8, "Passes over the training set.", { min: 1 }),
    labelSmoothing: decimal(0.1, "Spread over the other classes, as in the reference.", { min: 0, below: 1 }),
    learningRate: decimal(0.1, "At the start; x0.2 after 30, 60 and 80 % of the epochs.", { min: 0 }),
    momentum: decimal(0.9, "Of SGD.", { min: 0, below: 1 }),
    weightDecay: decimal(0.0005, "L2 penalty.", { min: 0 }),
    threads: integer(undefined, "CPU threads per operator; default: one per core.", { min: 1 }),
    precision: choice("bf16", ["bf16", "fp32"], "bf16 is autocast: weights stay float32."),
    device: text(gpu ? "cuda" : "cpu", "cpu, cuda, cuda:1, ..."),
    seed: integer(42, "Of weights, order, augmentation and dropout.", { min: 0 }),
    labelNoise: decimal(0, "Share of training labels made wrong.", { min: 0, max: 1 }),
    limit: integer(undefined, "Use only the first images of each split.", { min: 1 }),
    maxSteps: integer(undefined, "Stop after so many steps.", { min: 1 }),
    checkpoint: text("", "File to save to after each epoch and on Ctrl-C."),
    resume: flag(false, "Go on from --checkpoint, as if never stopped."),
    log: text("", "File for one JSON line per epoch."),
    diagnostics: flag(false, "Sharpness, gradient norms and their angle, into --log."),
  },
});

// ------------------------------------------------------------------------------------------------------------------ set-up
const { batchSize, seed } = args;
const device = args.device as torch.Device;
const dtype = args.precision === "bf16" ? "bfloat16" : "float32";
const method = args.optimizer === undefined ? (args.adaptive === false ? "sam" : "asam") : args.adaptive ? "asam" : args.optimizer;
if (args.threads !== undefined) torch.setNumThreads(args.threads);
torch.backends.cudnn.benchmark = true;
torch.manualSeed(seed);

const own = { limit: args.limit, labelNoise: { fraction: args.labelNoise, seed } };
const { train, test } =
  args.data === "shapes10" ? new torch.data.Shapes10(own) : await torch.data.Cifar10.load({ root: args.data, download: true, ...own });
const images = { dtype, memoryFormat: "channelsLast", device } as const;
const trainLoader = new torch.data.DataLoader(train, { batchSize, shuffle: true, augment: true, seed, ...images });
const testLoader = new torch.data.DataLoader(test, { batchSize: 500, ...images });

const model = new torch.models.WideResNet({ depth: args.depth, widthFactor: args.widthFactor, dropout: args.dropout, labels: train.classes.length });
model.to({ device, memoryFormat: "channelsLast" });
const sgd = { lr: args.learningRate, momentum: args.momentum, weightDecay: args.weightDecay };
const rho = args.rho ?? (method === "asam" ? 2 : 0.05);
const optimizer =
  method === "sgd"
    ? new torch.optim.SGD(model.parameters(), sgd)
    : new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho, adaptive: method === "asam", diagnostics: args.diagnostics, ...sgd });
const scheduler = new torch.optim.lrScheduler.ThreeDropLR(optimizer, args.epochs);
const criterion = (logits: torch.Tensor, y: torch.Tensor) =>
  F.smoothCrossEntropy(logits.float(), y, { smoothing: args.labelSmoothing });
const predict = (x: torch.Tensor) =>
  torch.autocast(device, { dtype: "bfloat16", enabled: dtype === "bfloat16" }, () => model.forward(x));

const records = args.log === "" ? undefined : new JsonLines(args.log);
const log = new Log({ records });
const checkpoint = args.checkpoint === "" ? undefined : new Checkpoint(args.checkpoint, { model, optimizer, scheduler, trainLoader, log });
checkpoint?.checkWritable();
let { epoch, step } = args.resume && checkpoint ? checkpoint.load<{ epoch: number; step: number }>() : { epoch: 0, step: 0 };

const parameters = [...model.parameters()].reduce((n, p) => n + p.numel(), 0);
console.log(
  `WRN-${args.depth}-${args.widthFactor} (${parameters.toLocaleString("en")} parameters), ${method.toUpperCase()}${method === "sgd" ? "" : ` rho ${rho}`}, ` +
    `${args.precision}, batch ${batchSize}, ${device}, ${train.length} + ${test.length} images of ${args.data}, ${args.epochs} epochs`,
);
if (!gpu && args.data === "shapes10") {
  console.log("No GPU here, so this is a small recipe. The reference's whole one: npm run train -- --data data --depth 22 --width-factor 8 --epochs 200");
}

// ---------------------------------------------------------------------------------------------------------------- training
using interrupt = onInterrupt();
const stopped = () => interrupt.requested || step === args.maxSteps;

for (; epoch < args.epochs && !stopped(); epoch++) {
  model.train();
  log.train(trainLoader.length);
  for await (const batch of trainLoader) {
    const [x, y] = batch;
    torch.tidy(() => {
      let first: torch.Tensor | undefined; // the prediction at w: SAM calls the closure a second time at w + eps
      const loss = optimizer.step(() => {
        optimizer.zeroGrad();
        const logits = predict(x);
        first ??= logits.detach();
        const loss = criterion(logits, y);
        loss.backward();
        return loss;
      });
      log.step(loss!, correct(first!, y), { learningRate: scheduler.getLastLr()[0] });
    });
    batch.dispose();
    step++;
    if (args.diagnostics && step % 10 === 0 && "diagnostics" in optimizer) records?.append({ step, ...optimizer.diagnostics() });
    if (stopped()) break;
  }
  if (stopped() && trainLoader.stateDict().position < trainLoader.length) break; // in the middle of an epoch

  model.eval();
  log.eval(testLoader.length);
  for await (const batch of testLoader) {
    const [x, y] = batch;
    torch.inferenceMode(() =>
      torch.tidy(() => {
        const logits = predict(x);
        log.step(criterion(logits, y), correct(logits, y), { count: x.size(0) });
      }),
    );
    batch.dispose();
  }
  scheduler.step();
  checkpoint?.save({ epoch: epoch + 1, step });
}
if (stopped()) checkpoint?.save({ epoch, step });
log.close();
process.exitCode = interrupt.exitCode;
