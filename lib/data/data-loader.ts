import { dtypeCode } from "../dtype.js";
import { TorchError } from "../errors.js";
import { native } from "../native.js";
import { checkOptions } from "../options.js";
import type { Tensor } from "../tensor.js";
import { handleOf } from "../tensor-base.js";
import { type AugmentSpec, augmentSpec } from "./augmentation.js";
import { batchOf, type Collatable, type Collated, type Columns } from "./batch.js";
import { countLists, orderOfLists } from "./batch-sampler.js";
import { type BatchPlan, type BatchStream, countEqual, type EpochOrder, equalBounds } from "./batch-stream.js";
import { integer } from "./checks.js";
import { checkLoaderOptions, type DataLoaderOptions, expectDataset, LOADER_OPTIONS } from "./data-loader-options.js";
import type { Dataset } from "./dataset.js";
import { ImageDataset } from "./image-dataset.js";
import { NativeBatches } from "./native-batches.js";
import { ResidentBatches } from "./resident-batches.js";
import { SampleBatches } from "./sample-batches.js";
import { chosenBy, Sampler } from "./sampler.js";
import { TensorDataset } from "./tensor-dataset.js";

/** Where a loader stands; plain JSON. */
export interface DataLoaderState {
  epoch: number;
  /** Batches of this epoch that have been handed out. */
  position: number;
  seed: number;
  /** 0 with a `batchSampler`. */
  batchSize: number;
  /** How many an epoch takes; with a `batchSampler` how many the dataset has. */
  samples: number;
  shuffle: boolean;
  dropLast: boolean;
  /** With a `batchSampler`: how many it has for the epoch. */
  batches?: number;
}

/**
 * Goes through a dataset in batches, made ahead on native threads while the training step runs.
 *
 * Each `for await` is one epoch, and gives the event loop a turn per batch. Leaving it early ends the threads. `stateDict()`
 * in the loop is the position after the batch in hand; a loader made alike that loads it goes on with the very same batches.
 *
 * @throws TorchError `E_ARG` for options that do not fit, `E_DATA` in the loop for samples that do not
 *
 * @example
 * const { train } = new torch.data.Shapes10();
 * const loader = new torch.data.DataLoader(train, { batchSize: 128, shuffle: true, augment: true });
 * for await (const [x, y] of loader) {
 *   // x: float32 [128, 3, 32, 32], y: int64 [128]
 * }
 */
