import { readFileSync } from "node:fs";
import * as torch from "../../../lib/index.js";

export interface GoldenStep {
  w: number[][];
  b: number[];
  loss: number;
  gradNorm?: number;
  eps?: { w: number[][]; b: number[] };
  epsNorm?: number;
  lossPerturbed?: number;
  gradSharpNorm?: number;
  cos?: number;
  samples?: number[];
  mask?: number[];
  lr?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: options are as free as the fixture's JSON
type Free = Record<string, any>;

export interface GoldenCase {
  name: string;
  rule: string;
  options: Free;
  base: Free & { name: "SGD" | "Adam" | "AdamW" };
  steps: GoldenStep[];
}

interface Golden {
  x: number[][];
  y: number[][];
  w0: number[][];
  b0: number[];
  cases: GoldenCase[];
}

/** Made by test/reference/golden.py, in float64, from the formulas alone. */
export const golden = JSON.parse(
  readFileSync(new URL("../../reference/fixtures/golden.json", import.meta.url), "utf8"),
) as Golden;

/** The linear model of the golden values: L = mean((X W^T + b - Y)^2). */
export class Problem {
  readonly x: torch.Tensor;
  readonly y: torch.Tensor;
  readonly w: torch.Tensor;
  readonly b: torch.Tensor;

  /** @param dtype float64 is perturbed operator by operator on the CPU, float32 in two passes over all parameters */
  constructor(dtype: "float64" | "float32" = "float64") {
    this.x = torch.keep(torch.tensor(golden.x, { dtype }));
    this.y = torch.keep(torch.tensor(golden.y, { dtype }));
    this.w = torch.keep(torch.tensor(golden.w0, { dtype, requiresGrad: true }));
    this.b = torch.keep(torch.tensor(golden.b0, { dtype, requiresGrad: true }));
  }

  get params(): torch.Tensor[] {
    return [this.w, this.b];
  }
  residual(rows?: torch.Tensor): torch.Tensor {
    const [x, y] = rows === undefined ? [this.x, this.y] : [this.x.index(rows), this.y.index(rows)];
    return x.matmul(this.w.t()).add(this.b).sub(y);
  }
  loss(start = 0, end = 4): torch.Tensor {
    const [x, y] = [this.x.index(torch.slice(start, end)), this.y.index(torch.slice(start, end))];
    return x.matmul(this.w.t()).add(this.b).sub(y).square().mean();
  }
  /** The closure of a step. */
  closure = (start = 0, end = 4): torch.Tensor => {
    const loss = this.loss(start, end);
    loss.backward();
    return loss;
  };
  flat(): number[] {
    return this.params.flatMap((t) => Array.from(t.dataSync() as Float64Array | Float32Array));
  }
  /** The gradients of now. */
  gradient(): number[] {
    return this.params.flatMap((t) => Array.from(t.grad!.dataSync() as Float64Array | Float32Array));
  }
}

export const flat = (step: { w: number[][]; b: number[] }): number[] => [...step.w.flat(), ...step.b];

export function maxDifference(a: readonly number[], b: readonly number[]): number {
  return a.length === b.length ? Math.max(...a.map((v, i) => Math.abs(v - b[i]!))) : Number.POSITIVE_INFINITY;
}
