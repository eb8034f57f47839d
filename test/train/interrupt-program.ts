/* A loop of short steps that stops when asked; with "hang" as argument, one that is asked and never does. */
import { onInterrupt } from "../../lib/train/on-interrupt.js";

const interrupt = onInterrupt();
console.log("ready");
while (!interrupt.requested) await new Promise((resolve) => setTimeout(resolve, 5));
console.log(`saving after ${interrupt.signal}`);
if (process.argv[2] === "hang") for (;;);
interrupt.dispose();
process.exitCode = interrupt.exitCode;
