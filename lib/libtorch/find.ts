import { TorchError } from "../errors.js";
import { describeCore } from "./addon.js";
import { cacheDirectory, cachedDirectories, type Env } from "./cache.js";
import { hasNvidiaDevice } from "./driver.js";
import { inspect, type LibTorch, type Source } from "./inspect.js";
import { commandFor } from "./package-root.js";
import { pythonTorches } from "./python.js";
import { SUPPORTED_TEXT, sameMinor, type Version } from "./version.js";

export type { LibTorch } from "./inspect.js";

/** One place where LibTorch was looked for: either `libtorch` or `problem` is set. */
export type Place = {
  readonly source: Source;
  /** The directory, variable or interpreter that was looked at. */
  readonly where: string;
  readonly libtorch: LibTorch | undefined;
  /** What is wrong there, as the end of a sentence: `"is not set"`. */
  readonly problem: string | undefined;
};

export type FindOptions = {
  /** Default `process.env`. */
  readonly env?: Env;
  /** Prefer this minor version where the choice is free; default the one the core was compiled for. */
  readonly fit?: Version;
};

/**
 * The LibTorch to use: `SAM_TORCH_LIBTORCH`, then `LIBTORCH`, then the cache, then the Python torch on PATH.
 *
 * The first two are what the user said, and taken as they are (a wrong `SAM_TORCH_LIBTORCH` is an error rather than passed over).
 * In the cache and on PATH the first one that fits the compiled core is taken, else the first that is supported.
 * Costs less than 1 ms when a variable or the cache has it. Never downloads.
 *
 * @throws TorchError `E_LOAD` that says what was looked at and the command that helps.
 */
export function findLibTorch(options: FindOptions = {}): LibTorch {
  const fit = options.fit ?? describeCore()?.libtorch;
  const looked: Place[] = [];
  for (const place of places(options.env ?? process.env)) {
    looked.push(place);
    const told = place.source === "SAM_TORCH_LIBTORCH" || place.source === "LIBTORCH";
    if (place.libtorch !== undefined) {
      if (told || fit === undefined || sameMinor(place.libtorch.version, fit)) return place.libtorch;
    } else if (place.source === "SAM_TORCH_LIBTORCH" && place.problem !== "is not set") {
      throw new TorchError(
        "E_LOAD",
        `[load] expected a LibTorch in SAM_TORCH_LIBTORCH, got ${place.where}, which ${place.problem}`,
        `point it to a directory with lib/ of LibTorch ${SUPPORTED_TEXT}, or unset it and run: ${commandFor("setup")}`,
      );
    }
  }
  const other = looked.find((place) => place.libtorch !== undefined)?.libtorch;
  if (other !== undefined) return other;
  throw new TorchError(
    "E_LOAD",
    `[load] expected LibTorch ${SUPPORTED_TEXT}, got none. Looked for in:\n${looked.map((place) => `    ${describePlace(place)}`).join("\n")}`,
    commandFor("setup"),
  );
}

/** Every place of the search with what was found there, in order. Asks every Python on PATH, so it may take a second. */
export function searchLibTorch(options: FindOptions = {}): Place[] {
  return [...places(options.env ?? process.env)];
}

/** `"LIBTORCH: is not set"`, `"cache: /home/a/.cache/sam-torch/libtorch-2.13.0-cpu: LibTorch 2.13.0 (cpu)"`. */
export function describePlace(place: Place): string {
  const what = place.libtorch ? `LibTorch ${place.libtorch.version.text} (${place.libtorch.flavour})` : place.problem;
  return place.where === place.source
    ? `${place.source} ${what}`
    : `${place.source}: ${place.where} ${place.libtorch ? "has " : ""}${what}`;
}

function* places(env: Env): Generator<Place> {
  for (const source of ["SAM_TORCH_LIBTORCH", "LIBTORCH"] as const) {
    const directory = env[source];
    if (directory) yield look(source, directory, directory);
    else yield { source, where: source, libtorch: undefined, problem: "is not set" };
  }

  const cached = cachedDirectories(env).map((directory) => look("cache", directory, directory));
  // On a machine with a GPU a CUDA flavour comes first, elsewhere the smaller one that needs no driver.
  const rank = (place: Place) =>
    place.libtorch ? Number((place.libtorch.cudaLibrary !== undefined) !== hasNvidiaDevice()) : 2;
  cached.sort((a, b) => rank(a) - rank(b));
  yield* cached;
  if (cached.length === 0)
    yield { source: "cache", where: cacheDirectory(env), libtorch: undefined, problem: "holds none" };

  let pythons = 0;
  for (const { python, torch } of pythonTorches(env)) {
    pythons += 1;
    if (torch === undefined) yield { source: "python", where: python, libtorch: undefined, problem: "has no torch" };
    else yield look("python", torch, `${torch} (of ${python})`);
  }
  if (pythons === 0) yield { source: "python", where: "PATH", libtorch: undefined, problem: "has no python3" };
}

function look(source: Source, directory: string, where: string): Place {
  const result = inspect(directory, source);
  return typeof result === "string"
    ? { source, where, libtorch: undefined, problem: result }
    : { source, where, libtorch: result, problem: undefined };
}
