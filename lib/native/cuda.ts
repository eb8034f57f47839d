/** Devices, streams, events and graphs: `native/core/`, `native/cuda/`. */
export interface NativeDevices {
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
