import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SafetensorsFile, writeSafetensorsFile } from "../../lib/io/safetensors-file.js";
import { errorOf } from "../error-of.js";
import { base64, fixtureBytes, fixturePath, index } from "./fixtures.js";
import { temporaryDirectory } from "./tiny-disk.js";

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory[Symbol.dispose]());

it("reads tensors one at a time, each in aligned memory of its own", () => {
  const file = new SafetensorsFile(fixturePath("dtypes.safetensors"));
  const expected = index.safetensors["dtypes.safetensors"]!.tensors;
  for (const [name, { data }] of Object.entries(expected)) {
    const bytes = file.read(name);
    expect(base64(bytes)).toBe(data);
    expect(bytes.byteOffset).toBe(0);
  }
  expect(errorOf(() => file.read("nothing")).code).toBe("E_ARG");
  file.close();
  file.close();
});

it("writes what it read, byte for byte", () => {
  const copy = path.join(directory.path, "copy.safetensors");
  for (const name of Object.keys(index.safetensors)) {
    const file = new SafetensorsFile(fixturePath(name));
    const sources = [...file.header.tensors].map(([key, view]) => [key, { ...view, data: file.pieces(key) }] as const);
    writeSafetensorsFile(copy, sources, file.header.metadata);
    file.close();
    expect(base64(fs.readFileSync(copy))).toBe(base64(fixtureBytes(name)));
  }
});

it("names the file that is missing, empty, cut or a directory, and leaves no file open", () => {
  const cut = path.join(directory.path, "cut.safetensors");
  const open = () => fs.readdirSync("/proc/self/fd").length;
  const before = fs.existsSync("/proc/self/fd") ? open() : 0;
  expect(errorOf(() => new SafetensorsFile(path.join(directory.path, "none"))).message).toMatch(
    /read .*none, got ENOENT .*\n {2}help: check the spelling/,
  );
  expect(errorOf(() => new SafetensorsFile(directory.path)).message).toContain("EISDIR");
  for (const length of [0, 7, 8, 100]) {
    fs.writeFileSync(cut, fixtureBytes("model.safetensors").subarray(0, length));
    expect(errorOf(() => new SafetensorsFile(cut)).code).toBe("E_DATA");
  }
  if (before > 0) expect(open()).toBe(before);
});

it("leaves the earlier file when a tensor's bytes do not fit", () => {
  const file = path.join(directory.path, "a.safetensors");
  writeSafetensorsFile(file, [["w", { dtype: "U8", shape: [2], data: new Uint8Array(2) }]]);
  const before = base64(fs.readFileSync(file));
  const bad = { dtype: "U8", shape: [3], data: new Uint8Array(2) } as const;
  expect(errorOf(() => writeSafetensorsFile(file, [["w", bad]])).message).toContain('expected 3 bytes for "w"');
  expect(base64(fs.readFileSync(file))).toBe(before);
});
