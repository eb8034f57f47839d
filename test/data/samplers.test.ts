import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { noiseImages } from "./fixtures.js";

const { data } = torch;
const { cases, splits } = JSON.parse(
  readFileSync(new URL("../reference/fixtures/samplers.json", import.meta.url), "utf8"),
) as {
  cases: { sampler: string; args: unknown[]; options: { seed: number }; epochs: number[][] }[];
  splits: { n: number; lengths: number[]; seed: number; parts: number[][] }[];
};

const squares = (n: number): torch.data.Dataset<[x: number, y: number]> => ({
  length: n,
  get: (i) => [i, i * i],
});

describe("samplers draw what PyTorch's draw", () => {
  for (const { sampler, args, options, epochs } of cases) {
    it(`${sampler}(${JSON.stringify(args)}, ${JSON.stringify(options)})`, () => {
      const Class = data[sampler as "RandomSampler"] as unknown as new (...args: unknown[]) => torch.data.Sampler;
      const made = new Class(...args, options);
      expect(made.length).toBe(epochs[0]!.length);
      epochs.forEach((expected, epoch) => {
        expect(Array.from(made.indices(epoch))).toEqual(expected);
      });
      // A loop takes epoch after epoch.
      expect([...made]).toEqual(epochs[0]);
      expect([...made]).toEqual(epochs[1]);
    });
  }
  it("draws leave the default generator and scopes alone", () => {
    torch.manualSeed(3);
    const before = liveMemory().tensors;
    [...new data.RandomSampler(100, { replacement: true })];
    expect(torch.memory().tensors).toBe(before);
    const next = torch.rand([1]).item();
    torch.manualSeed(3);
    expect(torch.rand([1]).item()).toBe(next);
  });
});

describe("randomSplit as in PyTorch", () => {
  for (const { n, lengths, seed, parts } of splits) {
    it(`${n} into ${JSON.stringify(lengths)}`, () => {
      const made = data.randomSplit(squares(n), lengths, { generator: new torch.Generator().manualSeed(seed) });
      expect(made.map((part) => Array.from(part.indices))).toEqual(parts);
    });
  }
  it("images stay images; the default generator is the seeded one", () => {
    torch.manualSeed(1);
    const parts = data.randomSplit(noiseImages(10), [6, 4]);
    expect(parts.map((part) => [part instanceof data.ImageDataset, part.length])).toEqual([
      [true, 6],
      [true, 4],
    ]);
    torch.manualSeed(1);
    const [first] = data.randomSplit(squares(10), [6, 4]);
    torch.manualSeed(1);
    const [again] = data.randomSplit(squares(10), [6, 4]);
    expect(again!.indices).toEqual(first!.indices);
  });
  it("refuses lengths that do not add up", () => {
    expect(() => data.randomSplit(squares(10), [3, 3])).toThrow(/add up to 10, or fractions to 1, got \[3, 3\]/);
    expect(() => data.randomSplit(squares(10), [12, -2])).toThrow(/add up to 10/);
  });
});

describe("in a loader", () => {
  const take = async (loader: torch.data.DataLoader<[x: number, y: number]>) => {
    const out: number[] = [];
    for await (const [x] of loader) out.push(...(x.toArray() as number[]));
    return out;
  };
  it("each epoch draws anew, and a saved loader goes on with the same batches", async () => {
    const make = () =>
      new data.DataLoader(squares(10), { batchSize: 3, sampler: new data.RandomSampler(10, { seed: 5 }) });
    const loader = make();
    expect(loader.length).toBe(4);
    const sampler = new data.RandomSampler(10, { seed: 5 });
    const first = await take(loader);
    expect(first).toEqual(Array.from(sampler.indices(0)));
    const state = loader.stateDict();
    const second = await take(loader);
    expect(second).toEqual(Array.from(sampler.indices(1)));
    const other = make();
    other.loadStateDict(state);
    expect(await take(other)).toEqual(second);
  });
  it("weights decide how often samples come", async () => {
    const sampler = new data.WeightedRandomSampler([0, 1, 0, 3], 400);
    const seen = await take(new data.DataLoader(squares(4), { batchSize: 100, sampler }));
    const count = (x: number) => seen.filter((y) => y === x).length;
    expect([count(0), count(2), count(1) + count(3)]).toEqual([0, 0, 400]);
    expect(count(3)).toBeGreaterThan(2 * count(1));
  });
  it("refuses what is no sampler", () => {
    expect(() => new data.DataLoader(squares(4), { sampler: [1, 2] as never })).toThrow(
      /sampler to be a Sampler or a function of the epoch, got \[1, 2\]/,
    );
  });
});

describe("datasets joined", () => {
  it("ConcatDataset: one after the other", async () => {
    const both = new data.ConcatDataset([squares(3), squares(2)]);
    expect([both.length, both.cumulativeSizes]).toEqual([5, [3, 5]]);
    expect([0, 2, 3, 4].map((i) => both.get(i))).toEqual([
      [0, 0],
      [2, 4],
      [0, 0],
      [1, 1],
    ]);
    expect(() => both.get(5)).toThrow(/\[ConcatDataset\] expected index as an integer from 0 to 4/);
    expect(() => new data.ConcatDataset([])).toThrow(/at least one dataset/);
    for await (const [x] of new data.DataLoader(both, { batchSize: 5 })) expect(x.toArray()).toEqual([0, 1, 2, 0, 1]);
  });
  it("StackDataset: side by side", async () => {
    const slow: torch.data.Dataset<[z: number]> = { length: 3, get: async (i) => [-i] };
    const pairs = new data.StackDataset(squares(3), slow);
    expect(await pairs.get(2)).toEqual([2, 4, -2]);
    expect(new data.StackDataset(squares(3), squares(3)).get(1)).toEqual([1, 1, 1, 1]);
    for await (const batch of new data.DataLoader(pairs, { batchSize: 3 })) expect(batch.length).toBe(3);
    expect(() => new data.StackDataset(squares(3), squares(4))).toThrow(/one length, got 3, 4/);
  });
  it("BatchSampler cuts another sampler's positions", () => {
    const batches = new data.BatchSampler(new data.SequentialSampler(7), 3, false);
    expect([batches.length, [...batches]]).toEqual([3, [[0, 1, 2], [3, 4, 5], [6]]]);
    const whole = new data.BatchSampler(new data.SequentialSampler(squares(7)), 3, true);
    expect([whole.length, [...whole]]).toEqual([
      2,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ]);
  });
  it("samplers refuse what makes no sense", () => {
    expect(() => new data.RandomSampler(0)).toThrow(/at least one sample/);
    expect(() => new data.RandomSampler(3, { numSamples: 0 })).toThrow(/numSamples as an integer of at least 1/);
    expect(() => new data.WeightedRandomSampler([1, -1], 3)).toThrow(/weights of at least 0, got -1/);
    expect(() => new data.WeightedRandomSampler([1, 0], 2, { replacement: false })).toThrow(
      /at least 2 weights above 0/,
    );
    expect(() => new data.Subset(squares(3), [3])).toThrow(/\[Subset\] expected positions below 3, got 3/);
  });
});
