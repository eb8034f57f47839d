import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type * as torch from "sam-torch";

const say = (fields: object) => console.log(JSON.stringify(fields));

/** Our side of the conversation that `bench/peers/peer.py` describes: warms `step` up, then times it on command. */
export async function serve(step: () => torch.Tensor, { warmup = 2 }: { warmup?: number } = {}): Promise<void> {
  for (let i = 0; i < warmup; i++) step().dispose();
  say({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, count = "1"] = line.trim().split(/\s+/);
    if (word === "step") {
      for (let i = 0; i < Number(count); i++) {
        const start = performance.now();
        const loss = step();
        const elapsed = performance.now() - start;
        say({ step_ms: elapsed, loss: loss.itemNumber() });
        loss.dispose();
      }
    } else if (word === "memory") {
      say({ peak_rss_mb: peakResident() });
    } else if (word === "quit") {
      break;
    }
  }
  process.stdin.destroy();
}

/** Peak resident memory in MB since the last call, where the system can reset it (Linux). */
function peakResident(): number {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    writeFileSync("/proc/self/clear_refs", "5");
    return Number(peak) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
