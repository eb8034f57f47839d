import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../libtorch/package-root.js";

/** The SHA-256 over everything that the addon is compiled from, but LibTorch: a change means that it must be built again. */
export function hashSources(root = packageRoot): string {
  const hash = createHash("sha256");
  const native = join(root, "native");
  // CMake's own scripts too: they make the kernels' text and embed it.
  const files = readdirSync(native, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(cpp|h|cu|cuh|cmake)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const file of [join(root, "CMakeLists.txt"), ...files]) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}
