import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { epoch, labelsOf, noiseImages, numbered, range } from "./fixtures.js";

const { BatchSampler, DataLoader, RandomSampler, SequentialSampler, TensorDataset } = torch.data;
type Options = torch.data.DataLoaderOptions<readonly unknown[]>;

const rows = (n: number) => new TensorDataset(torch.zeros([n, 2]), torch.arange(n, { dtype: "int64" }));
const kinds: [string, (n: number) => torch.data.Dataset, Options?][] = [
  ["images, two threads", numbered, { workers: 2, prefetch: 3 }],
  ["images, no threads", numbered, { prefetch: 0 }],
  ["resident images", numbered, { resident: true }],
  ["rows of tensors", rows],
  ["whole batches", (n) => torch.data.subset(rows(n), range(n))],
  ["a dataset of one's own", (n) => ({ length: n, get: (i) => [0, BigInt(i)] })],
  ["an asynchronous one", (n) => ({ length: n, get: async (i) => [0, BigInt(i)] })],
];

describe.each(kinds)("batchSampler with %s", (_, make, options) => {
  const lists = [[9, 0, 3], [5], [1, 1, 2, 8]];
  it("makes batches of its lists, whatever their sizes", async () => {
    const loader = new DataLoader(make(10), { ...options, batchSampler: lists });
    expect([loader.length, loader.batchSize]).toEqual([3, 0]);
    for (let e = 0; e < 2; e++) expect(await labelsOf(loader)).toEqual(lists);
  });

  it("goes on in the middle of an epoch", async () => {
    const batchSampler = (e: number) => [...lists.slice(e % 3), [e]];
    const want = [[5], [1, 1, 2, 8], [1]];
    const first = new DataLoader(make(10), { ...options, batchSampler });
    await labelsOf(first);
    expect(first.length).toBe(3);
    const seen: number[][] = [];
    for await (const batch of first) {
      seen.push(Array.from(batch[1]!.dataSync(), Number));
      if (seen.length === 2) break;
    }
    const state = first.stateDict();
    expect(state).toMatchObject({ epoch: 1, position: 2, samples: 10, batchSize: 0, batches: 3 });
    expect(seen).toEqual(want.slice(0, 2));
    // Its own epoch has 4 lists: what counts are those of the epoch that was saved.
    const resumed = new DataLoader(make(10), { ...options, batchSampler });
    resumed.loadStateDict(JSON.parse(JSON.stringify(state)));
    expect(await labelsOf(resumed)).toEqual(want.slice(2));
    expect(await labelsOf(resumed)).toEqual([[1, 1, 2, 8], [2]]);
  });

  it("names a position that the dataset does not have, after the batches before it", async () => {
    const seen: number[][] = [];
    const loader = new DataLoader(make(10), { ...options, batchSampler: [[1, 2, 3], [0], [4, 10], [5]] });
    const run = (async () => {
      for await (const batch of loader) seen.push(Array.from(batch[1]!.dataSync(), Number));
    })();
    await expect(run).rejects.toMatchObject({
      code: "E_DATA",
      message: "[DataLoader] expected indices below 10, got 10 from the batchSampler",
    });
    expect(seen).toEqual([[1, 2, 3], [0]]);
  });
});

describe("what a batchSampler may be", () => {
  it("a BatchSampler: each epoch of its sampler, and the same one again", async () => {
    const make = () => {
      const batchSampler = new BatchSampler(new RandomSampler(10, { seed: 5 }), 4, true);
      return new DataLoader(numbered(10), { batchSampler });
    };
    const order = (e: number) => Array.from(new RandomSampler(10, { seed: 5 }).indices(e));
    const loader = make();
    expect(loader.length).toBe(2);
    for (let e = 0; e < 2; e++) expect(await labelsOf(loader)).toEqual([order(e).slice(0, 4), order(e).slice(4, 8)]);
    const other = make();
    other.loadStateDict({ ...other.stateDict(), epoch: 1, position: 1 });
    expect(await labelsOf(other)).toEqual([order(1).slice(4, 8)]);
  });

  it("the very batches that batchSize makes, augmentation and all", async () => {
    const dataset = noiseImages(20);
    const batchSampler = new BatchSampler(new SequentialSampler(20), 8, false);
    const want = await epoch(new DataLoader(dataset, { batchSize: 8, augment: true, seed: 3 }));
    expect(await epoch(new DataLoader(dataset, { batchSampler, augment: true, seed: 3 }))).toEqual(want);
    // Of uneven ones too threads and kernels draw alike.
    const lists = [[3, 9, 2], [5, 6, 7, 8], [0]];
    const [threads, resident] = [false, true].map(
      (kept) => new DataLoader(dataset, { batchSampler: lists, augment: true, resident: kept }),
    );
    expect(await epoch(resident!)).toEqual(await epoch(threads!));
    resident!.loadStateDict({ ...resident!.stateDict(), position: 1 });
    threads!.loadStateDict(resident!.stateDict());
    expect(await epoch(resident!)).toEqual(await epoch(threads!));
  });

  it("a class with an iterator and a length, also one of BatchSampler's", async () => {
    class Halves extends BatchSampler {
      override get length() {
        return 2;
      }
      override *[Symbol.iterator]() {
        yield [0];
        yield [1, 2, 3];
      }
    }
    const halves = new Halves(new SequentialSampler(4), 1, false);
    expect(await labelsOf(new DataLoader(numbered(4), { batchSampler: halves }))).toEqual([[0], [1, 2, 3]]);
    const typed = { length: 1, [Symbol.iterator]: () => [Uint32Array.of(2, 0)].values() };
    expect(await labelsOf(new DataLoader(numbered(4), { batchSampler: typed }))).toEqual([[2, 0]]);
    const generator = function* (e: number) {
      yield [e];
    };
    expect(await labelsOf(new DataLoader(numbered(4), { batchSampler: generator }))).toEqual([[0]]);
  });

  it("no list at all: no batches", async () => {
    const loader = new DataLoader(numbered(4), { batchSampler: [] });
    expect([loader.length, await labelsOf(loader)]).toEqual([0, []]);
  });
});

