import { type DType, dtypeCode } from "../dtype.js";
import { badArgument } from "../errors.js";
import { native } from "../native.js";
import { type Defaults, expectOptions } from "../options.js";
import type { Tensor } from "../tensor.js";
import { handleOf, wrap } from "../tensor-base.js";
import { type Augmentation, augmentSpec } from "./augmentation.js";
import { integer } from "./checks.js";

/** What {@link imageBatch} works on; every tensor on one device. */
export interface ImageBatchOptions {
  /** uint8 [n, channels, height, width], contiguous: the whole data set. */
  images: Tensor;
  /** int64 [n]. */
  labels: Tensor;
  /** int64: the images of the epoch in their order. On CUDA, numbers that do not exist give a black image and the class -1. */
  order: Tensor;
  /** int64 [2]: the epoch, and the place in `order` of the batch's first image. On the device, so that a CUDA graph can go on. */
  counters: Tensor;
  /** From {@link valueTable}; its dtype is the batch's. */
  table: Tensor;
  count: number;
  /** As the loader's; default false. */
  augment?: boolean | Augmentation;
  /** Default 0. */
  seed?: number;
  /** Default false. */
  channelsLast?: boolean;
}

const OPTIONS: Defaults<ImageBatchOptions> = {
  images: null,
  labels: null,
  order: null,
  counters: null,
  table: null,
  count: 0,
  augment: null,
  seed: 0,
  channelsLast: false,
};

/**
 * A batch from images that stay on the device: gather, zero-pad and crop, flip, normalise, cast, cut out and lay out, in one pass.
 *
 * Draws the random numbers of `DataLoader`, so that batches are bit-equal to its own whichever device makes them.
 *
 * @returns images [count, channels, height, width] and labels [count]
 * @throws TorchError `E_ARG` for wrong shapes, dtypes or devices; on the CPU also for images that do not exist
 *
 * @example
 * const order = torch.randperm(n).cuda();
 * const counters = torch.tensor([0n, 0n]).cuda(); // epoch 0, from the first image
 * const [x, y] = torch.data.imageBatch({ images, labels, order, counters, table, count: 128, channelsLast: true });
 */
export function imageBatch(options: ImageBatchOptions): [images: Tensor, labels: Tensor] {
  expectOptions("imageBatch", options, OPTIONS);
  const { images, labels, order, counters, table, augment = false, channelsLast = false } = options;
  const count = integer("imageBatch", "count", options.count, 0);
  const seed = integer("imageBatch", "seed", options.seed ?? 0, 0);
  const { padding, flip, cutout, cutoutProbability } = augmentSpec("imageBatch", augment);
  const [x, y] = native.dataImageBatch(
    handleOf(images),
    handleOf(labels),
    handleOf(order),
    handleOf(counters),
    handleOf(table),
    count,
    padding,
    flip,
    cutout,
    cutoutProbability,
    seed,
    channelsLast,
  );
  return [wrap(x), wrap(y)];
}

/**
 * The normalised value of each byte, (byte / 255 - mean) / std in float32 and then cast: [channels, 256].
 *
 * @example
 * const table = torch.data.valueTable(train.mean, train.std, "bfloat16").to("cuda");
 */
export function valueTable(mean: readonly number[], std: readonly number[], dtype: DType = "float32"): Tensor {
  if (mean.length === 0 || mean.length !== std.length) {
    badArgument(`[valueTable] expected as many numbers in mean as in std, got ${mean.length} and ${std.length}`);
  }
  return wrap(native.dataValueTable(Float64Array.from(mean), Float64Array.from(std), dtypeCode(dtype)));
}
