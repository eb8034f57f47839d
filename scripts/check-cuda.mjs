// `npm run check:cuda`, for a machine with an NVIDIA GPU: builds with the CUDA part, runs the CUDA tests, then the benchmark against
// Python, whose tables go to bench/results/. With --no-bench only the first two. Python's side: SAM_TORCH_PYTHON, else python3, with a
// torch for CUDA of LibTorch's version.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", name);

function end(message, help) {
  console.error(`[check:cuda] ${message}${help ? `\n  help: ${help}` : ""}`);
  process.exit(1);
}

function run(what, program, args) {
  console.log(`\n[check:cuda] ${what}`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) end(`${what}: failed`);
}

if (!existsSync("/proc/driver/nvidia/version") && !existsSync("/dev/nvidiactl") && !existsSync("/dev/dxg")) {
  end(
    "expected a machine with an NVIDIA GPU, got one without: nothing was run",
    "npm run check does what needs no GPU",
  );
}
run("build, warnings are errors", process.execPath, [join("scripts", "prepare.mjs"), "--strict"]);

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

run("tests", bin("vitest"), ["run", "test/cuda"]);
if (!process.argv.includes("--no-bench")) run("benchmark", bin("tsx"), ["bench/main.ts", "cuda", "--out", "cuda"]);
console.log("\n[check:cuda] all is well");
