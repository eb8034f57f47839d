/* resume-program.ts DIR: goes on from each case's checkpoint in DIR to the end, and prints the digests as JSON. */
import { join } from "node:path";
import { CASES, digest, END, makeRun, STOP, train } from "./resume-run.js";

const [dir] = process.argv.slice(2) as [string];
const digests: string[] = [];
for (const [i, name] of CASES.entries()) {
  const run = makeRun(name, join(dir, `${i}.safetensors`));
  run.checkpoint.load();
  await train(run, STOP, END);
  digests.push(digest(run));
}
console.log(JSON.stringify(digests));
