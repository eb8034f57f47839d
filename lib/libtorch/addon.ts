import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { TorchError } from "../errors.js";
import { commandFor, packageRoot } from "./package-root.js";
import { parseVersion, type Version } from "./version.js";

/** The native files of this package. */
export type AddonName = "sam_torch_loader" | "sam_torch" | "sam_torch_cuda";

/** Where a build leaves its files, and beside them {@link BuildStamp}. */
export const buildDirectory = join(packageRoot, "build", "Release");

/** What a build wrote down about itself. */
export type BuildStamp = {
  /** SHA-256 over everything that was compiled. */
  readonly sources: string;
  /** The LibTorch it was compiled against. */
  readonly libtorch: string;
  /** Whether warnings were errors. */
  readonly strict: boolean;
};

const stampFile = join(buildDirectory, "sam-torch-build.json");

/**
 * The absolute path of a native file, by node-gyp-build's rules: `build/Release` first, then `prebuilds/<platform>-<arch>`.
 *
 * @throws TorchError `E_LOAD` when there is none, with the command that makes one.
 */
export function findAddon(name: AddonName): string {
  const path = locateAddon(name);
  if (path !== undefined) return path;
  throw new TorchError(
    "E_LOAD",
    `[load] expected ${name}.node, got none for ${process.platform}-${process.arch} in ${packageRoot} (neither built nor prebuilt)`,
    commandFor("build"),
  );
}

/** As {@link findAddon}, but undefined when there is none. */
export function locateAddon(name: AddonName): string | undefined {
  let any: string;
  try {
    const rules = createRequire(import.meta.url)("node-gyp-build") as { path(directory: string): string };
    any = rules.path(packageRoot);
  } catch {
    return undefined;
  }
  // node-gyp-build knows packages with one native file; its siblings carry the same tags (sam_torch.glibc.node).
  const path = join(dirname(any), basename(any).replace(/^sam_torch(_loader|_cuda)?(?=\.)/, name));
  return existsSync(path) ? path : undefined;
}

/** How the core came here, and for which LibTorch it was compiled. A prebuilt core is for the package's own minor version. */
export function describeCore():
  | { readonly path: string; readonly kind: "built" | "prebuilt"; readonly libtorch: Version }
  | undefined {
  const path = locateAddon("sam_torch");
  if (path === undefined) return undefined;
  const kind = dirname(path) === buildDirectory ? "built" : "prebuilt";
  const libtorch = parseVersion((kind === "built" && readStamp()?.libtorch) || packageVersion());
  return libtorch && { path, kind, libtorch };
}

export function readStamp(): BuildStamp | undefined {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8")) as BuildStamp;
  } catch {
    return undefined;
  }
}

export { stampFile };

/** This package's version; its minor is LibTorch's. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string }).version;
}
