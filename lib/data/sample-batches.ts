import type { Device } from "../device.js";
import type { Tensor } from "../tensor.js";
import { type BatchPlan, type BatchStream, samplesOf } from "./batch-stream.js";
import type { Dataset } from "./dataset.js";

/** Makes a batch of the samples at these places of the dataset. */
type Gather = (
  samples: readonly (readonly unknown[])[],
  indices: Uint32Array,
) => readonly Tensor[] | Promise<readonly Tensor[]>;

/**
 * @internal Batches of a dataset written in JavaScript, which only this thread can run. An asynchronous dataset gets calls
 * for `prefetch` batches in flight beyond the one asked for; of a synchronous one each batch is made when it is asked for.
 */
export class SampleBatches implements BatchStream {
  readonly #dataset: Dataset;
  readonly #plan: BatchPlan;
  readonly #collate: Gather;
  readonly #device: Device | undefined;
  readonly #ahead: Promise<readonly Tensor[]>[] = [];
  readonly #last: number;
  #asynchronous = false;
  #next: number;

  constructor(dataset: Dataset, plan: BatchPlan, collate: Gather, device: Device | undefined) {
    this.#dataset = dataset;
    this.#plan = plan;
    this.#collate = collate;
    this.#device = device;
    this.#next = plan.first;
    this.#last = plan.bounds.length - 1;
  }

  async next(): Promise<readonly Tensor[] | undefined> {
    while (this.#next < this.#last && this.#ahead.length < (this.#asynchronous ? this.#plan.prefetch + 1 : 1)) {
      this.#start(this.#next++);
    }
    const batch = await this.#ahead.shift();
    return batch === undefined || this.#device === undefined ? batch : moveAll(batch, this.#device);
  }

  close(): void {
    this.#next = this.#last;
    for (const batch of this.#ahead.splice(0)) {
      batch.then(
        (tensors) => tensors.forEach((tensor) => void tensor.dispose()),
        () => {},
      );
    }
  }

  #start(number: number): void {
    let made: readonly Tensor[] | Promise<readonly Tensor[]>;
    try {
      made = this.#make(number);
    } catch (error) {
      made = Promise.reject(error);
    }
    this.#asynchronous ||= made instanceof Promise;
    const batch = Promise.resolve(made);
    batch.catch(() => {}); // the next() that takes it reports it; until then it is not unhandled
    this.#ahead.push(batch);
  }

  #make(number: number): readonly Tensor[] | Promise<readonly Tensor[]> {
    const dataset = this.#dataset;
    const indices = samplesOf(this.#plan, number, dataset.length);
    if (dataset.getBatch !== undefined) return dataset.getBatch(indices);
    const samples = Array.from(indices, (index) => dataset.get(index));
    if (samples.some((sample) => sample instanceof Promise))
      return Promise.all(samples).then((all) => this.#collate(all, indices));
    return this.#collate(samples as (readonly unknown[])[], indices);
  }
}

function moveAll(batch: readonly Tensor[], device: Device): readonly Tensor[] {
  return batch.map((tensor) => {
    const moved = tensor.to(device, { nonBlocking: true });
    if (moved !== tensor) tensor.dispose();
    return moved;
  });
}
