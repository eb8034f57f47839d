import { totalmem } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnosis } from "../../lib/cli/doctor.js";
import { describeCore, locateAddon } from "../../lib/libtorch/addon.js";
import { findLibTorch } from "../../lib/libtorch/find.js";
import { fakeLibTorch, fakePython, temporary } from "../libtorch/fixtures.js";
import { runCli } from "./run-cli.js";

async function diagnose(env: Record<string, string>): Promise<{ code: number | null; diagnosis: Diagnosis }> {
  const { code, stdout, stderr } = await runCli(["doctor", "--json"], { env: { XDG_CACHE_HOME: temporary(), ...env } });
  expect(stderr).toBe("");
  return { code, diagnosis: JSON.parse(stdout) as Diagnosis };
}

describe("a machine on which training works", () => {
  const env = { SAM_TORCH_LIBTORCH: findLibTorch().directory };

  test("as JSON, with code 0", async () => {
    const { code, diagnosis } = await diagnose(env);
    expect(diagnosis).toMatchObject({
      works: true,
      problems: [],
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    });
    expect(diagnosis.libtorch).toMatchObject({ source: "SAM_TORCH_LIBTORCH", version: findLibTorch().version.text });
    expect(diagnosis.addon?.kind).toBe("built");
    expect(diagnosis.addon?.cuda).toBe(locateAddon("sam_torch_cuda") !== undefined);
    const cpuOnly = diagnosis.driver !== null && findLibTorch().cudaLibrary === undefined;
    expect(diagnosis.hints.map((hint) => hint.split("; ")[1])).toEqual(
      cpuOnly ? ["for the GPU: npm run setup -- --cuda"] : [],
    );
    expect(diagnosis.memory.total).toBeLessThanOrEqual(totalmem());
    expect(diagnosis.devices[0]).toEqual({ device: "cpu" });
    expect(diagnosis.memory.available).toBeGreaterThan(0);
    expect(diagnosis.cpu.cores).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  test("as text, with code 0", async () => {
    const { code, stdout } = await runCli(["doctor"], { env: { XDG_CACHE_HOME: temporary(), ...env } });
    expect(stdout).toMatch(/^cpu +operator and backward are right$/m);
    expect(stdout.trimEnd()).toMatch(/Training works\.$/);
    expect(code).toBe(0);
  });
});

describe("a machine on which it does not", () => {
  test("without LibTorch: every place, the problem, the command", async () => {
    const top = temporary();
    const { code, diagnosis } = await diagnose({ PATH: fakePython(join(top, "venv")), LIBTORCH: join(top, "none") });
    expect(code).toBe(1);
    expect(diagnosis).toMatchObject({ works: false, libtorch: null, devices: [] });
    expect(diagnosis.places.map(({ source, usable }) => [source, usable])).toEqual([
      ["SAM_TORCH_LIBTORCH", false],
      ["LIBTORCH", false],
      ["cache", false],
      ["python", false],
    ]);
    expect(diagnosis.problems).toEqual([
      { problem: "no LibTorch was found in any of these places", help: "npm run setup" },
    ]);
  });

  test("with one that is too old", async () => {
    const { code, diagnosis } = await diagnose({
      SAM_TORCH_LIBTORCH: fakeLibTorch(temporary(), { version: "2.4.1+cpu" }),
    });
    expect(code).toBe(1);
    expect(diagnosis.problems[0]?.problem).toContain("which is LibTorch 2.4.1, and 2.11 to 2.14 are supported");
  });

  test("with one for which the addon is not built", async () => {
    const core = describeCore()?.libtorch;
    const other = core?.minor === 11 ? "2.12.0" : "2.11.0";
    const { code, diagnosis } = await diagnose({ LIBTORCH: fakeLibTorch(temporary(), { version: `${other}+cpu` }) });
    expect(code).toBe(1);
    expect(diagnosis.problems[0]?.problem).toBe(
      `the addon is built for LibTorch 2.${core?.minor}, and ${other} is what was found`,
    );
    expect(diagnosis.problems[0]?.help).toContain("npm run rebuild");
  });

  test("with one that does not load", async () => {
    const fake = fakeLibTorch(temporary(), { version: findLibTorch().version.text });
    const { code, stdout } = await runCli(["doctor"], { env: { XDG_CACHE_HOME: temporary(), LIBTORCH: fake } });
    expect(code).toBe(1);
    expect(stdout).toMatch(/Training does not work:\n {2}LibTorch does not work in this process: .*\n {4}help: /);
  });
});
