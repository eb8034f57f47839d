import { afterEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { handleOf } from "../../lib/tensor-base.js";
import { liveMemory } from "../live-memory.js";
import { epoch, labelsOf, noiseImages, numbered, range } from "./fixtures.js";

const { DataLoader, TensorDataset } = torch.data;
const sorted = (values: number[]) => [...values].sort((a, b) => a - b);

async function failure(promise: Promise<unknown>): Promise<torch.TorchError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(torch.TorchError);
  return error as torch.TorchError;
}

// Whatever a test does, no native loader may be left behind.
afterEach(() => expect(native.dataOpenLoaders()).toBe(0));

describe("batches", () => {
  it("come in the dataset's order, the last one smaller", async () => {
    const loader = new DataLoader(numbered(10), { batchSize: 4 });
    expect(loader.length).toBe(3);
    expect(await labelsOf(loader)).toEqual([range(4), range(4, 4), [8, 9]]);
  });

  it("dropLast leaves the smaller one out", async () => {
    const loader = new DataLoader(numbered(10), { batchSize: 4, dropLast: true });
    expect(loader.length).toBe(2);
    expect(await labelsOf(loader)).toEqual([range(4), range(4, 4)]);
    expect(await labelsOf(new DataLoader(numbered(3), { batchSize: 4, dropLast: true }))).toEqual([]);
  });

  it("have images [b, c, h, w] and int64 labels, and free both at once", async () => {
    const before = liveMemory().tensors;
    const loader = new DataLoader(noiseImages(8), { batchSize: 8 });
    for await (const batch of loader) {
      const [x, y] = batch;
      expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[8, 3, 32, 32], "float32", [8], "int64"]);
      expect(Object.keys(batch)).toEqual(["0", "1"]);
      batch.dispose();
      expect([x.isDisposed, y.isDisposed]).toEqual([true, true]);
      batch[Symbol.dispose]();
    }
    expect(torch.memory().tensors).toBe(before + 1); // the dataset's images
  });

  it("belong to the tidy scope that they are taken in", async () => {
    const loader = new DataLoader(numbered(10), { batchSize: 5 });
    const before = liveMemory().tensors;
    const total = await torch.tidy(async () => {
      let sum = 0;
      for await (const [, y] of loader) sum += y.sum().itemNumber();
      return sum;
    });
    expect(total).toBe(45);
    expect(torch.memory().tensors).toBe(before);
    expect(loader.length).toBe(2); // its dataset is alive until here
  });

  it("give the event loop a turn each", async () => {
    let turns = 0;
    let running = true;
    const tick = () => {
      turns++;
      if (running) setImmediate(tick);
    };
    setImmediate(tick);
    for (const prefetch of [0, 4]) {
      turns = 0;
      const counts: number[] = [];
      for await (const batch of new DataLoader(numbered(12), { batchSize: 2, prefetch })) {
        counts.push(turns);
        batch.dispose();
      }
      for (let i = 1; i < counts.length; i++) expect(counts[i]).toBeGreaterThan(counts[i - 1]!);
    }
    running = false;
  });

  it("of an empty dataset are none", async () => {
    const x = torch.zeros([0, 3]);
    expect(await labelsOf(new DataLoader(new TensorDataset(x, x), { batchSize: 4 }))).toEqual([]);
  });
});

describe("shuffle", () => {
  const order = async (seed: number, epochs = 1, n = 100) => {
    const loader = new DataLoader(numbered(n), { batchSize: 7, shuffle: true, seed });
    let labels: number[] = [];
    for (let i = 0; i < epochs; i++) labels = (await labelsOf(loader)).flat();
    return labels;
  };

  it("is a permutation, given by the seed", async () => {
    const one = await order(1);
    expect(one).not.toEqual(range(100));
    expect(sorted(one)).toEqual(range(100));
    expect(await order(1)).toEqual(one);
    expect(await order(2)).not.toEqual(one);
  });

  it("is another one each epoch", async () => {
    const second = await order(1, 2);
    expect(sorted(second)).toEqual(range(100));
    expect(second).not.toEqual(await order(1));
  });

  it("puts every sample in every place equally often", () => {
    const counts = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
    const epochs = 5000;
    for (let e = 0; e < epochs; e++)
      for (const [place, sample] of native.dataPermutation(5, 11, e).entries()) counts[place]![sample]!++;
    for (const count of counts.flat()) {
      expect(Math.abs(count - epochs / 5)).toBeLessThan(4 * Math.sqrt(epochs * 0.2 * 0.8));
    }
  });

  it("does not touch torch's own generator, nor is touched by it", async () => {
    torch.manualSeed(1);
    const want = torch.randn([4]).toArray();
    torch.manualSeed(1);
    const first = await order(1);
    expect(torch.randn([4]).toArray()).toEqual(want);
    torch.manualSeed(99);
    expect(await order(1)).toEqual(first);
  });
});

