import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type * as torch from "sam-torch";

const say = (fields: object) => console.log(JSON.stringify(fields));

export interface ServeOptions {
  warmup?: number;
  /** Waits for a device. */
  wait?: () => void;
  /** Most bytes held there. */
  deviceBytes?: () => number;
}

/** Our side of the conversation that `bench/peers/peer.py` describes: warms `step` up, then times it on command. */
export async function serve(
  step: () => torch.Tensor,
  { warmup = 2, wait = () => {}, deviceBytes }: ServeOptions = {},
): Promise<void> {
  for (let i = 0; i < warmup; i++) step().dispose();
  wait();
  say({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, count = "1"] = line.trim().split(/\s+/);
    if (word === "step") {
      // Said when all are over: whoever reads it would run on a processor that the next step needs.
      const results: object[] = [];
      for (let i = 0; i < Number(count); i++) {
        wait();
        const start = performance.now();
        const loss = step();
        wait();
        const elapsed = performance.now() - start;
        results.push({ step_ms: elapsed, loss: loss.itemNumber() });
        loss.dispose();
      }
      for (const result of results) say(result);
    } else if (word === "memory") {
      say({ peak_rss_mb: peakResident(), ...(deviceBytes && { peak_device_mb: deviceBytes() / 2 ** 20 }) });
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
