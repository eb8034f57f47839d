import { cpSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { extname, join } from "node:path";
import { expect, test } from "vitest";
import { hashSources } from "../../lib/cli/sources.js";
import { packageRoot } from "../../lib/libtorch/package-root.js";
import { temporary, write } from "../libtorch/fixtures.js";

/** A copy of what the addon is compiled from. */
function sources(): string {
  const root = temporary();
  for (const name of ["CMakeLists.txt", "native"])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true });
  return root;
}

test("the hash does not tell where the sources lie", () => {
  expect(hashSources(sources())).toBe(hashSources());
});

test("a change in any kind of file that CMake reads is seen", () => {
  const root = sources();
  const all = readdirSync(join(root, "native"), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const kinds = new Map(all.map((entry) => [extname(entry.name), join(entry.parentPath ?? entry.path, entry.name)]));
  kinds.delete(".txt"); // symbols.txt is what a check compares with; nothing is made from it
  expect([...kinds.keys()].sort()).toEqual([".cmake", ".cpp", ".cu", ".h"]);
  for (const file of [join(root, "CMakeLists.txt"), ...kinds.values()]) {
    const before = hashSources(root);
    write(file, `${readFileSync(file, "utf8")}\n`);
    expect(hashSources(root), file).not.toBe(before);
  }
});

test("a file that comes, goes or is renamed is seen", () => {
  const root = sources();
  const hashes = [hashSources(root)];
  write(join(root, "native", "core", "new.cpp"));
  hashes.push(hashSources(root));
  renameSync(join(root, "native", "core", "new.cpp"), join(root, "native", "core", "newer.cpp"));
  hashes.push(hashSources(root));
  expect(new Set(hashes).size).toBe(3);
});
