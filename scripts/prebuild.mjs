// Makes prebuilds/<platform>-<arch>/ for `npm pack`: every native file stripped, with the tags by which node-gyp-build finds it.
// prebuildify builds in a fresh build/ and takes the core; its siblings follow with the same tags. The result is then looked at:
// nothing in it may tell where it was built, and the oldest C library that it runs on is printed.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const release = join(root, "build", "Release");
const output = join(root, "prebuilds", `${process.platform}-${process.arch}`);

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  console.error(`[prebuild] ${program} ${error ? `could not be started: ${error.message}` : `ended with ${status}`}`);
  process.exit(1);
}

function strip(file) {
  if (process.platform === "linux") run("strip", ["--strip-all", file]);
  if (process.platform === "darwin") run("strip", ["-Sx", file]);
}

/** The highest version of a symbol set (GLIBC, GLIBCXX) that a file asks for. */
function newest(file, set) {
  const versions = readFileSync(file, "latin1").matchAll(new RegExp(`\\b${set}_(\\d+(?:\\.\\d+)+)`, "g"));
  return [...versions]
    .map((match) => match[1])
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
}

run(process.execPath, [join(root, "scripts", "prepare.mjs"), "--to", "libtorch"]);
rmSync(output, { recursive: true, force: true });
const prebuildify = join(root, "node_modules", "prebuildify", "bin.js");
run(process.execPath, [
  prebuildify,
  "--napi",
  "--strip",
  "--tag-libc",
  "--name",
  "sam_torch",
  "--target",
  process.versions.node,
]);

const [core] = readdirSync(output).filter((name) => name.startsWith("sam_torch.") && name.endsWith(".node"));
if (core === undefined) {
  console.error("[prebuild] prebuildify left no core");
  process.exit(1);
}
for (const name of ["sam_torch_loader", "sam_torch_cuda"]) {
  const built = join(release, `${name}.node`);
  if (!existsSync(built)) continue;
  const copy = join(output, core.replace("sam_torch", name));
  copyFileSync(built, copy);
  strip(copy);
}
// prebuildify moves the core; the clone goes on with its own build.
copyFileSync(join(output, core), join(release, "sam_torch.node"));

const { findLibTorch } = await import(pathToFileURL(join(root, "dist", "libtorch", "find.js")).href);
const secrets = [root, homedir(), findLibTorch().directory];
let bad = false;
for (const name of readdirSync(output)) {
  const file = join(output, name);
  const bytes = readFileSync(file);
  const told = secrets.filter((path) => path.length > 1 && bytes.includes(path));
  bad ||= told.length > 0;
  const needs =
    process.platform === "linux"
      ? `, glibc ${newest(file, "GLIBC")}, libstdc++ ${newest(file, "GLIBCXX") ?? "none"}`
      : "";
  console.log(
    `[prebuild] ${name}: ${(statSync(file).size / 1e6).toFixed(2)} MB${needs}${told.length ? `, TELLS ${told.join(", ")}` : ""}`,
  );
}
process.exitCode = bad ? 1 : 0;
