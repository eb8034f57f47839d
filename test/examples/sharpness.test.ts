import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../lib/libtorch/package-root.js";

/** Runs `examples/sharpness.ts` on `lib/`, with a net that hardly trains and surfaces of 3 points. */
function run(out: string): Promise<{ code: number | null; output: string }> {
  const program = ["--import", "tsx", join(packageRoot, "examples/sharpness.ts")];
  const args = ["--images", "50", "--epochs", "3", "--points", "3", "--out", out];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: packageRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(packageRoot, "test/examples/tsconfig.json") },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

interface Run {
  name: string;
  trainLoss: number[];
  testAccuracy: number[];
  trainAccuracy: number;
  eigenvalues: number[];
  trace: { trace: number; error: number };
  mSharpness: { loss: number; perturbedLoss: number; sharpness: number };
  worstCase: { sharpness: number };
  line: { axis: number[]; losses: number[] };
  plane: { axis: number[]; losses: number[] };
}

describe("examples/sharpness.ts", () => {
  let page = "";
  let ended: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), "sam-torch-sharpness-"));
    const out = join(directory, "new", "page.html");
    ended = await run(out);
    page = readFileSync(out, "utf8");
    rmSync(directory, { recursive: true });
  }, 600_000);

  it("compares its two minima and says so", () => {
    const [sgd, sam] = ended.output
      .match(/Hessian: SGD ([\d.]+), SAM ([\d.]+)\./)!
      .slice(1)
      .map(Number) as [number, number];
    // Three epochs are no proof; what is tested is that the program judges by what it measured.
    expect(ended.code, ended.output).toBe(sam < sgd ? 0 : 1);
  });

  it("writes curves, eigenvalues, sharpness and surfaces of both into the page", () => {
    const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!;
    const { about, runs } = JSON.parse(json) as { about: string; runs: Run[] };
    expect(about).toMatch(/^50 images of Shapes10, 40 % of the labels wrong; 3 epochs/);
    expect(runs.map((one) => one.name)).toEqual(["SGD", "SAM"]);
    for (const one of runs) {
      expect(one.trainLoss).toHaveLength(3);
      expect(one.testAccuracy).toHaveLength(3);
      expect(one.eigenvalues).toHaveLength(5);
      expect(one.eigenvalues.toSorted((a, b) => b - a)).toEqual(one.eigenvalues);
      expect(one.line.losses).toHaveLength(5);
      expect(one.plane.losses).toHaveLength(9);
      const end = one.trainLoss.at(-1)!;
      for (const middle of [one.line.losses[2]!, one.plane.losses[4]!, one.mSharpness.loss]) {
        expect(middle / end).toBeCloseTo(1, 3);
      }
      expect(one.mSharpness.sharpness).toBeGreaterThan(0);
      expect(one.worstCase.sharpness).toBeGreaterThan(0);
      expect(one.trace.error).toBeGreaterThan(0);
    }
  });

  it("the page needs nothing from anywhere, and no mark of the template is left", () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]+\.[a-z]/i);
    expect(page).not.toMatch(/<link|<img|<iframe|\bsrc=|@import|\bfetch\(|XMLHttpRequest|import\(/);
    expect(page).not.toMatch(/"\{data\}"|\/\* uPlot/);
    expect(page).toMatch(/var uPlot=function/);
    expect(page).toMatch(/The MIT License \(MIT\)\s+Copyright \(c\) \d+ Leon Sorokin/);
    expect(page.match(/<script/g)).toHaveLength(3);
  });
});
