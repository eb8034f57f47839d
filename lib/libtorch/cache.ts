import { accessSync, constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { TorchError } from "../errors.js";

/** Environment variables, `process.env` unless a test says otherwise. */
export type Env = Readonly<Record<string, string | undefined>>;

/** `$XDG_CACHE_HOME/sam-torch`, or what the platform has in its place. It need not exist. */
export function cacheDirectory(env: Env = process.env): string {
  // A relative one counts as not set, by its specification: it would be another place in every directory.
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, "sam-torch");
  const home = env.HOME ?? homedir();
  if (process.platform === "darwin") return join(home, "Library", "Caches", "sam-torch");
  if (process.platform === "win32")
    return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "sam-torch", "Cache");
  return join(home, ".cache", "sam-torch");
}

/** The directory's name for one LibTorch: `libtorch-2.13.0-cpu`. */
export function cacheName(version: string, flavour: string): string {
  return `libtorch-${version}-${flavour}`;
}

/** The absolute paths of all LibTorchs in the cache, newest version first. */
export function cachedDirectories(env: Env = process.env): string[] {
  const directory = cacheDirectory(env);
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^libtorch-\d+\.\d+\.\d+-[a-z0-9.]+$/.test(name))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => join(directory, name));
}

/**
 * Makes the cache's directory and returns it.
 *
 * @throws TorchError `E_LOAD` when it cannot be written.
 */
export function writableCache(env: Env = process.env): string {
  const directory = cacheDirectory(env);
  try {
    makeDirectory(directory);
    accessSync(directory, constants.W_OK);
    return directory;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const what = existsSync(directory) ? "is not writable" : "cannot be made";
    throw new TorchError(
      "E_LOAD",
      `[setup] expected a writable cache, got ${directory}, which ${what} (${why})`,
      "set XDG_CACHE_HOME to a directory that you may write, or LIBTORCH to a LibTorch that is already there",
      { cause: error },
    );
  }
}

/** `mkdirSync` with `recursive` never ends where a parent is there and yet the system finds none, as below `/proc`. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another setup may have made it meanwhile.
    if (!existsSync(path)) throw error;
  }
}
