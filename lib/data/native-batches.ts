import { type Device, parseDevice } from "../device.js";
import { native } from "../native.js";
import type { Tensor } from "../tensor.js";
import { wrap } from "../tensor-base.js";
import type { BatchStream } from "./batch-stream.js";

/** Iterators that were dropped in the middle without `return()`: their threads end when the collector finds them. */
const dropped = new FinalizationRegistry<number>((loader) => native.dataClose(loader));

/** @internal Batches that native threads make (`native/data/loader.h`), by the number that opening gave. */
export class NativeBatches implements BatchStream {
  readonly #loader: number;
  readonly #device: { type: number; index: number };

  constructor(loader: number, device: Device) {
    this.#loader = loader;
    this.#device = parseDevice(device);
    dropped.register(this, loader, this);
  }

  async next(): Promise<Tensor[] | undefined> {
    const { type, index } = this.#device;
    let handles = native.dataTake(this.#loader, type, index);
    while (handles === null) {
      await native.dataWait(this.#loader);
      handles = native.dataTake(this.#loader, type, index);
    }
    return handles?.map(wrap);
  }

  close(): void {
    dropped.unregister(this);
    native.dataClose(this.#loader);
  }
}
