import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { answerOf, runProgram } from "../../process/run-program.js";
import { digest, END, makeRun, train } from "./resume-run.js";

const PROGRAM = "../optim/sam/interrupted-program.ts";
const dir = mkdtempSync(join(tmpdir(), "sam-torch-interrupted-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** The digest after `steps` steps that nothing interrupts. */
async function straight(name: string, steps: number): Promise<string> {
  const run = makeRun(name, join(dir, "unused.safetensors"));
  await train(run, 0, steps);
  return digest(run);
}

/** The digest of what a file holds, and the step that it was saved after. */
function saved(name: string, file: string): { digest: string; step: number } {
  const run = makeRun(name, file);
  const { step } = run.checkpoint.load<{ step: number }>();
  return { digest: digest(run), step };
}

describe.each(["SAM / SGD", "SAM / SGD / masters", "GSAM / AdamW"])("SIGTERM between the passes of %s", (name) => {
  const fileOf = (mode: string) => join(dir, `${name.replaceAll(/\W/g, "")}-${mode}.safetensors`);

  it("with onInterrupt: the step ends, what is saved is at w, a new process goes on", {
    timeout: 120_000,
  }, async () => {
    const file = fileOf("handled");
    const end = await runProgram(PROGRAM, [name, file, "handled"]);
    expect(end).toMatchObject({ status: 143, signal: null });
    expect(end.stderr).toBe("\nSIGTERM: stopping after this step (once more to stop at once)\n");
    const { digest, step } = saved(name, file);
    expect(step).toBeGreaterThan(3);
    expect(step).toBeLessThan(END);
    expect(digest).toBe(await straight(name, step));
    expect(await answerOf<string>(PROGRAM, name, file, "resume")).toBe(await straight(name, END));
  });

  it("without: the process ends at once, the file is the last whole one", { timeout: 120_000 }, async () => {
    const file = fileOf("unhandled");
    const end = await runProgram(PROGRAM, [name, file, "unhandled"]);
    expect(end).toEqual({ status: null, signal: "SIGTERM", stdout: "", stderr: "" }); // 143 in a shell
    expect(saved(name, file)).toEqual({ digest: await straight(name, 3), step: 3 });
    expect(readdirSync(dir).filter((entry) => entry.startsWith(basename(file)))).toEqual([basename(file)]);
    expect(await answerOf<string>(PROGRAM, name, file, "resume")).toBe(await straight(name, END));
  });
});
