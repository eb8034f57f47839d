// The core's tests over an addon compiled with AddressSanitizer and UndefinedBehaviorSanitizer: `npm run check:sanitized [test files]`.
// The build stays beside the usual one, in build/sanitized; LibTorch itself is not instrumented. Linux and GCC only.
// It ends well when all tests pass, nothing was reported, and faults made on purpose were.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = join(root, "build", "sanitized");
const reports = join(place, "reports");
const POOL = "test/memory/allocator.test.ts";
const core = ["tensor", "ops", "memory", "autograd", "nn", "optim", "data", "io", "jit", "train", "process/workers"];
// They compare resident memory, which what the sanitizer keeps of freed memory (256 MB by default) would swell.
const resident = ["test/memory/flat.test.ts", "test/tensor/lifetime.test.ts"];
// Left out: one test of theirs compares all that a process has, the sanitizer's own memory included, with 400 MB.
const all = "20,000 dropped tensors of 1 MB peak under 400 MB";
const without = (files) => files.flatMap((file) => ["--exclude", file]);
// The addon's own pool of pages would hide what happens to freed memory, so all but its own tests go without it.
const passes =
  process.argv.length > 2
    ? [{ allocator: process.env.SAM_TORCH_ALLOCATOR ?? "system", tests: process.argv.slice(2) }]
    : [
        { allocator: "system", tests: [...core.map((name) => `test/${name}`), ...without([POOL, ...resident])] },
        { allocator: "system", tests: [...resident, `--testNamePattern=^(?!.*${all})`], more: ":quarantine_size_mb=8" },
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

const compiler = process.env.CXX ?? "c++";
const library = (name) => execFileSync(compiler, [`-print-file-name=${name}`], { encoding: "utf8" }).trim();
/** Compiles one text of C++ to a shared library in build/sanitized. */
function compile(name, text, ...options) {
  const [source, made] = [join(place, `${name}.cpp`), join(place, `${name}.node`)];
  writeFileSync(source, text);
  run(compiler, ["-shared", "-fPIC", ...options, "-o", made, source]);
  return made;
}
// Beside libasan, libubsan's own log_path is lost: the function that it calls to set it is libasan's, of the same name.
const undefinedLog = compile(
  "undefined_log",
  `#include <dlfcn.h>
  __attribute__((constructor)) static void set() {
    void* ubsan = dlopen(${JSON.stringify(library("libubsan.so"))}, RTLD_LAZY | RTLD_NOLOAD);
    auto* path = reinterpret_cast<void (*)(const char*)>(dlsym(ubsan, "__sanitizer_set_report_path"));
    path(${JSON.stringify(join(reports, "undefined"))});
  }\n`,
);
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const timeouts = ["--testTimeout=300000", "--hookTimeout=300000"];
// A report goes to a file of its own, as the process that it ends cannot be relied on to pass it on.
const environment = (more = "") => ({
  ...process.env,
  SAM_TORCH_PREBUILD: place,
  LD_PRELOAD: [library("libasan.so"), library("libubsan.so"), undefinedLog].join(" "),
  // V8 leaves everything behind at its end, so leaks are for torch.memory() to find.
  ASAN_OPTIONS: `detect_leaks=0:abort_on_error=1:allocator_may_return_null=1:log_path=${join(reports, "address")}${more}`,
  UBSAN_OPTIONS: `halt_on_error=1:abort_on_error=1:print_stacktrace=1:log_path=${join(reports, "address")}`,
});
/** The reports so far, which are then deleted. What it says when it gives no memory (allocator_may_return_null) is none. */
function takeReports() {
  const files = readdirSync(reports).map((name) => ({ name, text: readFileSync(join(reports, name), "utf8") }));
  for (const { name } of files) rmSync(join(reports, name));
  return files.filter(({ text }) => /ERROR: AddressSanitizer|runtime error/.test(text));
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const problems = [];

// Silence means something only where a fault would be told: in a library that Node maps, and with the tests' addon in the process.
const FAULTS = {
  "heap-buffer-overflow": "volatile char* p = new char[8]; volatile int i = 8; p[i] = 1;",
  "heap-use-after-free": "volatile char* p = new char[8]; delete[] p; p[0] = 1;",
  "signed integer overflow": "volatile int i = 2147483647; i = i + 1;",
};
const entry = pathToFileURL(join(root, "dist", "index.js")).href;
for (const [fault, code] of Object.entries(FAULTS)) {
  const text = `__attribute__((constructor)) static void fault() { ${code} }\n`;
  const made = compile("fault", text, "-fsanitize=address,undefined");
  const program = `import { readFileSync } from "node:fs";
    (await import(${JSON.stringify(entry)})).ones([2]);
    if (!readFileSync("/proc/self/maps", "utf8").includes(${JSON.stringify(build)})) process.exit(1);
    process.dlopen({ exports: {} }, ${JSON.stringify(made)});`;
  spawnSync(process.execPath, ["--input-type=module", "-e", program], { env: environment(), stdio: "ignore" });
  const told = takeReports().some(({ text }) => text.includes(fault));
  if (!told) problems.push(`expected a report of a ${fault} made on purpose, got none`);
}

for (const { allocator, tests, more } of passes) {
  const env = { ...environment(more), SAM_TORCH_ALLOCATOR: allocator };
  const { status } = spawnSync(process.execPath, [vitest, "run", ...timeouts, ...tests], {
    cwd: root,
    stdio: "inherit",
    env,
  });
  if (status !== 0) problems.push(`tests failed: ${tests.join(" ")}`);
  for (const { name, text } of takeReports()) problems.push(`report in ${name}\n${text}`);
}
for (const problem of problems) console.error(`\n[check:sanitized] ${problem}`);
console.log(`[check:sanitized] ${problems.length === 0 ? "all tests passed, no report" : "FAILED"}`);
process.exitCode = problems.length === 0 ? 0 : 1;
