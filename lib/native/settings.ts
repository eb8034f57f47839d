/** Switches of LibTorch: `native/core/context.cpp`. */
export interface NativeSettings {
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
}
