import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { labelsOf, noise, noiseImages, numbered, range } from "./fixtures.js";

const { DataLoader, ImageDataset } = torch.data;

describe("ImageDataset", () => {
  const images = noise(5 * 12);
  const good = { images, shape: [3, 2, 2], labels: [0, 1, 2, 1, 0], classes: ["a", "b", "c"] } as const;

  it("takes bytes with a shape, or a tensor", () => {
    const fromBytes = new ImageDataset(good);
    const fromTensor = new ImageDataset({ ...good, images: torch.tensor(images, { shape: [5, 3, 2, 2] }) });
    for (const dataset of [fromBytes, fromTensor]) {
      expect(dataset.length).toBe(5);
      expect([dataset.images.shape, dataset.images.dtype]).toEqual([[5, 3, 2, 2], "uint8"]);
      expect(Array.from(dataset.images.bytes())).toEqual(Array.from(images));
    }
  });

  it("prints what it is, not its pixels", () => {
    expect(inspect(new ImageDataset(good))).toBe("ImageDataset (5 images, uint8 [3, 2, 2], 3 classes)");
    const text = inspect(new torch.data.Shapes10({ limit: 20 }));
    expect(text).toContain("train: ImageDataset (20 images, uint8 [3, 32, 32], 10 classes)");
    expect(text.split("\n").length).toBeLessThan(20);
  });

  it("gives single samples", () => {
    const [image, label] = new ImageDataset(good).get(3);
    expect(image.shape).toEqual([3, 2, 2]);
    expect(Array.from(image.bytes())).toEqual(Array.from(images.subarray(36, 48)));
    expect(label).toBe(1);
    expect(() => new ImageDataset(good).get(5)).toThrow(/index as an integer from 0 to 4/);
  });

  it("computes mean and std as torch does, in double precision", () => {
    const dataset = noiseImages(50, [3, 9, 7]);
    const scaled = dataset.images.to("float64").div(255);
    const mean = scaled.mean([0, 2, 3]).toArray() as number[];
    const std = scaled.std([0, 2, 3]).toArray() as number[];
    expect(dataset.mean).toEqual(mean.map((value) => expect.closeTo(value, 12)));
    expect(dataset.std).toEqual(std.map((value) => expect.closeTo(value, 12)));
  });

  it("takes 1 as the std of a channel that never changes", () => {
    const flat = new ImageDataset({ ...good, images: new Uint8Array(60).fill(51) });
    expect(flat.mean).toEqual([0.2, 0.2, 0.2].map((v) => expect.closeTo(v, 12)));
    expect(flat.std).toEqual([1, 1, 1]);
  });

  it("outlives the tidy scope that it was made in", () => {
    const dataset = torch.tidy(() => new ImageDataset(good));
    expect(dataset.images.isDisposed).toBe(false);
  });

  it("limit and subset take the right images, with the same mean and std", async () => {
    const dataset = numbered(10);
    const few = dataset.limit(4);
    expect(few.length).toBe(4);
    expect([few.mean, few.std]).toEqual([dataset.mean, dataset.std]);
    expect(Array.from(few.images.bytes())).toEqual(Array.from(dataset.images.bytes().subarray(0, 16)));
    expect(dataset.limit(99).length).toBe(10);
    const some = dataset.subset([7, 2, 2]);
    expect(await labelsOf(new DataLoader(some, { batchSize: 3 }))).toEqual([[7, 2, 2]]);
    expect(Array.from(some.images.bytes().subarray(0, 4))).toEqual(Array.from(dataset.images.bytes().subarray(28, 32)));
    expect(() => dataset.subset([10])).toThrow(/positions below 10, got 10/);
    expect(() => dataset.limit(0)).toThrow(/limit/);
  });

  it.each([
    ["bytes without a shape", { shape: undefined }, "E_ARG", /expected shape/],
    ["part of an image", { images: new Uint8Array(59) }, "E_ARG", /a multiple of 12 bytes .* got 59/],
    ["too few labels", { labels: [0, 1] }, "E_ARG", /expected 5 labels, one per image, got 2/],
    ["a label beyond the classes", { labels: [0, 1, 2, 3, 0] }, "E_DATA", /labels from 0 to 2, got 3 for image 3/],
    ["a negative label", { labels: [0, -1, 2, 1, 0] }, "E_DATA", /got -1 for image 1/],
    ["half a label", { labels: [0, 0.5, 2, 1, 0] }, "E_DATA", /got 0.5 for image 1/],
    ["a std of 0", { std: [1, 0, 1] }, "E_ARG", /std above 0/],
  ])("%s is an error", (_name, change, code, message) => {
    const make = () => new ImageDataset({ ...good, ...change } as unknown as torch.data.ImageDatasetOptions);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code }));
  });

  it("images of another dtype or rank are an error", () => {
    for (const wrong of [torch.zeros([5, 3, 2, 2]), torch.zeros([5, 3, 2], { dtype: "uint8" })]) {
      expect(() => new ImageDataset({ ...good, images: wrong })).toThrow(/uint8 tensor \[n, channels, height, width\]/);
    }
  });
});

describe("label noise", () => {
  const dataset = new ImageDataset({
    images: noise(3000),
    shape: [1, 1, 1],
    labels: range(3000).map((i) => i % 5),
    classes: ["a", "b", "c", "d", "e"],
  });
  const changed = (noisy: torch.data.ImageDataset) => range(3000).filter((i) => noisy.labels[i] !== dataset.labels[i]);

  it.each([0, 0.1, 0.4, 1 / 3, 1])("makes exactly a fraction %d of the labels wrong", (fraction) => {
    expect(changed(dataset.withLabelNoise({ fraction })).length).toBe(Math.round(fraction * 3000));
  });

  it("is given by its seed, and leaves the original alone", () => {
    const before = Array.from(dataset.labels);
    const [one, same, other] = [1, 1, 2].map((seed) => dataset.withLabelNoise({ fraction: 0.4, seed }));
    expect(Array.from(dataset.labels)).toEqual(before);
    expect(same!.labels).toEqual(one!.labels);
    expect(changed(other!)).not.toEqual(changed(one!));
  });

  it("goes to every other class alike", () => {
    const noisy = dataset.withLabelNoise({ fraction: 1, seed: 7 });
    const counts = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
    for (const [i, label] of noisy.labels.entries()) counts[dataset.labels[i]!]![label]!++;
    for (const [from, row] of counts.entries()) {
      expect(row[from]).toBe(0);
      for (const count of row.toSpliced(from, 1)) {
        expect(Math.abs(count - 150)).toBeLessThan(4 * Math.sqrt(600 * 0.25 * 0.75));
      }
    }
  });

  it.each([-0.1, 1.1, Number.NaN])("fraction %d is an error", (fraction) => {
    expect(() => dataset.withLabelNoise({ fraction })).toThrow(/label noise as a number from 0 to 1/);
  });
});
