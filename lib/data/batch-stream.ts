import { TorchError } from "../errors.js";

/** @internal Batches in order, made ahead of their use. */
export interface BatchStream {
  /** The next batch, a list with a tensor per column or what `collate` gave, or undefined after the last. */
  next(): Promise<object | undefined>;
  /** Stops what is being made and frees it; a second call does nothing. */
  close(): void;
}

/** @internal Which samples an epoch takes, in order, cut into batches of any sizes. */
export interface EpochOrder {
  order: Uint32Array;
  /** Where in `order` each batch begins, and where the last one ends: one more than there are batches. */
  bounds: Uint32Array;
  /** Who chose the samples, to end an error about one: `" from the sampler"`, for instance, or nothing. */
  from: string;
}

/** @internal Which batches of an epoch to make: from number `first` on. */
export interface BatchPlan extends EpochOrder {
  first: number;
  prefetch: number;
}

/** @internal How many batches of one size there are. */
export function countEqual(samples: number, batchSize: number, dropLast: boolean): number {
  const batches = samples / batchSize;
  return dropLast ? Math.floor(batches) : Math.ceil(batches);
}

/** @internal Their bounds. */
export function equalBounds(samples: number, batchSize: number, dropLast: boolean): Uint32Array {
  const length = 1 + countEqual(samples, batchSize, dropLast);
  return Uint32Array.from({ length }, (_, batch) => Math.min(batch * batchSize, samples));
}

/**
 * @internal The samples of a batch.
 *
 * @throws TorchError `E_DATA` for one that a dataset of this length does not have; native threads say the same
 */
export function samplesOf({ order, bounds, from }: EpochOrder, batch: number, length: number): Uint32Array {
  const indices = order.subarray(bounds[batch], bounds[batch + 1]);
  const outside = indices.find((index) => index >= length);
  if (outside !== undefined) {
    throw new TorchError("E_DATA", `[DataLoader] expected indices below ${length}, got ${outside}${from}`);
  }
  return indices;
}
