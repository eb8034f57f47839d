import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// Each Node that the package is for can require() an ES module, as long as nothing in it awaits at the top.
test("require() gives the whole package", () => {
  const program = fileURLToPath(new URL("../consumers/require.cjs", import.meta.url));
  const child = spawnSync(process.execPath, [program], { encoding: "utf8" });
  expect(child.stdout).toMatch(/^trained: /);
  expect(child.status).toBe(0);
}, 120_000);
