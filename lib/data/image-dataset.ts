import { tensor } from "../creation.js";
import { badArgument, TorchError } from "../errors.js";
import { inspectSymbol } from "../inspect-symbol.js";
import { native } from "../native.js";
import { type Defaults, expectOptions, settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { handleOf, isTensor } from "../tensor-base.js";
import { keep } from "../tidy.js";
import { indexList, integer, probability } from "./checks.js";
import type { Dataset } from "./dataset.js";

/** What an {@link ImageDataset} is made from. */
export interface ImageDatasetOptions {
  /** uint8 tensor [n, channels, height, width] on the CPU, or its bytes together with `shape`. */
  images: Tensor | Uint8Array;
  /** [channels, height, width], for bytes. */
  shape?: readonly [channels: number, height: number, width: number];
  /** One class number per image. */
  labels: ArrayLike<number>;
  /** The classes' names; their number bounds the labels. */
  classes: readonly string[];
  /** Per channel, of values in [0, 1]. Default: computed from these images. A test set takes its training set's. */
  mean?: readonly number[];
  std?: readonly number[];
}

/** Which share of the labels is wrong, and the seed of the choice. */
export interface LabelNoise {
  fraction: number;
  seed?: number;
}

const IMAGES: Defaults<ImageDatasetOptions> = {
  images: null,
  shape: null,
  labels: null,
  classes: null,
  mean: null,
  std: null,
};
const NOISE: Required<LabelNoise> = { fraction: 0, seed: 0 };

/**
 * Images as bytes, with labels: what the native augmentation works on. The bytes lie once in LibTorch's memory, where
 * loaders' threads read them; nothing is copied per epoch.
 *
 * @throws TorchError `E_ARG` for a wrong shape or dtype, `E_DATA` for a label that is no class
 * @example
 * const images = new Uint8Array(100 * 3 * 32 * 32);
 * const labels = Array.from({ length: 100 }, (_, i) => i % 2);
 * const train = new torch.data.ImageDataset({ images, shape: [3, 32, 32], labels, classes: ["cat", "dog"] });
 */
export class ImageDataset implements Dataset<[image: Tensor, label: number]> {
  /** uint8 [n, channels, height, width]. */
  readonly images: Tensor;
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  /** Per channel, of values in [0, 1]: what a loader subtracts. */
  readonly mean: readonly number[];
  /** And what it then divides by. 1 for a channel that never changes. */
  readonly std: readonly number[];

  constructor(options: ImageDatasetOptions) {
    expectOptions("ImageDataset", options, IMAGES);
    const { images, shape, labels, classes } = options;
    let { mean, std } = options;
    this.images = keep(isTensor(images) ? images : fromBytes(images, shape));
    this.labels = Int32Array.from(labels);
    this.classes = [...classes];
    checkLabels(labels, this.labels, this.classes.length);
    if (this.labels.length !== this.images.size(0)) {
      badArgument(
        `[ImageDataset] expected ${this.images.size(0)} labels, one per image, got ${this.labels.length}`,
        "images have the shape [n, channels, height, width]",
      );
    }
    if (mean === undefined || std === undefined) {
      const found = native.dataStatistics(handleOf(this.images));
      mean ??= found.slice(0, found.length / 2);
      std ??= found.slice(found.length / 2).map((value) => (value > 0 ? value : 1));
    }
    if (std.some((value) => !(value > 0))) badArgument(`[ImageDataset] expected std above 0, got [${std.join(", ")}]`);
    this.mean = [...mean];
    this.std = [...std];
  }

  get length(): number {
    return this.labels.length;
  }

  /** The image as it is stored, a uint8 view [channels, height, width], and its label. */
  get(index: number): [image: Tensor, label: number] {
    const i = integer("ImageDataset", "index", index, 0, this.length - 1);
    return [this.images.select(0, i), this.labels[i]!];
  }

  /** The first `n` images, or all if there are fewer; same memory, same mean and std. */
  limit(n: number): ImageDataset {
    const count = Math.min(integer("ImageDataset", "limit", n, 1), this.length);
    return this.#with(this.images.narrow(0, 0, count), this.labels.subarray(0, count));
  }

  /**
   * The images at these positions, in this order: a copy of them, with the same mean and std.
   *
   * @throws TorchError `E_ARG` for a position that does not exist
   */
  subset(positions: ArrayLike<number>): ImageDataset {
    const chosen = indexList(positions, "ImageDataset");
    const outside = chosen.find((position) => position >= this.length);
    if (outside !== undefined) badArgument(`[ImageDataset] expected positions below ${this.length}, got ${outside}`);
    const index = tensor(BigInt64Array.from(chosen, BigInt));
    const images = this.images.indexSelect(0, index);
    index.dispose();
    return this.#with(
      images,
      Int32Array.from(chosen, (position) => this.labels[position]!),
    );
  }

  /**
   * Symmetric label noise: exactly round(fraction * length) labels, chosen at random, each become one of the other classes,
   * uniformly. (Where noise is defined as drawing from all classes, the true one included, a share p there is
   * p * (1 - 1 / classes) here.) Same memory for the images.
   */
  withLabelNoise(options: LabelNoise): ImageDataset {
    const { fraction, seed } = settings("ImageDataset.withLabelNoise", NOISE, options);
    const share = probability("ImageDataset", "label noise", fraction);
    if (this.classes.length < 2) badArgument("[ImageDataset] expected at least 2 classes for label noise");
    const labels = this.labels.slice();
    native.dataLabelNoise(labels, this.classes.length, share, integer("ImageDataset", "label noise seed", seed, 0));
    return this.#with(this.images, labels);
  }

  toString(): string {
    const { dtype, shape } = this.images;
    return `ImageDataset (${this.length} images, ${dtype} [${shape.slice(1).join(", ")}], ${this.classes.length} classes)`;
  }
  [inspectSymbol](): string {
    return this.toString();
  }

  #with(images: Tensor, labels: Int32Array): ImageDataset {
    return new ImageDataset({ images, labels, classes: this.classes, mean: this.mean, std: this.std });
  }
}

