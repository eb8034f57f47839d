import { type Device, parseDevice } from "../device.js";
import type { DType, MemoryFormat } from "../dtype.js";
import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { checkOptions, type Defaults } from "../options.js";
import type { Augmentation } from "./augmentation.js";
import type { Collatable, Columns } from "./batch.js";
import { type BatchLists, BatchSampler, checkBatchLists } from "./batch-sampler.js";
import type { Collate } from "./collate.js";
import type { Dataset } from "./dataset.js";
import { ImageDataset } from "./image-dataset.js";
import { Sampler } from "./sampler.js";
import { TensorDataset } from "./tensor-dataset.js";

/** How a {@link DataLoader} goes through its dataset. */
export interface DataLoaderOptions<
  Sample extends readonly unknown[] = readonly unknown[],
  Made extends Collatable = Columns<Sample>,
> {
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
  /**
   * Which samples each batch of an epoch takes, in batches of any sizes: a {@link BatchSampler}, lists of positions, or a function of the
   * epoch that gives such lists. Not together with `batchSize`, `shuffle`, `sampler` or `dropLast`. A saved loader goes on with the same
   * batches where these are the same for an epoch whenever they are asked for.
   */
  batchSampler?: BatchLists;
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
  /**
   * Makes a batch of samples, for datasets of your own: a list, a plain object or a single tensor, or a promise of one. The batch is what
   * it gives: the tensors in it, also those of lists and plain objects inside, go to `device` and are freed by the batch's `dispose()`;
   * texts, numbers and all else stay as they are. Default `torch.data.collate`, or the dataset's `getBatch` where it has one.
   *
   * @example
   * const collate = (samples) => ({ x: torch.stack(samples.map(([x]) => x)), names: samples.map(([, name]) => name) });
   * for await (const { x, names } of new torch.data.DataLoader(dataset, { batchSize: 4, collate })) console.log(x.shape, names);
   */
  collate?: Collate<Sample, Made>;
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

const IMAGES_ONLY = ["augment", "normalize", "dtype", "memoryFormat", "resident"] as const;
const NOT_WITH_LISTS = ["batchSize", "shuffle", "sampler", "dropLast"] as const;
const OWN_ONLY = ["collate", "dtypes"] as const;
/** @internal */
export const LOADER_OPTIONS: Defaults<DataLoaderOptions> = {
  batchSize: 1,
  shuffle: false,
  seed: 0,
  dropLast: false,
  sampler: null,
  batchSampler: null,
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

/** @internal Refuses values that do not fit each other, or the dataset. */
export function checkLoaderOptions(dataset: Dataset<readonly unknown[]>, options: DataLoaderOptions): void {
  if (options.sampler !== undefined && options.shuffle === true) {
    badArgument("[DataLoader] expected either shuffle or sampler, got both");
  }
  if (options.sampler !== undefined && !(options.sampler instanceof Sampler) && typeof options.sampler !== "function") {
    badArgument(
      `[DataLoader] expected sampler to be a Sampler or a function of the epoch, got ${describeValue(options.sampler)}`,
      (options.sampler as unknown) instanceof BatchSampler ? "pass it as batchSampler" : undefined,
    );
  }
  if (options.batchSampler !== undefined) {
    for (const name of NOT_WITH_LISTS) {
      if (options[name] === undefined || options[name] === false) continue;
      badArgument(
        `[DataLoader] expected either batchSampler or ${name}, got both`,
        "new torch.data.BatchSampler(sampler, batchSize, dropLast) has them all",
      );
    }
    checkBatchLists(options.batchSampler);
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
  if (options.collate !== undefined && typeof options.collate !== "function") {
    badArgument(`[DataLoader] expected collate to be a function of samples, got ${describeValue(options.collate)}`);
  }
  checkImageOptions(options);
  if (options.device !== undefined) parseDevice(options.device);
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

/** @internal Refuses what has no samples: a list has a length, but no `get`. */
export function expectDataset(given: unknown): void {
  const { length, get } = (given ?? {}) as Partial<Dataset>;
  if (typeof length === "number" && typeof get === "function") return;
  badArgument(
    `[DataLoader] expected a dataset with length and get(index), got ${describeValue(given)}`,
    Array.isArray(given)
      ? "{ length: list.length, get: (i) => [list[i]] }"
      : "a TensorDataset, an ImageDataset, or one of your own",
  );
}
