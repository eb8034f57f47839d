import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { cacheDirectory } from "../../lib/libtorch/cache.js";
import { type SetupOptions, setUpLibTorch } from "../../lib/libtorch/fetch.js";
import { lockLine } from "../../lib/libtorch/lock.js";
import { officialArchive } from "../../lib/libtorch/official.js";
import type { Report } from "../../lib/libtorch/report.js";
import { fakeLibTorch, officialZip, sizeOf, temporary, until, wheel, write, zip } from "./fixtures.js";
import { type Served, startMirror } from "./mirror.js";

/** A machine with an empty cache and no Python, where every LibTorch is taken to load. */
function machine() {
  const top = temporary();
  const env: Record<string, string> = { XDG_CACHE_HOME: join(top, "cache"), HOME: top, PATH: "" };
  const lines: string[] = [];
  const report: Report = { line: (text) => lines.push(text), progress: () => {} };
  const setUp = (options: SetupOptions) => setUpLibTorch({ env, report, prove: async () => ({}), ...options });
  const cache = cacheDirectory(env);
  const left = () => readdirSync(cache).filter((name) => name !== "downloads");
  return { top, env, lines, cache, setUp, left };
}

const archivePath = (version: string) =>
  decodeURIComponent(new URL(officialArchive(version, "http://x") ?? "http://x/none.zip").pathname);

