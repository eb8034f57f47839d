/**
 * Calls everything public with random arguments; each call must end in a value or an error of this library.
 *
 *   npm run fuzz -- --calls 100000 --seed 1
 *   npm run fuzz -- --seed 1 --only 4711       that call again, printed before it is made
 *   npm run fuzz -- --match "^(x\\.)?conv"       only what has such a name
 */
import { parseArgs } from "node:util";
import { fuzz } from "../test/fuzz/run.js";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    only: { type: "string" },
    match: { type: "string" },
    block: { type: "string", default: "500" },
  },
});
const only = values.only === undefined ? undefined : Number(values.only);
const from = only ?? Number(values.from);
const calls = only === undefined ? Number(values.calls) : 1;
for (const number of [from, calls, Number(values.seed), Number(values.block)]) {
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error("--calls, --seed, --from, --only and --block are whole numbers");
}

let shown = 0;
const report = await fuzz({
  seed: Number(values.seed),
  calls,
  from,
  block: Number(values.block),
  match: values.match,
  trace: only !== undefined,
  onProgress(call, problem) {
    if (problem?.kind === "type") return;
    if (problem !== undefined)
      console.log(`${problem.kind} at ${problem.call}: ${problem.text} -> ${problem.message.split("\n")[0]}`);
    else if (call - from >= shown + 10_000) {
      shown = call - from;
      console.log(`${call} ...`);
    }
  },
});
const of = (kind: string) => report.problems.filter((p) => p.kind === kind).length;
console.log(
  `seed ${values.seed}, calls ${from} to ${from + report.calls - 1}: ${report.values} values, ${report.torchErrors} TorchErrors, ${report.typeErrors} TypeErrors; ` +
    `${of("crash")} crashes, ${of("hang")} hangs, ${of("leak")} leaks, ${of("error")} other errors, ${of("style")} messages not in our style; ${report.cpu.toFixed(0)} s of CPU`,
);
const bad = report.problems.filter(({ kind }) => kind !== "type");
process.exitCode = bad.length === 0 ? 0 : 1;
