/*
 * Four worker threads allocate and free at random beside the main thread; each checks that no block is given out twice.
 * Prints what is live and kept once they have ended.
 */
import { isMainThread, Worker, workerData } from "node:worker_threads";
import * as torch from "../../lib/index.js";

function churn(seed: number, rounds: number): void {
  let state = seed;
  const random = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const held: { tensor: torch.Tensor; mark: number }[] = [];
  for (let i = 0; i < rounds; i++) {
    if (held.length > 24 || (held.length > 0 && random(2) === 0)) {
      const [{ tensor, mark }] = held.splice(random(held.length), 1) as [(typeof held)[0]];
      const [low, high] = torch.tidy(() => [tensor.min().item(), tensor.max().item()]);
      if (low !== mark || high !== mark) throw new Error(`a block was given out twice: ${low}..${high}, not ${mark}`);
      tensor.dispose();
    } else {
      const mark = random(2 ** 20);
      const size = 1 + random(2 ** (4 + random(17)));
      held.push({ tensor: torch.full([size], mark, { dtype: "int32" }), mark });
    }
  }
  for (const { tensor } of held) tensor.dispose();
}

if (isMainThread) {
  // A worker of Node 20 does not inherit the loader of TypeScript.
  const start = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(import.meta.url)}); })`;
  const workers = [1, 2, 3, 4].map((seed) => new Worker(start, { eval: true, workerData: seed }));
  const ended = workers.map(
    (worker) => new Promise<number>((resolve, reject) => worker.once("exit", resolve).once("error", reject)),
  );
  churn(5, 2000);
  const codes = await Promise.all(ended);
  torch.collectGarbage();
  const { allocated, cached } = torch.memory();
  console.log(JSON.stringify({ codes, allocated, cached, given: torch.emptyCache() }));
} else {
  churn(workerData as number, 2000);
}
