import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isTooOld, OLDEST_NODE } from "../../lib/node-version.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

test.each([
  ["18.20.8", true],
  ["20.9.0", true],
  ["20.18.3", true],
  ["20.19.0", false],
  ["22.1.0", false],
  ["26.10.0", false],
])("Node %s is too old: %s", (version, old) => {
  expect(isTooOld(version)).toBe(old);
});

test("package.json says the same", () => {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { engines: { node: string } };
  expect(engines.node).toContain(`^${OLDEST_NODE}.0`);
});

test("no module imports by name what Node 18 lacks, or it could not say that it is too old", () => {
  const lacks = /import \{[^}]*\b(crc32|getCallSites|findPackageJSON|styleText)\b[^}]*\} from "node:/;
  const files = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  expect(files.filter((name) => lacks.test(readFileSync(join(root, "lib", name), "utf8")))).toEqual([]);
});
