import * as torch from "../lib/index.js";

/**
 * `torch.memory()` once everything that JavaScript has dropped is freed: what to start counting from. Without it, a collection
 * of V8's in the middle of a test also frees what the tests before it have dropped, and the count at the end is too small.
 */
export function liveMemory(): torch.MemoryReport {
  torch.collectGarbage();
  return torch.memory();
}
