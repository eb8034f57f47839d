import type { Tensor } from "../tensor.js";

/** @internal Batches in order, made ahead of their use. */
export interface BatchStream {
  /** The next batch, one tensor per column, or undefined after the last. */
  next(): Promise<readonly Tensor[] | undefined>;
  /** Stops what is being made and frees it; a second call does nothing. */
  close(): void;
}

/** @internal Which batches of an epoch to make: numbers first .. last - 1 of `order` cut into pieces of `batchSize`. */
export interface BatchPlan {
  order: Uint32Array;
  batchSize: number;
  first: number;
  last: number;
  prefetch: number;
}

/** @internal */
export const indicesOf = ({ order, batchSize }: BatchPlan, batch: number): Uint32Array =>
  order.subarray(batch * batchSize, (batch + 1) * batchSize);
