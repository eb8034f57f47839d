import { type Device, parseDevice } from "../device.js";
import { type DType, dtypeCode, type MemoryFormat } from "../dtype.js";
import { badArgument, TorchError } from "../errors.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { checkOptions, type Defaults } from "../options.js";
import type { Tensor } from "../tensor.js";
import { handleOf } from "../tensor-base.js";
import { type Augmentation, type AugmentSpec, augmentSpec } from "./augmentation.js";
import type { BatchPlan, BatchStream } from "./batch-stream.js";
import { integer } from "./checks.js";
import { type Collate, collateFrom } from "./collate.js";
import type { Dataset } from "./dataset.js";
import { ImageDataset } from "./image-dataset.js";
import { NativeBatches } from "./native-batches.js";
import { ResidentBatches } from "./resident-batches.js";
import { SampleBatches } from "./sample-batches.js";
import { chosenBy, fromSampler, Sampler } from "./sampler.js";
import { TensorDataset } from "./tensor-dataset.js";

/** How a {@link DataLoader} goes through its dataset. */
export interface DataLoaderOptions<Sample extends readonly unknown[] = readonly unknown[]> {
  /** Samples per batch. Default 1. */
  batchSize?: number;
  /** A new random order each epoch, given by `seed` and the epoch's number. Default false. */
  shuffle?: boolean;
  /** Of the order and of augmentation. Default 0. Independent of `torch.manualSeed`. */
  seed?: number;
  /** Leaves out the last batch of an epoch when it is smaller. Default false. */
  dropLast?: boolean;
  /** Which samples an epoch takes, in order, instead of all of them: a {@link Sampler}, or a function of the epoch. Not together with `shuffle`. */
  sampler?: Sampler | ((epoch: number) => ArrayLike<number>);
  /** Batches made ahead, on native threads for images and tensors. Default 2; 0 makes each when it is asked for. */
  prefetch?: number;
  /** Native threads that make them. Default 1, which is enough for 100,000 small images a second. */
  workers?: number;
  /** Where batches go. Default: where the dataset has them. For a GPU they travel through pinned memory. */
  device?: Device;
  /**
   * Images only: the dataset's bytes are copied to `device` once and stay there, and a kernel makes each batch from them: nothing travels
   * in the training loop. The batches are the same, bit for bit. Default false, since the device must have room for all of them.
   */
  resident?: boolean;
  /** Makes a batch of samples, for datasets of your own. Default `torch.data.collate`. */
  collate?: Collate<Sample>;
  /** The dtypes of columns, for datasets of your own: `[undefined, "int64"]` for a column of class numbers behind another. */
  dtypes?: readonly (DType | undefined)[];
  /** Images only. True is {@link standardAugmentation}. Default false. */
  augment?: boolean | Augmentation;
  /** Images only. Default: the dataset's mean and std; false gives values from 0 to 1. */
  normalize?: { mean: readonly number[]; std: readonly number[] } | false;
  /** Images only: float32 (default), bfloat16, float16 or float64. */
  dtype?: DType;
  /** Images only: `"channelsLast"` or `"contiguousFormat"` (default). */
  memoryFormat?: MemoryFormat;
}

/** One tensor per column, freed with `dispose()`, with `using`, or like any tensor when nothing refers to it. */
export type Batch<Sample extends readonly unknown[]> = { -readonly [Column in keyof Sample]: Tensor } & {
  dispose(): void;
  [Symbol.dispose](): void;
};

/** Where a loader stands; plain JSON. */
export interface DataLoaderState {
  epoch: number;
  /** Batches of this epoch that have been handed out. */
  position: number;
  seed: number;
  batchSize: number;
  samples: number;
  shuffle: boolean;
  dropLast: boolean;
}

