import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { type ErrorCode, TorchError } from "./errors.js";
import { describeCore, findAddon, locateAddon } from "./libtorch/addon.js";
import { findLibTorch, type LibTorch } from "./libtorch/find.js";
import { sameMinor } from "./libtorch/version.js";
import { isTooOld, OLDEST_NODE } from "./node-version.js";

/** One argument of an operator, as LibTorch's schema has it. */
export interface ArgumentSchema {
  name: string;
  type: string;
  kwargOnly: boolean;
  optional: boolean;
  /** N of `int[N]`: a single number stands for N of it. */
  listSize: number;
  isWrite: boolean;
  defaultText?: string;
}

export interface OperatorSchema {
  op: number;
  overload: string;
  schema: string;
  args: ArgumentSchema[];
  returns: { name: string; type: string; argument: number }[];
}

/** Handles are plain numbers here; `lib/tensor.ts` is where they become tensors. */
export type Handle = number;

/** How native threads go through an epoch: batches first .. last - 1 of an order. */
export interface LoaderOptions {
  batchSize: number;
  first: number;
  last: number;
  prefetch: number;
  workers: number;
  pinned: boolean;
}

export interface ImageLoaderOptions extends LoaderOptions {
  padding: number;
  flip: number;
  cutout: number;
  cutoutProbability: number;
  mean: number[];
  std: number[];
  dtype: number;
  channelsLast: boolean;
  seed: number;
  epoch: number;
}

/** A native object that only native code can look into. */
export type External = object & { readonly __external: unique symbol };

/** What a module of TorchScript holds itself. */
export interface ScriptDescription {
  name: string;
  parameters: [string, Handle][];
  buffers: [string, Handle][];
  children: [string, External][];
  attributes: string[];
  methods: string[];
}

/** What `native/core` offers. Every function throws a TorchError and never crashes on bad input. */
export interface NativeCore {
  readonly torchVersion: string;
  setErrorFactory(factory: (code: ErrorCode, message: string, help: string) => Error): void;

  attachWire(words: Float64Array): void;
  putString(place: number, text: string): void;
  resultString(index: number): string;

  /** Arguments from the wire, results onto it. True when it is time to collect. */
  call(op: number, words: number, fresh?: object): boolean | undefined;
  operator(name: string): OperatorSchema[];
  operatorNames(): string[];
  /** Overloads are looked up again: a library has registered more. */
  forgetOperators(): void;

  shape(tensor: Handle): void;
  strides(tensor: Handle): void;
  dtype(tensor: Handle): number;
  device(tensor: Handle): number;
  flags(tensor: Handle): number;
  elementSize(tensor: Handle): number;
  storageOffset(tensor: Handle): number;
  layout(tensor: Handle): number;
  version(tensor: Handle): number;
  dataPtr(tensor: Handle): bigint;
  isContiguous(tensor: Handle, memoryFormat: number): boolean;
  fromData(data: ArrayBufferView, dtype: number, shapeWords: number): Handle;
  readData(tensor: Handle, into: ArrayBufferView): void;
  item(tensor: Handle): void;
  setRequiresGrad(tensor: Handle, value: boolean): void;
  grad(tensor: Handle): Handle;
  setGrad(tensor: Handle, grad: Handle): void;
  setData(tensor: Handle, data: Handle): void;
  alias(tensor: Handle): Handle;
  sameTensor(a: Handle, b: Handle): boolean;

  track(tensor: Handle, object: object): boolean | undefined;
  dispose(tensor: Handle): boolean;
  disposeMany(count: number): void;
  alive(tensor: Handle): boolean;
  sweep(all: boolean): void;
  isCrowded(everywhere: boolean): boolean;
  setCollector(collect: () => void): void;
  liveTensors(): number[];
  allocatedBytes(): number;
  peakBytes(): number;
  cachedBytes(): number;
  reservedBytes(): number;
  /** Gives CPU memory that is kept but not in use back to the system; the number of bytes. */
  trimMemory(): number;
  resetPeak(): void;
  rearm(all: boolean): void;