describe("from a file or directory, without a network", () => {
  test("a wheel", async () => {
    const { top, cache, setUp, left } = machine();
    const result = await setUp({ from: write(join(top, "torch-2.13.0.whl"), wheel()) });
    expect(result).toMatchObject({
      fetched: true,
      libtorch: { directory: join(cache, "libtorch-2.13.0-cpu", "torch"), source: "cache" },
    });
    expect(left()).toEqual(["libtorch-2.13.0-cpu"]);
    expect(existsSync(join(top, "torch-2.13.0.whl"))).toBe(true);
  });

  test("an official archive", async () => {
    const { top, cache, setUp } = machine();
    const { libtorch } = await setUp({
      from: write(join(top, "libtorch.zip"), officialZip({ version: "2.12.1+cpu" })),
    });
    expect(libtorch.directory).toBe(join(cache, "libtorch-2.12.1-cpu", "libtorch"));
  });

  test("a LibTorch, copied without Python's part", async () => {
    const { top, setUp } = machine();
    const source = fakeLibTorch(join(top, "site-packages", "torch"));
    write(join(source, "__init__.py"), "python");
    write(join(source, "nn", "modules.py"), "python");
    const { libtorch } = await setUp({ from: source });
    expect(readdirSync(libtorch.directory).sort()).toEqual(["include", "lib", "version.py"]);
  });

  test("a directory with the wheels of CUDA", async () => {
    const { top, cache, setUp } = machine();
    write(join(top, "wheels", "torch-2.14.0-cp311.whl"), wheel({ version: "2.14.0+cu130", cuda: true }));
    write(
      join(top, "wheels", "nvidia_cublas-13.whl"),
      zip([{ name: "nvidia/cu13/lib/libcublas.so.13", content: "blas" }]),
    );
    write(join(top, "wheels", "numpy-2.whl"), "never looked at");
    const { libtorch } = await setUp({ from: join(top, "wheels") });
    expect(libtorch).toMatchObject({ flavour: "cu130", cudaLibrary: expect.stringContaining("torch_cuda") });
    expect(existsSync(join(cache, "libtorch-2.14.0-cu130", "nvidia", "cu13", "lib", "libcublas.so.13"))).toBe(true);
  });

  test.each([
    ["that is not there", { from: "/nowhere/torch.whl" }, "E_ARG", "which does not exist"],
    ["that is no archive", { from: import.meta.filename }, "E_DATA", "whole archive"],
    ["that is a directory of something else", { from: import.meta.dirname }, "E_ARG", "no such archive"],
  ])("%s", async (_, options, code, words) => {
    const { setUp, left } = machine();
    await expect(setUp(options)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(left()).toEqual([]);
  });

  test("that is another version than asked for", async () => {
    const { top, setUp, left } = machine();
    const from = write(join(top, "torch.whl"), wheel());
    await expect(setUp({ from, version: "2.14.0" })).rejects.toMatchObject({
      code: "E_DATA",
      message: expect.stringContaining("expected LibTorch 2.14.0, got 2.13.0"),
    });
    expect(left()).toEqual([]);
  });

  test("that is truncated leaves the LibTorch that was there", async () => {
    const { top, setUp, left } = machine();
    const whole = wheel();
    const { libtorch } = await setUp({ from: write(join(top, "good.whl"), whole) });
    await expect(
      setUp({ from: write(join(top, "bad.whl"), whole.subarray(0, whole.length - 500)) }),
    ).rejects.toMatchObject({
      code: "E_DATA",
    });
    expect(left()).toEqual(["libtorch-2.13.0-cpu"]);
    expect(existsSync(libtorch.libraries[0] ?? "")).toBe(true);
  });
});

describe.runIf(officialArchive("2.13.0") !== undefined)(
  "from a mirror (where PyTorch publishes an archive for this platform)",
  () => {
    async function mirrored(served: Partial<Served> = {}, more: Record<string, Served> = {}) {
      const body = officialZip();
      const mirror = await startMirror({ [archivePath("2.13.0")]: { body, ...served }, ...more });
      const sha256 = createHash("sha256").update(body).digest("hex");
      return { mirror, sha256, body, ...machine() };
    }

    test("and the archive is gone afterwards", async () => {
      const { mirror, setUp, cache, lines } = await mirrored();
      const { libtorch } = await setUp({ flavour: "cpu", mirror: `${mirror.url}/` });
      expect(libtorch.version.text).toBe("2.13.0");
      expect(readdirSync(join(cache, "downloads"))).toEqual([]);
      expect(lines.join("\n")).toContain("no SHA-256 is published");
    });

    test("a second time there is nothing to do", async () => {
      const { mirror, setUp } = await mirrored();
      await setUp({ flavour: "cpu", mirror: mirror.url });
      const requests = mirror.log.length;
      expect(await setUp({ flavour: "cpu", mirror: mirror.url })).toMatchObject({ fetched: false });
      expect(mirror.log).toHaveLength(requests);
    });

    test("one that no longer loads is fetched anew", async () => {
      const { mirror, setUp } = await mirrored();
      await setUp({ flavour: "cpu", mirror: mirror.url });
      let asked = 0;
      const prove = async () => {
        if (asked++ === 0) throw new TorchError("E_LOAD", "[setup] does not load");
        return {};
      };
      expect(await setUp({ flavour: "cpu", mirror: mirror.url, prove })).toMatchObject({ fetched: true });
    });

    test("one that does not load is not put in place", async () => {
      const { mirror, setUp, left } = await mirrored();
      const prove = async () => Promise.reject(new TorchError("E_LOAD", "[setup] does not load"));
      await expect(setUp({ flavour: "cpu", mirror: mirror.url, prove })).rejects.toMatchObject({ code: "E_LOAD" });
      expect(left()).toEqual([]);
    });

    test("with the right SHA-256 beside it", async () => {
      const { mirror, setUp, lines, sha256 } = await mirrored();
      mirror.files[`${archivePath("2.13.0")}.sha256`] = { body: Buffer.from(`${sha256}  libtorch.zip\n`) };
      await setUp({ flavour: "cpu", mirror: mirror.url });
      expect(lines).toContain("SHA-256 is right");
    });

    test("with a wrong SHA-256 beside it: an error, and nothing is kept", async () => {
      const { mirror, setUp, left, cache } = await mirrored();
      mirror.files[`${archivePath("2.13.0")}.sha256`] = { body: Buffer.from("0".repeat(64)) };
      await expect(setUp({ flavour: "cpu", mirror: mirror.url })).rejects.toMatchObject({ code: "E_DATA" });
      expect(left()).toEqual([]);
      expect(readdirSync(join(cache, "downloads"))).toEqual([]);
    });

    test("interrupted while it downloads: the next run goes on from there", async () => {
      const { mirror, setUp, left, body, cache } = await mirrored({ stallAfter: 1_000 });
      const controller = new AbortController();
      const part = join(cache, "downloads", `${basename(archivePath("2.13.0"))}.part`);
      const work = setUp({ flavour: "cpu", mirror: mirror.url, signal: controller.signal });
      void until(() => sizeOf(part) >= 1_000).then(() => controller.abort());
      await expect(work).rejects.toMatchObject({ code: "E_CANCELLED" });
      expect(left()).toEqual([]);
      mirror.files[archivePath("2.13.0")] = { body };
      await setUp({ flavour: "cpu", mirror: mirror.url });
      expect(mirror.log.at(-1)).toMatch(/bytes=1000-$/);
    });

    test("interrupted while it unpacks: nothing is half there", async () => {
      const { mirror, setUp, left } = await mirrored();
      const controller = new AbortController();
      const report: Report = { line: () => {}, progress: (label) => label === "unpacking" && controller.abort() };
      const work = setUp({ flavour: "cpu", mirror: mirror.url, signal: controller.signal, report });
      await expect(work).rejects.toMatchObject({ code: "E_CANCELLED" });
      expect(left()).toEqual([]);
    });

    test("two at once: one fetches, the other waits and finds it there", async () => {
      const { mirror, setUp, lines } = await mirrored();
      const results = await Promise.all([1, 2].map(() => setUp({ flavour: "cpu", mirror: mirror.url })));
      expect(results.map(({ fetched }) => fetched).sort()).toEqual([false, true]);
      expect(mirror.log.filter((line) => line.endsWith(".zip"))).toHaveLength(1);
      expect(lines.some((line) => line.startsWith("waiting for another setup"))).toBe(true);
    });

    test("the URL of one archive", async () => {
      const { mirror, setUp, body } = await mirrored();
      mirror.files["/mine/lib torch.zip"] = { body };
      const { libtorch } = await setUp({ flavour: "cpu", mirror: `${mirror.url}/mine/lib%20torch.zip` });
      expect(libtorch.version.text).toBe("2.13.0");
    });
  },
);

describe("by pip", () => {
  /** A Python that knows `-m pip` and "downloads" a wheel that lies ready, if the index is the one it has. */
  function fakePip(top: string, bytes: Buffer, { index = "", file = "torch-2.13.0+cpu-cp311.whl" } = {}): string {
    write(join(top, "store", file), bytes);
    const script = `#!/bin/sh
echo "$@" >> ${join(top, "pip.log")}
[ "$3" = --version ] && exit 0
case "$*" in *"${index}"*) ;; *) echo "ERROR: No matching distribution found for $*" >&2; exit 1;; esac
while [ $# -gt 0 ]; do [ "$1" = --dest ] && cp ${join(top, "store")}/* "$2/"; shift; done
`;
    write(join(top, "bin", "python3"), script, 0o755);
    return [join(top, "bin"), "/bin", "/usr/bin"].join(delimiter);
  }

  const log = (top: string) => readFileSync(join(top, "pip.log"), "utf8");

  test("when the mirror has no archive, from the mirror's index and no other", async () => {
    const mirror = await startMirror({});
    const { top, env, setUp } = machine();
    env.PATH = fakePip(top, wheel());
    const { libtorch } = await setUp({ flavour: "cpu", mirror: mirror.url });
    expect(libtorch.version.text).toBe("2.13.0");
    const downloads = log(top)
      .split("\n")
      .filter((line) => line.includes(" download "));
    expect(downloads).toHaveLength(1);
    expect(downloads[0]).toContain(`--index-url ${mirror.url}/whl/cpu`);
    expect(downloads[0]).toContain("--no-deps");
    expect(downloads[0]).toMatch(/torch==2\.13\.0/);
  });

  test("a flavour of CUDA takes the wheels it depends on", async () => {
    const { top, env, setUp } = machine();
    env.PATH = fakePip(top, wheel({ version: "2.13.0+cu126", cuda: true }), { file: "torch-2.13.0+cu126-cp311.whl" });
    const { libtorch } = await setUp({ flavour: "cu126" });
    expect(libtorch.flavour).toBe("cu126");
    const last = log(top).trim().split("\n").at(-1) ?? "";
    expect(last).toContain("torch-2.13.0+cu126-cp311.whl");
    expect(last).not.toContain("--no-deps");
  });

  test("the package index is asked for CUDA's plain version by its letters, which a +cpu build beside it does not have", async () => {
    const { top, env, setUp } = machine();
    env.PATH = fakePip(top, wheel({ version: "2.13.0+cu130", cuda: true }), { file: "torch-2.13.0-cp311.whl" });
    // The official index and the exact name have nothing.
    const pip = readFileSync(join(top, "bin", "python3"), "utf8");
    const none = 'case "$*" in *+cu130*) echo "ERROR: No matching distribution found" >&2; exit 1;; esac\nwhile';
    write(join(top, "bin", "python3"), pip.replace("while", none), 0o755);
    await setUp({ flavour: "cu130" });
    expect(log(top)).toMatch(/ torch===2\.13\.0$/m);
  });

  test("a CPU build in place of a CUDA one is not taken", async () => {
    const { top, env, setUp, left } = machine();
    env.PATH = fakePip(top, wheel());
    await expect(setUp({ flavour: "cu130" })).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringContaining("the index has only torch-2.13.0+cpu"),
    });
    expect(left()).toEqual([]);
  });

  test("nowhere to be had: one error with every attempt", async () => {
    const mirror = await startMirror({});
    const { top, env, setUp } = machine();
    env.PATH = fakePip(top, wheel(), { index: "something else" });
    const error = await setUp({ flavour: "cpu", mirror: mirror.url }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "E_LOAD" });
    const { message } = error as TorchError;
    expect(message).toContain("No matching distribution found");
    expect(message).toContain("help: ");
    expect(message).toContain("--from FILE");
  });

  test("a full disk is said as such, and what pip left in pieces does not stop the next run", async () => {
    const mirror = await startMirror({});
    const { top, env, cache, setUp } = machine();
    env.PATH = fakePip(top, wheel());
    const good = readFileSync(join(top, "bin", "python3"), "utf8");
    // What pip does there: half a wheel, "ERROR: Exception:", a traceback, and Python's own words last.
    const full = `while [ $# -gt 0 ]; do [ "$1" = --dest ] && head -c 500 ${join(top, "store")}/*.whl > "$2/torch-2.13.0+cpu-cp311.whl"; shift; done
printf 'ERROR: Exception:\\nTraceback (most recent call last):\\nOSError: [Errno 28] No space left on device\\n' >&2; exit 2
`;
    write(join(top, "bin", "python3"), good.replace(/^while.*$/m, full), 0o755);
    await expect(setUp({ flavour: "cpu", mirror: mirror.url })).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringMatching(/the disk of .* is full\n {2}help: make room/),
    });
    const wheels = join(cache, "downloads", "wheels-2.13.0-cpu");
    expect(readdirSync(wheels)).toEqual([]);

    // Killed rather than full: nobody could tidy up. pip ends when a wheel that is there is none.
    write(join(wheels, "torch-2.13.0+cpu-cp311.whl"), wheel().subarray(0, 500));
    const strict = `for wheel in ${wheels}/*.whl; do [ -e "$wheel" ] && { echo "ERROR: Wheel 'torch' is invalid." >&2; exit 1; }; done\nwhile`;
    write(join(top, "bin", "python3"), good.replace(/^while/m, strict), 0o755);
    await expect(setUp({ flavour: "cpu", mirror: mirror.url })).resolves.toMatchObject({ fetched: true });
  });

  test("without pip: what installs it is named", async () => {
    const mirror = await startMirror({});
    const { setUp } = machine();
    const work = setUp({ flavour: "cpu", mirror: mirror.url });
    await expect(work).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringMatching(/no Python with pip.*\n(.*\n)* {2}help: install pip/),
    });
  });
});

