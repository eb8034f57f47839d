import { beforeAll, describe, expect, it } from "vitest";
import { inProcess } from "./child.js";

interface Held {
  tensors: number;
  allocated: number;
  peak: number;
  rss: number;
}
interface Report {
  early: Held;
  late: Held;
  collected: Held;
  loss: number;
  accuracy: number;
}

const MB = 1 << 20;
const train = (style: "tidy" | "plain", loop: "sync" | "async", steps: number) =>
  inProcess<Report>("flat-program.ts", { OMP_NUM_THREADS: "1" }, style, loop, String(steps));

describe.each([
  // Nothing that waits for the event loop, such as a finalizer, can help here.
  ["that never gives the event loop a turn", "sync", 300],
  ["over a DataLoader", "async", 150],
] as const)("SAM steps in a loop %s", (_name, loop, steps) => {
  let tidy: Report;
  let plain: Report;
  beforeAll(() => {
    tidy = train("tidy", loop, steps);
    plain = train("plain", loop, steps);
  }, 600_000);

  it("under tidy() hold after the last step what they held after 20", () => {
    expect(tidy.late.tensors).toBeLessThanOrEqual(tidy.early.tensors);
    expect(tidy.late.allocated).toBeLessThanOrEqual(tidy.early.allocated);
    expect(tidy.late.rss - tidy.early.rss).toBeLessThan(32 * MB);
  });

  it("without tidy() stay under three times its peak, and hold as much once collected", () => {
    expect(plain.late.peak).toBeLessThan(3 * tidy.late.peak);
    expect(plain.late.rss - plain.early.rss).toBeLessThan(96 * MB);
    // The loop's last batch, which V8 may still see on the stack.
    expect(plain.collected.tensors).toBeLessThanOrEqual(tidy.collected.tensors + 2);
    expect(plain.collected.allocated).toBeLessThan(tidy.collected.allocated + MB);
  });

  it("compute the same either way, and learn", () => {
    expect([plain.loss, plain.accuracy]).toEqual([tidy.loss, tidy.accuracy]);
    expect(tidy.loss).toBeLessThan(Math.log(10));
  });
});
