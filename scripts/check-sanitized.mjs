// The core's tests over an addon compiled with AddressSanitizer and UndefinedBehaviorSanitizer: `npm run check:sanitized [test files]`.
// The build stays beside the usual one, in build/sanitized; LibTorch itself is not instrumented. Linux and GCC or Clang only.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = join(root, "build", "sanitized");
const tests =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ["test/tensor", "test/memory", "test/nn", "test/optim", "test/data", "test/io"];

function run(program, args, env = {}) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

if (process.platform !== "linux") {
  console.log("[check:sanitized] expected Linux: the sanitizers' run-time library must be loaded before Node");
  process.exit(1);
}
run(process.execPath, ["scripts/prepare.mjs"]);
const { findLibTorch } = await import(pathToFileURL(join(root, "dist", "libtorch", "find.js")).href);
mkdirSync(place, { recursive: true });
const build = join(place, "build"); // where node-gyp-build looks below SAM_TORCH_PREBUILD
run("cmake", [
  "-S",
  root,
  "-B",
  build,
  "-DCMAKE_BUILD_TYPE=Release",
  "-DSAM_TORCH_SANITIZE=ON",
  `-DSAM_TORCH_LIBTORCH=${findLibTorch().directory}`,
]);
run("cmake", ["--build", build, "-j", String(availableParallelism())]);

const library = (name) =>
  execFileSync(process.env.CXX ?? "c++", [`-print-file-name=${name}`], { encoding: "utf8" }).trim();
run(process.execPath, [join(root, "node_modules", "vitest", "vitest.mjs"), "run", "--testTimeout=300000", ...tests], {
  SAM_TORCH_PREBUILD: place,
  // The addon's own pool of pages would hide what happens to freed memory.
  SAM_TORCH_ALLOCATOR: "system",
  LD_PRELOAD: `${library("libasan.so")} ${library("libubsan.so")}`,
  // V8 leaves everything behind at its end, so leaks are for torch.memory() to find.
  ASAN_OPTIONS: "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1",
  UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1",
});
console.log("[check:sanitized] all is well");
