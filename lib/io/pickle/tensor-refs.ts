import { TensorRef } from "./values.js";

/** Every tensor in what `unpickle` gave, each once. */
export function tensorRefsIn(value: unknown): TensorRef[] {
  const found = new Set<unknown>();
  const tensors: TensorRef[] = [];
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || found.has(next)) continue;
    found.add(next);
    if (next instanceof TensorRef) tensors.push(next);
    else if (Array.isArray(next) || next instanceof Set) for (const item of next) open.push(item);
    else if (next instanceof Map) for (const item of next.values()) open.push(item);
  }
  return tensors;
}
