import { describe, expect, it } from "vitest";
import { runProgram } from "../process/run-program.js";

describe.each(["here", "away"])("graphs that hold JavaScript, backward %s", (away) => {
  it.each([
    ["process", "outside"],
    ["process", "inside"],
    ["worker", "outside"],
    ["worker", "inside"],
  ])(
    "a %s that ends %s of a callback ends as it should",
    async (where, when) => {
      const end = await runProgram("../autograd/exit-program.ts", [where, when, away]);
      const status = where === "process" ? 3 : 0;
      expect(end, end.stderr).toEqual({ status, signal: null, stdout: "ready\n", stderr: "" });
    },
    260_000,
  );
});
