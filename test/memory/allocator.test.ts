import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { inProcess } from "./child.js";

const MB = 1 << 20;

/** A tensor of `bytes` bytes, each written. */
const block = (bytes: number) => torch.empty([bytes], { dtype: "uint8" }).fill_(1);

function emptied(): void {
  torch.collectGarbage();
  torch.emptyCache();
}

describe("1. counters", () => {
  it("allocated is what tensors asked for, to the byte, small and large", () => {
    emptied();
    const before = torch.memory().allocated;
    const sizes = [1, 63, 64, 1000, 1025, 65_471, 65_472, 65_473, 200_000, 2 * MB - 64, 2 * MB, 5 * MB + 3];
    const tensors = sizes.map(block);
    expect(torch.memory().allocated - before).toBe(sizes.reduce((a, b) => a + b));
    for (const tensor of tensors) tensor.dispose();
    expect(torch.memory().allocated).toBe(before);
  });

  it("peak is the most since it was reset", () => {
    emptied();
    torch.resetPeakMemory();
    const start = torch.memory().peak;
    block(3 * MB).dispose();
    block(2 * MB).dispose();
    expect(torch.memory().peak - start).toBe(3 * MB);
    torch.resetPeakMemory();
    expect(torch.memory().peak).toBe(start);
  });

  it("a graph counts until it is freed", () => {
    emptied();
    const before = torch.memory().allocated;
    const x = torch.ones([MB / 4], { requiresGrad: true });
    const loss = torch.tidy(() => torch.keep(x.exp().sum()));
    expect(torch.memory().allocated - before).toBe(2 * MB + 4); // x, its exponential for the backward pass, the sum
    loss.dispose();
    expect(torch.memory().allocated - before).toBe(MB);
    x.dispose();
  });
});

describe("2. blocks", () => {
  it("every size is aligned to 64 bytes", () => {
    for (const size of [1, 7, 64, 100, 1000, 4097, 65_000, 66_000, MB, 2 * MB + 1, 33 * MB]) {
      const tensor = block(size);
      expect(tensor.dataPtr() % 64n).toBe(0n);
      tensor.dispose();
    }
  });

  it("a freed block is used again", () => {
    for (const size of [100, 5000, 100_000, 32 * MB]) {
      const first = block(size);
      const address = first.dataPtr();
      first.dispose();
      const second = block(size);
      expect(second.dataPtr()).toBe(address);
      second.dispose();
    }
  });

  it("freed neighbours join, so that other sizes need no more memory", () => {
    emptied();
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [0, 2, 1],
      [1, 0, 2],
    ]) {
      const parts = [8, 24, 16].map((size) => block(size * MB));
      for (const i of order) parts[i]!.dispose();
      const { cached } = torch.memory();
      const whole = block(48 * MB);
      expect(torch.memory().cached).toBeLessThan(MB);
      expect(cached).toBeLessThan(50 * MB);
      whole.dispose();
    }
  });

  it("a freed block is split for smaller ones, which do not overlap", () => {
    emptied();
    block(64 * MB).dispose();
    const { cached } = torch.memory();
    const parts = [3, 5, 7, 11].map((size, i) => torch.full([size * MB], i + 1, { dtype: "uint8" }));
    for (const [i, part] of parts.entries()) expect([part.min().item(), part.max().item()]).toEqual([i + 1, i + 1]);
    expect(cached - torch.memory().cached).toBeGreaterThanOrEqual(26 * MB);
    for (const part of parts) part.dispose();
    expect(torch.memory().cached).toBe(cached);
  });

  it("random sizes in random order: contents stay, nothing is lost", () => {
    emptied();
    const before = torch.memory().allocated;
    let state = 7;
    const random = (n: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    const held: [torch.Tensor, number][] = [];
    for (let i = 0; i < 3000; i++) {
      if (held.length > 40 || (held.length > 0 && random(2) === 0)) {
        const [tensor, mark] = held.splice(random(held.length), 1)[0]!;
        expect(torch.tidy(() => [tensor.min().item(), tensor.max().item()])).toEqual([mark, mark]);
        tensor.dispose();
      } else {
        const mark = random(1 << 20);
        held.push([torch.full([1 + random(2 ** (2 + random(20)))], mark, { dtype: "int32" }), mark]);
      }
    }
    for (const [tensor] of held) tensor.dispose();
    expect(torch.memory().allocated).toBe(before);
  });
});

