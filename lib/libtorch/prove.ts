import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TorchError } from "../errors.js";
import { describeCore, locateAddon } from "./addon.js";
import type { LibTorch } from "./inspect.js";
import { packageRoot } from "./package-root.js";
import { sameMinor } from "./version.js";

/** What a child process found out about a LibTorch. */
export type Proof = {
  /** Undefined when it was loaded, else the reason why not. */
  readonly problem?: string;
  /** The version that the loaded library gives, where the loader could ask it. */
  readonly version?: { readonly major: number; readonly minor: number; readonly patch: number };
  /** Whether an operator was run; not when the core is not built, or built for another minor version. */
  readonly operator?: boolean;
};

// Runs in a child process, so that a library which crashes as it loads is a message. Without the compiled loader Node itself
// opens the library: it then complains that it is no addon, which it only does after everything in it was resolved.
const CHILD = `
const { loader, libraries, entry } = JSON.parse(process.argv[1]);
const tell = (proof) => { require("node:fs").writeSync(1, "\\n" + JSON.stringify(proof)); process.exit(0); };
const open = loader ? require(loader).open : (path) => {
  try { process.dlopen({ exports: {} }, path, require("node:os").constants.dlopen.RTLD_LAZY); return null; }
  catch (error) { return /self-register/.test(error.message) ? null : error.message; }
};
for (const path of libraries) {
  const problem = open(path, false);
  if (problem !== null) tell({ problem });
}
const version = (loader && require(loader).abiVersion()) || undefined;
if (!entry) tell({ version });
import(entry).then((torch) => {
  const sum = torch.ones([3, 4]).matmul(torch.ones([4, 5])).sum().item();
  tell(sum === 60 ? { version, operator: true } : { version, problem: "a matrix product gave " + sum + ", not 60" });
}).catch((error) => tell({ version, problem: String(error && error.message || error) }));
`;

/** Loads a LibTorch in a child process and, with a core that was compiled for it, runs one operator. Never throws for a bad one. */
export async function prove(libtorch: LibTorch, signal?: AbortSignal): Promise<Proof> {
  const core = describeCore();
  const entry = join(packageRoot, "dist", "index.js");
  const runs = core !== undefined && sameMinor(core.libtorch, libtorch.version) && existsSync(entry);
  const question = {
    loader: locateAddon("sam_torch_loader"),
    libraries: [...libtorch.libraries, ...(libtorch.cudaLibrary === undefined ? [] : [libtorch.cudaLibrary])],
    entry: runs ? pathToFileURL(entry).href : undefined,
  };
  const env = { ...process.env, SAM_TORCH_LIBTORCH: libtorch.directory };
  const child = spawn(process.execPath, ["-e", CHILD, JSON.stringify(question)], {
    stdio: ["ignore", "pipe", "pipe"],
    env,
    signal,
  });
  return new Promise((resolve, reject) => {
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("error", (error) =>
      reject(signal?.aborted ? new TorchError("E_CANCELLED", "[setup] interrupted") : error),
    );
    child.once("close", (code, killed) => {
      const line = output.trimEnd().split("\n").at(-1) ?? "";
      if (line.startsWith("{")) resolve(JSON.parse(line) as Proof);
      else
        resolve({
          problem: `the process that loaded it ended with ${killed ?? `code ${code}`}: ${errors.trim().split("\n").at(-1) ?? ""}`,
        });
    });
  });
}

/**
 * As {@link prove}, for setup.
 *
 * @throws TorchError `E_LOAD` when it cannot be loaded, or is another version than it says.
 */
export async function requireProof(libtorch: LibTorch, signal?: AbortSignal): Promise<Proof> {
  const proof = await prove(libtorch, signal);
  if (proof.problem !== undefined) {
    throw new TorchError("E_LOAD", `[setup] expected LibTorch in ${libtorch.directory} to load, got: ${proof.problem}`);
  }
  const { version } = proof;
  if (version !== undefined && (version.major !== libtorch.version.major || version.minor !== libtorch.version.minor)) {
    const got = `${version.major}.${version.minor}.${version.patch}`;
    throw new TorchError(
      "E_LOAD",
      `[setup] expected LibTorch ${libtorch.version.text} in ${libtorch.directory}, got ${got} when it was loaded`,
    );
  }
  return proof;
}
