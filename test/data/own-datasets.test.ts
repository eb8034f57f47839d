import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { epoch, labelsOf, numbered, range } from "./fixtures.js";

const { DataLoader, TensorDataset, map, subset } = torch.data;

describe("datasets of one's own", () => {
  const squares: torch.data.Dataset<[number, number, Float32Array]> = {
    length: 10,
    get: (i) => [i / 4, i * i, Float32Array.of(i, -i)],
  };

  it("become batches: numbers are float32, typed arrays keep their dtype", async () => {
    const got: unknown[] = [];
    for await (const [a, b, c] of new DataLoader(squares, { batchSize: 4 })) {
      got.push([a.dtype, b.dtype, c.dtype, c.shape, a.toArray()]);
    }
    expect(got[0]).toEqual(["float32", "float32", "float32", [4, 2], [0, 0.25, 0.5, 0.75]]);
  });

  it("dtypes says otherwise for single columns", async () => {
    const big: torch.data.Dataset<[number, number, number]> = { length: 2, get: (i) => [0.1, 2 ** 40 + i, i] };
    for await (const [a, b, c] of new DataLoader(big, { batchSize: 2, dtypes: ["float64", "int64", undefined] })) {
      expect([a.toArray(), b.toArray()]).toEqual([
        [0.1, 0.1],
        [2 ** 40, 2 ** 40 + 1],
      ]);
      expect([a.dtype, b.dtype, c.dtype]).toEqual(["float64", "int64", "float32"]);
    }
    await expect(labelsOf(new DataLoader(squares, { dtypes: ["int64"], batchSize: 2 }))).rejects.toThrow(
      /integers in column 0, which is to be int64, got 0.25/,
    );
  });

  it("may be asynchronous; then prefetch batches are under way at once, in order", async () => {
    let running = 0;
    let most = 0;
    const slow: torch.data.Dataset<[bigint]> = {
      length: 24,
      async get(i) {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, (24 - i) / 4));
        running--;
        return [BigInt(i)];
      },
    };
    const seen: number[] = [];
    for await (const [a] of new DataLoader(slow, { batchSize: 3, prefetch: 2 })) {
      seen.push(...(a.toArray() as number[]));
    }
    expect(seen).toEqual(range(24));
    expect(most).toBeGreaterThan(3);
    expect(most).toBeLessThanOrEqual(9);
  });

  it("errors of theirs come out as they are, and none is left unhandled", async () => {
    for (const asynchronous of [false, true]) {
      const broken: torch.data.Dataset<[number]> = {
        length: 9,
        get(i) {
          if (i < 4) return asynchronous ? Promise.resolve([i]) : [i];
          const error = new Error(`no sample ${i}`);
          if (asynchronous) return Promise.reject(error);
          throw error;
        },
      };
      const seen: number[][] = [];
      const run = (async () => {
        for await (const [a] of new DataLoader(broken, { batchSize: 2, prefetch: 3 }))
          seen.push(a.toArray() as number[]);
      })();
      await expect(run).rejects.toThrow("no sample 4");
      expect(seen).toEqual([
        [0, 1],
        [2, 3],
      ]);
      // Left early, with rejected batches still ahead.
      for await (const _ of new DataLoader(broken, { batchSize: 2, prefetch: 3 })) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it("may collate themselves, or give whole batches", async () => {
    const collated = new DataLoader(squares, {
      batchSize: 5,
      collate: (samples) => [torch.tensor(samples.map(([a]) => a))],
    });
    const got: unknown[] = [];
    for await (const [a] of collated) got.push(a.toArray());
    expect(got).toEqual([
      [0, 0.25, 0.5, 0.75, 1],
      [1.25, 1.5, 1.75, 2, 2.25],
    ]);
    const whole: torch.data.Dataset<[torch.Tensor]> = {
      length: 5,
      get: () => {
        throw new Error("not this way");
      },
      getBatch: (indices) => [torch.tensor(Float32Array.from(indices))],
    };
    const batches: unknown[] = [];
    for await (const [a] of new DataLoader(whole, { batchSize: 3 })) batches.push(a.toArray());
    expect(batches).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  it("keep tensors that they give again, also of batches that nobody takes; what is stacked here is freed", async () => {
    const cache = [0, 1, 2, 3, 4].map((i) => torch.full([2], i));
    const whole = { length: 10, get: () => [1], getBatch: async (i: Uint32Array) => [cache[i[0]! / 2]!] };
    const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
    for (const device of [undefined, "meta"] as const) {
      for await (const _ of new DataLoader(whole, { batchSize: 2, prefetch: 3, ...(device && { device }) })) break;
      await turn();
      expect(cache.slice(1).map((tensor) => tensor.isDisposed)).toEqual([false, false, false, false]);
    }
    const rows = { length: 10, get: async (i: number) => [i] };
    for await (const batch of new DataLoader(rows, { batchSize: 2, prefetch: 3 })) batch.dispose();
    await turn();
    const before = torch.memory().tensors;
    for await (const batch of new DataLoader(rows, { batchSize: 2, prefetch: 3 })) {
      batch.dispose();
      break;
    }
    await turn();
    expect(torch.memory().tensors).toBe(before);
  });

  it("can be shuffled and resumed like any other", async () => {
    const own: torch.data.Dataset<[Float32Array, number]> = { length: 20, get: (i) => [Float32Array.of(i), i] };
    const options = { batchSize: 3, shuffle: true, seed: 8 };
    const want = await epoch(new DataLoader(own, options));
    const first = new DataLoader(own, options);
    for await (const batch of first) {
      batch.dispose();
      if (first.stateDict().position === 2) break;
    }
    const resumed = new DataLoader(own, options);
    resumed.loadStateDict(first.stateDict());
    expect((await epoch(resumed)).batches).toEqual(want.batches.slice(2));
  });

  it("a sampler may not point outside", async () => {
    await expect(labelsOf(new DataLoader(squares, { sampler: () => [10] }))).rejects.toThrow(
      /^\[DataLoader\] expected indices below 10, got 10 from the sampler$/,
    );
    await expect(labelsOf(new DataLoader(squares, { sampler: () => [-1] }))).rejects.toThrow(
      /non-negative integers, got -1 from the sampler$/,
    );
    const rows = new torch.data.TensorDataset(torch.ones([5, 2]), torch.ones([5]));
    await expect(labelsOf(new DataLoader(rows, { sampler: () => [99] }))).rejects.toThrow(
      /indices below 5, got 99 from the sampler$/,
    );
    // A kernel of resident images would make black ones.
    for (const resident of [false, true]) {
      await expect(labelsOf(new DataLoader(numbered(4), { resident, sampler: () => [1, 4] }))).rejects.toThrow(
        /^\[DataLoader\] expected indices below 4, got 4 from the sampler$/,
      );
    }
  });

  const all = async (loader: AsyncIterable<{ dispose(): void }>) => {
    for await (const batch of loader) batch.dispose();
  };
  it.each<[string, (i: number) => unknown[], RegExp]>([
    ["columns", (i) => (i === 7 ? [1] : [1, 2]), /got 2 and 1 \(samples 4 and 7\)/],
    ["kinds", (i) => [i === 6 ? true : 1], /got a number and a boolean \(samples 4 and 6\)/],
    ["lengths", (i) => [new Float32Array(i === 5 ? 3 : 2)], /got 2 and 3 \(samples 4 and 5\)/],
    [
      "shapes",
      (i) => [torch.ones(i === 7 ? [3] : [2])],
      /^\[collate\] expected tensors of one shape in column 0, got \[2\] and \[3\] \(samples 4 and 7\)/,
    ],
    ["nothing", () => [null], /got null for sample 0/],
  ])("an error about %s names the samples", async (_, get, message) => {
    const own = { length: 8, get: (i: number) => get(i) };
    for (const dataset of [own, { length: 8, get: async (i: number) => get(i) }]) {
      const wrong = expect.objectContaining({ code: "E_DATA", message: expect.stringMatching(message) });
      await expect(all(new DataLoader<readonly unknown[]>(dataset, { batchSize: 4 }))).rejects.toEqual(wrong);
    }
  });
});

describe("map and subset", () => {
  const own: torch.data.Dataset<[number]> = { length: 5, get: (i) => [i] };

  it("compose", async () => {
    const odd = subset(own, [1, 3]);
    const tens = map(odd, ([v], i) => [v * 10 + i]);
    expect([tens.length, await tens.get(0), await tens.get(1)]).toEqual([2, [10], [31]]);
    const later = map({ length: 1, get: async () => [2] as [number] }, ([v]) => [v + 1]);
    expect(await later.get(0)).toEqual([3]);
  });

  it("subset keeps whole batches, and checks its positions", async () => {
    const rows = subset(new TensorDataset(torch.arange(6)), [4, 2, 0]);
    for await (const [a] of new DataLoader(rows, { batchSize: 3 })) expect(a.toArray()).toEqual([4, 2, 0]);
    expect(() => subset(own, [5])).toThrow(/positions below 5, got 5/);
    expect(() => subset(own, [-1])).toThrow(/non-negative integers, got -1/);
  });
});
