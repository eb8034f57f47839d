// Compiles and links native/cuda without a GPU and without a LibTorch for CUDA: `node scripts/check-cuda-part.mjs`.
//
// Headers come from the CUDA toolkit, or from two packages of PyPI; nvcc compiles the kernels where it is. What the file leaves to be
// found when it is loaded must be in native/cuda/symbols.txt, which was compared with the libraries of LibTorch's CUDA wheel.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const directory = join(root, "build", "cuda-part");
const LEFT_OUT = "[cuda part] left out:";

function run(program, args, options = {}) {
  const child = spawnSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, ...options });
  return { ok: child.status === 0, output: `${child.stdout ?? ""}${child.stderr ?? ""}` };
}

function fail(message, output = "") {
  console.error(`[cuda part] ${message}\n${output}`);
  process.exit(1);
}

const hasHeaders = (home) => existsSync(join(home, "include", "cuda_runtime_api.h"));

/** A directory with include/cuda_runtime_api.h, or undefined. */
function cudaHome() {
  const places = [process.env.CUDA_HOME, process.env.CUDA_PATH, "/usr/local/cuda"].filter(Boolean);
  const found = places.find(hasHeaders);
  if (found !== undefined) return found;
  const target = join(root, "build", "cuda-headers");
  const packaged = join(target, "nvidia", "cu13");
  if (hasHeaders(packaged)) return packaged;
  mkdirSync(target, { recursive: true });
  const packages = ["nvidia-cuda-runtime==13.0.96", "nvidia-cuda-crt==13.0.88"];
  const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", target, ...packages];
  for (const python of [process.env.PYTHON, "python3", "python"].filter(Boolean)) {
    if (run(python, pip).ok && hasHeaders(packaged)) return packaged;
  }
  return undefined;
}

const { findLibTorch } = await import(pathToFileURL(join(root, "dist", "libtorch", "find.js")).href);
const libtorch = findLibTorch();
const home = process.platform === "linux" ? cudaHome() : undefined;
if (home === undefined) {
  const why =
    process.platform === "linux" ? "no CUDA headers here, and none to be had from PyPI" : "only done on Linux";
  console.log(`${LEFT_OUT} ${why}`);
  process.exit(0);
}

const started = Date.now();
mkdirSync(directory, { recursive: true });
const configure = run("cmake", [
  ...["-S", root, "-B", directory],
  ...(run("ninja", ["--version"]).ok ? ["-G", "Ninja"] : []),
  ...["-DCMAKE_BUILD_TYPE=Release", "-DCI=ON", "-DSAM_TORCH_CUDA_PART=ON", `-DNODE_PROGRAM=${process.execPath}`],
  ...[`-DSAM_TORCH_LIBTORCH=${libtorch.directory}`, `-DCUDA_HEADERS=${join(home, "include")}`],
  "-DSAM_TORCH_CUDA_ARCHS=80;90;100",
]);
if (!configure.ok) fail("expected CMake to configure it, got:", configure.output);
const targets = ["--target", "sam_torch_cuda", "sam_torch_compile_kernels"];
const build = run("cmake", ["--build", directory, ...targets, "--parallel"]);
if (!build.ok) fail("expected it to compile and link, got:", build.output);

const file = join(directory, "Release", "sam_torch_cuda.node");
if (!existsSync(file)) fail(`expected ${file}, got none`);
const open = run("nm", ["-D", "--undefined-only", file]);
if (!open.ok) fail("expected nm to read it, got:", open.output);
const expected = new Set(
  readFileSync(join(root, "native", "cuda", "symbols.txt"), "utf8")
    .split("\n")
    .filter(Boolean),
);
const cuda = open.output.split("\n").flatMap((line) => /U (\S*cuda\S*)/i.exec(line)?.[1] ?? []);
const unknown = cuda.filter((symbol) => !expected.has(symbol));
if (unknown.length > 0) {
  fail("expected only symbols of native/cuda/symbols.txt to be found at load time, got also:", unknown.join("\n"));
}

// The text for NVRTC compiles too, where NVRTC is. C++ finds LibTorch by its path here.
const environment = { ...process.env, LD_LIBRARY_PATH: join(libtorch.directory, "lib") };
const nvrtc = spawnSync(join(directory, "sam_torch_compile_kernels"), ["80", "90", "100"], {
  encoding: "utf8",
  env: environment,
});
if (nvrtc.status !== 0 && nvrtc.status !== 2) fail("expected NVRTC to compile the kernels, got:", nvrtc.stderr);
console.log(
  nvrtc.status === 0
    ? `[cuda part] by NVRTC: ${nvrtc.stdout.trim().replaceAll("\n", ", ")}`
    : `${LEFT_OUT} NVRTC (none here; SAM_TORCH_NVRTC names one)`,
);

const nvcc = /No nvcc/.test(configure.output) ? "without nvcc: the kernels' text is embedded only" : "kernels by nvcc";
console.log(`[cuda part] compiled and linked in ${((Date.now() - started) / 1000).toFixed(0)} s, ${nvcc}`);
