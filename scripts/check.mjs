// The whole of CI in one command: `npm run check`. With --no-test everything but the tests. With --package also what needs the registry
// and takes long: the prebuilt binaries, and the tarball in fresh projects of every kind.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
/** Versions of clang-format differ in where they break lines; the files are as this one writes them (PyPI has it too). */
const CLANG_FORMAT = "14";
const clangFormat = /version (\d+)/.exec(spawnSync("clang-format", ["--version"], { encoding: "utf8" }).stdout)?.[1];
const nativeFiles = () =>
  readdirSync(join(root, "native"), { recursive: true })
    .filter((name) => /\.(cpp|h|cu|cuh)$/.test(name))
    .map((name) => join("native", name));

const steps = [
  ["build, warnings are errors", process.execPath, ["scripts/prepare.mjs", "--strict"]],
  ["types", bin("tsc"), ["--noEmit", "-p", "tsconfig.check.json"]],
  ["format and lint", bin("biome"), ["check", "--error-on-warnings", "."]],
  clangFormat === CLANG_FORMAT
    ? ["format of C++", "clang-format", ["--dry-run", "--Werror", ...nativeFiles()]]
    : [`format of C++ (left out: expected clang-format ${CLANG_FORMAT}, got ${clangFormat ?? "none"})`],
  ["CUDA part", process.execPath, ["scripts/check-cuda-part.mjs"]],
  ["docs/pytorch.md is up to date", bin("tsx"), ["scripts/compatibility.ts", "--check"]],
  ["generated operators as the addon has them", bin("tsx"), ["scripts/generate-ops.ts", "--check"]],
  ["circular imports, any in public types", process.execPath, ["scripts/check-dist.mjs"]],
  ["dead code", bin("knip"), []],
  ["package.json as others read it", bin("publint"), ["--strict"]],
  ...(process.platform === "linux" ? [["runs on an old Linux", process.execPath, ["scripts/check-symbols.mjs"]]] : []),
  ["what is packed", process.execPath, ["scripts/check-tarball.mjs"]],
  ...(process.argv.includes("--no-test") ? [] : [["tests", bin("vitest"), ["run"]]]),
  ...(process.argv.includes("--package")
    ? [
        ["prebuilt binaries", process.execPath, ["scripts/prebuild.mjs"]],
        ["the tarball in fresh projects", process.execPath, ["scripts/check-consumers.mjs"]],
      ]
    : []),
];

const failed = [];
for (const [name, program, args] of steps) {
  console.log(`\n[check] ${name}`);
  if (program === undefined) continue;
  const start = Date.now();
  const { status } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) failed.push(name);
  console.log(`[check] ${name}: ${status === 0 ? "ok" : "FAILED"} (${((Date.now() - start) / 1000).toFixed(0)} s)`);
}
console.log(failed.length === 0 ? "\n[check] all is well" : `\n[check] failed: ${failed.join("; ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
