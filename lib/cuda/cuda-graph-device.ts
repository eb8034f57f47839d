import type { GraphDevice } from "./graph-device.js";
import { cudaOperator } from "./module.js";
import { currentStream, Stream, withStream } from "./stream.js";

const graphNew = cudaOperator<() => number>("graph_new");
const graphBegin = cudaOperator<(graph: number, poolOf: number) => void>("graph_begin");
const graphEnd = cudaOperator<(graph: number) => void>("graph_end");
const graphAbandon = cudaOperator<(graph: number) => void>("graph_abandon");
const graphReplay = cudaOperator<(graph: number) => void>("graph_replay");
const graphFree = cudaOperator<(graph: number) => void>("graph_free");

/** Frees a graph that nobody holds any more. */
export const freeGraph = graphFree;

/** CUDA's graphs, on a stream of its own. */
export class CudaGraphDevice implements GraphDevice {
  readonly type = "cuda";
  #stream: Stream | undefined;

  onCaptureStream<T>(fn: () => T): T {
    this.#stream ??= new Stream();
    const stream = this.#stream;
    const outer = currentStream();
    stream.waitStream(outer);
    try {
      return withStream(stream, fn);
    } finally {
      outer.waitStream(stream);
    }
  }

  capture(fn: () => void, share: number | undefined): number {
    const graph = graphNew();
    graphBegin(graph, share ?? 0);
    try {
      fn();
      graphEnd(graph);
    } catch (error) {
      graphAbandon(graph);
      throw error;
    }
    return graph;
  }

  replay(graph: number): void {
    graphReplay(graph);
  }
  free(graph: number): void {
    graphFree(graph);
  }
}
