import { native } from "./native.js";

/** Threads that one operator may use on the CPU. */
export const getNumThreads = (): number => native.numThreads();
export const setNumThreads = (n: number): void => native.setNumThreads(n);

/** Refuses operators that are not deterministic; with `warnOnly` it only warns. */
export const useDeterministicAlgorithms = (enabled: boolean, { warnOnly = false }: { warnOnly?: boolean } = {}): void =>
  void native.setFlag("deterministicAlgorithms", enabled, warnOnly);

/** Treats denormal numbers as zero on the CPU; false where the CPU cannot. */
export const setFlushDenormal = (enabled: boolean): boolean => native.setFlag("flushDenormal", enabled) === true;

/** What LibTorch was built with, as text. */
export const showConfig = (): string => native.showConfig();

/** The instruction set that LibTorch's CPU kernels use: `"AVX512"`, `"AVX2"`, `"DEFAULT"`. */
export const cpuCapability = (): string => native.cpuCapability();

/** Version of the LibTorch that the addon was built for. */
export const torchVersion: string = native.torchVersion;
