import { describe, expect, it } from "vitest";
import { fuzz } from "./run.js";

/** The same as `npm run fuzz`, which the full number of calls is for. */
describe("random calls of everything public", () => {
  it.each([1, 2, 3])(
    "end in a value or an error of this library, and leave nothing behind: seed %i",
    async (seed) => {
      const report = await fuzz({ seed, calls: 1_000, block: 250 });
      expect(report.problems.filter(({ kind }) => kind !== "type")).toEqual([]);
      expect(report.values + report.torchErrors + report.typeErrors).toBe(1_000);
      expect(report.values).toBeGreaterThan(250);
    },
    300_000,
  );
});
