import { expectFunction } from "../options.js";
import { CudaGraphDevice } from "./cuda-graph-device.js";
import { checkGraphOptions, GraphCache, type GraphCounts, type GraphOptions, type GraphOwner } from "./graph-cache.js";
import type { GraphDevice } from "./graph-device.js";

/** A function whose calls are launched as one graph each. */
export interface Graphed<A extends readonly unknown[], R> {
  (...args: A): R;
  /** How many calls ran as they are, how many graphs were captured, how many launched. */
  readonly counts: Readonly<GraphCounts>;
  /** On the CPU: why calls run as they are, once it has been found that a step cannot be recorded. */
  readonly refusal?: string | undefined;
  /** Frees the graphs and their memory; later calls start over. */
  dispose(): void;
}

/**
 * Makes a function that runs `fn` as one CUDA graph: hundreds of kernels by one launch, without the host's work between them.
 *
 * The first `warmup` calls of each shape of the arguments run as they are; the next one is captured, and from then on a call copies
 * its tensors into the graph's own and launches it. Every call does what `fn` would have done, once. Results are overwritten by
 * the next call: read them, or add them up on the device, before that.
 *
 * What `fn` computes on the host is done in the capture and not again: numbers and branches are as they were then. Tensors that
 * `fn` reads besides its arguments (parameters, buffers) must keep their memory: change them in place. A training closure clears
 * its gradients first (`optimizer.zeroGrad()`), so that the graph owns those it makes. Random operators draw anew in each
 * launch. For optimizer steps see {@link Optimizer.capture} of SAM.
 *
 * @param fn takes tensors, numbers, strings and booleans (the latter three are part of the choice of graph); synchronous
 * @param options see {@link GraphOptions}
 * @throws TorchError `E_STATE` from the call that captures, with the operation that a graph cannot hold and why
 *
 * @example
 * const forward = torch.cuda.graph((x: torch.Tensor) => torch.noGrad(() => model.forward(x)));
 * for (const x of batches) console.log(forward(x).argmax(1).toArray());
 */
export function graph<A extends readonly unknown[], R>(fn: (...args: A) => R, options?: GraphOptions): Graphed<A, R> {
  checkGraphOptions("cuda.graph", options);
  expectFunction("cuda.graph", fn, "torch.cuda.graph((x) => model.forward(x))");
  return graphed<A, R>(
    { name: "cuda.graph", run: fn as unknown as GraphOwner<R>["run"] },
    new CudaGraphDevice(options?.generators),
    options,
  );
}

/** @internal As {@link graph}, for any owner and device. */
export function graphed<A extends readonly unknown[], R>(
  owner: GraphOwner<R>,
  device: GraphDevice,
  options: GraphOptions | undefined,
): Graphed<A, R> {
  const cache = new GraphCache<R>(device, owner, options);
  const call = (...args: A): R => cache.call(args);
  return Object.assign(call, { counts: cache.counts, dispose: () => cache.dispose() });
}
