import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as torch from "../../lib/index.js";

const fixtures = fileURLToPath(new URL("../reference/fixtures/", import.meta.url));
export const file = (name: string): string => path.join(fixtures, name);
const read = (name: string) => JSON.parse(fs.readFileSync(file(name), "utf8"));

/** A ResNet that Python scripted, and what it computes: see test/reference/jit_resnet.py. */
export const resnet = file("jit-resnet.pt");
interface Step {
  loss: number;
  lossPerturbed: number;
  gradNorm: number;
  gradSharpNorm: number;
  epsNorm: number;
  cos: number;
}
export const record = read("jit-resnet.json") as {
  parameters: [string, string, number[]][];
  buffers: [string, string, number[]][];
  methods: string[];
  rho: number;
  sgd: { lr: number; momentum: number; weightDecay: number };
  steps: Step[];
};
export const expected = torch.loadSafetensors(file("jit-resnet.safetensors"));
export const pixels = expected.images!.to("float32").sub(128).div(64);
export const labels = expected.labels!;

/** Largest difference, of the largest element. */
export function distance(a: torch.Tensor, b: torch.Tensor): number {
  const scale = Math.max(1e-30, b.abs().max().itemNumber());
  return a.sub(b).abs().max().itemNumber() / scale;
}
export const described = (named: [string, torch.Tensor][]) => named.map(([name, t]) => [name, t.dtype, t.shape]);
