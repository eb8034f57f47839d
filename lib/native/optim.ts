import type { Handle } from "./handle.js";

/** Optimizers and SAM: `native/optim/`. */
export interface NativeOptim {
  setMaster(param: Handle, master: Handle): void;
  dropMaster(param: Handle): void;
  syncMaster(param: Handle): void;
  writeWorking(param: Handle): void;
  newParamList(params: Handle[]): number;
  disposeParamList(list: number): void;
  zeroGrad(list: number, setToNone: boolean): void;

  /** @param leavesFactors takes gradients that are factors only for missing: see {@link NativeOptim.collectFactors} */
  gradsOf(lists: number[], take: boolean, leavesFactors: boolean): number;
  putGrads(vector: number, lists: number[]): void;
  vectorFrom(tensors: Handle[]): number;
  vectorTensors(vector: number): Handle[];
  vectorClone(vector: number): number;
  vectorDispose(vector: number): void;
  vectorCount(vector: number): number;
  vectorNorm(vector: number, p: number): Handle;
  vectorDot(a: number, b: number): Handle;
  vectorScale(vector: number, factor: number | [Handle]): void;
  vectorAdd(into: number, from: number, factor: number | [Handle]): void;
  vectorTakeWhere(into: number, when: Handle, from: number): void;
  addToParams(lists: number[], vector: number, factors: Float64Array, unless: Handle): void;
  unscaleGrads(lists: number[], inverseScale: Handle, found: Handle): void;
  updateScale(
    scale: Handle,
    tracker: Handle,
    found: Handle,
    growthFactor: number,
    backoffFactor: number,
    interval: number,
  ): void;
  newPerturbation(): number;
  disposePerturbation(perturbation: number): void;
  /** Before a first pass whose gradients only {@link NativeOptim.perturb} needs: those of linear layers may stay factors until then. */
  collectFactors(perturbation: number, lists: number[]): void;
  /** The same before a last pass: they stay factors until someone asks for the gradient, {@link NativeOptim.isLastFinite} and `sgdStep` aside. */
  collectLast(perturbation: number, lists: number[]): void;
  /** Whether a vector of gradients, and those that are factors instead, are finite; with `stops` a recorded step goes no further if not. */
  isLastFinite(perturbation: number, lists: number[], vector: number, stops: boolean): boolean;
  /** The norm of what {@link NativeOptim.isLastFinite} was asked about; after `sgdStep` it costs nothing. */
  lastNorm(perturbation: number): Handle;
  factorCount(perturbation: number): number;
  perturb(
    perturbation: number,
    lists: number[],
    directions: number,
    p: number,
    shares: Float64Array,
    wantEps: boolean,
    /** Reads rho from the device, where {@link NativeOptim.refreshRadii} changes it: for CUDA graphs. */
    capturable: boolean,
  ): [Handle, Handle];
  /** Takes the weights to be at w: after a capture that failed, in which nothing ran. */
  forgetPerturbation(perturbation: number): void;
  /** rho of each group, for steps that read it from the device. */
  refreshRadii(perturbation: number, rhos: Float64Array): void;
  release(perturbation: number): void;
  /** Whether the weights are at w + eps. */
  isPerturbed(perturbation: number): boolean;
  restore(perturbation: number): void;
  clipGradNorm(params: Handle[], maxNorm: number, p: number, errorIfNonfinite: boolean): Handle;
  clipGradValue(params: Handle[], limit: number): void;
  /** Position of the first parameter that is also at an earlier one, or -1. */
  firstDuplicate(params: Handle[]): number;
  optimizerSlots(list: number): string[];
  optimizerState(list: number, slot: string): Handle[];
  setOptimizerState(list: number, slot: string, tensors: Handle[], isCount: boolean): void;
  moveOptimizerState(from: number, to: number, positions: number[]): void;
  refreshLr(list: number, lr: number): void;
  checkGradients(list: number, op: string): void;
  sgdStep(
    list: number,
    lr: number,
    momentum: number,
    dampening: number,
    weightDecay: number,
    nesterov: boolean,
    maximize: boolean,
    capturable: boolean,
    gradScale: Handle,
    foundInf: Handle,
  ): void;
  adamStep(
    list: number,
    lr: number,
    beta1: number,
    beta2: number,
    eps: number,
    weightDecay: number,
    amsgrad: boolean,
    maximize: boolean,
    capturable: boolean,
    decoupled: boolean,
    gradScale: Handle,
    foundInf: Handle,
  ): void;
  rmspropStep(
    list: number,
    lr: number,
    alpha: number,
    eps: number,
    weightDecay: number,
    momentum: number,
    centered: boolean,
    maximize: boolean,
    gradScale: Handle,
    foundInf: Handle,
  ): void;
  adagradStep(
    list: number,
    lr: number,
    lrDecay: number,
    weightDecay: number,
    initialAccumulatorValue: number,
    eps: number,
    maximize: boolean,
    gradScale: Handle,
    foundInf: Handle,
  ): void;
}