const IMAGES_ONLY = ["augment", "normalize", "dtype", "memoryFormat", "resident"] as const;
const OWN_ONLY = ["collate", "dtypes"] as const;
const OPTIONS: Defaults<DataLoaderOptions> = {
  batchSize: 1,
  shuffle: false,
  seed: 0,
  dropLast: false,
  sampler: null,
  prefetch: 2,
  workers: 1,
  device: null,
  resident: false,
  collate: null,
  dtypes: null,
  augment: null,
  normalize: null,
  dtype: null,
  memoryFormat: null,
};

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
export class DataLoader<Sample extends readonly unknown[]> implements AsyncIterable<Batch<Sample>> {
  readonly dataset: Dataset<Sample>;
  readonly batchSize: number;
  readonly #options: DataLoaderOptions<Sample>;
  readonly #seed: number;
  readonly #prefetch: number;
  readonly #augment: AugmentSpec;
  #epoch = 0;
  #position = 0;
  /** An epoch was begun and neither finished nor loaded: the next one is another. */
  #begun = false;
  #iterator = 0;

  constructor(dataset: Dataset<Sample>, options: DataLoaderOptions<Sample> = {}) {
    expectDataset(dataset);
    checkOptions<DataLoaderOptions>("DataLoader", options as DataLoaderOptions, OPTIONS);
    this.dataset = dataset;
    this.#options = { ...options };
    this.batchSize = integer("DataLoader", "batchSize", options.batchSize ?? 1, 1);
    this.#seed = integer("DataLoader", "seed", options.seed ?? 0, 0);
    this.#prefetch = integer("DataLoader", "prefetch", options.prefetch ?? 2, 0, 4096);
    integer("DataLoader", "workers", options.workers ?? 1, 1, 256);
    this.#augment = augmentSpec("DataLoader", options.augment ?? false);
    if (options.sampler !== undefined && options.shuffle === true) {
      badArgument("[DataLoader] expected either shuffle or sampler, got both");
    }
    if (
      options.sampler !== undefined &&
      !(options.sampler instanceof Sampler) &&
      typeof options.sampler !== "function"
    ) {
      badArgument(
        `[DataLoader] expected sampler to be a Sampler or a function of the epoch, got ${describeValue(options.sampler)}`,
      );
    }
    const isImages = dataset instanceof ImageDataset;
    for (const name of IMAGES_ONLY) {
      if (!isImages && options[name] !== undefined) {
        badArgument(
          `[DataLoader] expected an ImageDataset for option ${name}`,
          "transform samples with torch.data.map()",
        );
      }
    }
    if (isImages || dataset instanceof TensorDataset) {
      for (const name of OWN_ONLY) {
        if (options[name] !== undefined) badArgument(`[DataLoader] expected a dataset of your own for option ${name}`);
      }
    }
    checkImageOptions(options);
    if (options.device !== undefined) parseDevice(options.device);
  }

  /** Batches per epoch. */
  get length(): number {
    return this.#batches(this.#samples());
  }
  /** The number of the epoch at hand, or of the next one after a whole epoch; from 0. */
  get epoch(): number {
    return this.#epoch;
  }

  stateDict(): DataLoaderState {
    const { shuffle = false, dropLast = false } = this.#options;
    return {
      epoch: this.#epoch,
      position: this.#position,
      seed: this.#seed,
      batchSize: this.batchSize,
      samples: this.#samples(),
      shuffle,
      dropLast,
    };
  }

