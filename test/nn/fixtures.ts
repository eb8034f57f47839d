import fs from "node:fs";
import zlib from "node:zlib";
import { expect } from "vitest";
import * as torch from "../../lib/index.js";

/** A tensor in a fixture: see test/reference/README.md. */
export interface Stored {
  dtype: torch.DType;
  shape: number[];
  data: string;
  strides?: number[];
}

export function fixture<T>(name: string): T {
  const file = fs.readFileSync(new URL(`../reference/fixtures/${name}`, import.meta.url));
  return JSON.parse((name.endsWith(".gz") ? zlib.gunzipSync(file) : file).toString("utf8")) as T;
}

export function decode({ dtype, shape, data, strides }: Stored): torch.Tensor {
  const dense = torch.frombuffer(new Uint8Array(Buffer.from(data, "base64")), { dtype, shape });
  return strides === undefined ? dense : torch.emptyStrided(shape, strides, { dtype }).copy_(dense);
}

/** The factor w in sum(out * w), for gradients: `weight` in test/reference/common.py. */
export function weightOf(t: torch.Tensor): torch.Tensor {
  const values = Array.from({ length: t.numel() }, (_, i) => (((7 * i + 3) % 11) - 5) / 4);
  return torch.tensor(values, { dtype: t.dtype }).reshape(t.shape);
}

/** Float64 agrees to 1e-11, float32 to 1e-5: relative above 1, absolute below. Everything else must be equal. */
export function expectClose(
  got: torch.Tensor | null,
  want: Stored,
  what: string,
  tolerance = { float64: 1e-11, float32: 1e-5 },
): void {
  expect(got, `${what} is missing`).not.toBeNull();
  expect({ shape: got!.shape, dtype: got!.dtype }, what).toEqual({ shape: want.shape, dtype: want.dtype });
  const [a, b] = [got!.dataSync(), decode(want).dataSync()];
  const limit = want.dtype === "float64" ? tolerance.float64 : want.dtype === "float32" ? tolerance.float32 : 0;
  for (let i = 0; i < b.length; i++) {
    const [x, y] = [Number(a[i]), Number(b[i])];
    if (Object.is(x, y) || Math.abs(x - y) <= limit * Math.max(1, Math.abs(y))) continue;
    expect.fail(`${what}[${i}]: expected ${y}, got ${x} (off by ${Math.abs(x - y)})`);
  }
}

type AnyConstructor = new (...args: unknown[]) => torch.nn.AnyModule;

/** `new torch.nn[name](...args, options)`. */
export function make(name: string, args: readonly unknown[], options: object): torch.nn.AnyModule {
  const Layer = (torch.nn as unknown as Record<string, AnyConstructor>)[name];
  if (Layer === undefined) throw new Error(`torch.nn has no ${name}`);
  return Object.keys(options).length === 0 ? new Layer(...args) : new Layer(...args, options);
}

/** `module.forward(...inputs)`, whatever it takes. */
export const run = (module: torch.nn.AnyModule, inputs: readonly unknown[]): torch.Tensor =>
  (module as unknown as torch.nn.Module<readonly unknown[]>).forward(...inputs);