describe("sampler", () => {
  it("says which samples an epoch takes", async () => {
    const loader = new DataLoader(numbered(10), { batchSize: 3, sampler: (e) => [e, 5, 5, 9 - e] });
    expect(loader.length).toBe(2);
    expect(await labelsOf(loader)).toEqual([[0, 5, 5], [9]]);
    expect(await labelsOf(loader)).toEqual([[1, 5, 5], [8]]);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 32])("with %s is an error", async (bad) => {
    const error = await failure(labelsOf(new DataLoader(numbered(4), { sampler: () => [0, bad] })));
    expect(error.code).toBe("E_ARG");
  });
});

describe("resuming", () => {
  const options = { batchSize: 8, shuffle: true, seed: 3, augment: true } as const;
  const dataset = noiseImages(100);

  it.each([0, 1, 5, 12])("after %i batches goes on with the very same ones", async (stop) => {
    const { batches: want } = await epoch(new DataLoader(dataset, options));
    const { batches: next } = await epoch(
      (() => {
        const loader = new DataLoader(dataset, options);
        loader.loadStateDict({ ...loader.stateDict(), epoch: 1 });
        return loader;
      })(),
    );

    const first = new DataLoader(dataset, options);
    let state = first.stateDict();
    let taken = 0;
    for await (const batch of first) {
      batch.dispose();
      if (taken === stop) break; // one more was handed out than the state knows of
      state = first.stateDict();
      taken++;
    }
    const resumed = new DataLoader(dataset, { ...options, prefetch: 5, workers: 2 });
    resumed.loadStateDict(JSON.parse(JSON.stringify(state)));
    expect(resumed.stateDict()).toEqual(state);
    expect((await epoch(resumed)).batches).toEqual(want.slice(stop));
    expect(resumed.stateDict()).toMatchObject({ epoch: 1, position: 0 });
    expect((await epoch(resumed)).batches).toEqual(next);
  });

  it("at the end of an epoch gives no batch more, and then the next epoch", async () => {
    const first = new DataLoader(dataset, options);
    let state = first.stateDict();
    for await (const batch of first) {
      batch.dispose();
      state = first.stateDict();
    }
    expect(state).toMatchObject({ epoch: 0, position: 13 });
    expect(first.stateDict()).toMatchObject({ epoch: 1, position: 0 });
    const resumed = new DataLoader(dataset, options);
    resumed.loadStateDict(state);
    expect((await epoch(resumed)).batches).toEqual([]);
    expect((await epoch(resumed)).batches).toEqual((await epoch(first)).batches);
  });

  it("in the middle of an epoch wants a loader made alike", () => {
    const loader = new DataLoader(dataset, options);
    const state = { ...loader.stateDict(), position: 4 };
    for (const change of [{ seed: 4 }, { batchSize: 16 }, { shuffle: false }, { dropLast: true }]) {
      const other = new DataLoader(dataset, { ...options, ...change });
      expect(() => other.loadStateDict(state)).toThrow(expect.objectContaining({ code: "E_CHECKPOINT" }));
      other.loadStateDict({ ...state, position: 0 });
    }
    expect(() => new DataLoader(dataset.limit(99), options).loadStateDict(state)).toThrow(/samples 100/);
    expect(() => loader.loadStateDict({ ...state, position: -1 })).toThrow(/state.position/);
  });

  it("breaking off and starting again is a new epoch", async () => {
    const loader = new DataLoader(dataset, options);
    for await (const batch of loader) {
      batch.dispose();
      break;
    }
    expect(loader.stateDict()).toMatchObject({ epoch: 0, position: 1 });
    const again = new DataLoader(dataset, options);
    again.loadStateDict({ ...again.stateDict(), epoch: 1 });
    expect(await epoch(loader)).toEqual(await epoch(again));
    expect(loader.epoch).toBe(2);
  });
});

