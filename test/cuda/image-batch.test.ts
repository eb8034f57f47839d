import { expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";

test("a batch of the device's operator is bit-equal to the loader's", async () => {
  const bytes = Uint8Array.from({ length: 40 * 3 * 12 * 10 }, (_, i) => (i * 7919) % 256);
  const labels = Array.from({ length: 40 }, (_, i) => i % 3);
  const dataset = new torch.data.ImageDataset({ images: bytes, shape: [3, 12, 10], labels, classes: ["a", "b", "c"] });
  const augment = { padding: 4, flip: 0.5, cutout: { size: 6, probability: 0.5 } };
  for (const dtype of ["float32", "bfloat16", "float16", "float64"] as const) {
    for (const channelsLast of [false, true]) {
      const loader = new torch.data.DataLoader(dataset, {
        batchSize: 16,
        shuffle: true,
        augment,
        seed: 5,
        dtype,
        memoryFormat: channelsLast ? "channelsLast" : "contiguousFormat",
      });
      const order = torch.tensor(BigInt64Array.from(native.dataPermutation(40, 5, 0), BigInt));
      let position = 0;
      for await (const [x, y] of loader) {
        const [made, classes] = torch.data.imageBatch({
          images: dataset.images,
          labels: torch.tensor(BigInt64Array.from(labels, BigInt)),
          order,
          counters: torch.tensor([0n, BigInt(position)], { dtype: "int64" }),
          table: torch.data.valueTable(dataset.mean, dataset.std, dtype),
          count: x.size(0),
          augment,
          seed: 5,
          channelsLast,
        });
        expect(made.stride()).toEqual(x.stride());
        expect(made.equal(x)).toBe(true);
        expect(classes.equal(y)).toBe(true);
        position += x.size(0);
      }
      expect(position).toBe(40);
    }
  }
});

test("a loader of resident images gives the very batches of one whose threads make them", async () => {
  const bytes = Uint8Array.from({ length: 25 * 3 * 8 * 8 }, (_, i) => (i * 7919) % 256);
  const labels = Array.from({ length: 25 }, (_, i) => i % 3);
  const dataset = new torch.data.ImageDataset({ images: bytes, shape: [3, 8, 8], labels, classes: ["a", "b", "c"] });
  const options = { batchSize: 10, shuffle: true, augment: true, seed: 2, dtype: "bfloat16" } as const;
  const [threads, resident] = [false, true].map(
    (isResident) => new torch.data.DataLoader(dataset, { ...options, resident: isResident }),
  );
  const epoch = async (loader: typeof threads) => {
    const out: torch.Tensor[] = [];
    for await (const [x, y] of loader!) out.push(x, y);
    return out;
  };
  for (let t = 0; t < 2; t++) {
    const [a, b] = [await epoch(threads), await epoch(resident)];
    expect(b).toHaveLength(6);
    expect(b.map((tensor, i) => tensor.equal(a[i]!))).toEqual(b.map(() => true));
  }
  // In the middle of an epoch, from a checkpoint.
  resident!.loadStateDict({ ...threads!.stateDict(), epoch: 1, position: 2 });
  const rest = await epoch(resident);
  expect(rest.map((t) => t.shape[0])).toEqual([5, 5]);
});

test("imageBatch refuses what does not fit", () => {
  const given = {
    images: torch.zeros([4, 3, 5, 5]).to("uint8"),
    labels: torch.tensor([0n, 1n, 2n, 3n]),
    order: torch.tensor([3n, 2n, 1n, 9n]),
    counters: torch.tensor([0n, 0n]),
    table: torch.data.valueTable([0, 0, 0], [1, 1, 1]),
    count: 2,
  };
  const message = (options: object) => errorOf(() => torch.data.imageBatch({ ...given, ...options })).message;
  expect(torch.data.imageBatch(given)[1].toArray()).toEqual([3n, 2n].map(Number));
  expect(message({ count: 4 })).toMatch(/^\[imageBatch\] expected image numbers below 4, got 9/);
  expect(message({ counters: torch.tensor([0n, 3n]) })).toMatch(/expected a batch inside the order's 4 images/);
  expect(message({ images: torch.zeros([4, 3, 5, 5]) })).toMatch(/uint8/);
  expect(message({ labels: torch.tensor([0n]) })).toMatch(/one label per image/);
  expect(message({ table: torch.zeros([3, 255]) })).toMatch(/\[channels, 256\]/);
  expect(message({ count: -1 })).toMatch(/expected count as an integer of at least 0/);
  expect(errorOf(() => torch.data.valueTable([1], [])).code).toBe("E_ARG");
});
