/**
 * Run by workers.test.ts. Four worker threads train while this one does; each is terminated in the middle of a step ("training")
 * or of a hook that its backward pass calls ("hook"). Prints what each thread's losses were, and what is left of them.
 */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import * as torch from "../../lib/index.js";
import { smallTraining } from "./mlp.js";
import { firstMessage, startWorker } from "./start-worker.js";

const STEPS = 10;

function train(): { losses: number[]; training: ReturnType<typeof smallTraining> } {
  const training = smallTraining();
  return { losses: Array.from({ length: STEPS }, () => training.step()), training };
}

if (isMainThread) {
  const where = process.argv[2];
  const alone = train();
  alone.training.dispose();
  torch.collectGarbage();
  const before = torch.memory();
  const workers = Array.from({ length: 4 }, () => startWorker(import.meta.url, where));
  const messages = Promise.all(workers.map(firstMessage));
  // This thread trains as long as the others need to come so far.
  const beside = train();
  let ready = false;
  void messages.then(() => {
    ready = true;
  });
  while (!ready) {
    beside.training.step();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const codes = await Promise.all(workers.map((worker) => worker.terminate()));
  beside.training.dispose();
  const after = train();
  after.training.dispose();
  torch.collectGarbage();
  const { tensors, allocated } = torch.memory();
  console.log(
    JSON.stringify({
      codes,
      alone: alone.losses,
      others: [beside.losses, ...(await messages), after.losses],
      leftTensors: tensors - before.tensors,
      leftBytes: allocated - before.allocated,
    }),
  );
} else {
  const { losses, training } = train();
  if (workerData === "hook") {
    training.step(() => {
      parentPort!.postMessage(losses);
      for (;;);
    });
  }
  parentPort!.postMessage(losses);
  for (;;) training.step();
}
