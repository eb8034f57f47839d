import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import type { EpochOrder } from "./batch-stream.js";
import { indexList, integer } from "./checks.js";
import { Sampler } from "./sampler.js";

/**
 * The positions of another sampler in lists of `batchSize`: for loops of your own, or as a loader's `batchSampler`.
 *
 * @example
 * for (const batch of new torch.data.BatchSampler(new torch.data.SequentialSampler(10), 3, false)) console.log(batch);
 */
export class BatchSampler implements Iterable<number[]> {
  readonly sampler: Iterable<number> & { readonly length: number };
  readonly batchSize: number;
  readonly dropLast: boolean;
  constructor(sampler: Iterable<number> & { readonly length: number }, batchSize: number, dropLast: boolean) {
    this.sampler = sampler;
    this.batchSize = integer("BatchSampler", "batchSize", batchSize, 1);
    this.dropLast = dropLast;
  }
  get length(): number {
    const batches = this.sampler.length / this.batchSize;
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }
  [Symbol.iterator](): IterableIterator<number[]> {
    return inLists(this.sampler, this);
  }
}

function* inLists(
  positions: Iterable<number>,
  { batchSize, dropLast }: Pick<BatchSampler, "batchSize" | "dropLast">,
): IterableIterator<number[]> {
  let batch: number[] = [];
  for (const index of positions) {
    batch.push(index);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0 && !dropLast) yield batch;
}

/** What a loader takes batches from: a {@link BatchSampler}, lists of positions, or a function of the epoch that gives such lists. */
export type BatchLists =
  | (Iterable<ArrayLike<number>> & { readonly length: number })
  | ((epoch: number) => Iterable<ArrayLike<number>>);

const FROM = " from the batchSampler";

/** @internal How many batches an epoch has. */
export function countLists(batchSampler: BatchLists, epoch: number): number {
  if (typeof batchSampler === "function") return [...listsOf(batchSampler, epoch)].length;
  return integer("DataLoader", "batchSampler.length", batchSampler.length, 0);
}

/** @internal The lists of an epoch, one behind the other. */
export function orderOfLists(batchSampler: BatchLists, epoch: number): EpochOrder {
  const lists = Array.from(listsOf(batchSampler, epoch), (list) => {
    if (typeof list !== "object" || typeof list?.length !== "number") expectLists(list);
    if (list.length === 0) badArgument(`[DataLoader] expected at least one position in a list, got none${FROM}`);
    return indexList(list, "DataLoader", FROM);
  });
  const bounds = new Uint32Array(lists.length + 1);
  lists.forEach((list, batch) => {
    bounds[batch + 1] = bounds[batch]! + list.length;
  });
  const order = new Uint32Array(bounds[lists.length]!);
  lists.forEach((list, batch) => void order.set(list, bounds[batch]));
  return { order, bounds, from: FROM };
}

function listsOf(batchSampler: BatchLists, epoch: number): Iterable<ArrayLike<number>> {
  if (typeof batchSampler === "function") {
    const lists = batchSampler(epoch);
    return isIterable(lists) ? lists : expectLists(lists);
  }
  // Looping over a sampler goes on to its next epoch each time; a loader that was saved must have this one. A class that loops in
  // another way knows itself what it gives.
  if (
    batchSampler instanceof BatchSampler &&
    batchSampler[Symbol.iterator] === BatchSampler.prototype[Symbol.iterator]
  ) {
    const { sampler } = batchSampler;
    return inLists(sampler instanceof Sampler ? Array.from(sampler.indices(epoch)) : sampler, batchSampler);
  }
  return batchSampler;
}

const isIterable = (value: unknown): value is Iterable<ArrayLike<number>> =>
  typeof value === "object" && value !== null && Symbol.iterator in value;

/** @internal Refuses what gives no lists, as far as can be told without asking it for some. */
export function checkBatchLists(given: unknown): void {
  if (typeof given === "function") return;
  if (!isIterable(given) || given instanceof Sampler) expectLists(given);
  if (typeof (given as { length?: unknown }).length !== "number") {
    badArgument(
      `[DataLoader] expected batchSampler to have a length, got ${describeValue(given)}`,
      "a function of the epoch that gives lists needs none",
    );
  }
}

function expectLists(got: unknown): never {
  badArgument(
    `[DataLoader] expected batchSampler to give lists of positions, got ${describeValue(got)}`,
    got instanceof Sampler
      ? "new torch.data.BatchSampler(sampler, batchSize, dropLast)"
      : "[[0, 1], [2, 3, 4]], or a function of the epoch that gives such lists",
  );
}
