import type { Generator } from "../generator.js";
import { CUDAGraph } from "./cuda-graph.js";
import type { GraphDevice } from "./graph-device.js";
import { currentStream, Stream, withStream } from "./stream.js";

/** CUDA's graphs, on a stream of its own. */
export class CudaGraphDevice implements GraphDevice<CUDAGraph> {
  readonly type = "cuda";
  readonly #generators: readonly Generator[];
  #stream: Stream | undefined;

  /** @param generators those that captured work draws from, beside the default one */
  constructor(generators: readonly Generator[] = []) {
    this.#generators = generators;
  }

  onCaptureStream<T>(fn: () => T): T {
    const outer = currentStream();
    this.#stream ??= new Stream();
    const stream = this.#stream;
    stream.waitStream(outer);
    try {
      return withStream(stream, fn);
    } finally {
      outer.waitStream(stream);
    }
  }

  capture(fn: () => void, share: CUDAGraph | undefined): CUDAGraph {
    const graph = new CUDAGraph();
    for (const generator of this.#generators) graph.registerGenerator(generator);
    return graph.capture(fn, share === undefined ? {} : { share });
  }
}
