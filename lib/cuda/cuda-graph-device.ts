import type { Device } from "../device.js";
import type { Generator } from "../generator.js";
import { collect } from "../lifetime.js";
import { CUDAGraph } from "./cuda-graph.js";
import type { GraphDevice } from "./graph-device.js";
import { emptyCache, synchronize } from "./memory.js";
import { currentStream, Stream, withStream } from "./stream.js";

/** CUDA's graphs, on a stream of its own for each device. */
export class CudaGraphDevice implements GraphDevice<CUDAGraph> {
  readonly type = "cuda";
  readonly #generators: readonly Generator[];
  readonly #streams = new Map<number, Stream>();

  /** @param generators those that captured work draws from, beside the default one */
  constructor(generators: readonly Generator[] = []) {
    this.#generators = generators;
  }

  onCaptureStream<T>(fn: () => T, on: Device = "cuda"): T {
    const outer = currentStream(on);
    const stream = this.#streams.get(outer.deviceIndex) ?? new Stream({ device: on });
    this.#streams.set(outer.deviceIndex, stream);
    stream.waitStream(outer);
    try {
      return withStream(stream, fn);
    } finally {
      outer.waitStream(stream);
    }
  }

  capture(fn: () => void, share: CUDAGraph | undefined): CUDAGraph {
    // Tensors that JavaScript has dropped may hold gradient accumulators of another stream, and what the allocator keeps for later
    // cannot be given back, nor used by the graph, while the capture goes on.
    collect(true);
    synchronize();
    emptyCache();
    const graph = new CUDAGraph();
    for (const generator of this.#generators) graph.registerGenerator(generator);
    return graph.capture(fn, share === undefined ? {} : { share });
  }
}
