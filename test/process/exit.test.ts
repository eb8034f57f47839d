import { describe, expect, it } from "vitest";
import { runProgram } from "./run-program.js";

/** How Node itself ends in each of these ways. A signal without a handler ends a process by that signal, and by no other. */
const WAYS: [string, number | null, NodeJS.Signals | null][] = [
  ["normal", 0, null],
  ["exit", 3, null],
  ["throw", 1, null],
  ["SIGINT", null, "SIGINT"],
  ["SIGTERM", null, "SIGTERM"],
  ["handled SIGINT", 130, null],
  ["handled SIGTERM", 143, null],
];

describe.each(["live tensors", "open loader", "running step", "training worker"])(
  "a process with %s ends as it should",
  (state) => {
    it.each(WAYS)(
      "%s",
      async (way, status, signal) => {
        const { stderr, ...end } = await runProgram("exit-program.ts", [state, way]);
        expect(end, stderr).toEqual({ status, signal, stdout: "ready\n" });
        if (way === "throw") expect(stderr).toContain("on purpose");
        else expect(stderr).toBe("");
      },
      260_000,
    );
  },
);
