import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Env } from "../libtorch/cache.js";

/** The absolute path of a program on PATH, or undefined. */
export function which(name: string, env: Env = process.env): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  for (const directory of (env.PATH ?? env.Path ?? "").split(delimiter)) {
    for (const ending of endings) {
      const path = join(directory, name + ending);
      if (directory !== "" && existsSync(path)) return path;
    }
  }
  return undefined;
}

/** A tool that the build needs and this machine lacks, with the command that installs it. */
export type MissingTool = { readonly tool: string; readonly install: string };

/** What is missing for `sam-torch build`. On Windows CMake finds the compiler itself. */
export function missingTools(env: Env = process.env): MissingTool[] {
  const missing: MissingTool[] = [];
  const compilers = env.CXX ? [env.CXX.split(" ")[0] ?? ""] : ["c++", "g++", "clang++"];
  const hasCompiler =
    process.platform === "win32" || compilers.some((name) => existsSync(name) || which(name, env) !== undefined);
  if (!hasCompiler) missing.push({ tool: "a C++20 compiler", install: installCommand("compiler", env) });
  if (which("cmake", env) === undefined)
    missing.push({ tool: "CMake 3.18 or newer", install: installCommand("cmake", env) });
  const hasMaker =
    process.platform === "win32" || which("ninja", env) !== undefined || which("make", env) !== undefined;
  if (!hasMaker) missing.push({ tool: "make or ninja", install: installCommand("ninja", env) });
  return missing;
}

type Package = "compiler" | "cmake" | "ninja" | "pip";

const NAMES: Record<string, Record<Package, string>> = {
  apt: { compiler: "g++", cmake: "cmake", ninja: "ninja-build", pip: "python3-pip" },
  dnf: { compiler: "gcc-c++", cmake: "cmake", ninja: "ninja-build", pip: "python3-pip" },
  apk: { compiler: "g++", cmake: "cmake", ninja: "ninja", pip: "py3-pip" },
  pacman: { compiler: "gcc", cmake: "cmake", ninja: "ninja", pip: "python-pip" },
  zypper: { compiler: "gcc-c++", cmake: "cmake", ninja: "ninja", pip: "python3-pip" },
  brew: { compiler: "llvm", cmake: "cmake", ninja: "ninja", pip: "python" },
};

/** The command that installs a package here, by the package manager that is on PATH. */
export function installCommand(what: Package, env: Env = process.env): string {
  if (process.platform === "darwin" && what === "compiler") return "xcode-select --install";
  const managers: [string, string][] = [
    ["apt-get", "apt"],
    ["dnf", "dnf"],
    ["apk", "apk"],
    ["pacman", "pacman"],
    ["zypper", "zypper"],
    ["brew", "brew"],
  ];
  const [program, family] = managers.find(([name]) => which(name, env) !== undefined) ?? ["", ""];
  const name = NAMES[family]?.[what];
  if (name === undefined)
    return `install ${what === "compiler" ? "g++ 11 or clang 14 (or newer)" : what} with your system's package manager`;
  const sudo = program === "brew" || isRoot() ? "" : "sudo ";
  const verb = { apk: "add", pacman: "-S" }[program] ?? "install";
  return `${sudo}${program} ${verb} ${program === "brew" || program === "apk" || program === "pacman" ? "" : "-y "}${name}`;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether this is a distribution on musl (Alpine), for which there is no LibTorch. */
export function isMusl(): boolean {
  if (process.platform !== "linux") return false;
  try {
    return readFileSync("/usr/bin/ldd", "latin1").includes("musl");
  } catch {
    return existsSync("/etc/alpine-release");
  }
}
