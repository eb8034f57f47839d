import { CudaGraphDevice } from "../../cuda/cuda-graph-device.js";
import { type Graphed, graphed } from "../../cuda/graph.js";
import type { GraphOptions } from "../../cuda/graph-cache.js";
import type { GraphDevice } from "../../cuda/graph-device.js";
import type { Device } from "../../device.js";
import { badArgument } from "../../errors.js";
import type { Tensor } from "../../tensor.js";
import { type TapeEngine, tapedSteps } from "./taped-steps.js";

/** What a captured step needs of a {@link SAM} optimizer. */
export interface CaptureEngine {
  readonly name: string;
  /** How steps are recorded where all parameters are on the CPU; undefined elsewhere. */
  tape(): TapeEngine | undefined;
  /** Where the parameters are. */
  devices(): Set<Device>;
  /** Why this optimizer's step cannot be held by a graph; undefined when it can. */
  refusal(): string | undefined;
  /** From now on lr and rho are read from the device. */
  useDeviceNumbers(): void;
  step(closure: () => Tensor): Tensor;
  /** Brings lr and rho on the device up to date. */
  refresh(): void;
  /** What else a graph of this step would hold for ever. */
  hostValues(): string;
  /** Takes the weights to be at w, because what was launched in a failed capture has not run. */
  afterFailure(): void;
  /** After a capture: what each replay leaves behind on the host. */
  snapshot(): () => void;
}

/**
 * Makes a function that takes one whole step, as one graph where it can; on the CPU as one native call.
 *
 * @param device of graphs; by default CUDA, unless the parameters are on the CPU
 */
export function captureSteps<A extends readonly Tensor[]>(
  engine: CaptureEngine,
  closure: (...inputs: A) => Tensor,
  options: GraphOptions | undefined,
  device?: GraphDevice,
): Graphed<A, Tensor> {
  const name = `${engine.name}.capture`;
  if (typeof closure !== "function") badArgument(`[${name}] expected a closure, got ${typeof closure}`);
  const tape = device === undefined ? engine.tape() : undefined;
  if (tape !== undefined) return tapedSteps(tape, closure, options);
  const refusal = engine.refusal();
  if (refusal !== undefined) {
    badArgument(
      `[${name}] expected a step that a CUDA graph can hold, got one with ${refusal}`,
      "take the step without capture()",
    );
  }
  const deviceOf = (): Device => {
    const [first, second] = engine.devices();
    if (second === undefined) return first!;
    return badArgument(
      `[${name}] expected parameters on one device, got some on ${first} and some on ${second}`,
      "a CUDA graph is of one device; take the step without capture()",
    );
  };
  deviceOf();
  engine.useDeviceNumbers();
  return graphed<A, Tensor>(
    {
      name,
      run: (...args) => engine.step(() => closure(...(args as unknown as A))),
      device: deviceOf,
      refresh: () => engine.refresh(),
      hostValues: () => engine.hostValues(),
      afterFailure: () => engine.afterFailure(),
      snapshot: () => engine.snapshot(),
    },
    device ?? new CudaGraphDevice(options?.generators),
    options,
  );
}
