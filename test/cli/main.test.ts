import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageVersion } from "../../lib/libtorch/addon.js";
import { findLibTorch } from "../../lib/libtorch/find.js";
import { officialArchive } from "../../lib/libtorch/official.js";
import { officialZip, temporary, wheel, write } from "../libtorch/fixtures.js";
import { startMirror } from "../libtorch/mirror.js";
import { runCli } from "./run-cli.js";

test("--help names every command", async () => {
  for (const args of [["--help"], ["setup", "--help"], ["help"]]) {
    const { code, stdout } = await runCli(args);
    expect(code).toBe(0);
    for (const word of ["setup", "build", "doctor", "--cuda", "--from", "--mirror", "--json"])
      expect(stdout).toContain(word);
  }
});

test("--version", async () => {
  expect(await runCli(["--version"])).toMatchObject({ code: 0, stdout: `${packageVersion()}\n` });
});

describe("misuse ends with code 2 and one clear error", () => {
  test.each([
    [["trian"], "expected setup, build or doctor, got trian"],
    [["setup", "--gpu"], "Unknown option '--gpu'"],
    [["setup", "now"], "Unexpected argument 'now'"],
    [["setup", "--from"], "--from"],
    [["setup", "--cpu", "--cuda"], "expected --cpu or --cuda, got both"],
    [["setup", "--from", "a.whl", "--mirror", "http://a.org"], "expected --from alone"],
    [["setup", "--mirror", "nonsense"], "expected a URL for --mirror, got nonsense"],
    [["setup", "--mirror", "ftp://a.org"], "expected an http or https URL for --mirror, got ftp://a.org"],
    [["setup", "--version", "1.0.0"], "expected a version from 2.11 to 2.14, got 1.0.0"],
    [["setup", "--from", "/nowhere/a.whl"], "which does not exist"],
    [["doctor", "--yaml"], "Unknown option '--yaml'"],
    [["build", "--libtorch", "/nowhere"], "expected a LibTorch in --libtorch, got /nowhere, which does not exist"],
  ])("%j", async (args, words) => {
    const { code, stderr } = await runCli(args, { env: { XDG_CACHE_HOME: temporary() } });
    expect(stderr).toContain(words);
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(2);
  });

  test("no command at all prints the help", async () => {
    const { code, stdout } = await runCli([]);
    expect(code).toBe(2);
    expect(stdout).toContain("npx sam-torch setup");
  });
});

describe("setup", () => {
  test("a LibTorch that does not load is not put into the cache", async () => {
    const top = temporary();
    const from = write(join(top, "torch.whl"), wheel());
    const { code, stderr } = await runCli(["setup", "--from", from], { env: { XDG_CACHE_HOME: top } });
    expect(stderr).toMatch(/^\[setup\] expected LibTorch in .* to load, got: /);
    expect(code).toBe(1);
    expect(readdirSync(join(top, "sam-torch"))).toEqual([]);
  });

  test("a variable that hides what was fetched is said", async () => {
    const { directory } = findLibTorch();
    const cache = temporary();
    mkdirSync(join(cache, "sam-torch", "libtorch-2.13.0-cpu"), { recursive: true });
    symlinkSync(directory, join(cache, "sam-torch", "libtorch-2.13.0-cpu", "torch"));
    const env = { XDG_CACHE_HOME: cache, SAM_TORCH_LIBTORCH: "/nowhere" };
    const { code, stdout } = await runCli(["setup", "--cpu"], { env });
    expect(stdout).toMatch(/^LibTorch 2\.13\.0 \(cpu\) was already in /m);
    expect(stdout).toContain("but programs started here will not find it");
    expect(stdout).toContain("SAM_TORCH_LIBTORCH, got /nowhere, which does not exist");
    expect(code).toBe(0);
  });

  test("a cache that cannot be made", async () => {
    const { code, stderr } = await runCli(["setup", "--cpu"], {
      env: { XDG_CACHE_HOME: write(join(temporary(), "a-file")) },
    });
    expect(stderr).toContain("help: set XDG_CACHE_HOME");
    expect(code).toBe(1);
  });

  test.runIf(officialArchive("2.13.0") !== undefined)(
    "Ctrl-C keeps what was downloaded and nothing else, and ends with 130 (where PyTorch publishes an archive)",
    async () => {
      const top = temporary();
      const body = officialZip();
      const path = decodeURIComponent(new URL(officialArchive("2.13.0", "http://x") ?? "").pathname);
      const mirror = await startMirror({ [path]: { body, stallAfter: 1_000 } });
      const args = ["setup", "--cpu", "--mirror", mirror.url];
      const { code, stderr } = await runCli(args, { env: { XDG_CACHE_HOME: top }, interruptAt: "downloading" });
      expect(stderr).toContain("[setup] interrupted");
      expect(code).toBe(130);
      expect(readdirSync(join(top, "sam-torch"))).toEqual(["downloads"]);
      expect(readdirSync(join(top, "sam-torch", "downloads")).every((name) => name.includes(".part"))).toBe(true);
    },
  );
});

describe("build", () => {
  test("names what is missing on this machine with the command that installs it", async () => {
    const bin = temporary();
    write(join(bin, "dnf"), "#!/bin/sh\n", 0o755);
    const env = { SAM_TORCH_LIBTORCH: findLibTorch().directory, PATH: bin };
    const { code, stderr } = await runCli(["build"], { env });
    expect(code).toBe(1);
    expect(stderr).toContain("expected a C++20 compiler and CMake 3.18 or newer and make or ninja");
    expect(stderr).toMatch(/help: .*dnf install -y gcc-c\+\+ && .*dnf install -y cmake/);
  });
});
