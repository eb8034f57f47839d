import type { Tensor } from "./tensor.js";

/** A tensor as text. */
export function formatTensor(tensor: Tensor): string {
  return `tensor(${JSON.stringify(tensor.toArray(), (_, v) => (typeof v === "bigint" ? `${v}n` : v))}, dtype=${tensor.dtype})`;
}
