import type { Device } from "../device.js";

/** A graph that {@link GraphDevice.capture} gave. */
export interface LaunchableGraph {
  /** Launches everything in the graph, on the current stream. */
  replay(): void;
  dispose(): void;
}

/** What capturing asks of a device. CUDA's is in `cuda-graph-device.ts`; tests have one that records what was asked. */
export interface GraphDevice<G extends LaunchableGraph = LaunchableGraph> {
  /** The kind of device that inputs have to be on. */
  readonly type: "cpu" | "cuda";
  /**
   * Runs `fn` on the stream on which graphs are captured. Gradient accumulators remember the stream they were made on, so warm-up
   * and capture must share one. What was launched before comes first, and what is launched afterwards waits.
   *
   * @param on the device that the work is for; undefined for the current one
   */
  onCaptureStream<T>(fn: () => T, on?: Device): T;
  /**
   * Records what `fn` launches instead of running it.
   *
   * @param share a graph whose memory the new one may use too: graphs that never run at the same time
   * @throws what `fn` throws; nothing is being captured afterwards
   */
  capture(fn: () => void, share: G | undefined): G;
}
