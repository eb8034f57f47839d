import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { onInterrupt } from "../../lib/train/on-interrupt.js";

const script = fileURLToPath(new URL("interrupt-program.ts", import.meta.url));

/** A running child, what it has printed, and how it ended. */
function start(...argv: string[]) {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", script, ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { out: "", err: "" };
  child.stdout!.on("data", (data) => {
    output.out += data;
  });
  child.stderr!.on("data", (data) => {
    output.err += data;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal })),
  );
  const printed = async (text: string) => {
    while (!output.out.includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { child, output, ended, printed };
}

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s lets the step and the save finish, then the code is %i", async (signal, code) => {
  const { child, output, ended, printed } = start();
  await printed("ready");
  child.kill(signal);
  expect(await ended).toEqual({ code, signal: null });
  expect(output.out).toBe(`ready\nsaving after ${signal}\n`);
  expect(output.err).toBe(`\n${signal}: stopping after this step (once more to stop at once)\n`);
});

it("counts what a terminal and npm send for one Ctrl-C as one", async () => {
  const { child, output, ended, printed } = start();
  await printed("ready");
  for (let copy = 0; copy < 4; copy++) {
    child.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  expect(await ended).toEqual({ code: 130, signal: null });
  expect(output.out).toContain("saving after SIGINT");
  expect(output.err.split("stopping after this step")).toHaveLength(2);
});

it("a second signal ends the process at once, even while it hangs", async () => {
  const { child, output, ended, printed } = start("hang");
  await printed("ready");
  child.kill("SIGINT");
  await printed("saving");
  child.kill("SIGINT");
  // A shell shows 130 for this.
  expect(await ended).toEqual({ code: null, signal: "SIGINT" });
  expect(output.out).toContain("saving after SIGINT");
});

it("listens only while it is asked to", () => {
  const count = () => process.listenerCount("SIGINT") + process.listenerCount("SIGTERM");
  const before = count();
  const interrupt = onInterrupt();
  expect(count()).toBe(before + 2);
  expect([interrupt.requested, interrupt.signal, interrupt.exitCode]).toEqual([false, undefined, 0]);
  interrupt.dispose();
  interrupt[Symbol.dispose]();
  expect(count()).toBe(before);
});

it("reports the request once, to whoever is named", async () => {
  const told: string[] = [];
  using interrupt = onInterrupt({ notify: (signal) => told.push(signal) });
  process.emit("SIGTERM", "SIGTERM");
  process.emit("SIGTERM", "SIGTERM");
  expect(told).toEqual(["SIGTERM"]);
  expect([interrupt.requested, interrupt.signal, interrupt.exitCode]).toEqual([true, "SIGTERM", 143]);
});
