import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isTensor } from "../../lib/index.js";
import { readCheckpointFile } from "../../lib/train/checkpoint-file.js";
import { temporaryDirectory } from "../io/tiny-disk.js";
import { runTrain } from "./run-train.js";

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory[Symbol.dispose]());
const place = (name: string) => join(directory.path, name);

/** A checkpoint as plain values, bits of tensors and all, without the times in it. */
function contents(file: string): unknown {
  const plain = (value: unknown): unknown => {
    if (isTensor(value)) return [value.dtype, value.shape, Buffer.from(value.bytes()).toString("base64")];
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => key !== "seconds");
    return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
  };
  return plain(readCheckpointFile(file));
}

const lines = (text: string) => text.trimEnd().split("\n");
/** The table's lines, without the times. */
const epochs = (stdout: string) =>
  lines(stdout)
    .filter((line) => line.startsWith("epoch"))
    .map((line) => line.replace(/elapsed [\d:]+ min/, "elapsed"));
/** The JSON log's records, without the times. */
const records = (file: string) =>
  lines(readFileSync(file, "utf8")).map((line) => {
    const { time: _, seconds: __, trainSeconds: ___, ...rest } = JSON.parse(line);
    return rest as { event: string };
  });

const TIMEOUT = { timeout: 240_000 };
// 6 steps per epoch, 4 epochs: the learning rate falls at 2 and 3.
const RECIPE = "--optimizer sam --rho 0.1 --dropout 0.3 --label-noise 0.1 --epochs 4";

describe("a run that is stopped and resumed", () => {
  it("equals one never interrupted: weights, optimizer, generators, log", TIMEOUT, async () => {
    const straight = await runTrain(`${RECIPE} --checkpoint ${place("straight")} --log ${place("straight.jsonl")}`);
    expect(straight).toMatchObject({ code: 0, stderr: "" });
    expect(epochs(straight.stdout)).toHaveLength(4);

    const parts = [
      // In the middle of epoch 1, at the start of epoch 1's validation, after the last step of epoch 2.
      { args: "", signals: "SIGINT step 8", code: 130 },
      { args: "--resume", signals: "SIGTERM eval 1", code: 143 },
      { args: "--resume --max-steps 18", signals: undefined, code: 0 },
      { args: "--resume", signals: undefined, code: 0 },
    ];
    const seen: string[] = [];
    for (const { args, signals, code } of parts) {
      const options = `${RECIPE} --checkpoint ${place("parts")} --log ${place("parts.jsonl")} ${args}`;
      const run = await runTrain(options.trimEnd(), { signals });
      expect(run.code, run.stderr).toBe(code);
      expect(run.stderr).toBe(
        signals === undefined
          ? ""
          : `\n${signals.split(" ")[0]}: stopping after this step (once more to stop at once)\n`,
      );
      seen.push(...epochs(run.stdout));
    }
    const stopped = seen.filter((line) => line.includes("stopped"));
    expect(stopped[0]).toMatch(/^epoch {3}1 .* stopped in training, step [2-5] of 6$/);
    expect(stopped[1]).toMatch(/^epoch {3}1 .* stopped in validation, step 0 of 1$/);
    expect(stopped).toHaveLength(2);
    expect(seen.filter((line) => !line.includes("stopped"))).toEqual(epochs(straight.stdout));
    const written = records(place("parts.jsonl")).filter(({ event }) => event === "epoch");
    expect(written).toEqual(records(place("straight.jsonl")));
    expect(contents(place("parts"))).toEqual(contents(place("straight")));
  });

  it.each(["fp32", "bf16-masters"])(
    "that gets its signal between both passes, %s, saves weights at w and goes on",
    TIMEOUT,
    async (precision) => {
      const recipe = `--optimizer sam --rho 0.5 --precision ${precision} --epochs 2`;
      const stopped = await runTrain(`${recipe} --checkpoint ${place("stopped")}`, { signals: "SIGTERM backward 4" });
      expect(stopped.code, stopped.stderr).toBe(143);
      const { step } = (contents(place("stopped")) as { progress: { step: number } }).progress;
      expect(step).toBeGreaterThanOrEqual(2);
      expect(step).toBeLessThan(6);
      await runTrain(`${recipe} --checkpoint ${place("straight")} --max-steps ${step}`);
      expect(contents(place("stopped"))).toEqual(contents(place("straight")));
      for (const name of ["stopped", "straight"]) {
        const end = await runTrain(
          `${recipe} --checkpoint ${place(name)} ${name === "stopped" ? "--resume" : ""}`.trimEnd(),
        );
        expect(end.code, end.stderr).toBe(0);
      }
      expect(contents(place("stopped"))).toEqual(contents(place("straight")));
    },
  );

  it("says so when the options are others, and needs a file", TIMEOUT, async () => {
    const none = await runTrain("--resume");
    expect(none).toEqual({ code: 1, stdout: "", stderr: "[train] expected --checkpoint with --resume\n" });
    const missing = await runTrain(`--resume --checkpoint ${place("none")}`);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/^\[Checkpoint\] expected .*none.*ENOENT.*\n {2}help: .*\n$/);
    expect(existsSync(place("none"))).toBe(false);

    const options = `--limit 16 --checkpoint ${place("a")}`;
    expect((await runTrain(`${options} --optimizer sgd --precision bf16`)).code).toBe(0);
    const other = await runTrain(`${options} --optimizer sgd --precision fp32 --resume`);
    expect(other.code).toBe(0);
    expect(other.stderr).toMatch(/^The checkpoint was made with other options: WRN-10-1, SGD, bf16, .*\n$/);
  });
});
