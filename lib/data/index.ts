export { type Augmentation, standardAugmentation } from "./augmentation.js";
export { Cifar10, type Cifar10Options } from "./cifar10.js";
export { type Collate, collate } from "./collate.js";
export { type Batch, DataLoader, type DataLoaderOptions, type DataLoaderState } from "./data-loader.js";
export { type Dataset, map, subset } from "./dataset.js";
export {
  ImageDataset,
  type ImageDatasetOptions,
  type ImageSplits,
  type ImageSplitsOptions,
  type LabelNoise,
} from "./image-dataset.js";
export { Shapes10 } from "./shapes10.js";
export { TensorDataset } from "./tensor-dataset.js";
