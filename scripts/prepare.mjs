// Makes a clone ready: packages, dist/, LibTorch, the addon, each only when it is missing or stale. Runs before `npm run train`,
// `npm test` and `npm run bench`, and needs nothing but Node, so that each of them works as the first command in a fresh clone.
//
//   node scripts/prepare.mjs [--to packages|dist|libtorch|addon] [--rebuild] [--strict] [-- options of `sam-torch setup`]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stages = ["packages", "dist", "libtorch", "addon"];

const argv = process.argv.slice(2);
const cut = argv.indexOf("--");
const own = cut < 0 ? argv : argv.slice(0, cut);
const setupOptions = cut < 0 ? [] : argv.slice(cut + 1);
const last = own.includes("--to") ? own[own.indexOf("--to") + 1] : "addon";
const rebuild = own.includes("--rebuild");
const strict = own.includes("--strict") || process.env.SAM_TORCH_STRICT === "1";

function fail(message, help) {
  console.error(`[prepare] ${message}${help ? `\n  help: ${help}` : ""}`);
  process.exit(1);
}

/** Runs a command with its output on ours; ends this process with the command's code when it fails. */
function run(program, args, what) {
  const child = spawnSync(program, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: program.endsWith(".cmd"),
  });
  if (child.error) fail(`${what} could not be started: ${child.error.message}`);
  if (child.status !== 0) {
    console.error(`[prepare] ${what} failed`);
    process.exit(child.status ?? (child.signal === "SIGINT" ? 130 : 1));
  }
}

function timed(what, work) {
  console.log(`[prepare] ${what} ...`);
  const start = Date.now();
  const result = work();
  console.log(`[prepare] ${what}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Node 20.19 or newer is needed, and this is ${process.versions.node}`,
    "install one from https://nodejs.org, or: nvm install 24",
  );
}

function readJson(...path) {
  try {
    return JSON.parse(readFileSync(join(root, ...path), "utf8"));
  } catch {
    return undefined;
  }
}

/** Whether node_modules holds what package-lock.json names; npm leaves its own list there. */
function packagesAreStale() {
  const wanted = readJson("package-lock.json");
  const installed = readJson("node_modules", ".package-lock.json");
  if (!wanted) return false;
  if (!installed) return true;
  return Object.entries(wanted.packages).some(([path, entry]) => {
    // Packages for other platforms are optional and not installed.
    if (path === "" || entry.optional || entry.devOptional || entry.peer || entry.link) return false;
    return installed.packages[path]?.version !== entry.version;
  });
}

function installPackages() {
  // npm tells its scripts where it is; started by hand, the one on PATH serves.
  const npm = process.env.npm_execpath;
  const options = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  if (npm?.endsWith("npm-cli.js")) run(process.execPath, [npm, ...options], "npm ci");
  else run(process.platform === "win32" ? "npm.cmd" : "npm", options, "npm ci");
}

function filesBelow(directory, pattern) {
  const found = [];
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) found.push(...filesBelow(path, pattern));
    else if (pattern.test(entry.name)) found.push(path);
  }
  return found.sort();
}

const distStamp = join(root, "build", "dist.stamp");

function hashOfSources() {
  const hash = createHash("sha256");
  for (const file of [...filesBelow(join(root, "lib"), /\.ts$/), join(root, "tsconfig.json")]) {
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function distIsStale(hash) {
  if (!existsSync(join(root, "dist", "cli", "main.js")) || !existsSync(distStamp)) return true;
  return readFileSync(distStamp, "utf8") !== hash;
}

function compileTypeScript(hash) {
  mkdirSync(join(root, "build"), { recursive: true });
  // Beside, then renamed: whoever runs dist/ meanwhile sees the old one or the new one.
  const fresh = join(root, "build", `dist-new-${process.pid}`);
  const old = join(root, "build", `dist-old-${process.pid}`);
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  run(process.execPath, [tsc, "-p", "tsconfig.json", "--outDir", fresh, "--noEmitOnError"], "tsc");
  if (process.platform !== "win32") chmodSync(join(fresh, "cli", "main.js"), 0o755);
  if (existsSync(join(root, "dist"))) renameSync(join(root, "dist"), old);
  renameSync(fresh, join(root, "dist"));
  rmSync(old, { recursive: true, force: true });
  writeFileSync(distStamp, hash);
}

const load = (...path) => import(pathToFileURL(join(root, "dist", ...path)).href);
const cli = (args, what) => run(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], what);

async function libtorchOrUndefined() {
  const { findLibTorch } = await load("libtorch", "find.js");
  try {
    const found = findLibTorch();
    // A distribution's Python torch comes without headers: it can run the addon, but not build it.
    return found.headers || found.source === "SAM_TORCH_LIBTORCH" ? found : undefined;
  } catch (error) {
    // Set but wrong is the user's to put right; nothing set is ours.
    if (process.env.SAM_TORCH_LIBTORCH) fail(error.message);
    return undefined;
  }
}

async function requireTools() {
  const { missingTools } = await load("cli", "toolchain.js");
  const missing = missingTools();
  if (missing.length === 0) return;
  fail(
    `the addon has to be compiled, and this machine lacks ${missing.map(({ tool }) => tool).join(" and ")}`,
    missing.map(({ install }) => install).join(" && "),
  );
}

async function main() {
  if (!stages.includes(last)) fail(`expected --to ${stages.join("|")}, got ${last}`);
  const upTo = (stage) => stages.indexOf(stage) <= stages.indexOf(last);
  checkNode();
  if (packagesAreStale()) timed("installing packages", installPackages);
  if (!upTo("dist")) return;

  const hash = hashOfSources();
  if (distIsStale(hash)) timed("compiling TypeScript", () => compileTypeScript(hash));
  if (!upTo("libtorch")) return;

  // Before 200 MB are fetched for nothing.
  if (upTo("addon") && !existsSync(join(root, "build", "Release", "sam_torch.node"))) await requireTools();
  let libtorch = await libtorchOrUndefined();
  if (libtorch === undefined || last === "libtorch") {
    timed("LibTorch", () => cli(["setup", ...setupOptions], "fetching LibTorch"));
    libtorch = await libtorchOrUndefined();
  }
  if (!upTo("addon") || libtorch === undefined) return;

  const { reasonToBuild } = await load("cli", "build.js");
  const reason = rebuild ? "asked for" : reasonToBuild(libtorch, strict);
  if (reason === undefined) return;
  await requireTools();
  timed(`the addon (${reason})`, () => cli(["build", ...(strict ? ["--strict"] : [])], "building the addon"));
}

await main();
