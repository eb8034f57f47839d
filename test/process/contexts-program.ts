/**
 * Opens and closes worker threads one after the other, each with the package loaded and with things left open; every second one is
 * terminated rather than left to end. Prints what the process holds after each tenth of them.
 *
 *   node --import tsx test/process/contexts-program.ts 1000
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../../lib/libtorch/package-root.js";

const count = Number(process.argv[2] ?? 50);
const entry = pathToFileURL(join(packageRoot, "dist", "index.js")).href;

const body = `
import(${JSON.stringify(entry)}).then((torch) => {
  globalThis.held = [];
  const { nn } = torch;
  const model = new nn.Sequential(new nn.Linear(64, 64), new nn.ReLU(), new nn.Linear(64, 8));
  const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { lr: 0.01, momentum: 0.9 });
  const x = torch.randn([256, 64], { requiresGrad: true });
  x.registerHook((grad) => grad.mul(2));
  const step = () => optimizer.step(() => {
    optimizer.zeroGrad();
    const loss = model.forward(x).square().mean();
    loss.backward();
    return loss;
  });
  const images = new torch.data.ImageDataset({
    images: new Uint8Array(256 * 3072), shape: [3, 32, 32], labels: Array.from({ length: 256 }, (_, i) => i % 2), classes: ["a", "b"],
  });
  const loader = new torch.data.DataLoader(images, { batchSize: 16, prefetch: 4, workers: 2, augment: true })[Symbol.asyncIterator]();
  held.push(model, optimizer, x, step(), torch.ones([1000, 1000]), new torch.Generator(), loader);
  require("node:worker_threads").parentPort.postMessage("open");
  if (require("node:worker_threads").workerData) for (;;) step();
});`;

const torch = (await import(entry)) as typeof import("../../lib/index.js");

function held() {
  const status = readFileSync("/proc/self/status", "utf8");
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
  torch.collectGarbage();
  torch.emptyCache();
  return {
    rss: read("VmRSS") / 1024,
    threads: read("Threads"),
    files: readdirSync("/proc/self/fd").length,
    tensors: torch.memory().tensors,
    allocated: torch.memory().allocated,
  };
}

async function openAndClose(terminate: boolean): Promise<void> {
  const worker = new Worker(body, { eval: true, execArgv: [], workerData: terminate });
  const ended = new Promise<void>((resolve, reject) => worker.once("exit", () => resolve()).once("error", reject));
  if (terminate) {
    worker.once("message", () => void worker.terminate());
  }
  await ended;
}

const rounds = Math.max(1, Math.round(count / 10));
const samples: ReturnType<typeof held>[] = [];
for (let i = 0; i < count; i++) {
  await openAndClose(i % 2 === 1);
  if ((i + 1) % rounds !== 0) continue;
  samples.push(held());
  console.error(`${i + 1} of ${count}: ${JSON.stringify(samples.at(-1))}`);
}
console.log(JSON.stringify(samples));
