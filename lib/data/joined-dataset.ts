import { badArgument } from "../errors.js";
import { integer } from "./checks.js";
import type { Dataset } from "./dataset.js";

/**
 * Datasets one after the other.
 *
 * @example
 * const both = new torch.data.ConcatDataset([oldSamples, newSamples]);
 */
export class ConcatDataset<S extends readonly unknown[]> implements Dataset<S> {
  readonly datasets: readonly Dataset<S>[];
  /** How many samples there are up to the end of each dataset. */
  readonly cumulativeSizes: readonly number[];

  constructor(datasets: readonly Dataset<S>[]) {
    if (datasets.length === 0) badArgument("[ConcatDataset] expected at least one dataset, got none");
    this.datasets = [...datasets];
    let total = 0;
    this.cumulativeSizes = datasets.map((dataset) => {
      total += dataset.length;
      return total;
    });
  }
  get length(): number {
    return this.cumulativeSizes.at(-1)!;
  }
  get(index: number): S | Promise<S> {
    const i = integer("ConcatDataset", "index", index, 0, this.length - 1);
    const which = this.cumulativeSizes.findIndex((size) => i < size);
    return this.datasets[which]!.get(i - (this.cumulativeSizes[which - 1] ?? 0));
  }
}

type Joined<D extends readonly Dataset[]> = D extends readonly [Dataset<infer S>, ...infer Rest]
  ? Rest extends readonly Dataset[]
    ? [...S, ...Joined<Rest>]
    : never
  : D extends readonly []
    ? []
    : readonly unknown[];

/**
 * Datasets of one length side by side: sample i has the columns of each dataset's sample i.
 *
 * @throws TorchError `E_ARG` when their lengths differ
 * @example
 * const pairs = new torch.data.StackDataset(images, captions);
 */
export class StackDataset<D extends readonly Dataset[]> implements Dataset<Joined<D>> {
  readonly datasets: D;
  readonly length: number;

  constructor(...datasets: D) {
    const lengths = datasets.map((dataset) => dataset.length);
    if (datasets.length === 0 || lengths.some((length) => length !== lengths[0])) {
      badArgument(`[StackDataset] expected datasets of one length, got ${lengths.join(", ") || "none"}`);
    }
    this.datasets = datasets;
    this.length = lengths[0]!;
  }
  get(index: number): Joined<D> | Promise<Joined<D>> {
    const samples = this.datasets.map((dataset) => dataset.get(index));
    const joined = (parts: readonly (readonly unknown[])[]) => parts.flat(1) as unknown as Joined<D>;
    if (samples.some((sample) => sample instanceof Promise)) return Promise.all(samples).then(joined);
    return joined(samples as (readonly unknown[])[]);
  }
}
