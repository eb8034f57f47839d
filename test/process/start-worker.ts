import { Worker } from "node:worker_threads";

/** Runs a TypeScript file in a worker thread. A worker of Node 20 does not inherit the loader of TypeScript. */
export function startWorker(url: string, workerData: unknown): Worker {
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(url)}); })`;
  return new Worker(code, { eval: true, execArgv: [], workerData });
}

/** The first message of a worker; its error, if it has one before. */
export function firstMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the worker ended with code ${code} before it said anything`)));
  });
}
