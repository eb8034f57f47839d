// For Symbol.dispose in the published types, whatever `lib` the project that imports them has.
/// <reference lib="esnext.disposable" preserve="true" />
import "./ops/install.js";

export { type AutocastOptions, autocast, clearAutocastCache, isAutocastEnabled } from "./autocast.js";
export * as autograd from "./autograd/index.js";
export { enableGrad, inferenceMode, isGradEnabled, noGrad, setGradEnabled } from "./autograd.js";
export * as backends from "./backends.js";
export { Complex } from "./complex.js";
export { e, inf, nan, newaxis, pi } from "./constants.js";
export { asTensor, frombuffer, full, type TensorData, type TensorOptions, tensor } from "./creation.js";
export * as cuda from "./cuda.js";
export * as data from "./data/index.js";
export type { NestedArray, TypedArray } from "./data-access.js";
export { isDebug, setDebug } from "./debug.js";
export { getDefaultDevice, getDefaultDtype, setDefaultDevice, setDefaultDtype } from "./defaults.js";
export type { Device } from "./device.js";
export {
  bfloat16,
  bool,
  cdouble,
  cfloat,
  channelsLast,
  channelsLast3d,
  complex32,
  complex64,
  complex128,
  contiguousFormat,
  type DType,
  double,
  dtypeNames,
  dtypeSize,
  float,
  float8_e4m3fn,
  float8_e4m3fnuz,
  float8_e5m2,
  float8_e5m2fnuz,
  float16,
  float32,
  float64,
  half,
  int,
  int8,
  int16,
  int32,
  int64,
  isDType,
  isFloatingDType,
  isLayout,
  isMemoryFormat,
  jagged,
  type Layout,
  layoutNames,
  long,
  type MemoryFormat,
  memoryFormatNames,
  preserveFormat,
  qint8,
  qint32,
  quint8,
  short,
  sparseBsc,
  sparseBsr,
  sparseCoo,
  sparseCsc,
  sparseCsr,
  strided,
  uint8,
  uint16,
  uint32,
  uint64,
} from "./dtype.js";
export { type FloatInfo, finfo, type IntegerInfo, iinfo } from "./dtype-info.js";
export { type ErrorCode, TorchError } from "./errors.js";
export * as func from "./func/index.js";
export {
  defaultGenerator,
  Generator,
  getRngState,
  initialSeed,
  manualSeed,
  seed,
  setRngState,
} from "./generator.js";
export type { HookHandle } from "./hooks.js";
export { Slice, slice, type TensorIndex } from "./indexing.js";
export { type LoadOptions, load, loadNpy, loadSafetensors, save, saveNpy, saveSafetensors } from "./io/save.js";
export * as jit from "./jit/index.js";
export { masterOf, writeWorkingWeights } from "./master-weights.js";
export { collectGarbage, emptyCache, type LiveTensor, type MemoryReport, memory, resetPeakMemory } from "./memory.js";
export * as models from "./models/index.js";
export * as nn from "./nn/index.js";
export {
  blockDiag,
  broadcastShapes,
  broadcastTensors,
  cartesianProd,
  einsum,
  meshgrid,
  type NormOptions,
  nonzero,
  norm,
  tensordot,
  type UniqueOptions,
  unique,
  uniqueConsecutive,
  unravelIndex,
} from "./ops/composite.js";
export {
  type OperatorNamespaces,
  type Ops,
  ops,
  type RawNamespace,
  type RawOperator,
  type RawOverload,
} from "./ops/namespaces.js";
export * from "./ops.generated.js";
export * as optim from "./optim/index.js";
export { getPrintoptions, type PrintOptions, printoptions, setPrintoptions } from "./print-options.js";
export {
  areDeterministicAlgorithmsEnabled,
  cpuCapability,
  getFloat32MatmulPrecision,
  getNumThreads,
  isDeterministicAlgorithmsWarnOnlyEnabled,
  type MatmulPrecision,
  setFloat32MatmulPrecision,
  setFlushDenormal,
  setNumThreads,
  showConfig,
  torchVersion,
  useDeterministicAlgorithms,
} from "./settings.js";
export * as sharpness from "./sharpness/index.js";
export { type BackwardOptions, isTensor, type Scalar, Tensor, type ToOptions } from "./tensor.js";
export { keep, tidy } from "./tidy.js";
export * as train from "./train/index.js";
export * as utils from "./utils/index.js";
