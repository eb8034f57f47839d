import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";

/** `value` if it is an integer in the range; otherwise an E_ARG error that names it. */
export function integer(op: string, name: string, value: unknown, low: number, high = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high) return value as number;
  const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  badArgument(`[${op}] expected ${name} as an integer ${range}, got ${describeValue(value)}`);
}

/** `value` if it is a number from 0 to 1. */
export function probability(op: string, name: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  badArgument(`[${op}] expected ${name} as a number from 0 to 1, got ${describeValue(value)}`);
}

/** Non-negative integers as the Uint32Array that native code reads; anything else is an error, not a wrapped number. `from` ends its message. */
export function indexList(values: ArrayLike<number>, op: string, from = ""): Uint32Array {
  const out = new Uint32Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!;
    out[i] = value;
    if (out[i] !== value)
      badArgument(`[${op}] expected indices as non-negative integers, got ${describeValue(value)}${from}`);
  }
  return out;
}
