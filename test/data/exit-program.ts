/**
 * Run by exit.test.ts: ends in the middle of an epoch, threads at work, in the way that its argument names. Prints "ready"
 * just before.
 */
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import * as torch from "../../lib/index.js";
import { noiseImages } from "./fixtures.js";

const way = process.argv[2];
const dataset = noiseImages(4000);
const loader = new torch.data.DataLoader(dataset, { batchSize: 64, prefetch: 24, workers: 4, augment: true });
const say = () => process.stdout.write("ready\n");

if (!isMainThread) {
  for await (const batch of loader) {
    batch.dispose();
    if (loader.stateDict().position === 2) parentPort!.postMessage("running");
  }
} else if (way === "terminate") {
  // Node 20 does not carry --import tsx over to workers.
  const code = `import("tsx/esm/api").then((tsx) => tsx.tsImport(${JSON.stringify(import.meta.url)}, ${JSON.stringify(import.meta.url)}))`;
  const worker = new Worker(code, { eval: true, execArgv: [] });
  await new Promise((resolve) => worker.once("message", resolve));
  await worker.terminate();
  say();
} else {
  const iterator = loader[Symbol.asyncIterator]();
  await iterator.next();
  say();
  if (way === "exit") process.exit(0);
  if (way === "throw") throw new Error("on purpose");
  if (way === "waiting") void iterator.next().then(() => process.exit(0));
  // "drop": the iterator is left as it is, and the process runs out of work.
}
