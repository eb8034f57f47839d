export { type Augmentation, standardAugmentation } from "./augmentation.js";
export type { Batch, Collated } from "./batch.js";
export { type BatchLists, BatchSampler } from "./batch-sampler.js";
export { Cifar10, type Cifar10Options } from "./cifar10.js";
export { type Collate, collate } from "./collate.js";
export { DataLoader, type DataLoaderState } from "./data-loader.js";
export type { DataLoaderOptions } from "./data-loader-options.js";
export { type Dataset, map } from "./dataset.js";
export { type ImageBatchOptions, imageBatch, valueTable } from "./image-batch.js";
export {
  ImageDataset,
  type ImageDatasetOptions,
  type ImageSplits,
  type ImageSplitsOptions,
  type LabelNoise,
} from "./image-dataset.js";
export { ConcatDataset, StackDataset } from "./joined-dataset.js";
export { type RandomSplitOptions, randomSplit } from "./random-split.js";
export {
  RandomSampler,
  type RandomSamplerOptions,
  Sampler,
  type SeedOption,
  SequentialSampler,
  SubsetRandomSampler,
  WeightedRandomSampler,
  type WeightedSamplerOptions,
} from "./sampler.js";
export { Shapes10 } from "./shapes10.js";
export { Subset, subset } from "./subset.js";
export { TensorDataset } from "./tensor-dataset.js";