describe("threads", () => {
  it("two loaders at once keep apart", async () => {
    const a = new DataLoader(numbered(40), { batchSize: 4, shuffle: true, seed: 1, prefetch: 3, workers: 2 });
    const b = new DataLoader(numbered(30), { batchSize: 4, shuffle: true, seed: 2, prefetch: 1 });
    const alone = [await labelsOf(a), await labelsOf(b)];
    for (const loader of [a, b]) loader.loadStateDict({ ...loader.stateDict(), epoch: 0 });
    expect(await Promise.all([labelsOf(a), labelsOf(b)])).toEqual(alone);
  });

  it("two iterators of one loader too", async () => {
    const loader = new DataLoader(numbered(20), { batchSize: 4 });
    const [a, b] = [loader[Symbol.asyncIterator](), loader[Symbol.asyncIterator]()];
    const labels = async (it: typeof a) => {
      const next = await it.next();
      return next.done ? undefined : Array.from(next.value[1].dataSync(), Number);
    };
    expect(await labels(a)).toEqual(range(4));
    expect(await labels(b)).toEqual(range(4));
    expect(await labels(a)).toEqual(range(4, 4));
    expect(native.dataOpenLoaders()).toBe(2);
    await a.return();
    expect(native.dataOpenLoaders()).toBe(1);
    await b.return();
    expect(await labels(a)).toBeUndefined();
  });

  it("end when the loop is left early, by break or by a throw", async () => {
    const loader = new DataLoader(noiseImages(2000), { batchSize: 16, prefetch: 32, workers: 4, augment: true });
    for await (const batch of loader) {
      expect(native.dataOpenLoaders()).toBe(1);
      batch.dispose();
      break;
    }
    expect(native.dataOpenLoaders()).toBe(0);
    const thrown = (async () => {
      for await (const batch of loader) {
        batch.dispose();
        throw new Error("mine");
      }
    })();
    await expect(thrown).rejects.toThrow("mine");
    expect(native.dataOpenLoaders()).toBe(0);
  });

  it("end when the iterator is dropped in the middle and collected", async () => {
    const dataset = numbered(100);
    await (async () => {
      await new DataLoader(dataset, { batchSize: 2 })[Symbol.asyncIterator]().next();
    })();
    expect(native.dataOpenLoaders()).toBe(1);
    for (let turn = 0; turn < 50 && native.dataOpenLoaders() > 0; turn++) {
      torch.collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(native.dataOpenLoaders()).toBe(0);
  });

  it("free what they have made ahead when the loop is left", async () => {
    const dataset = noiseImages(512);
    const before = liveMemory().allocated;
    for await (const batch of new DataLoader(dataset, { batchSize: 32, prefetch: 16 })) {
      batch.dispose();
      break;
    }
    expect(torch.memory().allocated).toBe(before);
  });

  it("never make more than prefetch batches ahead", async () => {
    const dataset = noiseImages(512);
    const before = liveMemory().allocated;
    const batchBytes = 32 * (3 * 32 * 32 * 4 + 8);
    for await (const batch of new DataLoader(dataset, { batchSize: 32, prefetch: 3, workers: 3 })) {
      batch.dispose();
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(torch.memory().allocated - before).toBeLessThanOrEqual(3 * batchBytes);
    }
  });

  it.each([0, 1, 4])("errors in them reach JavaScript, in order (prefetch %i)", async (prefetch) => {
    const dataset = numbered(50);
    const loader = new DataLoader(dataset, { batchSize: 2, prefetch, sampler: () => [0, 1, 2, 3, 4, 50, 6, 7] });
    const seen: number[] = [];
    const error = await failure(
      (async () => {
        for await (const [, y] of loader) seen.push(...Array.from(y.dataSync(), Number));
      })(),
    );
    expect(error.code).toBe("E_DATA");
    expect(error.message).toContain("expected indices below 50, got 50");
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(await failure(labelsOf(loader))).toMatchObject({ code: "E_DATA" });
  });

  it("a closed or made-up loader is an error, not a crash", () => {
    expect(() => native.dataTake(12345, 0, 0)).toThrow(expect.objectContaining({ code: "E_STATE" }));
    expect(() => native.dataWait(Number.NaN)).toThrow(expect.objectContaining({ code: "E_STATE" }));
    expect(() => native.dataTake("x" as unknown as number, 0, 0)).toThrow(expect.objectContaining({ code: "E_ARG" }));
    native.dataClose(12345);
  });

  it.each([[[]], [[0, 4]], [[0, 2, 1, 3]]])(
    "bounds of batches that are not inside the order are an error (%j)",
    (bounds) => {
      const rows = [handleOf(torch.zeros([3, 2]))];
      const options = { bounds: Uint32Array.from(bounds), from: "", first: 0, prefetch: 0, workers: 1, pinned: false };
      expect(() => native.dataOpenRows(rows, Uint32Array.of(0, 1, 2), options)).toThrow(/bounds of batches/);
    },
  );

  it("disposing the dataset does not pull it away under them; the next epoch is an error", async () => {
    const dataset = numbered(20);
    const want = await labelsOf(new DataLoader(dataset, { batchSize: 5 }));
    const loader = new DataLoader(dataset, { batchSize: 5, prefetch: 1 });
    const seen: number[][] = [];
    for await (const [, y] of loader) {
      dataset.images.dispose();
      seen.push(Array.from(y.dataSync(), Number));
    }
    expect(seen).toEqual(want);
    expect(await failure(labelsOf(loader))).toMatchObject({ code: "E_DISPOSED" });
  });
});

describe("options that make no sense are errors", () => {
  const dataset = numbered(10);
  it.each([
    [{ batchSize: 0 }, /batchSize as an integer of at least 1, got 0/],
    [{ batchSize: -1 }, /batchSize/],
    [{ batchSize: 1.5 }, /batchSize/],
    [{ batchSize: "4" }, /batchSize .* got "4"/],
    [{ seed: -1 }, /seed/],
    [{ seed: 2 ** 60 }, /seed/],
    [{ prefetch: -1 }, /prefetch/],
    [{ workers: 0 }, /workers/],
    [{ augment: { padding: -1 } }, /padding/],
    [{ augment: { flip: 1.5 } }, /flip/],
    [{ augment: { cutout: { size: 4, probability: Number.NaN } } }, /probability/],
    [{ augment: { cutOut: 4 } }, /got 'cutOut'\n {2}help: did you mean 'cutout'/],
    [{ dtype: "int64" }, /dtype/],
    [{ memoryFormat: "channelsLast3d" }, /memoryFormat/],
    [{ normalize: { mean: [0], std: [0] } }, /std/],
    [{ shuffle: true, sampler: () => [0] }, /either shuffle or sampler/],
    [{ batchsize: 4 }, /got 'batchsize'\n {2}help: did you mean 'batchSize'/],
    [{ device: "gpu" }, /device/],
    [{ collate: () => [] }, /collate/],
  ])("%j", (options, message) => {
    const make = () =>
      new DataLoader(dataset, options as unknown as torch.data.DataLoaderOptions<[torch.Tensor, number]>);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code: "E_ARG" }));
  });

  it("mean and std for another number of channels", async () => {
    const loader = new DataLoader(dataset, { normalize: { mean: [0, 0, 0], std: [1, 1, 1] } });
    expect((await failure(labelsOf(loader))).message).toMatch(
      /mean and std with 1 numbers, one per channel, got 3 and 3/,
    );
  });

  it("image options for another kind of dataset", () => {
    const rows = new TensorDataset(torch.zeros([4, 2]));
    for (const options of [{ augment: true }, { dtype: "float32" }, { memoryFormat: "channelsLast" }] as const) {
      expect(() => new DataLoader(rows, options)).toThrow(/expected an ImageDataset for option/);
    }
  });
});
