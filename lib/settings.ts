import { badArgument } from "./errors.js";
import { native } from "./native.js";
import { describeValue } from "./ops/describe-value.js";
import { settings } from "./options.js";

/** Threads that one operator may use on the CPU. */
export const getNumThreads = (): number => native.numThreads();
export const setNumThreads = (n: number): void => native.setNumThreads(n);

/** Refuses operators that are not deterministic; with `warnOnly` it only warns. */
export function useDeterministicAlgorithms(enabled: boolean, options?: { warnOnly?: boolean }): void {
  const { warnOnly } = settings("useDeterministicAlgorithms", { warnOnly: false }, options);
  native.setFlag("deterministicAlgorithms", enabled, warnOnly);
}

export const areDeterministicAlgorithmsEnabled = (): boolean => native.deterministicAlgorithms() !== 0;
export const isDeterministicAlgorithmsWarnOnlyEnabled = (): boolean => native.deterministicAlgorithms() === 2;

/** How exact matrix products in float32 must be: `"highest"` (at first), `"high"` (TF32 or two bfloat16 products) or `"medium"`. */
export const getFloat32MatmulPrecision = (): MatmulPrecision => native.float32MatmulPrecision();
export type MatmulPrecision = "highest" | "high" | "medium";
/** @throws TorchError `E_ARG` for another name */
export function setFloat32MatmulPrecision(precision: MatmulPrecision): void {
  if (!["highest", "high", "medium"].includes(precision)) {
    badArgument(`[setFloat32MatmulPrecision] expected "highest", "high" or "medium", got ${describeValue(precision)}`);
  }
  native.float32MatmulPrecision(precision);
}

/** Treats denormal numbers as zero on the CPU; false where the CPU cannot. */
export const setFlushDenormal = (enabled: boolean): boolean => native.setFlag("flushDenormal", enabled) === true;

/** What LibTorch was built with, as text. */
export const showConfig = (): string => native.showConfig();

/** The instruction set that LibTorch's CPU kernels use: `"AVX512"`, `"AVX2"`, `"DEFAULT"`. */
export const cpuCapability = (): string => native.cpuCapability();

/** Version of the LibTorch that the addon was built for. */
export const torchVersion: string = native.torchVersion;
