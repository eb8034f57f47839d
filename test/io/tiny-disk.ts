import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** A directory that is removed when the test is over. */
export function temporaryDirectory(): { path: string; [Symbol.dispose](): void } {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sam-torch-test-"));
  return { path: directory, [Symbol.dispose]: () => fs.rmSync(directory, { recursive: true, force: true }) };
}

/** A file system of `kilobytes` in memory, or `undefined` where this user may not mount one. */
export function tinyDisk(kilobytes: number): { path: string; [Symbol.dispose](): void } | undefined {
  const directory = temporaryDirectory();
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "sam-torch-test", directory.path]);
  if (mount.status !== 0) {
    directory[Symbol.dispose]();
    return undefined;
  }
  return {
    path: directory.path,
    [Symbol.dispose]() {
      execFileSync("umount", [directory.path]);
      directory[Symbol.dispose]();
    },
  };
}
