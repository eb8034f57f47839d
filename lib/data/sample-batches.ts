import type { Device } from "../device.js";
import type { DType } from "../dtype.js";
import { isThenable } from "../synchronous.js";
import type { Tensor } from "../tensor.js";
import { expectBatch, mapTensors } from "./batch.js";
import { type BatchPlan, type BatchStream, samplesOf } from "./batch-stream.js";
import { type Collate, collateFrom } from "./collate.js";
import type { Dataset } from "./dataset.js";

/** How batches are made of samples: as the loader's options say. */
interface SampleOptions {
  collate?: Collate<readonly unknown[], object>;
  dtypes?: readonly (DType | undefined)[];
  device?: Device;
}

/**
 * @internal Batches of a dataset written in JavaScript, which only this thread can run. An asynchronous dataset gets calls
 * for `prefetch` batches in flight beyond the one asked for; of a synchronous one each batch is made when it is asked for.
 */
export class SampleBatches implements BatchStream {
  readonly #dataset: Dataset;
  readonly #plan: BatchPlan;
  readonly #options: SampleOptions;
  readonly #ahead: Promise<object>[] = [];
  /** Batches whose tensors were made here. Others may be the dataset's own, which it gives again: they are not freed. */
  readonly #made = new WeakSet<object>();
  readonly #last: number;
  #asynchronous = false;
  #next: number;

  constructor(dataset: Dataset, plan: BatchPlan, options: SampleOptions) {
    this.#dataset = dataset;
    this.#plan = plan;
    this.#options = options;
    this.#next = plan.first;
    this.#last = plan.bounds.length - 1;
  }

  async next(): Promise<object | undefined> {
    while (this.#next < this.#last && this.#ahead.length < (this.#asynchronous ? this.#plan.prefetch + 1 : 1)) {
      this.#start(this.#next++);
    }
    const batch = await this.#ahead.shift();
    const { device } = this.#options;
    return batch === undefined || device === undefined ? batch : this.#moved(batch, device);
  }

  close(): void {
    this.#next = this.#last;
    for (const batch of this.#ahead.splice(0)) {
      batch.then(
        (made) => void (this.#made.has(made) && mapTensors(made, disposed)),
        () => {},
      );
    }
  }

  #start(number: number): void {
    let made: object | Promise<object>;
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

  #make(number: number): object | Promise<object> {
    const dataset = this.#dataset;
    const indices = samplesOf(this.#plan, number, dataset.length);
    const { collate, dtypes = [] } = this.#options;
    if (collate === undefined && dataset.getBatch !== undefined) return dataset.getBatch(indices);
    const gather = (samples: readonly (readonly unknown[])[]): object | Promise<object> => {
      if (collate === undefined) {
        const columns = collateFrom(samples, dtypes, indices);
        this.#made.add(columns);
        return columns;
      }
      const made = collate(samples);
      return isThenable(made) ? Promise.resolve(made).then(expectBatch) : expectBatch(made);
    };
    const samples = Array.from(indices, (index) => dataset.get(index));
    if (samples.some((sample) => sample instanceof Promise)) return Promise.all(samples).then(gather);
    return gather(samples as (readonly unknown[])[]);
  }

  #moved(batch: object, device: Device): object {
    return mapTensors(batch, (tensor) => {
      const there = tensor.to(device, { nonBlocking: true });
      if (there !== tensor && this.#made.has(batch)) tensor.dispose();
      return there;
    }) as object;
  }
}

function disposed(tensor: Tensor): Tensor {
  tensor.dispose();
  return tensor;
}