function fromBytes(bytes: Uint8Array, shape: ImageDatasetOptions["shape"]): Tensor {
  if (shape === undefined) {
    badArgument("[ImageDataset] expected shape [channels, height, width] with images as bytes");
  }
  const size = shape[0] * shape[1] * shape[2];
  const count = bytes.length / size;
  if (!Number.isInteger(count)) {
    badArgument(
      `[ImageDataset] expected a multiple of ${size} bytes (shape [${shape.join(", ")}]), got ${bytes.length}`,
    );
  }
  return tensor(bytes, { shape: [count, ...shape] });
}

function checkLabels(given: ArrayLike<number>, labels: Int32Array, classes: number): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label !== given[i] || label < 0 || label >= classes) {
      throw new TorchError(
        "E_DATA",
        `[ImageDataset] expected labels from 0 to ${classes - 1}, got ${String(given[i])} for image ${i}`,
      );
    }
  }
}

/** A training and a test set that belong together. */
export interface ImageSplits {
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  readonly classes: readonly string[];
}

/** Options that every built-in image data set takes. */
export interface ImageSplitsOptions {
  /** At most this many images of each split, from the front. */
  limit?: number;
  /** For the training labels; a number is the fraction, with seed 0. */
  labelNoise?: number | LabelNoise;
}

/** @internal The names of {@link ImageSplitsOptions}. */
export const SPLITS: Defaults<ImageSplitsOptions> = { limit: null, labelNoise: 0 };

/** @internal Limits and noise, applied to whole splits. Mean and std stay those of the whole training set. */
export function applySplitOptions(
  splits: { train: ImageDataset; test: ImageDataset },
  { limit, labelNoise = 0 }: ImageSplitsOptions,
): { train: ImageDataset; test: ImageDataset } {
  let { train, test } = splits;
  if (limit !== undefined) {
    train = train.limit(limit);
    test = test.limit(limit);
  }
  const noise = typeof labelNoise === "number" ? { fraction: labelNoise } : labelNoise;
  return { train: noise.fraction === 0 ? train : train.withLabelNoise(noise), test };
}
