import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";
import { inProcess } from "../memory/child.js";

const MB = 1 << 20;

interface Loop {
  base: number;
  highest: number;
  peak: number;
  left: number;
}
const loop = (kind: string, count: number) =>
  inProcess<Loop>("../tensor/loop-program.ts", { OMP_NUM_THREADS: "1" }, kind, `${count}`);

describe("1. loops that never give V8 a turn", () => {
  it("20,000 dropped tensors of 1 MB peak under 400 MB of resident memory", () => {
    const { base, highest, peak } = loop("drop", 20_000);
    expect(peak).toBeLessThan(100 * MB);
    expect(highest - base).toBeLessThan(130 * MB);
    expect(highest).toBeLessThan(400 * MB);
  });

  it("under tidy the peak is exact", () => {
    const { peak } = loop("tidy", 2_000);
    expect(peak).toBe(2 * MB); // both results of one round, and nothing of the round before
  });

  it("with dispose the peak is exact", () => {
    expect(loop("dispose", 2_000).peak).toBe(MB);
  });

  it("a hundred thousand dropped tiny tensors do not pile up", () => {
    const { base, highest, left } = loop("tiny", 100_000);
    expect(left).toBeLessThan(70_000);
    expect(highest - base).toBeLessThan(100 * MB);
  });

  it("graphs that are dropped with their loss", () => {
    const { peak } = loop("graph", 2_000);
    expect(peak).toBeLessThan(150 * MB);
  });

  it("results of fused layers, which their graph holds too", () => {
    const { peak } = loop("fused", 1_000);
    expect(peak).toBeLessThan(150 * MB);
  });

  it("what survives a few collections is found too", () => {
    const { peak } = loop("queue", 4_000);
    expect(peak).toBeLessThan(250 * MB); // 50 MB are in use
  });
});

describe("2. counters", () => {
  it("bytes by device: every storage once, however many tensors share it", () => {
    torch.collectGarbage();
    const start = torch.memory();
    const x = torch.zeros([256], { dtype: "float64" });
    const views = [x.view(16, 16), x.narrow(0, 3, 4), x.detach()];
    const meta = torch.zeros([1024], { device: "meta" });
    const now = torch.memory();
    expect(now.tensors - start.tensors).toBe(5);
    expect((now.bytes.cpu ?? 0) - (start.bytes.cpu ?? 0)).toBe(2048);
    expect((now.bytes.meta ?? 0) - (start.bytes.meta ?? 0)).toBe(4096);
    for (const tensor of [x, ...views, meta]) tensor.dispose();
    expect(torch.memory()).toEqual({ ...start, cached: torch.memory().cached, peak: torch.memory().peak });
  });

  it("collectGarbage frees what was dropped, and nothing else", () => {
    torch.collectGarbage();
    const start = torch.memory();
    const x = torch.ones([1000]);
    (() => {
      for (let i = 0; i < 100; i++) x.add(i);
    })();
    const now = liveMemory();
    expect(now.tensors - start.tensors).toBe(1);
    expect(now.allocated - start.allocated).toBe(4000);
    expect(x.sum().item()).toBe(1000);
    x.dispose();
  });

  it("V8's own collections sweep, on the next turn of the event loop", async () => {
    const start = liveMemory().tensors;
    (() => {
      for (let i = 0; i < 50; i++) torch.ones([10]);
    })();
    expect(torch.memory().tensors - start).toBe(50);
    const pressure: unknown[] = [];
    for (let i = 0; i < 200 && torch.memory().tensors - start > 5; i++) {
      pressure.push(new Array(100_000).fill(i));
      if (pressure.length > 5) pressure.length = 0;
      await wait(5);
    }
    expect(torch.memory().tensors - start).toBeLessThan(5);
  });
});

describe("3. out of memory", () => {
  it("is an error with a code; work goes on", () => {
    const error = errorOf(() => torch.empty([2 ** 50]));
    expect(error.code).toBe("E_OOM");
    expect(error.message).toMatch(/^\[empty\] .*memory/);
    expect(error.help).toContain("smaller batch");
    expect(
      errorOf(() =>
        torch
          .ones([2 ** 24])
          .expand(2 ** 26, 2 ** 24)
          .clone(),
      ).code,
    ).toBe("E_OOM");
    expect(errorOf(() => torch.zeros([2 ** 62])).help).toContain("bigint");
    expect(torch.ones([2]).sum().item()).toBe(2);
  });

  it("what JavaScript has dropped is freed before the error", () => {
    const start = liveMemory().tensors;
    (() => {
      for (let i = 0; i < 10; i++) torch.ones([100]);
    })();
    expect(torch.memory().tensors - start).toBe(10);
    errorOf(() => torch.empty([2 ** 50]));
    expect(torch.memory().tensors - start).toBe(0);
  });
});
