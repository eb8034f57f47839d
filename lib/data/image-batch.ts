import type { DType } from "../dtype.js";
import { Operator } from "../ops/operator.js";
import type { Tensor } from "../tensor.js";

const batchOperator = new Operator("imageBatch", "sam_torch::image_batch");
const tableOperator = new Operator("valueTable", "sam_torch::value_table");

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
  /** As the loader's augmentation; default none. */
  augment?: { padding?: number; flip?: number; cutout?: number; cutoutProbability?: number };
  /** Default 0. */
  seed?: number;
  /** Default false. */
  channelsLast?: boolean;
}

/**
 * A batch from images that stay on the device: gather, zero-pad and crop, flip, normalise, cast, cut out and lay out, in one pass.
 *
 * Draws the random numbers of `DataLoader`, so that batches are bit-equal to its own whichever device makes them.
 *
 * @returns images [count, channels, height, width] and labels [count]
 * @throws TorchError `E_TORCH` for wrong shapes, dtypes or devices; on the CPU also for images that do not exist
 *
 * @example
 * const order = torch.randperm(n).cuda();
 * const counters = torch.tensor([0n, 0n]).cuda(); // epoch 0, from the first image
 * const [x, y] = torch.data.imageBatch({ images, labels, order, counters, table, count: 128, channelsLast: true });
 */
export function imageBatch(options: ImageBatchOptions): [images: Tensor, labels: Tensor] {
  const { images, labels, order, counters, table, count, augment = {}, seed = 0, channelsLast = false } = options;
  const { padding = 0, flip = 0, cutout = 0, cutoutProbability = 0 } = augment;
  return batchOperator.call([
    images,
    labels,
    order,
    counters,
    table,
    count,
    padding,
    flip,
    cutout,
    cutoutProbability,
    seed,
    channelsLast,
  ]) as [Tensor, Tensor];
}

/**
 * The normalised value of each byte, (byte / 255 - mean) / std in float32 and then cast: [channels, 256].
 *
 * @example
 * const table = torch.data.valueTable(train.mean, train.std, "bfloat16").to("cuda");
 */
export function valueTable(mean: readonly number[], std: readonly number[], dtype: DType = "float32"): Tensor {
  return tableOperator.call([mean, std, dtype]) as Tensor;
}
