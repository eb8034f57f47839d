import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspect } from "../../lib/libtorch/inspect.js";
import { isSupported, parseVersion, readVersion } from "../../lib/libtorch/version.js";
import { fakeLibTorch, temporary, write } from "./fixtures.js";

describe("parseVersion", () => {
  test.each([
    ["2.13.0", "2.13.0"],
    ["2.13.0+cpu", "2.13.0"],
    ["2.14.1a0+git0123", "2.14.1"],
    ["v2.11.2\n", "2.11.2"],
  ])("%s", (text, expected) => expect(parseVersion(text)?.text).toBe(expected));

  test.each(["", "2.13", "latest", "x2.13.0"])("nothing in %j", (text) => expect(parseVersion(text)).toBeUndefined());
});

test.each([
  ["2.10.9", false],
  ["2.11.0", true],
  ["2.14.3", true],
  ["2.15.0", false],
  ["1.13.0", false],
  ["3.13.0", false],
])("%s is supported: %s", (text, expected) => expect(isSupported(parseVersion(text)!)).toBe(expected));

describe("readVersion", () => {
  test.each([
    ["version.py", "2.14.1+cu130", "cu130"],
    ["build-version", "2.12.0+cpu", "cpu"],
    ["headers", "2.11.0+cpu", undefined],
  ] as const)("from %s", (told, version, flavour) => {
    const found = readVersion(fakeLibTorch(temporary(), { version, told }));
    expect(found?.version.text).toBe(version.split("+")[0]);
    expect(found?.flavour).toBe(flavour);
  });

  test("from a wheel that does not name its flavour", () => {
    const directory = fakeLibTorch(temporary(), { version: "2.13.0" });
    expect(readVersion(directory)?.flavour).toBeUndefined();
  });
});

describe("inspect", () => {
  test("the directory itself, the one above, and site-packages", () => {
    const top = temporary();
    fakeLibTorch(join(top, "a"));
    fakeLibTorch(join(top, "b", "libtorch"));
    fakeLibTorch(join(top, "c", "torch"));
    expect(inspect(join(top, "a"), "LIBTORCH")).toMatchObject({
      directory: join(top, "a"),
      flavour: "cpu",
      headers: true,
    });
    expect(inspect(join(top, "b"), "LIBTORCH")).toMatchObject({ directory: join(top, "b", "libtorch") });
    expect(inspect(join(top, "c"), "LIBTORCH")).toMatchObject({
      directory: join(top, "c", "torch"),
      source: "LIBTORCH",
    });
  });

  test("the libraries in the order in which they are opened", () => {
    const found = inspect(fakeLibTorch(temporary(), { version: "2.13.0+cu130", cuda: true }), "cache");
    if (typeof found === "string") throw new Error(found);
    expect(found.libraries.map((path) => path.replace(/^.*[\\/](lib)?|\.\w+$/g, ""))).toEqual(["c10", "torch_cpu"]);
    expect(found.cudaLibrary).toContain("torch_cuda");
    expect(found.flavour).toBe("cu130");
  });

  test.each([
    ["does not exist", (top: string) => join(top, "none")],
    ["is not a directory", (top: string) => write(join(top, "file"))],
    ["has no lib", (top: string) => top],
    ["does not tell its version", (top: string) => fakeLibTorch(top, { told: "nowhere" })],
    ["is LibTorch 2.5.1, and 2.11 to 2.14 are supported", (top: string) => fakeLibTorch(top, { version: "2.5.1+cpu" })],
  ])("says that it %s", (words, make) => expect(inspect(make(temporary()), "LIBTORCH")).toContain(words));
});