  index(tensor: Handle, words: number): Handle;
  indexPut(tensor: Handle, value: Handle, words: number): void;

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
  setStackTracer(trace: () => string): void;

  manualSeed(seed: number | bigint): void;
  newGenerator(deviceType: number, index: number, isDefault: boolean): number;
  disposeGenerator(generator: number): void;
  generatorSeed(generator: number, seed: number | bigint): void;
  generatorInitialSeed(generator: number): bigint;
  generatorState(generator: number): Handle;
  setGeneratorState(generator: number, state: Handle): void;

  /** relu?(batchNorm(x) (+ residual)); 0 stands for a tensor that is not there. */
  batchNormRelu(
    x: Handle,
    residual: Handle,
    weight: Handle,
    bias: Handle,
    runningMean: Handle,
    runningVar: Handle,
    training: boolean,
    momentum: number,
    eps: number,
    relu: boolean,
  ): Handle;
  /** The same, and x again: what flows back into that joins the gradient of x inside the kernel. */
  batchNormReluAndSkip(
    x: Handle,
    residual: Handle,
    weight: Handle,
    bias: Handle,
    runningMean: Handle,
    runningVar: Handle,
    training: boolean,
    momentum: number,
    eps: number,
    relu: boolean,
  ): [Handle, Handle];
  /** conv2d(x, weight) (+ bias) (+ addend); 0 stands for a tensor that is not there. */
  conv2d(
    x: Handle,
    weight: Handle,
    bias: Handle,
    addend: Handle,
    strideY: number,
    strideX: number,
    paddingY: number,
    paddingX: number,
    dilationY: number,
    dilationX: number,
    groups: number,
  ): Handle;
  /** weight 0: none; reduction in LibTorch's numbers. */
  crossEntropy(
    logits: Handle,
    target: Handle,
    weight: Handle,
    reduction: number,
    ignoreIndex: number,
    labelSmoothing: number,
  ): Handle;
  /** Own convolution kernels on or off; what it was. */
  setWinograd(enabled: boolean): boolean;
  /** The instruction set that own CPU kernels use here. */
  kernelIsa(): string;

  setMaster(param: Handle, master: Handle): void;
  dropMaster(param: Handle): void;
  syncMaster(param: Handle): void;
  writeWorking(param: Handle): void;
  newParamList(params: Handle[]): number;
  disposeParamList(list: number): void;
  zeroGrad(list: number, setToNone: boolean): void;

  gradsOf(lists: number[], take: boolean): number;
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
  perturb(
    perturbation: number,
    lists: number[],
    directions: number,
    p: number,
    shares: Float64Array,
    wantEps: boolean,
    /** Reads rho from the device, where {@link NativeCore.refreshRadii} changes it: for CUDA graphs. */
    capturable: boolean,
  ): [Handle, Handle];
  /** Takes the weights to be at w: after a capture that failed, in which nothing ran. */
  forgetPerturbation(perturbation: number): void;
  /** rho of each group, for steps that read it from the device. */
  refreshRadii(perturbation: number, rhos: Float64Array): void;
  release(perturbation: number): void;
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

  enterAutocast(deviceType: number, enabled: boolean, dtype: number, cache: boolean): [boolean, number, boolean];
  exitAutocast(deviceType: number, enabled: boolean, dtype: number, cache: boolean): void;
  autocastState(deviceType: number): [boolean, number, boolean];
  clearAutocastCache(): void;
  isAutocastEnabled(deviceType: number): boolean;
  numThreads(): number;
  setNumThreads(n: number): void;
  defaultDtype(): number;
  setDefaultDtype(dtype: number): void;
  setFlag(name: string, value: boolean, extra?: boolean): boolean | undefined;
  /** 0 off, 1 on, 2 warns only. */
  deterministicAlgorithms(): number;
  float32MatmulPrecision(precision?: "highest" | "high" | "medium"): "highest" | "high" | "medium";
  showConfig(): string;
  cpuCapability(): string;

