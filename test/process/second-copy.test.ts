import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDirectory } from "../../lib/libtorch/addon.js";
import { findLibTorch } from "../../lib/libtorch/find.js";
import { libraryFile } from "../../lib/libtorch/inspect.js";
import { packageRoot } from "../../lib/libtorch/package-root.js";
import { answerOf, runProgram } from "./run-program.js";

type Answer = { different: boolean; ones: number[][]; twos: number[][]; stranger: string };

describe("a second copy of the package in one process", () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "sam-torch-copy-"));
    cpSync(join(packageRoot, "dist"), join(copy, "dist"), { recursive: true });
    cpSync(join(packageRoot, "package.json"), join(copy, "package.json"));
    const parts = (source: string) => source === buildDirectory || /\.(node|json)$/.test(source);
    cpSync(buildDirectory, join(copy, "build", "Release"), { recursive: true, filter: parts });
    symlinkSync(join(packageRoot, "node_modules"), join(copy, "node_modules"));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it("trains beside the first, bit for bit the same, and each refuses the other's tensors with an error", async () => {
    const { different, ones, twos, stranger } = await answerOf<Answer>("second-copy-program.ts", copy);
    expect(different).toBe(true);
    expect(ones).toHaveLength(5);
    expect(twos).toEqual(ones);
    expect(stranger).toMatch(/^\[add\] expected /);
  }, 260_000);

  it("with another LibTorch than the one that is loaded is told so, in place of two LibTorchs in one process", async () => {
    const { directory, version } = findLibTorch();
    const other = join(copy, "libtorch");
    mkdirSync(join(other, "lib"), { recursive: true });
    for (const name of ["c10", "torch_cpu"]) writeFileSync(join(other, "lib", libraryFile(name)), "not to be opened");
    writeFileSync(join(other, "build-version"), `${version.text}+cpu`);
    const end = await runProgram("second-copy-program.ts", [copy, directory, other]);
    expect(end).toMatchObject({ status: 1, signal: null });
    expect(end.stderr).toContain(`[load] expected one LibTorch in this process, got ${other} while ${directory}`);
  }, 260_000);
});
