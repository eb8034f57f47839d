import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { TorchError } from "../errors.js";
import { type BuildStamp, buildDirectory, readStamp, stampFile } from "../libtorch/addon.js";
import { findLibTorch, type LibTorch } from "../libtorch/find.js";
import { inspect } from "../libtorch/inspect.js";
import { withLock } from "../libtorch/lock.js";
import { commandFor, packageRoot } from "../libtorch/package-root.js";
import { requireProof } from "../libtorch/prove.js";
import type { Report } from "../libtorch/report.js";
import { hashSources } from "./sources.js";
import { missingTools, which } from "./toolchain.js";

export type BuildCommand = {
  readonly libtorch?: string;
  readonly strict?: boolean;
  readonly signal: AbortSignal;
  readonly report: Report;
};

/** Why the addon has to be built, or undefined when the one that is there fits its sources and this LibTorch. */
export function reasonToBuild(libtorch: LibTorch, strict = false): string | undefined {
  const stamp = readStamp();
  const missing = ["sam_torch_loader.node", "sam_torch.node"].filter((name) => !existsSync(join(buildDirectory, name)));
  if (stamp === undefined || missing.length > 0) return "it is not built yet";
  if (stamp.libtorch !== libtorch.version.text)
    return `it is built for LibTorch ${stamp.libtorch}, and ${libtorch.version.text} is here`;
  if (stamp.sources !== hashSources()) return "its sources have changed";
  return strict && !stamp.strict ? "warnings were no errors" : undefined;
}

/** `sam-torch build`: compiles the addon against a LibTorch into `build/Release`. */
export async function build(command: BuildCommand): Promise<void> {
  const { signal, report } = command;
  const libtorch = command.libtorch === undefined ? findLibTorch() : named(command.libtorch);
  if (!libtorch.headers) {
    throw new TorchError(
      "E_LOAD",
      `[build] expected headers in ${libtorch.directory}, got a LibTorch without include/`,
      commandFor("setup"),
    );
  }
  requireTools();
  requireWritable(packageRoot);
  const directory = join(packageRoot, "build");
  mkdirSync(directory, { recursive: true });
  const onWait = (holder: string) => report.line(`waiting for another build (${holder})`);
  await withLock(join(directory, ".lock"), () => compile(libtorch, command), { signal, onWait });
}

async function compile(libtorch: LibTorch, { strict = false, signal, report }: BuildCommand): Promise<void> {
  const started = performance.now();
  report.line(
    `building the addon against LibTorch ${libtorch.version.text} (${libtorch.flavour}) in ${libtorch.directory}`,
  );
  const sources = hashSources();
  rmSync(stampFile, { force: true });
  const cuda = process.env.SAM_TORCH_CUDA;
  const settings = {
    SAM_TORCH_LIBTORCH: libtorch.directory.replaceAll("\\", "/"),
    CI: strict ? "ON" : "OFF",
    SAM_TORCH_CUDA_PART: cuda || "AUTO",
  };
  forgetOtherBuild();
  for (const [program, ...args] of steps(settings)) await execute(program ?? "", args, signal, report);
  const stamp: BuildStamp = { sources, libtorch: libtorch.version.text, strict };
  writeFileSync(stampFile, `${JSON.stringify(stamp, null, 2)}\n`);
  const proof = await requireProof(libtorch, signal);
  const works = proof.operator ? "; it loads and computes" : "";
  report.line(`built in ${((performance.now() - started) / 1000).toFixed(0)} s${works}`);
}

/** The commands: cmake-js where it is installed (it knows Visual Studio), else CMake itself, in the same directory. */
function steps(settings: Record<string, string>): string[][] {
  const parallel = String(availableParallelism());
  const cmakeJs = locateCmakeJs();
  if (cmakeJs !== undefined) {
    const options = Object.entries(settings).map(([name, value]) => `--CD${name}=${value}`);
    const common = ["--directory", packageRoot, "--parallel", parallel, ...options];
    return [
      [process.execPath, cmakeJs, "configure", ...common],
      [process.execPath, cmakeJs, "build", ...common],
    ];
  }
  const directory = join(packageRoot, "build");
  const all = { ...settings, CMAKE_BUILD_TYPE: "Release", NODE_PROGRAM: process.execPath };
  const options = Object.entries(all).map(([name, value]) => `-D${name}=${value}`);
  return [
    ["cmake", "-S", packageRoot, "-B", directory, ...generator(), ...options],
    ["cmake", "--build", directory, "--config", "Release", "--parallel", parallel],
  ];
}