  dataOpenImages(images: Handle, labels: Int32Array, order: Uint32Array, options: ImageLoaderOptions): number;
  dataOpenRows(columns: Handle[], order: Uint32Array, options: LoaderOptions): number;
  /** null: not ready yet; undefined: no more. */
  dataTake(loader: number, deviceType: number, deviceIndex: number): Handle[] | null | undefined;
  dataWait(loader: number): Promise<void>;
  dataClose(loader: number): void;
  dataOpenLoaders(): number;
  dataPermutation(n: number, seed: number, epoch: number): Uint32Array;
  dataLabelNoise(labels: Int32Array, classes: number, fraction: number, seed: number): void;
  dataStatistics(images: Handle): number[];
  dataImageBatch(
    images: Handle,
    labels: Handle,
    order: Handle,
    counters: Handle,
    table: Handle,
    count: number,
    padding: number,
    flip: number,
    cutout: number,
    cutoutProbability: number,
    seed: number,
    channelsLast: boolean,
  ): [images: Handle, labels: Handle];
  /** The value of each byte per channel, as [channels, 256]. */
  dataValueTable(mean: Float64Array, std: Float64Array, dtype: number): Handle;
  dataShapes10(seed: number, split: number, count: number): Handle;

  /** Device type -1: where its tensors were saved. */
  jitLoad(source: string | Uint8Array, deviceType: number, deviceIndex: number): External;
  jitDescribe(module: External): ScriptDescription;
  /** Arguments from the wire, the result onto it. `frozen`: buffers of modules in training stay as they are, all or those named. */
  jitRun(module: External, method: string, words: number, frozen: boolean | Handle[]): void;
  jitAttribute(module: External, name: string): void;
  jitTraining(module: External): boolean | null;
  jitSetTraining(module: External, value: boolean): void;
  jitSave(module: External): Uint8Array;
  jitFreeze(module: External, kept: string[], forInference: boolean): External;
  jitDispose(module: External): void;

  archiveOpen(path: string): External;
  archiveClose(archive: External): void;
  /** -1 where there is no such record. */
  archiveRecordSize(archive: External, name: string): number;
  archiveRecord(archive: External, name: string): Uint8Array;
  archiveTensors(archive: External, pickle: Uint8Array, deviceType: number, deviceIndex: number): Handle[];
  archiveWrite(records: [string, Uint8Array | Handle][], write: (bytes: Uint8Array) => void): void;
  storageBytes(tensor: Handle): number;

  deviceCount(deviceType: number): number;
  synchronize(index: number): void;
  emptyCache(): void;
  deviceMemory(index: number): [number, number, number, number];
  deviceMemoryInfo(index: number): [free: number, total: number];
  resetPeakDeviceMemory(index: number): void;
  /** Streams are an id and a device's index; -1 stands for the current device. */
  newStream(index: number, highPriority: boolean): [id: number, index: number];
  currentStream(index: number): [id: number, index: number];
  defaultStream(index: number): [id: number, index: number];
  /** Makes it the current stream of its device; the one that was. */
  exchangeStream(id: number, index: number): [id: number, index: number];
  queryStream(id: number, index: number): boolean;
  synchronizeStream(id: number, index: number): void;
  currentDevice(): number;
  setDevice(index: number): void;
  newEvent(timing: boolean): number;
  disposeEvent(event: number): void;
  recordEvent(event: number, stream: number, index: number): void;
  blockEvent(event: number, stream: number, index: number): void;
  queryEvent(event: number): boolean;
  synchronizeEvent(event: number): void;
  elapsedTime(from: number, to: number): number;

  /** Where this library's CUDA part is (or why there is none); it is opened when it is first needed. */
  setCudaPart(path: string, reason: string, help: string): void;
  /** Opens it now; `E_LOAD` with the reason when that cannot be. */
  openCudaPart(): void;
  cudaProperties(index: number): [name: string, major: number, minor: number, multiProcessors: number, bytes: number];
  /** By NVRTC, without a GPU; bytes of machine code. */
  compileCudaKernels(major: number, minor: number): number;
  /** CPU tensors go through the CUDA kernels' code too, thread after thread: for tests. */
  setDeviceKernelsOnCpu(enabled: boolean): void;
  graphNew(): number;
  graphFree(graph: number): void;
  graphRegister(graph: number, generator: number): void;
  /** `share`: a graph whose memory this one may use too, or 0. */
  graphBegin(graph: number, share: number): void;
  graphEnd(graph: number): void;
  /** Ends a capture that went wrong, and frees the graph. */
  graphAbandon(graph: number): void;
  graphReplay(graph: number): void;
}

