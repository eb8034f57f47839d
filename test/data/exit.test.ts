import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("exit-program.ts", import.meta.url));

describe("a process whose loader threads are at work ends cleanly", () => {
  it.each([
    ["when it runs out of work", "drop", 0],
    ["by process.exit()", "exit", 0],
    ["by process.exit() out of a batch that was waited for", "waiting", 0],
    ["by an uncaught error", "throw", 1],
    ["after a worker thread of its own was terminated", "terminate", 0],
  ])("%s", (_name, way, code) => {
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", program, way], {
      encoding: "utf8",
      timeout: 60_000,
    });
    expect({ status, signal, stdout }, stderr).toEqual({ status: code, signal: null, stdout: "ready\n" });
    if (way === "throw") expect(stderr).toContain("on purpose");
    else expect(stderr).toBe("");
  });
}, 120_000);
