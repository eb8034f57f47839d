import { expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";

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
          augment: { padding: 4, flip: 0.5, cutout: 6, cutoutProbability: 0.5 },
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