export class DataLoader<Sample extends readonly unknown[], Made extends Collatable = Columns<Sample>>
  implements AsyncIterable<Collated<Made>>
{
  readonly dataset: Dataset<Sample>;
  /** Samples per batch; 0 with a `batchSampler`, whose lists are of any sizes. */
  readonly batchSize: number;
  readonly #options: DataLoaderOptions<Sample, Made>;
  readonly #seed: number;
  readonly #prefetch: number;
  readonly #augment: AugmentSpec;
  #epoch = 0;
  #position = 0;
  /** An epoch was begun and neither finished nor loaded: the next one is another. */
  #begun = false;
  #iterator = 0;

  constructor(dataset: Dataset<Sample>, options: DataLoaderOptions<Sample, Made> = {}) {
    expectDataset(dataset);
    checkOptions<DataLoaderOptions>("DataLoader", options as object, LOADER_OPTIONS);
    this.dataset = dataset;
    this.#options = { ...options };
    const hasLists = options.batchSampler !== undefined;
    this.batchSize = hasLists ? 0 : integer("DataLoader", "batchSize", options.batchSize ?? 1, 1);
    this.#seed = integer("DataLoader", "seed", options.seed ?? 0, 0);
    this.#prefetch = integer("DataLoader", "prefetch", options.prefetch ?? 2, 0, 4096);
    integer("DataLoader", "workers", options.workers ?? 1, 1, 256);
    this.#augment = augmentSpec("DataLoader", options.augment ?? false);
    checkLoaderOptions(dataset, options as object);
  }

  /** Batches per epoch. */
  get length(): number {
    const { batchSampler, dropLast = false } = this.#options;
    if (batchSampler !== undefined) return countLists(batchSampler, this.#epoch);
    return countEqual(this.#samples(this.#epoch), this.batchSize, dropLast);
  }
  /** The number of the epoch at hand, or of the next one after a whole epoch; from 0. */
  get epoch(): number {
    return this.#epoch;
  }

  stateDict(): DataLoaderState {
    return { epoch: this.#epoch, position: this.#position, ...this.#facts(this.#epoch) };
  }

  /**
   * The next `for await` goes on where `state` was taken.
   *
   * @throws TorchError `E_CHECKPOINT` when it stands in the middle of an epoch of a loader that was made otherwise
   */
  loadStateDict(state: DataLoaderState): void {
    const epoch = integer("DataLoader", "state.epoch", state.epoch, 0, 0xffffffff);
    const position = integer("DataLoader", "state.position", state.position, 0);
    const own = position > 0 ? this.#facts(epoch) : {};
    for (const name of Object.keys(own) as (keyof typeof own)[]) {
      if (state[name] !== own[name]) {
        throw new TorchError(
          "E_CHECKPOINT",
          `[DataLoader] expected ${name} ${state[name]}, as when the state was saved in the middle of an epoch, got ${own[name]}`,
          "make the loader with the same options, or begin with a whole epoch: { ...state, position: 0 }",
        );
      }
    }
    this.#epoch = epoch;
    this.#position = position;
    this.#begun = false;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Collated<Made>, void, undefined> {
    if (this.#begun) {
      this.#epoch++;
      this.#position = 0;
    }
    this.#begun = true;
    const self = ++this.#iterator; // of several at once, the last one begun is what stateDict() tells of
    let position = this.#position;
    const stream = this.#open({ ...this.#order(this.#epoch), first: position, prefetch: this.#prefetch });
    try {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const made = await stream.next();
        if (made === undefined) break;
        position++;
        if (self === this.#iterator) this.#position = position;
        yield batchOf(made as Made);
      }
    } finally {
      stream.close();
    }
    if (self === this.#iterator) {
      this.#epoch++;
      this.#position = 0;
      this.#begun = false;
    }
  }

  /** What must be the same for a loader to go on in the middle of this epoch. */
  #facts(epoch: number): Omit<DataLoaderState, "epoch" | "position"> {
    const { batchSampler, shuffle = false, dropLast = false } = this.#options;
    const facts = { seed: this.#seed, batchSize: this.batchSize, samples: this.#samples(epoch), shuffle, dropLast };
    return batchSampler === undefined ? facts : { ...facts, batches: countLists(batchSampler, epoch) };
  }

  #samples(epoch: number): number {
    const { sampler } = this.#options;
    if (sampler === undefined) return this.dataset.length;
    return (sampler instanceof Sampler ? sampler : sampler(epoch)).length;
  }

  #order(epoch: number): EpochOrder {
    const { sampler, batchSampler, shuffle, dropLast = false } = this.#options;
    if (batchSampler !== undefined) return orderOfLists(batchSampler, epoch);
    const n = this.dataset.length;
    const from = sampler === undefined ? "" : " from the sampler";
    const order =
      sampler !== undefined
        ? chosenBy(sampler, epoch, from)
        : shuffle === true
          ? native.dataPermutation(n, this.#seed, epoch)
          : Uint32Array.from({ length: n }, (_, i) => i);
    return { order, bounds: equalBounds(order.length, this.batchSize, dropLast), from };
  }

  #open(plan: BatchPlan): BatchStream {
    const { dataset } = this;
    const { device, workers = 1 } = this.#options;
    const { order, ...rest } = plan;
    const common = { ...rest, workers, pinned: device?.startsWith("cuda") === true };
    if (dataset instanceof ImageDataset) {
      const { normalize, dtype = "float32", memoryFormat = "contiguousFormat" } = this.#options;
      const plain = { mean: dataset.mean.map(() => 0), std: dataset.std.map(() => 1) };
      const { mean, std } = normalize === false ? plain : (normalize ?? dataset);
      if (this.#options.resident === true) {
        return new ResidentBatches(dataset, plan, {
          device: device ?? dataset.images.device,
          mean,
          std,
          dtype,
          channelsLast: memoryFormat === "channelsLast",
          augment: this.#options.augment ?? false,
          seed: this.#seed,
          epoch: this.#epoch,
        });
      }
      const loader = native.dataOpenImages(handleOf(dataset.images), dataset.labels, order, {
        ...common,
        ...this.#augment,
        mean: [...mean],
        std: [...std],
        dtype: dtypeCode(dtype),
        channelsLast: memoryFormat === "channelsLast",
        seed: this.#seed,
        epoch: this.#epoch,
      });
      return new NativeBatches(loader, device ?? "cpu");
    }
    if (dataset instanceof TensorDataset) {
      const columns: readonly Tensor[] = dataset.columns;
      if (columns.every((column) => column.device === "cpu")) {
        return new NativeBatches(native.dataOpenRows(columns.map(handleOf), order, common), device ?? "cpu");
      }
    }
    return new SampleBatches(dataset, plan, this.#options as object);
  }
}