describe("3. what is kept", () => {
  it.runIf(process.platform === "linux")("emptyCache() gives it back: resident memory falls", () => {
    const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]) * 1024;
    emptied();
    const before = resident();
    block(200 * MB).dispose();
    expect(resident() - before).toBeGreaterThan(150 * MB);
    expect(torch.emptyCache()).toBeGreaterThanOrEqual(200 * MB);
    expect(resident() - before).toBeLessThan(50 * MB);
    expect(torch.memory().cached).toBe(0);
  });

  it("emptyCache() leaves live blocks alone", () => {
    emptied();
    const parts = Array.from({ length: 8 }, (_, i) => torch.full([6 * MB], i + 1, { dtype: "uint8" }));
    for (const i of [1, 2, 4, 6]) parts[i]!.dispose();
    torch.emptyCache();
    for (const i of [0, 3, 5, 7]) expect([parts[i]!.min().item(), parts[i]!.max().item()]).toEqual([i + 1, i + 1]);
    const again = torch.full([12 * MB], 9, { dtype: "uint8" });
    expect([again.min().item(), again.max().item()]).toEqual([9, 9]);
    for (const tensor of [again, ...[0, 3, 5, 7].map((i) => parts[i]!)]) tensor.dispose();
  });

  it("too much memory is an error with a code, and the next tensor is fine", () => {
    for (const size of [2 ** 46, 2 ** 52]) {
      expect(() => torch.empty([size])).toThrow(expect.objectContaining({ code: "E_OOM" }));
    }
    const tensor = block(MB);
    expect(tensor.sum().item()).toBe(MB);
    tensor.dispose();
  });
});

interface Kept {
  allocated: number;
  peak: number;
  cached: number;
  given: number;
  left: number;
}

describe("4. settings, each in a process of its own", () => {
  it("by default what was freed is kept", () => {
    const kept = inProcess<Kept>("limits-program.ts");
    expect(kept.allocated).toBe(0);
    expect(kept.peak).toBeGreaterThanOrEqual(136 * MB);
    expect(kept.cached).toBeGreaterThanOrEqual(136 * MB);
    expect(kept.given).toBe(kept.cached);
    expect(kept.left).toBe(0);
  });

  it("SAM_TORCH_CACHE_LIMIT bounds it", () => {
    const kept = inProcess<Kept>("limits-program.ts", { SAM_TORCH_CACHE_LIMIT: "64m" });
    expect(kept.cached).toBeLessThanOrEqual(64 * MB);
    expect(kept.allocated).toBe(0);
  });

  it("SAM_TORCH_CACHE_LIMIT=0 keeps nothing", () => {
    expect(inProcess<Kept>("limits-program.ts", { SAM_TORCH_CACHE_LIMIT: "0" }).cached).toBe(0);
  });

  it("SAM_TORCH_ALLOCATOR=system counts and keeps nothing", () => {
    const kept = inProcess<Kept>("limits-program.ts", { SAM_TORCH_ALLOCATOR: "system" });
    expect(kept).toMatchObject({ allocated: 0, cached: 0, given: 0, left: 0 });
    expect(kept.peak).toBe(inProcess<Kept>("limits-program.ts", {}).peak);
  });

  it("SAM_TORCH_ALLOCATOR=default leaves memory to LibTorch", () => {
    const kept = inProcess<Kept>("limits-program.ts", { SAM_TORCH_ALLOCATOR: "default" });
    expect(kept).toEqual({ allocated: 0, peak: 0, cached: 0, given: 0, left: 0 });
  });
});

describe("5. threads", () => {
  it("worker threads allocate, free and end beside the main thread; nothing is lost", () => {
    const end = inProcess<{ codes: number[]; allocated: number; cached: number; given: number }>("workers-program.ts");
    expect(end.codes).toEqual([0, 0, 0, 0]);
    expect(end.allocated).toBe(0);
    expect(end.given).toBe(end.cached);
  }, 60_000);
});
