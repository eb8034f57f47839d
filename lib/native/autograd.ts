import type { Handle } from "./handle.js";

/** Backward, forward mode, hooks and custom functions: `native/core/`. */
export interface NativeAutograd {
  backward(
    outputs: Handle[],
    grads: (Handle | null)[] | null,
    retainGraph: boolean,
    createGraph: boolean,
    inputs: Handle[] | null,
  ): void;
  gradients(
    outputs: Handle[],
    inputs: Handle[],
    grads: (Handle | null)[] | null,
    retainGraph: boolean,
    createGraph: boolean,
    allowUnused: boolean,
  ): Handle[];
  gradEnabled(): boolean;
  setGradEnabled(value: boolean): boolean;
  enterInference(enabled: boolean): void;
  exitInference(): void;
  /** Tensors may carry tangents from here on, until exitDual. */
  enterDual(): void;
  exitDual(): void;
  /** Whether what is computed from tensors with tangents has one; gives what it was. */
  setForwardGrad(enabled: boolean): boolean;
  makeDual(primal: Handle, tangent: Handle): Handle;
  /** Value and tangent, 0 where there is none. */
  unpackDual(dual: Handle): [Handle, Handle];
  /** As `detach`, which would drop the tangent too. */
  detachReverse(tensor: Handle): Handle;
  /** What was set before. */
  setAnomaly(enabled: boolean, checkNan: boolean): [boolean, boolean];
  /** Whether the graph of some tensors leads to leaves other than these. */
  dependsBeyond(tensors: Handle[], leaves: Handle[]): boolean;
  retainGrad(tensor: Handle): void;
  gradFnName(tensor: Handle): string | null;
  setCallbackRunner(run: (id: number, ...given: unknown[]) => unknown): void;
  drainDeadCallbacks(): number[];
  /** Backward passes on a thread of their own even without CUDA, for tests; what it was. */
  setBackwardAway(always: boolean): boolean;
  registerHook(tensor: Handle, id: number): number;
  removeHook(tensor: Handle, position: number): void;
  registerPostAccumulateGradHook(tensor: Handle, id: number): void;
  removePostAccumulateGradHook(tensor: Handle, id: number): void;
  /** [whether a graph was recorded, ...outputs]; 0 stands for the tensor that was given. */
  recordFunction(
    id: number,
    name: string,
    inputs: Handle[],
    positions: number[],
    outputs: Handle[],
    nonDifferentiable: Handle[],
    dirty: Handle[],
    saved: Handle[],
    materialize: boolean,
    separate: boolean,
  ): [boolean, ...Handle[]];
  pushSavedTensorsHooks(pack: number, unpack: number): void;
  popSavedTensorsHooks(): void;
  /** How many backward passes this thread has run without the engine (native/core/direct_backward.h). */
  directBackwards(): number;
  setStackTracer(trace: () => string): void;
}
