/**
 * Trains a WideResNet with sharpness-aware minimisation.
 *
 *   npm run train                                        with a GPU: CIFAR-10, the reference's recipe; without: a small one
 *   npm run train -- --data data --optimizer sam         CIFAR-10 from ./data, or downloaded into it
 *   npm run train -- --checkpoint runs/a.safetensors     saves after each epoch and on Ctrl-C; --resume goes on from there
 *   npm run train -- --help                              every option
 */
import "sam-torch/plain-errors"; // one message instead of a stack trace
import * as torch from "sam-torch";

const { Checkpoint, choice, commandLine, correct, decimal, flag, integer, JsonLines, Log, text } = torch.train;
const { Cifar10, DataLoader, Shapes10 } = torch.data;
const gpu = torch.cuda.isAvailable();
const fastBf16 = gpu || torch.cpuCapability() === "AVX512";
const args = commandLine({
  name: "npm run train --",
  summary: "Trains a WideResNet with SAM on CIFAR-10, or on a generated data set that needs no download.",
  options: {
    adaptive: flag(undefined, "ASAM, or with --no-adaptive SAM."),
    optimizer: choice(undefined, ["sam", "asam", "sgd"], "How to minimise.", { shown: gpu ? "asam" : "sam" }),
    rho: decimal(undefined, "Radius of the neighbourhood.", { min: 0, shown: "2 for ASAM, 0.05 for SAM" }),
    data: text(gpu ? "data" : "shapes10", "A directory with CIFAR-10 (downloaded into it when empty), or shapes10."),
    batchSize: integer(gpu ? 128 : 64, "Images per step.", { min: 1 }),
    depth: integer(gpu ? 22 : 10, "Convolutions: 6n + 4. (The reference calls its 22 layers 16.)", { min: 10 }),
    widthFactor: integer(gpu ? 8 : 2, "How many times wider than a plain ResNet.", { min: 1 }),
    dropout: decimal(0, "Dropout in each unit.", { min: 0, below: 1 }),
    epochs: integer(gpu ? 200 : 12, "Passes over the training set.", { min: 1 }),
    labelSmoothing: decimal(0.1, "Spread over the other classes, as in the reference.", { min: 0, below: 1 }),
    learningRate: decimal(0.1, "At the start; x0.2 after 30, 60 and 80 % of the epochs.", { min: 0 }),
    momentum: decimal(0.9, "Of SGD.", { min: 0, below: 1 }),
    weightDecay: decimal(0.0005, "L2 penalty.", { min: 0 }),
    threads: integer(undefined, "CPU threads: of one operator, and for preparing batches.", { min: 1, max: 256 }),
    precision: choice(fastBf16 ? "bf16" : "fp32", ["bf16", "bf16-masters", "fp32"], "bf16: by autocast."),
    device: text(gpu ? "cuda" : "cpu", "cpu, cuda, cuda:1, ..."),
    seed: integer(42, "Of weights, order, augmentation and dropout.", { min: 0 }),
    labelNoise: decimal(0, "Share of training labels made wrong.", { min: 0, max: 1 }),
    limit: integer(undefined, "Use only the first images of each split.", { min: 1 }),
    maxSteps: integer(undefined, "Stop after so many steps.", { min: 1 }),
    checkpoint: text("", "File to save to after each epoch and on Ctrl-C."),
    resume: flag(false, "Go on from --checkpoint, as if never stopped."),
    log: text("", "File for one JSON line per epoch."),
    diagnostics: flag(false, "Sharpness, gradient norms and their angle every 10 steps, into --log."),
  },
});

if (args.resume && !args.checkpoint) throw new torch.TorchError("E_ARG", "[train] expected --checkpoint with --resume");
const { batchSize, depth, diagnostics, dropout, epochs, precision, seed, widthFactor } = args;
const device = args.device as torch.Device;
const method = args.optimizer ?? ((args.adaptive ?? gpu) ? "asam" : "sam");
const adaptive = method === "asam" || (method === "sam" && args.adaptive === true);
const rho = args.rho ?? (adaptive ? 2 : 0.05);
if (args.threads !== undefined) torch.setNumThreads(args.threads);
torch.backends.cudnn.benchmark = true;
torch.manualSeed(seed);