interface NativeLoader {
  open(path: string, global: boolean): string | null;
  mapped(): string | null;
  abiVersion(): { major: number; minor: number; patch: number } | null;
}

function load(): { core: NativeCore; loader: NativeLoader } {
  const node = process.versions.node;
  if (isTooOld(node))
    throw new TorchError(
      "E_LOAD",
      `[load] expected Node ${OLDEST_NODE} or newer, got ${node}`,
      "install one from https://nodejs.org, or: nvm install 24",
    );
  const require = createRequire(import.meta.url);
  const libtorch = findLibTorch();
  const loader = require(findAddon("sam_torch_loader")) as NativeLoader;
  const open = (file: string) => {
    const problem = loader.open(file, true);
    if (problem === null) return;
    throw new TorchError(
      "E_LOAD",
      `[load] expected LibTorch ${libtorch.version.text} in ${libtorch.directory} to load, got: ${problem}`,
      "npx sam-torch doctor",
    );
  };
  refuseSecond(libtorch, loader.mapped());
  for (const file of libtorch.libraries) open(file);
  // Before the first question about CUDA: LibTorch caches the answer for ever.
  if (libtorch.cudaLibrary !== undefined) open(libtorch.cudaLibrary);
  const built = describeCore()?.libtorch;
  const mapped = loader.abiVersion();
  const found = mapped === null ? libtorch.version : { ...libtorch.version, ...mapped };
  if (built !== undefined && !sameMinor(built, found)) {
    throw new TorchError(
      "E_LOAD",
      `[load] expected LibTorch ${built.major}.${built.minor}, which this addon was compiled for, got ${found.major}.${found.minor} in ${libtorch.directory}`,
      "npx sam-torch build, or point SAM_TORCH_LIBTORCH to another LibTorch",
    );
  }
  const core = require(findAddon("sam_torch")) as NativeCore;
  core.setErrorFactory((code, message, help) => new TorchError(code, message, help));
  core.setCudaPart(...cudaPartOf(libtorch));
  return { core, loader };
}

/** The file with this library's CUDA graphs and kernels, or why there is none, and what helps. */
function cudaPartOf(libtorch: LibTorch): [path: string, reason: string, help: string] {
  if (libtorch.cudaLibrary === undefined) {
    const help = "on a machine with an NVIDIA driver: npx sam-torch setup";
    return ["", "expected a LibTorch with CUDA, got one for CPUs only", help];
  }
  const path = locateAddon("sam_torch_cuda");
  if (path !== undefined) return [path, "", "npx sam-torch doctor"];
  const help = "install the CUDA toolkit's headers, and run: npx sam-torch build";
  return ["", "expected sam_torch_cuda.node, got none: this build or package has no CUDA part", help];
}

/** Another copy of this package may have loaded a LibTorch already; the same file again is fine, a second one ends the process. */
function refuseSecond(libtorch: LibTorch, mapped: string | null): void {
  if (mapped === null || libtorch.libraries.some((file) => isSameFile(file, mapped))) return;
  throw new TorchError(
    "E_LOAD",
    `[load] expected one LibTorch in this process, got ${libtorch.directory} while ${mapped} is loaded`,
    "two copies of sam-torch find different ones: npm dedupe, or set SAM_TORCH_LIBTORCH before both",
  );
}

function isSameFile(a: string, b: string): boolean {
  try {
    const [left, right] = [statSync(a), statSync(b)];
    return left.ino === right.ino && left.dev === right.dev;
  } catch {
    return false;
  }
}

const { core, loader } = load();

/** The addon: the only place that loads a `.node` file. */
export const native: NativeCore = core;

/** Maps a shared library into the process, with its symbols for all to see; null, or why it cannot be. */
export const openLibrary = (path: string): string | null => loader.open(path, true);
