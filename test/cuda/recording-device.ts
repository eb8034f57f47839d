import type { GraphDevice } from "../../lib/cuda/graph-device.js";

/**
 * Stands in for CUDA where there is none, and notes what it is asked. CPU operators cannot be recorded, so a capture runs its function
 * at once; the first replay of a graph is what that run did, and a later one runs it again.
 */
export class RecordingDevice implements GraphDevice {
  readonly type = "cpu";
  readonly calls: string[] = [];
  readonly live = new Set<number>();
  readonly #recorded = new Map<number, { fn: () => void; done: boolean }>();
  #next = 1;
  #onStream = false;

  onCaptureStream<T>(fn: () => T): T {
    this.calls.push("stream");
    this.#onStream = true;
    try {
      return fn();
    } finally {
      this.#onStream = false;
    }
  }
  capture(fn: () => void, share: number | undefined): number {
    if (!this.#onStream) throw new Error("capture outside of the capture stream");
    const graph = this.#next++;
    this.calls.push(`capture ${graph}${share === undefined ? "" : ` in the memory of ${share}`}`);
    fn();
    this.#recorded.set(graph, { fn, done: true });
    this.live.add(graph);
    return graph;
  }
  replay(graph: number): void {
    this.calls.push(`replay ${graph}`);
    const recorded = this.#recorded.get(graph)!;
    if (!recorded.done) recorded.fn();
    recorded.done = false;
  }
  free(graph: number): void {
    this.calls.push(`free ${graph}`);
    this.live.delete(graph);
  }
}
