// The core's tests over an addon compiled with AddressSanitizer and UndefinedBehaviorSanitizer: `npm run check:sanitized [test files]`.
// The build stays beside the usual one, in build/sanitized; LibTorch itself is not instrumented. Linux and GCC or Clang only.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = join(root, "build", "sanitized");
const reports = join(place, "reports");
const POOL = "test/memory/allocator.test.ts";
const core = ["tensor", "ops", "memory", "autograd", "nn", "optim", "data", "io", "jit", "train", "process/workers"];
// They compare resident memory, to which the sanitizer adds what it keeps of what was freed.
const resident = ["test/memory/flat.test.ts", "test/tensor/lifetime.test.ts"];
const without = (files) => files.flatMap((file) => ["--exclude", file]);
// The addon's own pool of pages would hide what happens to freed memory, so all but its own tests go without it.
const passes =
  process.argv.length > 2
    ? [{ allocator: process.env.SAM_TORCH_ALLOCATOR ?? "system", tests: process.argv.slice(2) }]
    : [
        { allocator: "system", tests: [...core.map((name) => `test/${name}`), ...without([POOL, ...resident])] },
        { allocator: "", tests: [POOL] },
      ];

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
// A report goes to a file of its own, as the process that it ends cannot be relied on to pass it on.
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const timeouts = ["--testTimeout=300000", "--hookTimeout=300000"];
const failed = passes.filter(({ allocator, tests }) => {
  const { status } = spawnSync(process.execPath, [vitest, "run", ...timeouts, ...tests], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      SAM_TORCH_PREBUILD: place,
      SAM_TORCH_ALLOCATOR: allocator,
      LD_PRELOAD: `${library("libasan.so")} ${library("libubsan.so")}`,
      // V8 leaves everything behind at its end, so leaks are for torch.memory() to find.
      ASAN_OPTIONS: `detect_leaks=0:abort_on_error=1:allocator_may_return_null=1:log_path=${join(reports, "address")}`,
      UBSAN_OPTIONS: `halt_on_error=1:print_stacktrace=1:log_path=${join(reports, "undefined")}`,
    },
  });
  return status !== 0;
});
// What it says when it gives no memory (allocator_may_return_null) is no report.
const found = readdirSync(reports)
  .map((name) => ({ name, text: readFileSync(join(reports, name), "utf8") }))
  .filter(({ text }) => /ERROR: AddressSanitizer|runtime error/.test(text));
for (const { name, text } of found) console.error(`\n[check:sanitized] ${name}\n${text}`);
for (const { tests } of failed) console.error(`[check:sanitized] tests failed: ${tests.join(" ")}`);
console.log(`[check:sanitized] ${found.length} reports; ${failed.length === 0 ? "all tests passed" : "tests FAILED"}`);
process.exitCode = found.length === 0 && failed.length === 0 ? 0 : 1;