describe("a batchSampler that makes no sense is an error", () => {
  const dataset = numbered(10);
  it.each<[string, object, RegExp]>([
    ["with batchSize", { batchSize: 1 }, /either batchSampler or batchSize, got both/],
    ["with shuffle", { shuffle: true }, /either batchSampler or shuffle, got both/],
    ["with sampler", { sampler: () => [0] }, /either batchSampler or sampler, got both/],
    ["with dropLast", { dropLast: true }, /either batchSampler or dropLast, got both/],
    ["a number", { batchSampler: 3 }, /batchSampler to give lists of positions, got 3/],
    ["null", { batchSampler: null }, /batchSampler to give lists of positions, got null/],
    ["a text", { batchSampler: "12" }, /batchSampler to give lists of positions, got "12"/],
    [
      "a sampler",
      { batchSampler: new SequentialSampler(3) },
      /got a SequentialSampler\n {2}help: new torch.data.BatchSampler/,
    ],
    ["what has no length", { batchSampler: new Set([[0]]) }, /batchSampler to have a length, got a Set/],
    [
      "the other way round",
      { batchSampler: undefined, sampler: new BatchSampler([], 1, false) },
      /help: pass it as batchSampler/,
    ],
  ])("%s", (_, options, message) => {
    const error = errorOf(() => new DataLoader(dataset, { batchSampler: [[0]], ...options } as never));
    expect([error.code, error.message]).toEqual(["E_ARG", expect.stringMatching(message)]);
  });

  it("false stands for nothing", () => {
    expect(new DataLoader(dataset, { batchSampler: [[0]], shuffle: false, dropLast: false }).length).toBe(1);
  });

  it.each<[string, unknown, RegExp]>([
    ["positions without lists", [1, 2], /batchSampler to give lists of positions, got 1/],
    ["texts", ["12"], /batchSampler to give lists of positions, got "12"/],
    ["null", [null], /batchSampler to give lists of positions, got null/],
    ["an empty list", [[0], []], /at least one position in a list, got none from the batchSampler/],
    ["a negative position", [[0, -1]], /non-negative integers, got -1 from the batchSampler/],
    ["half a position", [[0.5]], /non-negative integers, got 0.5 from the batchSampler/],
    ["a function that gives a number", () => 3, /batchSampler to give lists of positions, got 3/],
    ["a function that gives a promise", async () => [[0]], /batchSampler to give lists of positions, got a Promise/],
  ])("%s", async (_, batchSampler, message) => {
    const loader = new DataLoader(dataset, { batchSampler: batchSampler as never });
    await expect(labelsOf(loader)).rejects.toMatchObject({ code: "E_ARG", message: expect.stringMatching(message) });
  });

  it("a state of other batches in the middle of an epoch", () => {
    const loader = new DataLoader(dataset, { batchSampler: [[0], [1], [2]] });
    const state = { ...loader.stateDict(), position: 1 };
    const load = (options: Options) => errorOf(() => new DataLoader(dataset, options).loadStateDict(state));
    expect(load({ batchSampler: [[0], [1]] }).message).toMatch(/^\[DataLoader\] expected batches 3, .*, got 2/);
    expect(load({ batchSize: 4 }).code).toBe("E_CHECKPOINT");
    const plain = new DataLoader(dataset, { batchSize: 4 });
    expect(errorOf(() => loader.loadStateDict({ ...plain.stateDict(), position: 1 })).code).toBe("E_CHECKPOINT");
    expect("batches" in plain.stateDict()).toBe(false);
    loader.loadStateDict(state);
  });
});
