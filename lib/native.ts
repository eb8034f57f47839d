import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { TorchError } from "./errors.js";
import { describeCore, findAddon, locateAddon } from "./libtorch/addon.js";
import { findLibTorch, type LibTorch } from "./libtorch/find.js";
import { sameMinor } from "./libtorch/version.js";
import type { NativeAutograd } from "./native/autograd.js";
import type { NativeDevices } from "./native/cuda.js";
import type { NativeData } from "./native/data.js";
import { helpHere } from "./native/help-here.js";
import type { NativeScripts } from "./native/jit.js";
import type { NativeLayers } from "./native/nn.js";
import type { NativeOptim } from "./native/optim.js";
import type { NativeSettings } from "./native/settings.js";
import type { NativeTape } from "./native/tape.js";
import type { NativeTensors } from "./native/tensors.js";
import { isTooOld, OLDEST_NODE } from "./node-version.js";

export type { External, Handle } from "./native/handle.js";
export type { ScriptDescription } from "./native/jit.js";
export type { ArgumentSchema, OperatorSchema } from "./native/tensors.js";

/** What the addon offers. Every function throws a TorchError and never crashes on bad input. */
export interface NativeCore
  extends NativeTensors,
    NativeAutograd,
    NativeLayers,
    NativeOptim,
    NativeSettings,
    NativeData,
    NativeScripts,
    NativeDevices,
    NativeTape {}

interface NativeLoader {
  open(path: string, global: boolean): string | null;
  mapped(): string | null;
  abiVersion(): { major: number; minor: number; patch: number } | null;
}

function load(): { core: NativeCore; loader: NativeLoader } {
  const node = process.versions.node;
  if (isTooOld(node))
    throw new TorchError(
      "E_LOAD",
      `[load] expected Node ${OLDEST_NODE} or newer, got ${node}`,
      "install one from https://nodejs.org, or: nvm install 24",
    );
  const require = createRequire(import.meta.url);
  const libtorch = findLibTorch();
  const loader = require(findAddon("sam_torch_loader")) as NativeLoader;
  const open = (file: string) => {
    const problem = loader.open(file, true);
    if (problem === null) return;
    throw new TorchError(
      "E_LOAD",
      `[load] expected LibTorch ${libtorch.version.text} in ${libtorch.directory} to load, got: ${problem}`,
      "npx sam-torch doctor",
    );
  };
  refuseSecond(libtorch, loader.mapped());
  for (const file of libtorch.libraries) open(file);
  // Before the first question about CUDA: LibTorch caches the answer for ever.
  if (libtorch.cudaLibrary !== undefined) open(libtorch.cudaLibrary);
  const built = describeCore()?.libtorch;
  const mapped = loader.abiVersion();
  const found = mapped === null ? libtorch.version : { ...libtorch.version, ...mapped };
  if (built !== undefined && !sameMinor(built, found)) {
    throw new TorchError(
      "E_LOAD",
      `[load] expected LibTorch ${built.major}.${built.minor}, which this addon was compiled for, got ${found.major}.${found.minor} in ${libtorch.directory}`,
      "npx sam-torch build, or point SAM_TORCH_LIBTORCH to another LibTorch",
    );
  }
  const core = require(findAddon("sam_torch")) as NativeCore;
  core.setErrorFactory((code, message, help) => new TorchError(code, message, helpHere(code, message, help)));
  core.setCudaPart(...cudaPartOf(libtorch));
  return { core, loader };
}

/** The file with this library's CUDA graphs and kernels, or why there is none, and what helps. */
function cudaPartOf(libtorch: LibTorch): [path: string, reason: string, help: string] {
  if (libtorch.cudaLibrary === undefined) {
    const help = "on a machine with an NVIDIA driver: npx sam-torch setup";
    return ["", "expected a LibTorch with CUDA, got one for CPUs only", help];
  }
  const path = locateAddon("sam_torch_cuda");
  if (path !== undefined) return [path, "", "npx sam-torch doctor"];
  const help = "install the CUDA toolkit's headers, and run: npx sam-torch build";
  return ["", "expected sam_torch_cuda.node, got none: this build or package has no CUDA part", help];
}

/** Another copy of this package may have loaded a LibTorch already; the same file again is fine, a second one ends the process. */
function refuseSecond(libtorch: LibTorch, mapped: string | null): void {
  if (mapped === null || libtorch.libraries.some((file) => isSameFile(file, mapped))) return;
  throw new TorchError(
    "E_LOAD",
    `[load] expected one LibTorch in this process, got ${libtorch.directory} while ${mapped} is loaded`,
    "two copies of sam-torch find different ones: npm dedupe, or set SAM_TORCH_LIBTORCH before both",
  );
}

function isSameFile(a: string, b: string): boolean {
  try {
    const [left, right] = [statSync(a), statSync(b)];
    return left.ino === right.ino && left.dev === right.dev;
  } catch {
    return false;
  }
}

const { core, loader } = load();

/** The addon: the only place that loads a `.node` file. */
export const native: NativeCore = core;

/** Maps a shared library into the process, with its symbols for all to see; null, or why it cannot be. */
export const openLibrary = (path: string): string | null => loader.open(path, true);
