import { isTensor } from "../tensor-base.js";

/** A JavaScript value in a few words, for messages; lists in lists only so far, since one may hold itself. */
export function describeValue(value: unknown, depth = 0): string {
  if (value === null) return "null";
  if (isTensor(value))
    return value.isDisposed ? "a disposed tensor" : `${value.dtype} [${value.shape.join(", ")}] ${value.device}`;
  if (Array.isArray(value))
    return value.length > 8 || depth > 2
      ? `a list of ${value.length}`
      : `[${Array.from(value, (item) => describeValue(item, depth + 1)).join(", ")}]`;
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object")
    return value.constructor === Object ? "an options object" : `a ${value.constructor?.name || "object"}`;
  return typeof value === "function" ? "a function" : String(value);
}
