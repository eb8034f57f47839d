/**
 * Run by exit.test.ts: graphs that hold JavaScript (custom functions, hooks, packed tensors) are alive when a process or a worker
 * ends, also in the middle of a callback, on this thread or while backward runs on another.
 */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { firstMessage, startWorker } from "../process/start-worker.js";

const [where, when, away] = (isMainThread ? process.argv.slice(2) : workerData) as [string, string, string];

class Square extends torch.autograd.Function {
  static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
    ctx.saveForBackward(x);
    return x.mul(x);
  }
  static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) {
    const isTheOne = where === "process" || !isMainThread;
    if (isTheOne && when === "inside" && ++calls === 3) end();
    return g.mul(ctx.savedTensors[0]!).mul(2);
  }
}
let calls = 0;

function end(): void {
  if (where === "process") {
    process.stdout.write("ready\n");
    process.exit(3);
  }
  parentPort!.postMessage("ready");
  for (;;);
}

function graph(): torch.Tensor {
  const x = torch.randn([8], { requiresGrad: true });
  x.registerPostAccumulateGradHook(() => {});
  const y = torch.utils.checkpoint.checkpoint((x: torch.Tensor) => Square.apply(Square.apply(x)).exp(), [x]);
  y.registerHook((g) => g.mul(2));
  return Square.apply(y).sum();
}

if (isMainThread && where === "worker") {
  const worker = startWorker(import.meta.url, [where, when, away]);
  await firstMessage(worker);
  await worker.terminate();
  torch.tidy(() => graph().backward());
  console.log("ready");
} else {
  native.setBackwardAway(away === "away");
  const held = [graph(), graph()];
  held[0]!.backward({ retainGraph: true });
  if (when === "outside") {
    Object.assign(globalThis, { held });
    end();
  }
  held[1]!.backward();
  held[1] = graph();
  for (;;) torch.tidy(() => graph().backward());
}
