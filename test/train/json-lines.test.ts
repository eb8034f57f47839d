import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { JsonLines } from "../../lib/train/json-lines.js";
import { temporaryDirectory, tinyDisk } from "../io/tiny-disk.js";

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  vi.restoreAllMocks();
  directory[Symbol.dispose]();
});

const place = (...names: string[]) => path.join(directory.path, ...names);
const read = (file: string) => fs.readFileSync(file, "utf8");

it("appends one line per record, in the file at once, and goes on in a file that exists", () => {
  const file = place("runs", "log.jsonl");
  const records = new JsonLines(file);
  expect(records.append({ epoch: 0, loss: 0.5 })).toBe(true);
  expect(read(file)).toBe('{"epoch":0,"loss":0.5}\n');
  records.close();
  records.close();
  expect(records.append({ late: true })).toBe(false);
  const more = new JsonLines(file);
  more.append({ text: "a\nb\u2028" });
  more.close();
  expect(read(file)).toBe('{"epoch":0,"loss":0.5}\n{"text":"a\\nb\u2028"}\n');
});

it("writes what JSON has no numbers for as text", () => {
  const file = place("log.jsonl");
  const records = new JsonLines(file);
  records.append({ a: Number.NaN, b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], c: 3n, d: undefined });
  records.close();
  expect(read(file)).toBe('{"a":"NaN","b":["Infinity","-Infinity"],"c":3}\n');
});

it("begins a new line behind the half line of a killed process", () => {
  const file = place("log.jsonl");
  fs.writeFileSync(file, '{"epoch":0}\n{"epo');
  const records = new JsonLines(file);
  records.append({ epoch: 1 });
  records.close();
  expect(read(file)).toBe('{"epoch":0}\n{"epo\n{"epoch":1}\n');
});

it("survives a full disk: one error, whole lines, and the error again on close", () => {
  // A real disk where mounting is allowed, else a system call that fails as on one.
  using disk = tinyDisk(16);
  const file = path.join(disk?.path ?? directory.path, "log.jsonl");
  if (disk === undefined) {
    const write = fs.writeSync;
    let left = 16_384;
    const full = (fd: number, bytes: NodeJS.ArrayBufferView, offset: number) => {
      if (left === 0)
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
      const count = Math.min(bytes.byteLength - offset, left);
      left -= count;
      return write(fd, bytes, offset, count);
    };
    vi.spyOn(fs, "writeSync").mockImplementation(full as typeof fs.writeSync);
  }
  const errors: TorchError[] = [];
  const records = new JsonLines(file, { onError: (error) => errors.push(error) });
  const written = Array.from({ length: 40 }, (_, epoch) => records.append({ epoch, text: "x".repeat(1000) }));
  const whole = written.indexOf(false);
  expect(whole).toBeGreaterThan(5);
  expect(written.slice(whole)).not.toContain(true);
  expect(errors).toHaveLength(1);
  expect(errors[0]!.code).toBe("E_DATA");
  expect(errors[0]!.message).toMatch(
    /^\[JsonLines\] expected to write .*log\.jsonl, got ENOSPC \(no space left on device\)\n {2}help: free some space/,
  );
  expect(records.failure).toBe(errors[0]);
  expect(() => records.close()).toThrow(errors[0]);
  const lines = read(file).split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line).epoch)).toEqual([...Array(whole).keys()]);
});

it("reports a full device on stderr by default", () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const records = new JsonLines("/dev/full");
  expect([records.append({ a: 1 }), records.append({ a: 2 })]).toEqual([false, false]);
  expect(stderr).toHaveBeenCalledTimes(1);
  expect(String(stderr.mock.calls[0]![0])).toContain("got ENOSPC");
  expect(() => records.close()).toThrow(TorchError);
});

it("refuses places that cannot be written, at once", () => {
  fs.writeFileSync(place("file"), "");
  for (const file of [directory.path, place("file", "log.jsonl"), "/proc/no-such-place/log.jsonl"]) {
    expect(() => new JsonLines(file), file).toThrow(TorchError);
  }
});

it("does not hide a record that cannot be text", () => {
  const records = new JsonLines(place("log.jsonl"));
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(() => records.append(loop)).toThrow("circular");
  expect(records.append({ a: 1 })).toBe(true);
  records.close();
});
