import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { epoch, noise, noiseImages } from "./fixtures.js";
import { philox, type SlowOptions, slowAugment } from "./slow-augment.js";

const { DataLoader, ImageDataset, standardAugmentation } = torch.data;

describe("Philox, which the tests below lean on", () => {
  // Known answers of Random123, the authors' own library.
  it.each([
    [
      [0n, 0n, 0n, 0n],
      [0n, 0n],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffffn, 0xffffffffn, 0xffffffffn, 0xffffffffn],
      [0xffffffffn, 0xffffffffn],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88n, 0x85a308d3n, 0x13198a2en, 0x03707344n],
      [0xa4093822n, 0x299f31d0n],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("gives the published answer", (counter, key, answer) => {
    expect(philox(counter, key)).toEqual(answer);
  });
});

/** The loader's images next to the slow implementation's, all of a dataset in order, as float32. */
async function compare(
  shape: readonly [number, number, number],
  augment: torch.data.Augmentation,
  slow: Partial<SlowOptions>,
  { memoryFormat = "contiguousFormat" as torch.MemoryFormat, seed = 7, epoch: at = 0, count = 40 } = {},
): Promise<void> {
  const [channels, height, width] = shape;
  const dataset = noiseImages(count, shape);
  const options: SlowOptions = {
    padding: 0,
    flip: 0,
    cutout: 0,
    cutoutProbability: 0,
    mean: dataset.mean,
    std: dataset.std,
    ...slow,
  };
  const bytes = dataset.images.dataSync() as Uint8Array;
  const loader = new DataLoader(dataset, { batchSize: 16, seed, augment, memoryFormat });
  loader.loadStateDict({ ...loader.stateDict(), epoch: at });
  let position = 0;
  for await (const [x] of loader) {
    expect(x.isContiguous({ memoryFormat })).toBe(true);
    const got = x.dataSync() as Float32Array; // row-major, whatever the memory format
    const size = channels * height * width;
    for (let k = 0; k < x.shape[0]!; k++, position++) {
      const image = Array.from({ length: channels }, (_, c) =>
        Array.from({ length: height }, (_, y) =>
          Array.from({ length: width }, (_, x) => bytes[((position * channels + c) * height + y) * width + x]!),
        ),
      );
      const want = slowAugment(image, options, { seed, epoch: at, position }).flat(2);
      expect(Array.from(got.subarray(k * size, (k + 1) * size))).toEqual(want);
    }
  }
  expect(position).toBe(count);
}

describe("the native pass against a slow implementation, bit for bit", () => {
  const standard = { padding: 4, flip: 0.5, cutout: 16, cutoutProbability: 0.5 };
  const formats = ["contiguousFormat", "channelsLast"] as const;

  it.each(formats)("the reference's augmentation, %s", async (memoryFormat) => {
    await compare([3, 32, 32], standardAugmentation, standard, { memoryFormat });
  });
  it.each(formats)("later epochs and seeds beyond 32 bits, %s", async (memoryFormat) => {
    await compare([3, 32, 32], standardAugmentation, standard, { memoryFormat, seed: 2 ** 40 + 5, epoch: 199 });
  });
  it.each(formats)(
    "one channel, height and width apart, padding wider than half the image, %s",
    async (memoryFormat) => {
      const augment = { padding: 9, flip: 0.3, cutout: { size: 5, probability: 0.8 } };
      await compare(
        [1, 7, 11],
        augment,
        { padding: 9, flip: 0.3, cutout: 5, cutoutProbability: 0.8 },
        { memoryFormat },
      );
    },
  );
  it.each(formats)("four channels, cutout larger than the image, always, %s", async (memoryFormat) => {
    await compare([4, 6, 5], { cutout: 20 }, { cutout: 20, cutoutProbability: 1 }, { memoryFormat });
  });
  it.each(formats)("nothing but normalising, %s", async (memoryFormat) => {
    await compare([3, 8, 8], {}, {}, { memoryFormat });
  });
  it.each(formats)("flip alone, %s", async (memoryFormat) => {
    await compare([2, 5, 9], { flip: 1 }, { flip: 1 }, { memoryFormat });
  });
});

describe("dtypes", () => {
  it.each(["bfloat16", "float16", "float64"] as const)("%s is float32 rounded as LibTorch rounds it", async (dtype) => {
    // A std of 1e-3 and means far off reach every range of float16: subnormal, normal and infinite.
    const dataset = noiseImages(64, [3, 16, 16]);
    for (const normalize of [undefined, { mean: [0.5, 0.501, 0.2], std: [3e4, 1e-5, 0.07] }]) {
      const wide = (await new DataLoader(dataset, { batchSize: 64, augment: true, normalize })
        [Symbol.asyncIterator]()
        .next()) as IteratorYieldResult<[torch.Tensor, torch.Tensor]>;
      const narrow = (await new DataLoader(dataset, { batchSize: 64, augment: true, normalize, dtype })
        [Symbol.asyncIterator]()
        .next()) as IteratorYieldResult<[torch.Tensor, torch.Tensor]>;
      expect(narrow.value[0].dtype).toBe(dtype);
      expect(Buffer.from(narrow.value[0].bytes()).equals(Buffer.from(wide.value[0].to(dtype).bytes()))).toBe(true);
    }
  });

  it("normalize: false gives bytes / 255", async () => {
    const dataset = noiseImages(4, [3, 4, 4]);
    for await (const [x] of new DataLoader(dataset, { batchSize: 4, normalize: false })) {
      const bytes = dataset.images.dataSync() as Uint8Array;
      expect(Array.from(x.dataSync() as Float32Array)).toEqual(Array.from(bytes, (byte) => Math.fround(byte / 255)));
    }
  });
});

describe("statistics of the draws", () => {
  // Channel 0 is 10 + row, channel 1 is 10 + column, channel 2 is 255. With mean and std 0.5, padding is -1, cutout 0 and
  // channel 2 elsewhere 1: each output tells what was drawn.
  const side = 32;
  const n = 8192;
  const one = new Uint8Array(3 * side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      one[y * side + x] = 10 + y;
      one[(side + y) * side + x] = 10 + x;
      one[(2 * side + y) * side + x] = 255;
    }
  }
  const image = new ImageDataset({ images: one, shape: [3, side, side], labels: [0], classes: ["only"] });
  const byteOf = (value: number) => Math.round((value * 0.5 + 0.5) * 255);

  interface Drawn {
    dy: number;
    dx: number;
    flip: boolean;
    cut: { top: number; bottom: number; left: number; right: number } | undefined;
  }
  function decode(x: Float32Array): Drawn {
    const plane = (c: number, row: number, column: number) => x[(c * side + row) * side + column]!;
    let cut: Drawn["cut"];
    let seen: { row: number; column: number; y: number; x: number } | undefined;
    let flip = false;
    for (let row = 0; row < side; row++) {
      let before: number | undefined;
      for (let column = 0; column < side; column++) {
        const kind = plane(2, row, column);
        if (kind === 0) {
          cut ??= { top: row, bottom: row, left: column, right: column };
          cut.bottom = row;
          cut.right = Math.max(cut.right, column);
          cut.left = Math.min(cut.left, column);
        }
        const here = kind === 1 ? byteOf(plane(1, row, column)) - 10 : undefined;
        if (here !== undefined) {
          if (before !== undefined) flip = here < before;
          seen = { row, column, y: byteOf(plane(0, row, column)) - 10, x: here };
        }
        before = here;
      }
    }
    const { row, column, y, x: from } = seen!;
    return { dy: y - row, dx: from - (flip ? side - 1 - column : column), flip, cut };
  }

  async function draws(seed: number): Promise<Drawn[]> {
    const loader = new DataLoader(image, {
      batchSize: 256,
      seed,
      sampler: () => new Uint32Array(n),
      augment: true,
      normalize: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    });
    const out: Drawn[] = [];
    for await (const batch of loader) {
      const all = batch[0].dataSync() as Float32Array;
      for (let k = 0; k < batch[0].shape[0]!; k++) out.push(decode(all.subarray(k * one.length, (k + 1) * one.length)));
      batch.dispose();
    }
    return out;
  }
  /** Pearson's statistic against a uniform distribution, in standard deviations from its mean. */
  function deviation(counts: number[], total: number): number {
    const expected = total / counts.length;
    const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    return (chi2 - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
  }
  const sigmas = (hits: number, p: number) => Math.abs(hits - n * p) / Math.sqrt(n * p * (1 - p));

  it("crop, flip and cutout have the right distributions, and do not depend on one another", async () => {
    const all = await draws(3);
    expect(all).toHaveLength(n);

    const places = new Array<number>(81).fill(0);
    for (const { dy, dx } of all) places[(dy + 4) * 9 + dx + 4]!++;
    expect(places.reduce((a, b) => a + b)).toBe(n);
    expect(Math.abs(deviation(places, n))).toBeLessThan(4);

    expect(sigmas(all.filter((draw) => draw.flip).length, 0.5)).toBeLessThan(4);
    expect(sigmas(all.filter((draw) => draw.cut).length, 0.5)).toBeLessThan(4);
    expect(sigmas(all.filter((draw) => draw.cut && draw.flip).length, 0.25)).toBeLessThan(4);
    expect(sigmas(all.filter((draw) => draw.dx > 0 && draw.flip).length, (4 / 9) * 0.5)).toBeLessThan(4);

    // A corner in [-8, 24): sizes 8 .. 16 at either border. From the clipped square the corner can be told.
    const cuts = all.flatMap((draw) => (draw.cut ? [draw.cut] : []));
    const rows = new Array<number>(32).fill(0);
    const columns = new Array<number>(32).fill(0);
    for (const { top, bottom, left, right } of cuts) {
      const corner = (from: number, to: number) => (from > 0 ? from : to - 15);
      rows[corner(top, bottom) + 8]!++;
      columns[corner(left, right) + 8]!++;
    }
    expect(Math.abs(deviation(rows, cuts.length))).toBeLessThan(4);
    expect(Math.abs(deviation(columns, cuts.length))).toBeLessThan(4);
  });

  it("another seed draws otherwise", async () => {
    const [a, b] = [await draws(3), await draws(4)];
    const same = a.filter((draw, i) => draw.dy === b[i]!.dy && draw.dx === b[i]!.dx).length;
    expect(sigmas(same, 1 / 81)).toBeLessThan(4);
  });
});

describe("determinism", () => {
  const dataset = noiseImages(500);
  const make = (options: torch.data.DataLoaderOptions = {}) =>
    new DataLoader(dataset, { batchSize: 32, shuffle: true, seed: 5, augment: true, ...options });

  it("does not depend on threads or prefetching", async () => {
    const want = await epoch(make({ prefetch: 0 }));
    for (const options of [{ prefetch: 1 }, { prefetch: 3, workers: 2 }, { prefetch: 16, workers: 5 }]) {
      expect(await epoch(make(options))).toEqual(want);
    }
  });

  it("an image's draws do not depend on the batch size", async () => {
    expect((await epoch(make({ batchSize: 7 }))).images).toBe((await epoch(make())).images);
  });

  it("epochs differ, and an epoch repeats under its number", async () => {
    const loader = make();
    const [first, second] = [await epoch(loader), await epoch(loader)];
    expect(first).not.toEqual(second);
    const again = make();
    again.loadStateDict({ ...again.stateDict(), epoch: 1 });
    expect(await epoch(again)).toEqual(second);
  });

  it("does not touch the dataset", async () => {
    const before = noise(500 * 3 * 32 * 32);
    await epoch(make());
    expect(Buffer.from(dataset.images.bytes()).equals(before)).toBe(true);
  });
});
