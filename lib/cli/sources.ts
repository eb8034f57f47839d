import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../libtorch/package-root.js";

/** The SHA-256 over everything that the addon is compiled from, but LibTorch: a change means that it must be built again. */
export function hashSources(): string {
  const hash = createHash("sha256");
  const native = join(packageRoot, "native");
  const files = readdirSync(native, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(cpp|h|cu|cuh)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const file of [join(packageRoot, "CMakeLists.txt"), ...files]) {
    hash
      .update(`${file.slice(packageRoot.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}
