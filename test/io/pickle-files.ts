import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";

const fixtures = fileURLToPath(new URL("../reference/fixtures/state-dict/", import.meta.url));
export const fixture = (name: string): string => path.join(fixtures, name);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sam-torch-pickle-"));
export const place = (name: string): string => path.join(directory, name);
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

export type Described =
  | { tensor: { dtype: string; shape: number[]; data: string; strides?: number[] }; requiresGrad: boolean }
  | { dict: [Described, Described][] }
  | { counter: [string | number, number][] }
  | { set: Described[] }
  | { list: Described[] }
  | { tuple: Described[] }
  | string
  | number
  | boolean
  | null;
/** What the files of test/reference/state_dict.py hold. */
export const expected = JSON.parse(fs.readFileSync(fixture("expected.json"), "utf8")) as {
  files: Record<string, Described>;
  refused: Record<string, string>;
};

export function expectEqual(got: unknown, want: Described, at = "value"): void {
  if (typeof want !== "object" || want === null) {
    expect(got, at).toEqual(want);
  } else if ("tensor" in want) {
    const tensor = got as torch.Tensor;
    const { dtype, shape, data, strides } = want.tensor;
    expect(tensor, at).toBeInstanceOf(torch.Tensor);
    expect([tensor.dtype, tensor.shape, Buffer.from(tensor.bytes()).toString("base64")], at).toEqual([
      dtype,
      shape,
      data,
    ]);
    if (strides !== undefined) expect(tensor.stride(), at).toEqual(strides);
    expect(tensor.requiresGrad, at).toBe(want.requiresGrad);
  } else if ("counter" in want) {
    expect(got, at).toEqual(new Map(want.counter));
  } else if ("set" in want) {
    expect(got, at).toEqual(new Set(want.set));
  } else if ("dict" in want) {
    const isObject = want.dict.every(([key]) => typeof key === "string");
    expect(got instanceof Map, at).toBe(!isObject);
    const entries = got instanceof Map ? [...got] : Object.entries(got as object);
    expect(entries.map(([key]) => key)).toEqual(want.dict.map(([key]) => key));
    for (const [i, [key, value]] of entries.entries()) expectEqual(value, want.dict[i]![1], `${at}.${String(key)}`);
  } else {
    const items = "list" in want ? want.list : want.tuple;
    expect((got as unknown[]).length, at).toBe(items.length);
    for (const [i, item] of items.entries()) expectEqual((got as unknown[])[i], item, `${at}.${i}`);
  }
}

/** A file of torch.save's form around any pickle. */
export function archive(pickle: Uint8Array, records: [string, Uint8Array][] = []): string {
  const chunks: Uint8Array[] = [];
  native.archiveWrite([["data.pkl", pickle], ...records], (bytes) => chunks.push(bytes), 1 << 26);
  const file = place(`crafted-${fs.readdirSync(directory).length}.pth`);
  fs.writeFileSync(file, Buffer.concat(chunks));
  return file;
}
export const bytes = (...parts: (string | number | Uint8Array)[]): Uint8Array =>
  Buffer.concat(
    parts.map((p) => (typeof p === "number" ? Uint8Array.of(p) : typeof p === "string" ? Buffer.from(p, "latin1") : p)),
  );
export const text = (value: string): Uint8Array => bytes("X", value.length, 0, 0, 0, value);
export const PROTO = bytes(0x80, 2);
