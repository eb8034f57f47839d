import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isSupported, readVersion, SUPPORTED_TEXT, type Version } from "./version.js";

/** Where a LibTorch came from, in the order of the search. */
export type Source = "SAM_TORCH_LIBTORCH" | "LIBTORCH" | "cache" | "python";

/** A LibTorch that can be loaded. */
export type LibTorch = {
  /** The directory that holds `lib/` and, where headers came along, `include/`. */
  readonly directory: string;
  readonly version: Version;
  /** `"cpu"`, `"cu130"`, ... */
  readonly flavour: string;
  readonly source: Source;
  /** Absolute paths, to be opened in this order before the core is loaded. */
  readonly libraries: readonly string[];
  /** Absolute path of `libtorch_cuda`, where this LibTorch has one. */
  readonly cudaLibrary: string | undefined;
  /** Whether an addon can be compiled against it. */
  readonly headers: boolean;
};

/** The name of a library's file here: `libc10.so`, `libc10.dylib`, `c10.dll`. */
export function libraryFile(name: string): string {
  if (process.platform === "win32") return `${name}.dll`;
  return `lib${name}.${process.platform === "darwin" ? "dylib" : "so"}`;
}

/**
 * Looks at one directory: a LibTorch, or the words for what is wrong with it.
 *
 * The directory may also be one above: where an archive was unpacked (`libtorch/` inside) or site-packages (`torch/` inside).
 */
export function inspect(directory: string, source: Source): LibTorch | string {
  const top = resolve(directory);
  if (!isDirectory(top)) return existsSync(top) ? "is not a directory" : "does not exist";
  const found = ["", "torch", "libtorch"]
    .map((inner) => join(top, inner))
    .find((path) => hasLibrary(path, "torch_cpu"));
  if (found === undefined) return `has no ${join("lib", libraryFile("torch_cpu"))}`;
  if (!hasLibrary(found, "c10")) return `has no ${join("lib", libraryFile("c10"))}`;

  const told = readVersion(found);
  if (told === undefined) return "does not tell its version (no version.py, build-version or headers)";
  if (!isSupported(told.version)) return `is LibTorch ${told.version.text}, and ${SUPPORTED_TEXT} are supported`;
  const cuda = hasLibrary(found, "torch_cuda") ? libraryPath(found, "torch_cuda") : undefined;
  return {
    directory: found,
    version: told.version,
    flavour: told.flavour ?? (cuda === undefined ? "cpu" : "cuda"),
    source,
    libraries: [libraryPath(found, "c10"), libraryPath(found, "torch_cpu")],
    cudaLibrary: cuda,
    headers: existsSync(join(found, "include", "torch", "headeronly", "version.h")),
  };
}

function libraryPath(directory: string, name: string): string {
  return join(directory, "lib", libraryFile(name));
}

function hasLibrary(directory: string, name: string): boolean {
  return existsSync(libraryPath(directory, name));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
