import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../process/run-program.js";
import { CASES, digest, END, makeRun, STOP, train } from "./resume-run.js";

const dir = mkdtempSync(join(tmpdir(), "sam-torch-resume-"));
const stopped: string[] = [];
const whole: string[] = [];
let resumed: string[] = [];

beforeAll(async () => {
  for (const [i, name] of CASES.entries()) {
    const first = makeRun(name, join(dir, `${i}.safetensors`));
    await train(first, 0, STOP);
    first.checkpoint.save();
    stopped.push(digest(first));
    const straight = makeRun(name, join(dir, "unused.safetensors"));
    await train(straight, 0, END);
    whole.push(digest(straight));
  }
  resumed = await answerOf<string[]>("../optim/sam/resume-program.ts", dir);
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true }));

describe("k steps, a checkpoint, and l steps in a new process equal k + l steps, bit for bit", () => {
  for (const [i, name] of CASES.entries()) {
    it(name, () => {
      expect(resumed[i]).toBe(whole[i]);
      expect(stopped[i]).not.toBe(whole[i]);
    });
  }
});
