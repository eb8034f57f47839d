import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as torch from "sam-torch";

/** What a net is after training, and the curves that led there. */
export interface Minimum {
  name: string;
  /** At the end of each epoch. */
  trainLoss: number[];
  testAccuracy: number[];
  /** At the end, wrong labels counted as right. */
  trainAccuracy: number;
  /** Of the Hessian on the training images, in descending order. */
  eigenvalues: number[];
  trace: { trace: number; error: number };
  mSharpness: torch.sharpness.Sharpness;
  worstCase: torch.sharpness.Sharpness;
  line: torch.sharpness.Surface;
  plane: torch.sharpness.Surface;
}

/** Three convolutions, each halving the image, and a linear classifier: 32x32 RGB in, ten classes out. */
export function smallNet(): torch.nn.Sequential {
  const { nn } = torch;
  const block = (from: number, to: number) => [
    new nn.Conv2d(from, to, 3, { padding: 1 }),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
  ];
  return new nn.Sequential(
    ...[...block(3, 16), ...block(16, 32), ...block(32, 64), new nn.Flatten(), new nn.Linear(64 * 4 * 4, 10)],
  );
}

/** A whole data set in batches of 50. */
export async function batchesOf(set: torch.data.ImageDataset): Promise<torch.Tensor[][]> {
  const batches: torch.Tensor[][] = [];
  for await (const [x, y] of new torch.data.DataLoader(set, { batchSize: 50 })) batches.push([x, y]);
  return batches;
}

/** The mean of a number per batch, to four digits. */
export function mean(of: (batch: torch.Tensor[]) => torch.Tensor, batches: readonly torch.Tensor[][]): number {
  const value = torch.tidy(() => torch.noGrad(() => torch.stack(batches.map(of)).mean().itemNumber()));
  return Number(value.toPrecision(4));
}

const WORST_RHO = 0.5; // a share of each weight

/** What is known about the minimum where training ended. The surfaces' directions are random, but the same for every net. */
export function measure<B>(problem: torch.sharpness.Problem<B>, rho: number, points: number) {
  const { hessianEigenvalues, hessianTrace, lossSurface, mSharpness, worstCase } = torch.sharpness;
  return {
    eigenvalues: hessianEigenvalues(problem, { k: 5, tolerance: 1e-3 }),
    trace: hessianTrace(problem),
    mSharpness: mSharpness(problem, { rho }),
    worstCase: worstCase(problem, { rho: WORST_RHO, adaptive: true, steps: 10 }),
    line: lossSurface(problem, { dimensions: 1, points: 2 * points - 1 }),
    plane: lossSurface(problem, { points }),
  };
}

const require = createRequire(import.meta.url);
const licence = require.resolve("uplot/LICENSE");
const uPlot = (file: string) => readFileSync(join(dirname(licence), file), "utf8");

/** Writes one HTML page about two minima that needs nothing else: data, styles and uPlot (MIT), which draws the curves, are in it. */
export function writePage(path: string, about: string, rho: number, runs: readonly [Minimum, Minimum]): void {
  // The licence goes along; the address in uPlot's first comment does not, so that nothing on the page leads anywhere.
  const code = uPlot("dist/uPlot.iife.min.js").replace(/^\/\*!.*?\*\/\s*/, "");
  const parts: Record<string, string> = {
    "/* uPlot.min.css */": uPlot("dist/uPlot.min.css"),
    "/* uPlot.iife.min.js */": `/*! uPlot\n\n${uPlot("LICENSE")}*/\n${code}`,
    '"{data}"': JSON.stringify({ about, rho: { step: rho, worst: WORST_RHO }, runs }).replaceAll("<", "\\u003c"),
  };
  let page = readFileSync(new URL("./sharpness-page.html", import.meta.url), "utf8");
  for (const [mark, part] of Object.entries(parts)) page = page.replace(mark, () => part);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page);
}
