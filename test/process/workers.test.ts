import { describe, expect, it } from "vitest";
import { answerOf } from "./run-program.js";

type Answer = { codes: number[]; alone: number[]; others: number[][]; leftTensors: number; leftBytes: number };
type Held = { rss: number; threads: number; files: number; tensors: number; allocated: number };

describe("worker threads", () => {
  it.each([
    ["a step", "training"],
    ["a gradient hook", "hook"],
  ])(
    "four train at once like one alone and are terminated in the middle of %s; the main thread goes on",
    async (_name, where) => {
      const { codes, alone, others, leftTensors, leftBytes } = await answerOf<Answer>("workers-program.ts", where);
      expect(codes).toEqual([1, 1, 1, 1]); // what Node gives for a terminated worker
      expect(alone.at(-1)).toBeLessThan(alone[0]!);
      // Beside the workers, the four of them, and after their end.
      expect(others).toEqual(Array.from({ length: 6 }, () => alone));
      expect({ leftTensors, leftBytes }).toEqual({ leftTensors: 0, leftBytes: 0 });
    },
    260_000,
  );

  it("50 opened and closed one after the other, every second one by terminate(), leave nothing behind", async () => {
    const samples = await answerOf<Held[]>("contexts-program.ts", "50");
    const [first, last] = [samples[1]!, samples.at(-1)!];
    expect(samples).toHaveLength(10);
    expect(last).toMatchObject({ threads: first.threads, files: first.files, tensors: 0, allocated: 0 });
    // 40 workers later; each of them allocated 9 MB. 400 kB each would be a leak of one worker's own Node and LibTorch state.
    expect(last.rss - first.rss).toBeLessThan(16);
  }, 260_000);
});
