import type { Tensor } from "../tensor.js";

/**
 * Anything with a length and samples. A sample is a list of columns: `[image, label]`, `[x, y]`, `[tokens, mask, target]`.
 *
 * {@link DataLoader} makes a batch of each column: tensors are stacked, typed arrays become rows of their own dtype, numbers
 * float32, bigints int64, booleans bool (see {@link collate}).
 *
 * @example
 * class Squares implements Dataset<[x: number, y: number]> {
 *   readonly length = 100;
 *   get(i: number): [number, number] {
 *     return [i / 100, (i / 100) ** 2];
 *   }
 * }
 */
export interface Dataset<Sample extends readonly unknown[] = readonly unknown[]> {
  readonly length: number;
  /** Sample `index`, from 0 to length - 1. May be asynchronous: a loader then works on `prefetch` batches at once. */
  get(index: number): Sample | Promise<Sample>;
  /** Whole batches at once, one tensor per column, where that is cheaper than single samples. */
  getBatch?(indices: Uint32Array): readonly Tensor[] | Promise<readonly Tensor[]>;
}

/**
 * A dataset whose samples go through `transform` each time they are asked for.
 *
 * @example
 * const scaled = torch.data.map(dataset, ([x, y]) => [x.div(255), y] as const);
 */
export function map<A extends readonly unknown[], B extends readonly unknown[]>(
  dataset: Dataset<A>,
  transform: (sample: A, index: number) => B | Promise<B>,
): Dataset<B> {
  return {
    get length() {
      return dataset.length;
    },
    get(index) {
      const sample = dataset.get(index);
      return sample instanceof Promise ? sample.then((s) => transform(s, index)) : transform(sample, index);
    },
  };
}
