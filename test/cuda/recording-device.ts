import { whileCapturing } from "../../lib/cuda/capturing.js";
import type { GraphDevice, LaunchableGraph } from "../../lib/cuda/graph-device.js";

/**
 * Stands in for CUDA where there is none, and notes what it is asked. CPU operators cannot be recorded, so a capture runs its function
 * at once; the first replay of a graph is what that run did, and a later one runs it again.
 */
export class RecordingDevice implements GraphDevice<RecordedGraph> {
  readonly type = "cpu";
  readonly calls: string[] = [];
  readonly live = new Set<RecordedGraph>();
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
  capture(fn: () => void, share: RecordedGraph | undefined): RecordedGraph {
    if (!this.#onStream) throw new Error("capture outside of the capture stream");
    const graph = new RecordedGraph(this, this.#next++, fn);
    this.calls.push(`capture ${graph.number}${share === undefined ? "" : ` in the memory of ${share.number}`}`);
    whileCapturing(this.type, fn);
    this.live.add(graph);
    return graph;
  }
}

class RecordedGraph implements LaunchableGraph {
  #done = true;
  constructor(
    readonly device: RecordingDevice,
    readonly number: number,
    readonly fn: () => void,
  ) {}
  replay(): void {
    this.device.calls.push(`replay ${this.number}`);
    if (!this.#done) whileCapturing(this.device.type, this.fn); // as a graph: what is counted on the host is not counted
    this.#done = false;
  }
  dispose(): void {
    this.device.calls.push(`free ${this.number}`);
    this.device.live.delete(this);
  }
}
