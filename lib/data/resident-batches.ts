import { noGrad } from "../autograd.js";
import { tensor } from "../creation.js";
import type { Device } from "../device.js";
import type { DType } from "../dtype.js";
import type { Tensor } from "../tensor.js";
import { keep, tidy } from "../tidy.js";
import type { Augmentation } from "./augmentation.js";
import { type BatchPlan, type BatchStream, samplesOf } from "./batch-stream.js";
import { imageBatch, valueTable } from "./image-batch.js";
import type { ImageDataset } from "./image-dataset.js";

interface Resident {
  images: Tensor;
  labels: Tensor;
}

/** A dataset's bytes on a device, for as long as the dataset lives: loaders of one dataset share them. */
const copies = new WeakMap<ImageDataset, Map<Device, Resident>>();

function residentOf(dataset: ImageDataset, device: Device): Resident {
  const known = copies.get(dataset) ?? new Map<Device, Resident>();
  copies.set(dataset, known);
  let found = known.get(device);
  if (found === undefined) {
    found = tidy(() => ({
      images: keep(dataset.images.contiguous().to(device)),
      labels: keep(tensor(BigInt64Array.from(dataset.labels, BigInt)).to(device)),
    }));
    known.set(device, found);
  }
  return found;
}

/** @internal How batches look: as the loader's options say. */
export interface ResidentOptions {
  device: Device;
  mean: readonly number[];
  std: readonly number[];
  dtype: DType;
  channelsLast: boolean;
  augment: boolean | Augmentation;
  seed: number;
  epoch: number;
}

/**
 * @internal Batches of images that stay on their device, one kernel each, with the random numbers and so the very batches of the
 * loader's native threads. Nothing is made ahead: a device works behind the host anyway.
 */
export class ResidentBatches implements BatchStream {
  readonly #plan: BatchPlan;
  readonly #length: number;
  readonly #options: ResidentOptions;
  readonly #resident: Resident;
  readonly #order: Tensor;
  /** Epoch and position, counted up on the device. */
  readonly #counters: Tensor;
  readonly #table: Tensor;
  #batch: number;

  constructor(dataset: ImageDataset, plan: BatchPlan, options: ResidentOptions) {
    const { device, epoch, mean, std, dtype } = options;
    this.#plan = plan;
    this.#length = dataset.length;
    this.#options = options;
    this.#batch = plan.first;
    this.#resident = residentOf(dataset, device);
    const integers = (values: ArrayLike<number>) => keep(tensor(BigInt64Array.from(values, BigInt)).to(device));
    const [order, counters, table] = tidy(() => [
      integers(plan.order),
      integers([epoch, plan.bounds[plan.first] ?? 0]),
      keep(valueTable(mean, std, dtype).to(device)),
    ]);
    this.#order = order!;
    this.#counters = counters!;
    this.#table = table!;
  }

  async next(): Promise<readonly Tensor[] | undefined> {
    if (this.#batch >= this.#plan.bounds.length - 1) return undefined;
    // A kernel would make black images of samples that do not exist.
    const count = samplesOf(this.#plan, this.#batch++, this.#length).length;
    const { augment, seed, channelsLast } = this.#options;
    const batch = imageBatch({
      ...this.#resident,
      order: this.#order,
      counters: this.#counters,
      table: this.#table,
      count,
      augment,
      seed,
      channelsLast,
    });
    noGrad(() => tidy(() => void this.#counters.narrow(0, 1, 1).add_(count)));
    return batch;
  }

  close(): void {
    for (const own of [this.#order, this.#counters, this.#table]) own.dispose();
  }
}
