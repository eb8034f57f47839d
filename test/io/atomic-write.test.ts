import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TorchError } from "../../lib/errors.js";
import { atomicWrite } from "../../lib/io/atomic-write.js";
import { errorOf } from "../error-of.js";
import { temporaryDirectory, tinyDisk } from "./tiny-disk.js";

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  vi.restoreAllMocks();
  directory[Symbol.dispose]();
});

const text = (file: string) => fs.readFileSync(file, "utf8");
const put = (file: string, contents: string) => atomicWrite(file, (sink) => sink.write(Buffer.from(contents)));

/** An operating system's error, as node:fs throws it. */
function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated, write`), { code, syscall: "write", errno: -1 });
}

describe("1. success", () => {
  it("writes, replaces, and leaves nothing else behind", () => {
    const file = path.join(directory.path, "a.bin");
    put(file, "one");
    put(file, "second");
    expect(text(file)).toBe("second");
    expect(fs.readdirSync(directory.path)).toEqual(["a.bin"]);
  });

  it("makes missing directories", () => {
    const file = path.join(directory.path, "x", "y", "a.bin");
    put(file, "one");
    expect(text(file)).toBe("one");
  });

  it("goes on after short writes, and writes at a position", () => {
    const file = path.join(directory.path, "a.bin");
    const write = fs.writeSync;
    const short = (fd: number, data: NodeJS.ArrayBufferView, offset: number, length: number, at: number | null) =>
      write(fd, data, offset, Math.min(length, 3), at);
    vi.spyOn(fs, "writeSync").mockImplementation(short as typeof fs.writeSync);
    atomicWrite(file, (sink) => {
      sink.write(Buffer.from("0123456789"));
      sink.write(Buffer.from("abcdef"));
      sink.write(Buffer.from("WXYZ"), 2);
    });
    expect(text(file)).toBe("01WXYZ6789abcdef");
  });

  it("keeps a link a link, and the file's permissions", () => {
    const file = path.join(directory.path, "real.bin");
    const link = path.join(directory.path, "link.bin");
    fs.writeFileSync(file, "old", { mode: 0o600 });
    fs.symlinkSync(file, link);
    put(link, "new");
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
    expect(text(file)).toBe("new");
    // Also those that the umask would take from a new file.
    for (const mode of [0o600, 0o666, 0o777, 0o444]) {
      fs.chmodSync(file, mode);
      put(link, "newer");
      expect(fs.statSync(file).mode & 0o777).toBe(mode);
    }
  });

  it("makes the file that a link to nothing leads to, through any number of links", () => {
    const inside = (...names: string[]) => path.join(directory.path, ...names);
    fs.mkdirSync(inside("far", "away"), { recursive: true });
    fs.symlinkSync(inside("far", "away"), inside("near"));
    // "near/.." is far, not the directory that near is in.
    fs.symlinkSync("near/../second.bin", inside("first.bin"));
    fs.symlinkSync("away/real.bin", inside("far", "second.bin"));
    put(inside("first.bin"), "new");
    expect(text(inside("far", "away", "real.bin"))).toBe("new");
    expect(fs.lstatSync(inside("first.bin")).isSymbolicLink()).toBe(true);
    expect(fs.readdirSync(inside("far", "away"))).toEqual(["real.bin"]);
    fs.symlinkSync("loop.bin", inside("loop.bin"));
    expect(errorOf(() => put(inside("loop.bin"), "x")).message).toContain("got ELOOP");
  });

  it("removes what a killed process left, and not what a living one is writing", () => {
    const file = path.join(directory.path, "a.bin");
    const dead = `${file}.999999999-0.tmp`;
    const living = `${file}.${process.ppid}-0.tmp`;
    for (const leftover of [dead, living]) fs.writeFileSync(leftover, "half");
    put(file, "one");
    expect(fs.existsSync(dead)).toBe(false);
    expect(fs.existsSync(living)).toBe(true);
  });
});

describe("2. failure leaves the old file as it was", () => {
  /** Expects that writing `contents` fails and that the directory is exactly as before. */
  function expectIntact(file: string, contents: Uint8Array): TorchError {
    const before = text(file);
    const names = fs.readdirSync(path.dirname(file));
    const error = errorOf(() =>
      atomicWrite(file, (sink) => sink.write(contents), { code: "E_CHECKPOINT", help: "the earlier one stands" }),
    );
    expect(error.code).toBe("E_CHECKPOINT");
    expect(text(file)).toBe(before);
    expect(fs.readdirSync(path.dirname(file))).toEqual(names);
    return error;
  }

  it("on a full disk", () => {
    // A real one where mounting is allowed, else the system call is made to fail as on one.
    using disk = tinyDisk(64);
    const file = path.join(disk?.path ?? directory.path, "a.bin");
    put(file, "old");
    if (disk === undefined) {
      const write = fs.writeSync;
      let left = 65_536;
      const full = (fd: number, data: NodeJS.ArrayBufferView, offset: number, length: number, at: number | null) => {
        if (left === 0) throw systemError("ENOSPC");
        const count = Math.min(length, left);
        left -= count;
        return write(fd, data, offset, count, at);
      };
      vi.spyOn(fs, "writeSync").mockImplementation(full as typeof fs.writeSync);
    }
    const error = expectIntact(file, new Uint8Array(100_000));
    expect(error.message).toMatch(
      /^\[save\] expected to write .*a\.bin, got ENOSPC \(.*\)\n {2}help: free some space.*; the earlier one stands$/,
    );
  });

  for (const [call, code] of [
    ["writeSync", "EIO"],
    ["fsyncSync", "EIO"],
    ["renameSync", "EACCES"],
    ["openSync", "EROFS"],
  ] as const) {
    it(`when ${call} fails with ${code}`, () => {
      const file = path.join(directory.path, "a.bin");
      put(file, "old");
      vi.spyOn(fs, call).mockImplementation(() => {
        throw systemError(code);
      });
      expect(expectIntact(file, new Uint8Array(10)).message).toContain(`got ${code}`);
    });
  }

  it("when the writer throws, whose error comes through", () => {
    const file = path.join(directory.path, "a.bin");
    put(file, "old");
    const problem = new Error("no gradients");
    const run = () =>
      atomicWrite(file, (sink) => {
        sink.write(Buffer.from("half"));
        throw problem;
      });
    expect(run).toThrow(problem);
    expect(text(file)).toBe("old");
    expect(fs.readdirSync(directory.path)).toEqual(["a.bin"]);
  });

  it("when the process is killed in the middle, a hundred times over", { timeout: 60_000 }, async () => {
    const file = path.join(directory.path, "a.bin");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", fileURLToPath(new URL("write-forever.ts", import.meta.url)), file],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    // Every look at the file, while it is being replaced as fast as possible, sees one whole version.
    for (let look = 0; look < 100; look++) {
      const bytes = fs.readFileSync(file);
      expect(bytes.byteLength).toBe(200_000);
      expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill("SIGKILL");
    await ended;
    const bytes = fs.readFileSync(file);
    expect(bytes.byteLength).toBe(200_000);
    expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
    put(file, "next");
    expect(fs.readdirSync(directory.path)).toEqual(["a.bin"]);
  });
});

describe("3. places that cannot be written", () => {
  it("a directory, a device, a path through a file", () => {
    const inside = path.join(directory.path, "file", "a.bin");
    fs.writeFileSync(path.join(directory.path, "file"), "");
    expect(errorOf(() => put(directory.path, "x")).message).toContain("expected a regular file");
    expect(errorOf(() => put("/dev/full", "x")).message).toContain("expected a regular file");
    expect(errorOf(() => put(inside, "x")).message).toMatch(/got (ENOTDIR|EEXIST)/);
    expect(errorOf(() => put("/proc/no-such-place/a.bin", "x")).message).toMatch(/got (ENOENT|EACCES|EROFS)/);
    expect(errorOf(() => put(path.join(directory.path, "n".repeat(300)), "x")).message).toContain("got ENAMETOOLONG");
    expect(errorOf(() => put("", "x")).code).toBe("E_ARG");
  });
});
