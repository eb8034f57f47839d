import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const directory = fileURLToPath(new URL("../reference/fixtures/io/", import.meta.url));

export interface FixtureArray {
  dtype: string;
  shape: number[];
  /** Little-endian, row-major, base64. */
  data: string;
}

interface Index {
  npy: Record<string, FixtureArray & { canonical: boolean }>;
  safetensors: Record<string, { metadata: Record<string, string>; tensors: Record<string, FixtureArray> }>;
}

/** What `test/reference/io.py` says its files hold. */
export const index: Index = JSON.parse(fs.readFileSync(path.join(directory, "index.json"), "utf8"));

export function fixturePath(name: string): string {
  return path.join(directory, name);
}

/** A fixture's bytes, at an odd offset of their buffer, as a reader must be able to take them. */
export function fixtureBytes(name: string): Uint8Array {
  const file = fs.readFileSync(fixturePath(name));
  const shifted = new Uint8Array(file.byteLength + 3).subarray(3);
  shifted.set(file);
  return shifted;
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
