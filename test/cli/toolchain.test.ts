import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { installCommand, missingTools, which } from "../../lib/cli/toolchain.js";
import { temporary, write } from "../libtorch/fixtures.js";

/** A PATH on which these programs are. */
function programs(...names: string[]): { PATH: string } {
  const bin = temporary();
  for (const name of names) write(join(bin, name), "#!/bin/sh\n", 0o755);
  return { PATH: bin };
}

describe.runIf(process.platform === "linux")("what is missing for a build (on Linux)", () => {
  test.each([
    [["g++", "cmake", "make"], []],
    [["clang++", "cmake", "ninja"], []],
    [["cmake", "ninja"], ["a C++20 compiler"]],
    [["g++", "make"], ["CMake 3.18 or newer"]],
    [["g++", "cmake"], ["make or ninja"]],
  ])("with %j", (names, missing) => {
    expect(missingTools(programs(...names)).map(({ tool }) => tool)).toEqual(missing);
  });

  test("CXX names the compiler, with its options", () => {
    const env = programs("cmake", "make", "my-compiler");
    expect(missingTools({ ...env, CXX: "my-compiler -std=c++20" })).toEqual([]);
    expect(missingTools({ ...env, CXX: "another" })).toHaveLength(1);
  });

  test.each([
    ["apt-get", "apt-get install -y g++"],
    ["dnf", "dnf install -y gcc-c++"],
    ["apk", "apk add g++"],
    ["pacman", "pacman -S gcc"],
    ["zypper", "zypper install -y gcc-c++"],
  ])("%s installs the compiler", (manager, command) => {
    expect(installCommand("compiler", programs(manager))).toMatch(
      new RegExp(`^(sudo )?${command.replaceAll("+", "\\+")}$`),
    );
  });

  test("brew needs no sudo", () => {
    expect(installCommand("cmake", programs("brew"))).toBe("brew install cmake");
  });

  test("without a known package manager", () => {
    expect(installCommand("cmake", programs())).toContain("package manager");
  });
});

test("which", () => {
  const env = programs("one");
  expect(which("one", env)).toBe(join(env.PATH, "one"));
  expect(which("two", env)).toBeUndefined();
  expect(which("one", {})).toBeUndefined();
});
