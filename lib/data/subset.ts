import { badArgument } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { indexList } from "./checks.js";
import type { Dataset } from "./dataset.js";

/**
 * The samples of a dataset at these positions, in this order. Images keep their native augmentation with
 * `ImageDataset.subset()` instead.
 *
 * @throws TorchError `E_ARG` for a position that the dataset does not have
 * @example
 * const even = new torch.data.Subset(dataset, Array.from({ length: 50 }, (_, i) => 2 * i));
 */
export class Subset<S extends readonly unknown[]> implements Dataset<S> {
  readonly dataset: Dataset<S>;
  readonly indices: Uint32Array;
  /** Only where the dataset has it. */
  readonly getBatch?: (indices: Uint32Array) => readonly Tensor[] | Promise<readonly Tensor[]>;

  constructor(dataset: Dataset<S>, positions: ArrayLike<number>) {
    const chosen = indexList(positions, "Subset");
    const outside = chosen.find((position) => position >= dataset.length);
    if (outside !== undefined) badArgument(`[Subset] expected positions below ${dataset.length}, got ${outside}`);
    this.dataset = dataset;
    this.indices = chosen;
    if (dataset.getBatch !== undefined) {
      this.getBatch = (indices) => dataset.getBatch!(indices.map((i) => chosen[i]!));
    }
  }
  get length(): number {
    return this.indices.length;
  }
  get(index: number): S | Promise<S> {
    return this.dataset.get(this.indices[index]!);
  }
}

/** {@link Subset} as a function. */
export function subset<S extends readonly unknown[]>(dataset: Dataset<S>, positions: ArrayLike<number>): Subset<S> {
  return new Subset(dataset, positions);
}
