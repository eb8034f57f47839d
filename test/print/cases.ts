import fs from "node:fs";
import { gunzipSync } from "node:zlib";
import type { setPrintoptions } from "../../lib/print-options.js";

/** One tensor, how it is to be printed, and what Python prints: see `test/reference/print.py`. */
export interface PrintCase {
  name: string;
  options: Parameters<typeof setPrintoptions>[0];
  tensor: { dtype: string; shape: number[]; data: string };
  requiresGrad: boolean;
  gradFn: string | null;
  text: string;
}

const fixture = gunzipSync(fs.readFileSync(new URL("../reference/fixtures/print.json.gz", import.meta.url)));

/** JSON has infinity as text. */
const number = (_key: string, value: unknown) => (value === "Infinity" ? Number.POSITIVE_INFINITY : value);

export const cases = (JSON.parse(fixture.toString(), number) as { cases: PrintCase[] }).cases;