/** Ninja where it is there, as cmake-js does, so that both can go on with each other's work. */
function generator(): string[] {
  return which("ninja") === undefined ? [] : ["-G", "Ninja"];
}

/** CMake refuses a directory that was set up by another generator or for other sources (a copied clone): its cache goes. */
function forgetOtherBuild(): void {
  const file = join(packageRoot, "build", "CMakeCache.txt");
  if (!existsSync(file)) return;
  const cache = readFileSync(file, "utf8");
  const read = (name: string) => new RegExp(`^${name}:INTERNAL=(.*)$`, "m").exec(cache)?.[1];
  const ninja =
    process.platform === "win32" || (which("ninja") !== undefined) === (read("CMAKE_GENERATOR") === "Ninja");
  if (ninja && resolve(read("CMAKE_HOME_DIRECTORY") ?? "") === resolve(packageRoot)) return;
  rmSync(file, { force: true });
  rmSync(join(packageRoot, "build", "CMakeFiles"), { recursive: true, force: true });
}

function locateCmakeJs(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("cmake-js/bin/cmake-js");
  } catch {
    return undefined;
  }
}

/** Runs one command; shows which file of how many is compiled, and everything it said when it fails. */
function execute(program: string, args: readonly string[], signal: AbortSignal, report: Report): Promise<void> {
  // A group of its own, since the compilers are grandchildren: an interrupt has to reach them all.
  const detached = process.platform !== "win32";
  const child = spawn(program, args, { cwd: packageRoot, stdio: ["ignore", "pipe", "pipe"], detached });
  const stop = () => {
    if (child.pid === undefined) return;
    if (detached) process.kill(-child.pid, "SIGTERM");
    else child.kill();
  };
  signal.addEventListener("abort", stop, { once: true });
  return new Promise((resolve, reject) => {
    let broken: Error | undefined;
    let output = "";
    let shown = 0;
    const take = (text: string) => {
      output += text;
      // Ninja says "[3/40] Building", make "[  7%] Building".
      for (const [, done, total] of text.matchAll(/^\[ *(\d+)(?:\/(\d+)|%)\] (?:Building|Linking)/gm)) {
        const percent = Math.floor(total === undefined ? Number(done) : (Number(done) / Number(total)) * 100);
        if (percent >= shown + 10) report.line(`  ${percent} % compiled`);
        if (percent >= shown + 10) shown = percent;
      }
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("error", (error) => {
      broken = error;
    });
    child.once("close", (code) => {
      signal.removeEventListener("abort", stop);
      if (signal.aborted) {
        return reject(
          new TorchError("E_CANCELLED", "[build] interrupted", "the same command goes on where it stopped"),
        );
      }
      if (broken) return reject(broken);
      if (code === 0) return resolve();
      const lines = output.trimEnd().split("\n");
      // The compiler's own words come before the summary of the tool that ran it.
      const first = Math.max(0, lines.findIndex((line) => /\berror\b|CMake Error|FAILED:/i.test(line)) - 2);
      reject(
        new TorchError(
          "E_LOAD",
          `[build] ${program} ended with ${code}:\n${lines.slice(first, first + 60).join("\n")}`,
          commandFor("doctor"),
        ),
      );
    });
  });
}

function named(directory: string): LibTorch {
  const found = inspect(directory, "SAM_TORCH_LIBTORCH");
  if (typeof found === "string")
    throw new TorchError("E_ARG", `[build] expected a LibTorch in --libtorch, got ${directory}, which ${found}`);
  return found;
}

function requireTools(): void {
  const missing = missingTools();
  if (missing.length === 0) return;
  const names = missing.map(({ tool }) => tool).join(" and ");
  throw new TorchError(
    "E_LOAD",
    `[build] expected ${names}, got none on PATH`,
    missing.map(({ install }) => install).join(" && "),
  );
}

function requireWritable(directory: string): void {
  try {
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw new TorchError(
      "E_LOAD",
      `[build] expected to write to ${directory}, got no permission`,
      "run it as the user who owns the package",
      { cause: error },
    );
  }
}
