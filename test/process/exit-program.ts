/**
 * Run by exit.test.ts with a state and a way: comes into the state, says "ready", and ends in that way. It never ends by itself
 * once a signal has been asked for, so that only the signal can be what ends it.
 */
import { isMainThread, parentPort } from "node:worker_threads";
import * as torch from "../../lib/index.js";
import { noiseImages } from "../data/fixtures.js";
import { smallTraining } from "./mlp.js";
import { firstMessage, startWorker } from "./start-worker.js";

const [state, way] = process.argv.slice(2);

/** What the process still holds when it ends. */
const held: unknown[] = [];
let interrupt: ReturnType<typeof torch.train.onInterrupt> | undefined;

function end(): void {
  process.stdout.write("ready\n");
  if (way === "exit") process.exit(3);
  if (way === "throw") throw new Error("on purpose");
  if (way === "handled SIGINT" || way === "handled SIGTERM") interrupt = torch.train.onInterrupt({ notify: () => {} });
  if (way?.endsWith("SIGINT")) process.kill(process.pid, "SIGINT");
  if (way?.endsWith("SIGTERM")) process.kill(process.pid, "SIGTERM");
}

/** Waits for the signal, if one was sent: with a handler, for its turn. */
async function waitForSignal(): Promise<void> {
  if (way === "normal") return;
  while (!interrupt?.requested) await new Promise((resolve) => setTimeout(resolve, 5));
  interrupt.dispose();
  process.exitCode = interrupt.exitCode;
}

if (!isMainThread) {
  const training = smallTraining();
  training.step(() => parentPort!.postMessage("inside a step"));
  for (;;) training.step();
} else if (state === "live tensors") {
  const training = smallTraining();
  training.step();
  const x = torch.randn([64, 64], { requiresGrad: true });
  x.registerHook((grad) => grad.mul(2));
  held.push(training, x, x.matmul(x).sum(), new torch.Generator());
  end();
  await waitForSignal();
} else if (state === "open loader") {
  const loader = new torch.data.DataLoader(noiseImages(4000), {
    batchSize: 64,
    prefetch: 24,
    workers: 4,
    augment: true,
  });
  const iterator = loader[Symbol.asyncIterator]();
  await iterator.next();
  held.push(iterator);
  end();
  await waitForSignal();
} else if (state === "running step") {
  const training = smallTraining();
  training.step(end);
  if (way === "SIGINT" || way === "SIGTERM") for (;;) training.step();
  await waitForSignal();
} else if (state === "training worker") {
  const worker = startWorker(import.meta.url, undefined);
  await firstMessage(worker);
  worker.unref();
  end();
  await waitForSignal();
}
