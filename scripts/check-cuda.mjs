// `npm run check:cuda`, for a machine with an NVIDIA GPU: builds with the CUDA part, runs the CUDA tests, then the benchmark against
// Python, whose tables go to bench/results/cuda.*, also when a test has failed. With --no-bench only the first two; other options are
// the benchmark's: `npm run check:cuda -- --only 22-8-bf16 --modes eager,graph --out /tmp/cuda`. Python's side: SAM_TORCH_PYTHON, else
// python3, with a torch for CUDA of LibTorch's version.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const argv = process.argv.slice(2);

function end(message, help) {
  console.error(`[check:cuda] ${message}${help ? `\n  help: ${help}` : ""}`);
  process.exit(1);
}

// Programs that are started by name, as Python's compiler and ours are, find this Node too.
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}` };
const failed = [];

/** Runs a script with this Node, and says whether it went well. */
function run(what, ...args) {
  console.log(`\n[check:cuda] ${what}`);
  const { status, signal, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env });
  if (status === 0) return true;
  failed.push(what);
  console.error(`[check:cuda] ${what}: ${error?.message ?? `ended with ${signal ?? status}`}`);
  return false;
}

if (!existsSync("/proc/driver/nvidia/version") && !existsSync("/dev/nvidiactl") && !existsSync("/dev/dxg")) {
  end(
    "expected a machine with an NVIDIA GPU, got one without: nothing was run",
    "npm run check does what needs no GPU",
  );
}
if (!run("build, warnings are errors", join("scripts", "prepare.mjs"), "--strict")) process.exit(1);

const { cuda } = await import(pathToFileURL(join(root, "dist", "index.js")).href);
if (!cuda.isAvailable())
  end("expected LibTorch to find a CUDA device, got none", "npm run doctor; npm run setup -- --cuda");
if (!cuda.hasCudaPart()) {
  end(
    "expected the CUDA part, got none",
    "set CUDA_HOME to a CUDA toolkit (its headers are enough), then: npm run rebuild",
  );
}
console.log(`[check:cuda] ${cuda.deviceCount()} device(s): ${cuda.getDeviceProperties().name}`);

run("tests", join("node_modules", "vitest", "vitest.mjs"), "run", "test/cuda");
if (!argv.includes("--no-bench")) {
  // Of an option that is given twice the last counts.
  run("benchmark", "--import", "tsx", join("bench", "main.ts"), "cuda", "--out", "cuda", ...argv);
}
if (failed.length > 0) end(`not well: ${failed.join(", ")}`);
console.log("\n[check:cuda] all is well");
