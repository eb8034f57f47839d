import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../lib/libtorch/package-root.js";
import { fakeLibTorch, temporary, write } from "../libtorch/fixtures.js";

/** A clone without dist/ and build/, with this one's packages, and of lib/ only what the command line needs: it compiles in a second. */
function clone(): string {
  const top = temporary();
  const parts = ["lib/errors.ts", "lib/node-version.ts", "lib/libtorch", "lib/cli", "scripts", "native/loader"];
  for (const name of [...parts, "package.json", "package-lock.json", "tsconfig.json", "CMakeLists.txt"]) {
    const filter = (path: string) => !path.endsWith("probe-devices.ts");
    cpSync(join(packageRoot, name), join(top, name), { recursive: true, filter });
  }
  symlinkSync(join(packageRoot, "node_modules"), join(top, "node_modules"));
  return top;
}

function prepare(top: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(top, "scripts", "prepare.mjs"), ...args], {
    encoding: "utf8",
    env: { PATH: "", HOME: top, XDG_CACHE_HOME: join(top, "cache"), ...env },
  });
  return { status, stdout, stderr };
}

test("dist/ is compiled once, and again when a source changes", () => {
  const top = clone();
  expect(prepare(top, ["--to", "dist"])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/compiling TypeScript: \d+\.\d s/),
  });
  const main = join(top, "dist", "cli", "main.js");
  expect(readFileSync(main, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  if (process.platform !== "win32") expect(statSync(main).mode & 0o111).not.toBe(0);
  expect(prepare(top, ["--to", "dist"])).toEqual({ status: 0, stdout: "", stderr: "" });

  write(join(top, "lib", "added.ts"), "export const added = 1;\n");
  expect(prepare(top, ["--to", "dist"]).stdout).toContain("compiling TypeScript");
  expect(existsSync(join(top, "dist", "added.js"))).toBe(true);

  write(join(top, "lib", "added.ts"), "export const added: string = 1;\n");
  const broken = prepare(top, ["--to", "dist"]);
  expect(broken.status).not.toBe(0);
  expect(broken.stdout).toContain("lib/added.ts(1,14): error TS2322");
  // The last good one stays.
  expect(existsSync(join(top, "dist", "added.js"))).toBe(true);
}, 120_000);

test("what the machine lacks is named before anything is fetched", () => {
  const top = clone();
  const bin = dirname(write(join(top, "bin", "apt-get"), "#!/bin/sh\n", 0o755));
  const { status, stdout, stderr } = prepare(top, [], { PATH: bin, LIBTORCH: fakeLibTorch(join(top, "libtorch")) });
  expect(status).toBe(1);
  expect(stderr).toContain("this machine lacks a C++20 compiler and CMake 3.18 or newer and make or ninja");
  expect(stderr).toMatch(/help: (sudo )?apt-get install -y g\+\+ && /);
  expect(stdout).not.toContain("LibTorch");
}, 120_000);

test("a SAM_TORCH_LIBTORCH that is wrong is said, not replaced by a download", () => {
  const top = clone();
  const { status, stderr } = prepare(top, ["--to", "libtorch"], { SAM_TORCH_LIBTORCH: join(top, "none") });
  expect(status).toBe(1);
  expect(stderr).toMatch(/SAM_TORCH_LIBTORCH, got .*none, which does not exist/);
}, 120_000);

test("packages that differ from the lock are installed anew", () => {
  const top = temporary();
  cpSync(join(packageRoot, "scripts", "prepare.mjs"), join(top, "scripts", "prepare.mjs"));
  const lock = (version: string) =>
    JSON.stringify({
      packages: { "": {}, "node_modules/a": { version }, "node_modules/b": { version, optional: true } },
    });
  write(join(top, "package-lock.json"), lock("2.0.0"));
  write(join(top, "node_modules", ".package-lock.json"), lock("1.0.0"));
  // In npm's place a program that writes down what it was asked for.
  write(
    join(top, "npm-cli.js"),
    `require("node:fs").writeFileSync(${JSON.stringify(join(top, "asked"))}, process.argv.slice(2).join(" "));`,
  );
  const env = { npm_execpath: join(top, "npm-cli.js") };
  expect(prepare(top, ["--to", "packages"], env).status).toBe(0);
  expect(readFileSync(join(top, "asked"), "utf8")).toMatch(/^ci /);

  write(
    join(top, "node_modules", ".package-lock.json"),
    JSON.stringify({ packages: { "node_modules/a": { version: "2.0.0" } } }),
  );
  expect(prepare(top, ["--to", "packages"], env)).toMatchObject({ status: 0, stdout: "" });
});

test("the lock names every optional package, or npm ci refuses it", () => {
  const { packages } = JSON.parse(readFileSync(join(packageRoot, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`]?.version && !packages[`node_modules/${name}`]?.version,
    ),
  );
  expect(missing).toEqual([]);
});
