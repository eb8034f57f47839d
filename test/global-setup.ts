import { locateAddon } from "../lib/libtorch/addon.js";
import { findLibTorch } from "../lib/libtorch/find.js";

/** One clear error instead of one per file, when vitest is started without `npm test` having made the clone ready. */
export default function setup(): void {
  findLibTorch();
  if (locateAddon("sam_torch") === undefined) throw new Error("the addon is not built; run: npm test");
}