describe("misuse", () => {
  test.each([
    [{ version: "2.5.0" }, "from 2.11 to 2.14"],
    [{ version: "latest" }, "expected a version such as"],
    [{ flavour: "rocm" }, "expected cpu, cuda or a flavour"],
    [{ flavour: "cpu", mirror: "some/where" }, "expected a URL for --mirror"],
    [{ flavour: "cpu", mirror: "ftp://a.org" }, "expected an http or https URL"],
  ])("%o", async (options, words) => {
    await expect(machine().setUp(options)).rejects.toMatchObject({
      code: "E_ARG",
      message: expect.stringContaining(words),
    });
  });
});

test("a cache that cannot be made", async () => {
  const { top, env, setUp } = machine();
  env.XDG_CACHE_HOME = write(join(top, "a file"));
  const error = await setUp({ from: "/nowhere" }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "E_LOAD",
    message: expect.stringMatching(/expected a writable cache, got .*a file.*\n {2}help: set XDG_CACHE_HOME/),
  });
});

test.runIf(process.platform === "linux")("a cache below a directory that the system denies (on Linux)", async () => {
  const { env, setUp } = machine();
  env.XDG_CACHE_HOME = "/proc/none";
  await expect(setUp({ from: "/nowhere" })).rejects.toThrow(/expected a writable cache, got \/proc\/none/);
});

test("a process that is killed in the middle leaves nothing that the next one minds", async () => {
  const { top, env, cache, setUp, left } = machine();
  // The lock and the half-unpacked directory of a process that is gone.
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  write(join(cache, "setup.lock"), lockLine(child.pid!));
  write(join(cache, `.unpack-${child.pid}`, "torch", "lib", "half"), "half");
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  await setUp({ from: write(join(top, "torch.whl"), wheel()) });
  expect(left()).toEqual(["libtorch-2.13.0-cpu"]);
  expect(env.XDG_CACHE_HOME).toBeDefined();
});