const dtype = precision === "fp32" ? "float32" : "bfloat16";
const model = new torch.models.WideResNet({ depth, widthFactor, dropout });
model.to({ device, memoryFormat: "channelsLast", ...(precision === "bf16-masters" && { dtype, masterWeights: true }) });
const sgd = { lr: args.learningRate, momentum: args.momentum, weightDecay: args.weightDecay };
const optimizer =
  method === "sgd"
    ? new torch.optim.SGD(model.parameters(), sgd)
    : new torch.optim.SAM(model.parameters(), torch.optim.SGD, {
        rho,
        adaptive,
        diagnostics: diagnostics && 10,
        ...sgd,
      });
const scheduler = new torch.optim.lrScheduler.ThreeDropLR(optimizer, epochs);
const criterion = (logits: torch.Tensor, y: torch.Tensor) =>
  torch.nn.functional.smoothCrossEntropy(logits.float(), y, { smoothing: args.labelSmoothing });
const predict = (x: torch.Tensor) =>
  torch.autocast(device, { dtype: "bfloat16", enabled: dtype === "bfloat16" }, () => model.forward(x));

const records = args.log ? new JsonLines(args.log) : undefined;
const log = new Log({ records });
const own = { limit: args.limit, labelNoise: { fraction: args.labelNoise, seed } };
const { train, test } =
  args.data === "shapes10" ? new Shapes10(own) : await Cifar10.load({ ...own, root: args.data, download: true });
const images = { dtype, memoryFormat: "channelsLast", device, seed, workers: args.threads } as const;
const trainLoader = new DataLoader(train, { batchSize, shuffle: true, augment: true, ...images });
const testLoader = new DataLoader(test, { batchSize: 500, ...images });

const recipe =
  `WRN-${depth}-${widthFactor}, ${adaptive ? "ASAM" : method.toUpperCase()}${method === "sgd" ? "" : ` rho ${rho}`}, ` +
  `${precision}, batch ${batchSize}, ${device}, ${train.length} + ${test.length} images of ${args.data}, ${epochs} epochs`;
console.log(recipe);
if (!gpu && process.argv.length === 2) {
  console.log("No GPU here, so this is a small recipe, for about 5 minutes on two cores. The reference's whole one:");
  console.log("  npm run train -- --data data --depth 22 --width-factor 8 --batch-size 128 --epochs 200 --adaptive");
}

const parts = { model, optimizer, scheduler, trainLoader, log };
const checkpoint = args.checkpoint ? new Checkpoint(args.checkpoint, parts) : undefined;
checkpoint?.checkWritable();
const start = { epoch: 0, step: 0, trained: false, recipe }; // trained: validation comes next
const saved = args.resume && checkpoint ? checkpoint.load<typeof start>() : start;
if (saved.recipe !== recipe) console.error(`The checkpoint was made with other options: ${saved.recipe}`);
let { epoch, step, trained } = saved;
const save = () => checkpoint?.save({ epoch, step, trained, recipe });

using interrupt = torch.train.onInterrupt();
const stopped = () => interrupt.requested || step >= (args.maxSteps ?? Number.POSITIVE_INFINITY);

/** Trains to the end of the epoch; false when stopped before. */
async function trainEpoch(): Promise<boolean> {
  model.train();
  for await (using batch of trainLoader) {
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
    step++;
    if (step % 10 === 0 && args.diagnostics && "diagnostics" in optimizer)
      records?.append({ step, ...optimizer.diagnostics() });
    if (stopped() && trainLoader.stateDict().position < trainLoader.length) return false;
  }
  return true;
}

/** Loss and accuracy on the test set; false when interrupted. */
async function validate(): Promise<boolean> {
  model.eval();
  log.eval(testLoader.length);
  for await (using batch of testLoader) {
    if (interrupt.requested) return false;
    const [x, y] = batch;
    torch.tidy(() => {
      const logits = torch.inferenceMode(() => predict(x));
      log.step(criterion(logits, y), correct(logits, y), { count: x.size(0) });
    });
  }
  return true;
}

while (epoch < epochs && !stopped()) {
  log.train(trainLoader.length);
  trained ||= await trainEpoch();
  if (!trained || !(await validate())) break;
  scheduler.step();
  [epoch, trained] = [epoch + 1, false];
  save();
}
if (stopped()) save();
log.close();
process.exitCode = interrupt.exitCode || (records?.failure === undefined ? 0 : 1);
