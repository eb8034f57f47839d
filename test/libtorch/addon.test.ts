import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { describe, expect, test } from "vitest";
import { describeCore, findAddon, locateAddon } from "../../lib/libtorch/addon.js";
import { findLibTorch } from "../../lib/libtorch/find.js";
import { inspect } from "../../lib/libtorch/inspect.js";
import { prove, requireProof } from "../../lib/libtorch/prove.js";
import { sameMinor } from "../../lib/libtorch/version.js";
import { fakeLibTorch, temporary } from "./fixtures.js";

describe("the native files", () => {
  test.each(["sam_torch_loader", "sam_torch"] as const)("%s", (name) => {
    const path = findAddon(name);
    expect(isAbsolute(path)).toBe(true);
    expect(path).toMatch(new RegExp(`${name}(\\.\\w+)*\\.node$`));
    expect(existsSync(path)).toBe(true);
  });

  test("one that is not built has no path, and asking for it names the command", () => {
    if (locateAddon("sam_torch_cuda") !== undefined)
      return expect(findAddon("sam_torch_cuda")).toContain("sam_torch_cuda");
    expect(() => findAddon("sam_torch_cuda")).toThrowError(
      /expected sam_torch_cuda\.node, got none for .*\n {2}help: npm run rebuild/,
    );
  });

  test("the core is for the LibTorch that is found", () => {
    const core = describeCore();
    expect(core?.path).toBe(findAddon("sam_torch"));
    expect(core && sameMinor(core.libtorch, findLibTorch().version)).toBe(true);
  });
});

describe("the proof, in a process of its own", () => {
  test("of a LibTorch that works", async () => {
    const libtorch = findLibTorch();
    const { major, minor, patch } = libtorch.version;
    expect(await requireProof(libtorch)).toEqual({ version: { major, minor, patch }, operator: true });
  });

  test("of files that are no libraries", async () => {
    const fake = inspect(fakeLibTorch(temporary()), "cache");
    if (typeof fake === "string") throw new Error(fake);
    expect(await prove(fake)).toEqual({
      problem: expect.stringMatching(/libc10.*(file too short|invalid ELF header|not a mach-o|not a valid)/i),
    });
    await expect(requireProof(fake)).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringContaining(fake.directory),
    });
  });

  test("of one that is another version than it says", async () => {
    const libtorch = findLibTorch();
    const lying = { ...libtorch, version: { ...libtorch.version, minor: libtorch.version.minor === 11 ? 12 : 11 } };
    await expect(requireProof(lying)).rejects.toMatchObject({
      code: "E_LOAD",
      message: expect.stringContaining("when it was loaded"),
    });
  });

  test("interrupted", async () => {
    await expect(prove(findLibTorch(), AbortSignal.abort())).rejects.toMatchObject({ code: "E_CANCELLED" });
  });
});
