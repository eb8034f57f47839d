import { describe, expect, expectTypeOf, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

/* Batches that a loader's `collate` makes: any list, plain object or tensor. */

const { DataLoader } = torch.data;
type Named = torch.data.Dataset<[x: torch.Tensor, name: string]>;
const named: Named = { length: 5, get: (i) => [torch.full([2], i), `n${i}`] };
const slow: Named = { length: 5, get: async (i) => [torch.full([2], i), `n${i}`] };
const stacked = (samples: readonly [x: torch.Tensor, name: string][]) => torch.stack(samples.map(([x]) => x));

describe("a batch is what collate gives", () => {
  it.each([named, slow])("a plain object, with texts as they are (%#)", async (dataset) => {
    const loader = new DataLoader(dataset, {
      batchSize: 2,
      collate: (samples) => ({ x: stacked(samples), names: samples.map(([, name]) => name), size: samples.length }),
    });
    const seen: unknown[] = [];
    for await (using batch of loader) {
      expectTypeOf(batch.x).toEqualTypeOf<torch.Tensor>();
      expectTypeOf(batch.names).toEqualTypeOf<string[]>();
      expectTypeOf(batch.size).toEqualTypeOf<number>();
      // @ts-expect-error: no such name
      expect(batch.labels).toBeUndefined();
      expect(Object.keys(batch)).toEqual(["x", "names", "size"]);
      seen.push([batch.x.toArray(), batch.names, batch.size]);
      batch.dispose();
      expect(batch.x.isDisposed).toBe(true);
    }
    const rows = (...values: number[]) => values.map((value) => [value, value]);
    expect(seen).toEqual([
      [rows(0, 1), ["n0", "n1"], 2],
      [rows(2, 3), ["n2", "n3"], 2],
      [rows(4), ["n4"], 1],
    ]);
  });

  it("a tuple with a column of texts", async () => {
    const loader = new DataLoader(named, {
      batchSize: 5,
      collate: (samples) => [stacked(samples), samples.map(([, name]) => name)],
    });
    for await (const batch of loader) {
      const [x, names, nothing] = batch;
      expectTypeOf(x).toEqualTypeOf<torch.Tensor>();
      expectTypeOf(names).toEqualTypeOf<string[]>();
      expectTypeOf(nothing).toEqualTypeOf<undefined>();
      expect([Array.isArray(batch), batch.length, x.shape, names.at(-1)]).toEqual([true, 2, [5, 2], "n4"]);
      batch[Symbol.dispose]();
      expect(x.isDisposed).toBe(true);
    }
  });

  it("a single tensor", async () => {
    for await (const x of new DataLoader(named, { batchSize: 5, collate: stacked })) {
      expectTypeOf(x).toEqualTypeOf<torch.Tensor>();
      expect(x.shape).toEqual([5, 2]);
      x.dispose();
    }
  });

  it("what its promise gives", async () => {
    const loader = new DataLoader(named, { batchSize: 5, collate: async (samples) => ({ x: stacked(samples) }) });
    for await (const { x } of loader) {
      expectTypeOf(x).toEqualTypeOf<torch.Tensor>();
      expect(x.shape).toEqual([5, 2]);
    }
  });

  it("also where the dataset could make whole batches", async () => {
    const rows = torch.data.subset(new torch.data.TensorDataset(torch.arange(4)), [3, 1]);
    const loader = new DataLoader(rows, { batchSize: 2, collate: (samples) => ({ sum: samples[0]![0].add(1) }) });
    for await (const { sum } of loader) expect(sum.item()).toBe(4);
  });

  it("typed by itself, not by the sample", () => {
    const collate = (samples: readonly [torch.Tensor, string][]) => ({ first: samples[0]![1] });
    const loader = new DataLoader(named, { collate });
    expectTypeOf(loader).toEqualTypeOf<torch.data.DataLoader<[x: torch.Tensor, name: string], { first: string }>>();
    // @ts-expect-error: a loader of columns
    const columns: torch.data.DataLoader<[x: torch.Tensor, name: string]> = loader;
    expect(columns).toBe(loader);
  });
});

describe("tensors of such a batch", () => {
  const nested = (samples: readonly [x: torch.Tensor, name: string][]) => {
    const x = stacked(samples);
    return { x, again: x, deep: { list: [x.add(1), { y: x.add(2) }], set: new Set([1]) }, none: null };
  };

  it("are freed with it wherever they are, or at the end of the scope it was taken in", async () => {
    const before = liveMemory().tensors;
    for await (const batch of new DataLoader(
      { length: 4, get: (i) => [i] },
      { collate: () => ({ a: [torch.ones([1])] }) },
    ))
      batch.dispose();
    expect(torch.memory().tensors).toBe(before);
    const kept = await torch.tidy(async () => {
      const all: torch.Tensor[] = [];
      for await (const { x, deep } of new DataLoader(named, { collate: nested }))
        all.push(x, deep.list[0] as torch.Tensor);
      return all.map((tensor) => tensor.isDisposed);
    });
    expect(kept).toEqual(new Array(10).fill(false));
    expect(torch.memory().tensors).toBe(before);
  });

  it("go to the device, each once; the rest stays as it is", async () => {
    const made: ReturnType<typeof nested>[] = [];
    const collate = (samples: Parameters<typeof nested>[0]) => {
      made.push(nested(samples));
      return made.at(-1)!;
    };
    for await (const batch of new DataLoader(named, { batchSize: 5, device: "meta", collate })) {
      const { x, again, deep, none } = batch;
      const [a, { y }] = deep.list as [torch.Tensor, { y: torch.Tensor }];
      expect([x, again, a, y].map((tensor) => tensor.device)).toEqual(["meta", "meta", "meta", "meta"]);
      expect([again === x, none, deep.set]).toEqual([true, null, made[0]!.deep.set]);
      expect(made[0]!.x.isDisposed).toBe(false); // the program's own, which may give it again
      batch.dispose();
      expect([x, a, y].map((tensor) => tensor.isDisposed)).toEqual([true, true, true]);
    }
  });

  it("that are made ahead are the program's when the loop is left: it may give them again", async () => {
    const kept = torch.ones([1]);
    const dataset = { length: 8, get: async (i: number) => [i] as const };
    const loader = new DataLoader(dataset, { prefetch: 3, collate: () => ({ deep: [kept] }) });
    let asked = 0;
    for await (const _ of loader) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (++asked === 2) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(kept.isDisposed).toBe(false);
  });

  it("an object that holds itself is no trouble", async () => {
    const collate = () => {
      const made: { x: torch.Tensor; self?: unknown } = { x: torch.ones([1]) };
      made.self = made;
      return made;
    };
    for await (const batch of new DataLoader(named, { batchSize: 5, device: "meta", collate })) {
      expect([batch.x.device, batch.self]).toEqual(["meta", batch]);
    }
  });
});

describe("what is no batch is an error", () => {
  const run = async (dataset: Named, collate: unknown) => {
    for await (const _ of new DataLoader(dataset, { batchSize: 2, collate: collate as () => object })) break;
  };
  it.each<[string, () => unknown, RegExp]>([
    [
      "nothing",
      () => undefined,
      /^\[DataLoader\] expected collate to give a list, .*, got undefined\n {2}help: .*return/,
    ],
    ["a promise of nothing", async () => {}, /got undefined/],
    ["null", () => null, /got null/],
    ["a text", () => "a", /got "a"/],
    ["a map", () => new Map(), /got a Map\n {2}help: put it into a plain object/],
    ["a name that is taken", () => ({ dispose: 1 }), /expected another name than dispose/],
  ])("%s", async (_, collate, message) => {
    for (const dataset of [named, slow]) {
      await expect(run(dataset, collate)).rejects.toMatchObject({
        code: "E_ARG",
        message: expect.stringMatching(message),
      });
    }
  });

  it("for the compiler too, as far as it can tell", () => {
    // @ts-expect-error: no batch
    new DataLoader(named, { collate: () => undefined });
    // @ts-expect-error: no batch
    new DataLoader(named, { collate: () => "a" });
    const error = errorOf(() => new DataLoader(named, { collate: 3 as never }));
    expect([error.code, error.message]).toEqual([
      "E_ARG",
      "[DataLoader] expected collate to be a function of samples, got 3",
    ]);
  });
});
