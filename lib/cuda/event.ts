import { native } from "../native.js";
import { settings } from "../options.js";

/** What an event needs of a stream. */
export interface StreamId {
  readonly id: number;
  readonly deviceIndex: number;
}

const forgotten = new FinalizationRegistry<number>((id) => native.disposeEvent(id));

/**
 * A mark in a stream: to wait for, or to measure time between two.
 *
 * @throws TorchError `E_DEVICE` without a CUDA device
 *
 * @example
 * const [start, end] = [new torch.cuda.Event({ timing: true }), new torch.cuda.Event({ timing: true })];
 * start.record();
 * model.forward(x);
 * end.record().synchronize();
 * console.log(`${start.elapsedTime(end)} ms`);
 */
export class Event {
  readonly #id: number;

  /** @param options `timing`: whether {@link elapsedTime} is wanted; default false, which is cheaper */
  constructor(options?: { timing?: boolean }) {
    const { timing } = settings("cuda.Event", { timing: false }, options);
    this.#id = native.newEvent(timing);
    forgotten.register(this, this.#id, this);
  }
  /** @internal */
  get handle(): number {
    return this.#id;
  }
  /** Marks where the stream (default: the current one) is now. */
  record(stream?: StreamId): this {
    const [id, index] = stream === undefined ? native.currentStream(-1) : [stream.id, stream.deviceIndex];
    native.recordEvent(this.#id, id, index);
    return this;
  }
  /** Whether everything before the mark has run. */
  query(): boolean {
    return native.queryEvent(this.#id);
  }
  /** Waits, on the host, until it has. */
  synchronize(): this {
    native.synchronizeEvent(this.#id);
    return this;
  }
  /** Milliseconds from this mark to `end`; both need `timing` and must have been reached. */
  elapsedTime(end: Event): number {
    return native.elapsedTime(this.#id, end.#id);
  }
  dispose(): void {
    forgotten.unregister(this);
    native.disposeEvent(this.#id);
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
}
