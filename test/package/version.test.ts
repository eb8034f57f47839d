import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DEFAULT_VERSION, isSupported, parseVersion, sameMinor } from "../../lib/libtorch/version.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const versionIn = (file: string) => (JSON.parse(readFileSync(join(root, file), "utf8")) as { version: string }).version;

test("the package's minor version is that of the LibTorch that setup fetches and the prebuilt addon is for", () => {
  const own = parseVersion(versionIn("package.json"))!;
  const fetched = parseVersion(DEFAULT_VERSION)!;
  expect({ same: sameMinor(own, fetched), supported: isSupported(fetched) }).toEqual({ same: true, supported: true });
});

test("package-lock.json has the package's version", () => {
  expect(versionIn("package-lock.json")).toBe(versionIn("package.json"));
});
