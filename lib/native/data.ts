import type { Handle } from "./handle.js";

/** How native threads go through an epoch: from batch `first` of an order on. */
export interface LoaderOptions {
  /** Where in the order each batch begins, and where the last one ends. */
  bounds: Uint32Array;
  /** The end of an error about a position that the dataset does not have. */
  from: string;
  first: number;
  prefetch: number;
  workers: number;
  pinned: boolean;
}

export interface ImageLoaderOptions extends LoaderOptions {
  padding: number;
  flip: number;
  cutout: number;
  cutoutProbability: number;
  mean: number[];
  std: number[];
  dtype: number;
  channelsLast: boolean;
  seed: number;
  epoch: number;
}

/** The data path: `native/data/`. */
export interface NativeData {
  dataOpenImages(images: Handle, labels: Int32Array, order: Uint32Array, options: ImageLoaderOptions): number;
  dataOpenRows(columns: Handle[], order: Uint32Array, options: LoaderOptions): number;
  /** null: not ready yet; undefined: no more. */
  dataTake(loader: number, deviceType: number, deviceIndex: number): Handle[] | null | undefined;
  dataWait(loader: number): Promise<void>;
  dataClose(loader: number): void;
  dataOpenLoaders(): number;
  dataPermutation(n: number, seed: number, epoch: number): Uint32Array;
  dataLabelNoise(labels: Int32Array, classes: number, fraction: number, seed: number): void;
  dataStatistics(images: Handle): number[];
  dataImageBatch(
    images: Handle,
    labels: Handle,
    order: Handle,
    counters: Handle,
    table: Handle,
    count: number,
    padding: number,
    flip: number,
    cutout: number,
    cutoutProbability: number,
    seed: number,
    channelsLast: boolean,
  ): [images: Handle, labels: Handle];
  /** The value of each byte per channel, as [channels, 256]. */
  dataValueTable(mean: Float64Array, std: Float64Array, dtype: number): Handle;
  dataShapes10(seed: number, split: number, count: number): Handle;
}
