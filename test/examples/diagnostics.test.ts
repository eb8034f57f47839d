import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporary } from "../libtorch/fixtures.js";
import { runTrain } from "./run-train.js";

type Line = Record<string, number | string | null>;

async function linesOf(args: string): Promise<Line[]> {
  const file = join(temporary(), "log.jsonl");
  const { code, stderr } = await runTrain(`${args} --limit 80 --epochs 4 --log ${file}`); // 20 steps
  expect(code, stderr).toBe(0);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Line);
}
const isDiagnosis = (line: Line) => "cosine" in line;

it("--diagnostics writes all of them into the log every 10 steps", { timeout: 240_000 }, async () => {
  const lines = await linesOf("--diagnostics --optimizer sam --rho 0.07");
  const found = lines.filter(isDiagnosis);
  expect(found.map((line) => line.step)).toEqual([10, 20]);
  for (const { loss, perturbedLoss, sharpness, gradNorm, sharpGradNorm, cosine, epsNorm } of found) {
    expect(perturbedLoss as number).toBeGreaterThan(0);
    expect((perturbedLoss as number) - (loss as number)).toBeCloseTo(sharpness as number, 12);
    expect(Math.min(gradNorm as number, sharpGradNorm as number)).toBeGreaterThan(0);
    expect(Math.abs(cosine as number)).toBeLessThanOrEqual(1);
    expect(epsNorm as number).toBeCloseTo(0.07, 6);
  }
  expect(lines.filter((line) => !isDiagnosis(line)).length).toBeGreaterThanOrEqual(4); // the epochs' own
});

it("without it, and with SGD, there are none", { timeout: 240_000 }, async () => {
  expect((await linesOf("--optimizer sam")).some(isDiagnosis)).toBe(false);
  expect((await linesOf("--diagnostics --optimizer sgd")).some(isDiagnosis)).toBe(false);
});
