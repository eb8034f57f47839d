/*
 * interrupted-program.ts CASE FILE handled|unhandled: trains and saves after each step; in the second pass of step 3 a SIGTERM comes.
 * interrupted-program.ts CASE FILE resume: goes on from FILE to the end, and prints the digest as JSON.
 */
import { onInterrupt } from "../../../lib/train/index.js";
import { digest, END, makeRun, train } from "./resume-run.js";

const [name, file, mode] = process.argv.slice(2) as [string, string, "handled" | "unhandled" | "resume"];
const run = makeRun(name, file);
if (mode === "resume") {
  const { step } = run.checkpoint.load<{ step: number }>();
  await train(run, step, END);
  console.log(JSON.stringify(digest(run)));
} else {
  const interrupt = mode === "handled" ? onInterrupt() : undefined;
  await train(run, 0, END, {
    pass(step, pass) {
      if (step !== 3 || pass !== 2) return;
      if (!run.optimizer.isPerturbed) throw new Error("expected weights at w + eps");
      process.kill(process.pid, "SIGTERM");
    },
    stepped(step) {
      // Unhandled: each step is saved. Handled: as programs do, when they are asked to stop.
      if (interrupt === undefined || interrupt.requested) run.checkpoint.save({ step });
      return interrupt?.requested;
    },
  });
  process.exitCode = interrupt?.exitCode;
}
