import type { Device } from "../device.js";
import { native } from "../native.js";
import { settings } from "../options.js";
import { synchronous } from "../synchronous.js";
import { indexOf } from "./device-index.js";
import { Event } from "./event.js";

interface StreamSettings {
  device: Device;
  highPriority: boolean;
  id: number | undefined;
  deviceIndex: number | undefined;
}
const STREAM: StreamSettings = { device: "cuda", highPriority: false, id: undefined, deviceIndex: undefined };

/**
 * A queue of work on a CUDA device: what is launched on one stream runs in order, different streams run side by side.
 * Streams come from a pool of LibTorch's and need not be freed.
 *
 * @throws TorchError `E_DEVICE` without a CUDA device
 *
 * @example
 * const side = new torch.cuda.Stream();
 * side.waitStream(torch.cuda.currentStream());
 * const y = torch.cuda.withStream(side, () => x.matmul(x));
 * torch.cuda.currentStream().waitStream(side);
 */
export class Stream {
  /** LibTorch's number for the stream; 0 is the device's default stream. */
  readonly id: number;
  readonly deviceIndex: number;

  /**
   * @param options.device where; default the current device
   * @param options.highPriority whether its work goes before that of others; default false
   * @param options.id a stream that is there, by its number, with its `deviceIndex`
   */
  constructor(options?: { device?: Device; highPriority?: boolean } | { id: number; deviceIndex: number }) {
    const { id, deviceIndex, device, highPriority } = settings("cuda.Stream", STREAM, options);
    [this.id, this.deviceIndex] =
      id !== undefined && deviceIndex !== undefined
        ? [id, deviceIndex]
        : native.newStream(indexOf(device), highPriority);
  }

  /** Whether everything launched on it has run. */
  query(): boolean {
    return native.queryStream(this.id, this.deviceIndex);
  }
  /** Waits, on the host, until it has. */
  synchronize(): void {
    native.synchronizeStream(this.id, this.deviceIndex);
  }
  /** What is launched here from now on runs after what is on `other` now. The host does not wait. */
  waitStream(other: Stream): void {
    if (other.id === this.id && other.deviceIndex === this.deviceIndex) return;
    using(new Event(), (event) => {
      event.record(other);
      this.waitEvent(event);
    });
  }
  waitEvent(event: Event): void {
    native.blockEvent(event.handle, this.id, this.deviceIndex);
  }
  /** Marks this place in the queue. */
  recordEvent(event: Event = new Event()): Event {
    return event.record(this);
  }
}

const using = (event: Event, fn: (event: Event) => void): void => {
  try {
    fn(event);
  } finally {
    event.dispose();
  }
};

/** The stream that operators launch on. */
export const currentStream = (device: Device = "cuda"): Stream => {
  const [id, deviceIndex] = native.currentStream(indexOf(device));
  return new Stream({ id, deviceIndex });
};

/** The stream that is current unless another is asked for. */
export const defaultStream = (device: Device = "cuda"): Stream => {
  const [id, deviceIndex] = native.defaultStream(indexOf(device));
  return new Stream({ id, deviceIndex });
};

/**
 * Runs `fn` with `stream` as the current one, on the stream's device.
 *
 * @throws TorchError `E_ARG` when `fn` is asynchronous: other code would run in between, on this stream
 */
export function withStream<T>(stream: Stream, fn: () => T): T {
  const device = native.currentDevice();
  const [id, index] = native.exchangeStream(stream.id, stream.deviceIndex);
  if (device !== stream.deviceIndex) native.setDevice(stream.deviceIndex);
  try {
    return synchronous("cuda.withStream", fn());
  } finally {
    native.exchangeStream(id, index);
    if (device !== stream.deviceIndex) native.setDevice(device);
  }
}
