// Makes prebuilds/<platform>-<arch>/ for `npm pack`: every native file stripped, with the tags by which node-gyp-build finds it.
// prebuildify builds in a fresh build/ and takes the core; its siblings follow with the same tags. The result is then looked at:
// no file may tell where it was built, nor ask for more than the oldest system that LibTorch and Node run on.
//
//   npm run prebuild [-- --cuda | --no-cuda]    default: with the CUDA part when a CUDA toolkit is here
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { askedBy } from "./check-symbols.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const release = join(root, "build", "Release");
const output = join(root, "prebuilds", `${process.platform}-${process.arch}`);

function run(program, args, env = process.env) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", env });
  if (status === 0) return;
  console.error(`[prebuild] ${program} ${error ? `could not be started: ${error.message}` : `ended with ${status}`}`);
  process.exit(1);
}

function strip(file) {
  if (process.platform === "linux") run("strip", ["--strip-all", file]);
  if (process.platform === "darwin") run("strip", ["-Sx", file]);
}

/** Whether to build native/cuda too: it needs only the toolkit, not a LibTorch with CUDA. */
function withCuda() {
  const sources = existsSync(join(root, "native", "cuda"));
  const homes = [process.env.CUDA_HOME, process.env.CUDA_PATH, "/usr/local/cuda"];
  const toolkit = homes.some((home) => home && existsSync(join(home, "include", "cuda_runtime_api.h")));
  if (process.argv.includes("--no-cuda")) return false;
  if (process.argv.includes("--cuda") && !(sources && toolkit)) {
    console.error(
      `[prebuild] --cuda: ${sources ? "no CUDA toolkit is here (set CUDA_HOME)" : "there is no native/cuda"}`,
    );
    process.exit(1);
  }
  if (!(sources && toolkit)) console.log("[prebuild] without the CUDA part");
  return sources && toolkit;
}

if (process.env.npm_execpath === undefined) {
  // prebuildify starts node-gyp, which npm brings and puts on the PATH of its scripts.
  console.error("[prebuild] expected npm to run it, got Node alone\n  help: npm run prebuild");
  process.exit(1);
}
run(process.execPath, [join(root, "scripts", "prepare.mjs"), "--to", "libtorch"]);
const dist = (name) => import(pathToFileURL(join(root, "dist", "libtorch", name)).href);
const { findLibTorch } = await dist("find.js");
const { packageVersion } = await dist("addon.js");
const { parseVersion, sameMinor } = await dist("version.js");
// Those who install it take the package's minor version for that of its prebuilt addon.
const libtorch = findLibTorch({ fit: parseVersion(packageVersion()) });
if (!sameMinor(libtorch.version, parseVersion(packageVersion()))) {
  const { text } = libtorch.version;
  console.error(
    `[prebuild] expected a LibTorch for sam-torch ${packageVersion()}, got ${text} in ${libtorch.directory}`,
  );
  process.exit(1);
}
rmSync(output, { recursive: true, force: true });
const prebuildify = join(root, "node_modules", "prebuildify", "bin.js");
const options = ["--napi", "--strip", "--tag-libc", "--name", "sam_torch", "--target", process.versions.node];
const cuda = withCuda();
const chosen = { SAM_TORCH_LIBTORCH: libtorch.directory, SAM_TORCH_CUDA: cuda ? "ON" : "OFF" };
run(process.execPath, [prebuildify, ...options], { ...process.env, ...chosen });

const [core] = readdirSync(output).filter((name) => name.startsWith("sam_torch.") && name.endsWith(".node"));
if (core === undefined) {
  console.error("[prebuild] prebuildify left no core");
  process.exit(1);
}
for (const name of ["sam_torch_loader", "sam_torch_cuda"]) {
  const built = join(release, `${name}.node`);
  if (!existsSync(built)) {
    if (name === "sam_torch_cuda" && !cuda) continue;
    console.error(`[prebuild] the build left no ${name}.node`);
    process.exit(1);
  }
  const copy = join(output, core.replace("sam_torch", name));
  copyFileSync(built, copy);
  strip(copy);
}
// prebuildify moves the core; the clone goes on with its own build.
copyFileSync(join(output, core), join(release, "sam_torch.node"));

const secrets = [root, homedir(), tmpdir(), libtorch.directory].filter((path) => path.length > 1);
for (const name of readdirSync(output)) {
  const file = join(output, name);
  const bytes = readFileSync(file);
  const problems = secrets.filter((path) => bytes.includes(path)).map((path) => `tells ${path}`);
  const asked = process.platform === "linux" ? askedBy(file) : { text: "", problems: [] };
  problems.push(...asked.problems);
  console.log(`[prebuild] ${name}: ${(statSync(file).size / 1e6).toFixed(2)} MB ${asked.text}`);
  for (const problem of problems) console.error(`[prebuild] ${name} ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
