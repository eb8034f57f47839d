import type { Generator } from "../generator.js";
import { native } from "../native.js";
import { whileCapturing } from "./capturing.js";

const forgotten = new FinalizationRegistry<number>((id) => native.graphFree(id));

/**
 * Work that was recorded once and is launched as a whole, without the host's work in between. {@link graph} and `SAM.capture`
 * look after warm-up, inputs and shapes; this class leaves them to you.
 *
 * @throws TorchError `E_LOAD` without this library's CUDA part, `E_DEVICE` without a CUDA device
 *
 * @example
 * const x = torch.zeros([128, 784], { device: "cuda" });
 * const side = new torch.cuda.Stream();
 * const graph = new torch.cuda.CUDAGraph();
 * let y!: torch.Tensor;
 * torch.cuda.withStream(side, () => {
 *   for (let i = 0; i < 3; i++) torch.noGrad(() => model.forward(x)); // warm up: libraries allocate in their first calls
 *   graph.capture(() => {
 *     y = torch.noGrad(() => model.forward(x));
 *   });
 * });
 * x.copy_(batch);
 * graph.replay(); // y is model.forward(batch)
 */
export class CUDAGraph {
  readonly #id: number;

  constructor() {
    this.#id = native.graphNew();
    forgotten.register(this, this.#id, this);
  }

  /** Random operators that use this generator draw anew in each replay; the default generator needs no word. Before the capture. */
  registerGenerator(generator: Generator): this {
    native.graphRegister(this.#id, generator.id);
    return this;
  }

  /**
   * Records what `fn` launches on the current stream, which must not be the default one, instead of running it. Tensors that it
   * makes live in the graph's memory and hold values after a {@link replay}.
   *
   * @param share a graph whose memory this one may use too: graphs that never run at the same time
   * @throws what `fn` throws, and TorchError `E_TORCH` for what CUDA cannot record; the graph is freed then
   */
  capture(fn: () => void, { share }: { share?: CUDAGraph } = {}): this {
    native.graphBegin(this.#id, share === undefined ? 0 : share.#id);
    try {
      whileCapturing("cuda", fn);
      native.graphEnd(this.#id);
    } catch (error) {
      forgotten.unregister(this);
      native.graphAbandon(this.#id);
      throw error;
    }
    return this;
  }

  /** Launches everything in the graph, on the current stream. */
  replay(): void {
    native.graphReplay(this.#id);
  }

  /** Frees the graph, and its memory when no other graph and no tensor uses it. */
  dispose(): void {
    forgotten.unregister(this);
    native.graphFree(this.#id);
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
}
