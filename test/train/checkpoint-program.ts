/* checkpoint-program.ts FILE [resume]: trains, a step every few milliseconds; SIGINT saves and exits 130. Prints the final bits. */
import { onInterrupt } from "../../lib/train/on-interrupt.js";
import { bits, tinyRun, trainTiny } from "./tiny-run.js";

const [file, mode] = process.argv.slice(2) as [string, string?];
const interrupt = onInterrupt();
const run = tinyRun(file);
const { step, finished } = await trainTiny(run, mode === "resume", async (done) => {
  if (mode === "slow") {
    console.log(`step ${done}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return interrupt.requested;
});
if (finished) console.log(bits(run));
else console.log(`saved at step ${step}`);
interrupt.dispose();
process.exitCode = interrupt.exitCode;
