/**
 * Images per second of the data path alone: the reference's augmentation of 32x32 RGB images, as the loader gives them out.
 *
 *     npx tsx bench/data.ts            # Shapes10, batch 128
 *
 * "alone" means that nothing else uses the cores. In training the loader's one thread runs beside the step; what counts there
 * is the last column, the time of one batch, against the time of a step.
 */
import { parseArgs } from "node:util";
import * as torch from "../lib/index.js";

const { values } = parseArgs({
  options: {
    "batch-size": { type: "string", default: "128" },
    epochs: { type: "string", default: "5" },
    repeats: { type: "string", default: "5" },
  },
});
const batchSize = Number(values["batch-size"]);
const epochs = Number(values.epochs);
const repeats = Number(values.repeats);

const { train } = new torch.data.Shapes10();

async function imagesPerSecond(options: torch.data.DataLoaderOptions<[torch.Tensor, number]>): Promise<number> {
  const loader = new torch.data.DataLoader(train, { batchSize, shuffle: true, augment: true, ...options });
  let images = 0;
  const start = performance.now();
  for (let epoch = 0; epoch < epochs; epoch++) {
    for await (const batch of loader) {
      images += batch[0].shape[0]!;
      batch.dispose();
    }
  }
  return (images / (performance.now() - start)) * 1000;
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
const rows: Record<string, string | number>[] = [];
for (const workers of [0, 1, 2]) {
  for (const dtype of ["bfloat16", "float32"] as const) {
    for (const memoryFormat of ["channelsLast", "contiguousFormat"] as const) {
      const options = { dtype, memoryFormat, prefetch: workers === 0 ? 0 : 4, workers: Math.max(1, workers) };
      await imagesPerSecond(options); // warm up
      const runs: number[] = [];
      for (let i = 0; i < repeats; i++) runs.push(await imagesPerSecond(options));
      rows.push({
        threads: workers === 0 ? "none (in place)" : workers,
        dtype,
        memoryFormat,
        "images/s": Math.round(median(runs)),
        "min .. max": `${Math.round(Math.min(...runs))} .. ${Math.round(Math.max(...runs))}`,
        "ms/batch": ((batchSize / median(runs)) * 1000).toFixed(3),
      });
    }
  }
}
console.table(rows);