  /**
   * The next `for await` goes on where `state` was taken.
   *
   * @throws TorchError `E_CHECKPOINT` when it stands in the middle of an epoch of a loader that was made otherwise
   */
  loadStateDict(state: DataLoaderState): void {
    const epoch = integer("DataLoader", "state.epoch", state.epoch, 0, 0xffffffff);
    const position = integer("DataLoader", "state.position", state.position, 0);
    const own = this.stateDict();
    for (const name of ["seed", "batchSize", "samples", "shuffle", "dropLast"] as const) {
      if (position > 0 && state[name] !== own[name]) {
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

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch<Sample>, void, undefined> {
    if (this.#begun) {
      this.#epoch++;
      this.#position = 0;
    }
    this.#begun = true;
    const self = ++this.#iterator; // of several at once, the last one begun is what stateDict() tells of
    let position = this.#position;
    const order = this.#order(this.#epoch);
    const stream = this.#open({
      order,
      batchSize: this.batchSize,
      first: position,
      last: this.#batches(order.length),
      prefetch: this.#prefetch,
    });
    try {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const tensors = await stream.next();
        if (tensors === undefined) break;
        position++;
        if (self === this.#iterator) this.#position = position;
        yield batchOf<Sample>(tensors);
      }
    } catch (error) {
      throw this.#options.sampler === undefined ? error : fromSampler(error);
    } finally {
      stream.close();
    }
    if (self === this.#iterator) {
      this.#epoch++;
      this.#position = 0;
      this.#begun = false;
    }
  }

  #samples(): number {
    const { sampler } = this.#options;
    if (sampler === undefined) return this.dataset.length;
    return (sampler instanceof Sampler ? sampler : sampler(this.#epoch)).length;
  }

  #batches(samples: number): number {
    const whole = samples / this.batchSize;
    return this.#options.dropLast === true ? Math.floor(whole) : Math.ceil(whole);
  }

  #order(epoch: number): Uint32Array {
    const { sampler, shuffle } = this.#options;
    const n = this.dataset.length;
    if (sampler !== undefined) return chosenBy(sampler, epoch);
    return shuffle === true
      ? native.dataPermutation(n, this.#seed, epoch)
      : Uint32Array.from({ length: n }, (_, i) => i);
  }

  #open(plan: BatchPlan): BatchStream {
    const { dataset } = this;
    const { device, workers = 1 } = this.#options;
    const common = { ...plan, workers, pinned: device?.startsWith("cuda") === true };
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
      const loader = native.dataOpenImages(handleOf(dataset.images), dataset.labels, plan.order, {
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
        return new NativeBatches(native.dataOpenRows(columns.map(handleOf), plan.order, common), device ?? "cpu");
      }
    }
    const own = this.#options.collate as Collate | undefined;
    const { dtypes = [] } = this.#options;
    return new SampleBatches(
      dataset,
      plan,
      (samples, indices) => (own === undefined ? collateFrom(samples, dtypes, indices) : own(samples)),
      device,
    );
  }
}

/** Refuses what has no samples: a list has a length, but no `get`. */
function expectDataset(given: unknown): void {
  const { length, get } = (given ?? {}) as Partial<Dataset>;
  if (typeof length === "number" && typeof get === "function") return;
  badArgument(
    `[DataLoader] expected a dataset with length and get(index), got ${describeValue(given)}`,
    Array.isArray(given)
      ? "{ length: list.length, get: (i) => [list[i]] }"
      : "a TensorDataset, an ImageDataset, or one of your own",
  );
}

type ImageOptions = Pick<DataLoaderOptions, "normalize" | "dtype" | "memoryFormat">;

function checkImageOptions({ normalize, dtype = "float32", memoryFormat = "contiguousFormat" }: ImageOptions): void {
  if (!["float32", "bfloat16", "float16", "float64"].includes(dtype)) {
    badArgument(`[DataLoader] expected dtype float32, bfloat16, float16 or float64, got ${describeValue(dtype)}`);
  }
  if (!["contiguousFormat", "channelsLast"].includes(memoryFormat)) {
    badArgument(
      `[DataLoader] expected memoryFormat contiguousFormat or channelsLast, got ${describeValue(memoryFormat)}`,
    );
  }
  if (normalize) checkOptions("DataLoader.normalize", normalize, { mean: null, std: null });
  const std = normalize ? normalize.std : [];
  if (std.some((value) => !(value > 0))) {
    badArgument(`[DataLoader] expected normalize.std above 0, got [${std.join(", ")}]`);
  }
}

function batchOf<Sample extends readonly unknown[]>(tensors: readonly Tensor[]): Batch<Sample> {
  const batch = [...tensors];
  const dispose = (): void => {
    for (const tensor of tensors) tensor.dispose();
  };
  // Not enumerable: a batch prints, spreads and compares as the array it is.
  Object.defineProperties(batch, { dispose: { value: dispose }, [Symbol.dispose]: { value: dispose } });
  return batch as unknown as Batch<Sample>;
}
