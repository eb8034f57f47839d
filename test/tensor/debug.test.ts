import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { inProcess } from "../memory/child.js";

/** The line that this is called from, as a stack says it. */
const line = () => /debug\.test\.ts:(\d+)/.exec(new Error().stack!.split("\n")[2]!)![1]!;
const here = (site: string) => /debug\.test\.ts:(\d+)/.exec(site)?.[1];

describe("1. debug mode: where each live tensor was made", () => {
  beforeEach(() => {
    torch.collectGarbage();
    torch.setDebug(true);
  });
  afterEach(() => torch.setDebug(false));

  it("by line, whichever way it was made, and only while it is alive", () => {
    const before = line();
    const x = torch.ones([2, 3]);
    const y = x.add(1);
    const [a, b] = y.split(1);
    const z = torch.tensor([1n]);
    const live = torch.memory().live!;
    expect(live.map(({ shape, dtype, device, bytes }) => [shape, dtype, device, bytes])).toEqual([
      [[2, 3], "float32", "cpu", 24],
      [[2, 3], "float32", "cpu", 24],
      [[1, 3], "float32", "cpu", 12],
      [[1, 3], "float32", "cpu", 12],
      [[1], "int64", "cpu", 8],
    ]);
    const first = Number(before) + 1;
    expect(live.map(({ site }) => Number(here(site)))).toEqual([first, first + 1, first + 2, first + 2, first + 3]);
    for (const tensor of [x, a!, b!, z]) tensor.dispose();
    expect(torch.memory().live!.map(({ shape }) => shape)).toEqual([[2, 3]]);
    y.dispose();
    expect(torch.memory().live).toEqual([]);
  });

  it("a layer's parameters come from the line that made the layer", () => {
    const before = line();
    const layer = new torch.nn.Linear(2, 3);
    const live = torch.memory().live!.filter(({ shape }) => shape[0] === 3);
    expect(live.length).toBeGreaterThanOrEqual(2);
    for (const { site } of live) expect(Number(here(site))).toBe(Number(before) + 1);
    for (const p of layer.parameters()) p.dispose();
  });

  it("tidy leaves none behind", () => {
    const out = torch.tidy(() => torch.ones([2]).mul(3).sum());
    expect(torch.memory().live!.length).toBe(1);
    out.dispose();
  });

  it("handles of freed tensors do not pile up", () => {
    const before = liveMemory().tensors;
    for (let i = 0; i < 4_500; i++) torch.empty([0]).dispose();
    expect(torch.memory()).toMatchObject({ tensors: before, live: [] });
  });
});

describe("2. off, and from the environment", () => {
  it("no list when it is off", () => {
    expect(torch.isDebug()).toBe(false);
    expect(torch.memory()).not.toHaveProperty("live");
  });

  it("SAM_TORCH_DEBUG=1", () => {
    const seen = inProcess<{ debug: boolean; live: torch.LiveTensor[] }>("../tensor/debug-program.ts", {
      SAM_TORCH_DEBUG: "1",
    });
    expect(seen.debug).toBe(true);
    expect(seen.live.at(-1)).toMatchObject({ shape: [2, 3], dtype: "float32", bytes: 24 });
    for (const { site } of seen.live) expect(site).toMatch(/leak .*debug-program\.ts:\d+/);
  });
});
