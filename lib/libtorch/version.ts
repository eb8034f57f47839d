import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A LibTorch version: `text` is `"2.13.0"`, without the build suffix. */
export type Version = {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly text: string;
};

/** The version that `sam-torch setup` fetches and that the tests run on. */
export const DEFAULT_VERSION = "2.13.0";

/** The first and the last minor version of LibTorch 2 that the core compiles against. */
const SUPPORTED_MINORS = { first: 11, last: 14 } as const;

/** `"2.11 to 2.14"`, for messages. */
export const SUPPORTED_TEXT = `2.${SUPPORTED_MINORS.first} to 2.${SUPPORTED_MINORS.last}`;

/** Reads `"2.13.0"`, `"2.13.0+cpu"` or `"2.14.0a0+git12ab"`; undefined when the text does not start with three numbers. */
export function parseVersion(text: string): Version | undefined {
  const match = /^\s*v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  if (match === null) return undefined;
  const [major, minor, patch] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return { major, minor, patch, text: `${major}.${minor}.${patch}` };
}

export function isSupported(version: Version): boolean {
  return version.major === 2 && version.minor >= SUPPORTED_MINORS.first && version.minor <= SUPPORTED_MINORS.last;
}

/** A core compiled for one is taken to fit the other. LibTorch promises no binary compatibility between minor versions. */
export function sameMinor(a: Version, b: Version): boolean {
  return a.major === b.major && a.minor === b.minor;
}

/** What a LibTorch directory says about itself: its version, and `"cpu"`, `"cu130"`, ... where it tells. */
export type VersionFound = { readonly version: Version; readonly flavour: string | undefined };

/**
 * Reads the version of the LibTorch in `directory` without loading it.
 *
 * A Python wheel has `version.py`, the official archive `build-version`; the headers are the last resort, since they
 * do not tell the flavour.
 */
export function readVersion(directory: string): VersionFound | undefined {
  const python = read(join(directory, "version.py"));
  const fromPython = python && /^__version__\s*=\s*['"]([^'"]+)['"]/m.exec(python)?.[1];
  const text = fromPython || read(join(directory, "build-version"));
  const version = text ? parseVersion(text) : undefined;
  if (text && version) return { version, flavour: /\+(cpu|cu\d+|rocm[\d.]+|xpu)\b/.exec(text)?.[1] };

  const header = read(join(directory, "include", "torch", "headeronly", "version.h"));
  const fromHeader = header && parseVersion(/define\s+TORCH_VERSION\s*\\?\s*"([^"]+)"/.exec(header)?.[1] ?? "");
  return fromHeader ? { version: fromHeader, flavour: undefined } : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
