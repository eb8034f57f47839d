import { badArgument } from "../errors.js";
import type { Generator } from "../generator.js";
import { randperm } from "../ops.generated.js";
import { checkOptions } from "../options.js";
import { tidy } from "../tidy.js";
import type { Dataset } from "./dataset.js";
import { ImageDataset } from "./image-dataset.js";
import { Subset } from "./subset.js";

/** Option of {@link randomSplit}. */
export interface RandomSplitOptions {
  /** Default: the default generator of the CPU, which `torch.manualSeed` seeds. */
  generator?: Generator;
}

/** As many parts as lengths, where their number is known. */
type PartPerLength<Lengths extends readonly number[], Part> = { -readonly [I in keyof Lengths]: Part };

/**
 * Parts of a dataset that do not overlap, chosen at random. Images stay image datasets, with native augmentation.
 *
 * @param lengths how many samples each part has, or fractions that add up to 1; what rounding leaves over goes to the first ones
 * @throws TorchError `E_ARG` for lengths that do not add up to the dataset's
 *
 * @example
 * const [train, validation] = torch.data.randomSplit(dataset, [0.9, 0.1]);
 */
export function randomSplit<const L extends readonly number[]>(
  dataset: ImageDataset,
  lengths: L,
  options?: RandomSplitOptions,
): PartPerLength<L, ImageDataset>;
export function randomSplit<S extends readonly unknown[], const L extends readonly number[]>(
  dataset: Dataset<S>,
  lengths: L,
  options?: RandomSplitOptions,
): PartPerLength<L, Subset<S>>;
export function randomSplit(dataset: Dataset, lengths: readonly number[], options?: RandomSplitOptions): Dataset[] {
  checkOptions("randomSplit", options, { generator: null });
  const sizes = sizesOf(dataset.length, lengths);
  const order = tidy(() =>
    Array.from(randperm(dataset.length, { generator: options?.generator ?? null, dtype: "int64" }).dataSync(), Number),
  );
  let start = 0;
  return sizes.map((size) => {
    const part = order.slice(start, start + size);
    start += size;
    return dataset instanceof ImageDataset ? dataset.subset(part) : new Subset(dataset, part);
  });
}

function sizesOf(total: number, lengths: readonly number[]): number[] {
  const sum = lengths.reduce((a, b) => a + b, 0);
  const fractions = Math.abs(sum - 1) < 1e-9 && lengths.every((length) => length >= 0 && length <= 1);
  if (fractions && !(total === 1 && lengths.every(Number.isInteger))) {
    const sizes = lengths.map((fraction) => Math.floor(total * fraction));
    const left = total - sizes.reduce((a, b) => a + b, 0);
    for (let i = 0; i < left; i++) sizes[i % sizes.length]!++;
    return sizes;
  }
  if (sum !== total || !lengths.every((length) => Number.isInteger(length) && length >= 0)) {
    badArgument(
      `[randomSplit] expected lengths that add up to ${total}, or fractions to 1, got [${lengths.join(", ")}]`,
    );
  }
  return [...lengths];
}
