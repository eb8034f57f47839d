import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { cacheDirectory } from "../../lib/libtorch/cache.js";
import { describePlace, findLibTorch, searchLibTorch } from "../../lib/libtorch/find.js";
import { parseVersion } from "../../lib/libtorch/version.js";
import { fakeLibTorch, fakePython, temporary } from "./fixtures.js";

const fit = parseVersion("2.13.0")!;

/** A machine with nothing on it. */
function emptyMachine() {
  const top = temporary();
  return {
    top,
    env: { XDG_CACHE_HOME: join(top, "cache"), HOME: join(top, "home"), PATH: "" } as Record<string, string>,
  };
}

function cached(env: Record<string, string>, name: string, version: string) {
  return fakeLibTorch(join(cacheDirectory(env), name, "torch"), { version });
}

test.runIf(process.platform === "linux")("a relative XDG_CACHE_HOME counts as not set (on Linux)", () => {
  const { env } = emptyMachine();
  expect(cacheDirectory({ ...env, XDG_CACHE_HOME: "cache" })).toBe(join(env.HOME ?? "", ".cache", "sam-torch"));
});

describe("the order of the search", () => {
  test("variables before the cache before Python", () => {
    const { top, env } = emptyMachine();
    env.PATH = fakePython(join(top, "venv"), {});
    expect(findLibTorch({ env, fit }).source).toBe("python");
    const inCache = cached(env, "libtorch-2.13.0-cpu", "2.13.0+cpu");
    expect(findLibTorch({ env, fit })).toMatchObject({ source: "cache", directory: inCache });
    env.LIBTORCH = fakeLibTorch(join(top, "one"));
    expect(findLibTorch({ env, fit })).toMatchObject({ source: "LIBTORCH", directory: env.LIBTORCH });
    env.SAM_TORCH_LIBTORCH = fakeLibTorch(join(top, "two"));
    expect(findLibTorch({ env, fit })).toMatchObject({
      source: "SAM_TORCH_LIBTORCH",
      directory: env.SAM_TORCH_LIBTORCH,
    });
  });

  test("a LIBTORCH that is unfit is passed over, as it may be meant for another program", () => {
    const { top, env } = emptyMachine();
    env.LIBTORCH = fakeLibTorch(join(top, "old"), { version: "2.4.0+cpu" });
    cached(env, "libtorch-2.13.0-cpu", "2.13.0+cpu");
    expect(findLibTorch({ env, fit }).source).toBe("cache");
  });

  test("a SAM_TORCH_LIBTORCH that is unfit is an error", () => {
    const { top, env } = emptyMachine();
    cached(env, "libtorch-2.13.0-cpu", "2.13.0+cpu");
    env.SAM_TORCH_LIBTORCH = join(top, "none");
    expect(() => findLibTorch({ env, fit })).toThrowError(
      /SAM_TORCH_LIBTORCH, got .*none, which does not exist\n {2}help: /,
    );
    env.SAM_TORCH_LIBTORCH = fakeLibTorch(join(top, "old"), { version: "2.4.0+cpu" });
    expect(() => findLibTorch({ env, fit })).toThrowError(
      /which is LibTorch 2\.4\.0, and 2\.11 to 2\.14 are supported/,
    );
  });

  test("one that the user names is taken even when the core is for another minor version", () => {
    const { top, env } = emptyMachine();
    cached(env, "libtorch-2.13.0-cpu", "2.13.0+cpu");
    env.LIBTORCH = fakeLibTorch(join(top, "new"), { version: "2.14.0+cpu" });
    expect(findLibTorch({ env, fit }).version.text).toBe("2.14.0");
  });
});

describe("the choice among several", () => {
  test("the first that fits the core, wherever it is", () => {
    const { top, env } = emptyMachine();
    cached(env, "libtorch-2.14.1-cpu", "2.14.1+cpu");
    env.PATH = fakePython(join(top, "venv"), { version: "2.13.2+cpu" });
    expect(findLibTorch({ env, fit })).toMatchObject({ source: "python", version: { text: "2.13.2" } });
    expect(findLibTorch({ env, fit: parseVersion("2.14.0")! })).toMatchObject({ source: "cache" });
  });

  test("else the newest of the cache", () => {
    const { env } = emptyMachine();
    for (const version of ["2.11.0", "2.12.10", "2.12.9"]) cached(env, `libtorch-${version}-cpu`, `${version}+cpu`);
    expect(findLibTorch({ env, fit }).version.text).toBe("2.12.10");
  });

  test("a broken one in the cache is passed over", () => {
    const { env } = emptyMachine();
    mkdirSync(join(cacheDirectory(env), "libtorch-2.14.0-cpu"), { recursive: true });
    cached(env, "libtorch-2.13.0-cpu", "2.13.0+cpu");
    expect(findLibTorch({ env, fit }).version.text).toBe("2.13.0");
    expect(searchLibTorch({ env }).map(describePlace).join("\n")).toContain("libtorch-2.14.0-cpu has no");
  });

  test("what a setup is still unpacking is not seen", () => {
    const { env } = emptyMachine();
    fakeLibTorch(join(cacheDirectory(env), ".unpack-1", "torch"));
    expect(() => findLibTorch({ env, fit })).toThrowError(TorchError);
  });
});

test("without any: one error with every place and the command", () => {
  const { top, env } = emptyMachine();
  env.PATH = fakePython(join(top, "venv"));
  env.LIBTORCH = join(top, "none");
  let error: unknown;
  try {
    findLibTorch({ env, fit });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(TorchError);
  const { code, message } = error as TorchError;
  expect(code).toBe("E_LOAD");
  for (const words of [
    "SAM_TORCH_LIBTORCH is not set",
    `LIBTORCH: ${env.LIBTORCH} does not exist`,
    `${cacheDirectory(env)} holds none`,
    "bin/python3 has no torch",
    "help: npm run setup",
  ]) {
    expect(message).toContain(words);
  }
});

test("the places are told with what was found", () => {
  const { top, env } = emptyMachine();
  cached(env, "libtorch-2.13.0-cpu", "2.13.0+cpu");
  env.PATH = fakePython(join(top, "venv"), { version: "2.14.0+cpu" });
  const told = searchLibTorch({ env }).map(describePlace);
  expect(told).toHaveLength(4);
  expect(told[2]).toContain("libtorch-2.13.0-cpu has LibTorch 2.13.0 (cpu)");
  expect(told[3]).toMatch(/python: .*site-packages\/torch \(of .*\/bin\/python3\) has LibTorch 2\.14\.0 \(cpu\)/);
});
