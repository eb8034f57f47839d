import type { ErrorCode } from "../errors.js";
import type { Handle } from "./handle.js";

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

/** Operators, tensors, memory, random numbers: `native/core/`. */
export interface NativeTensors {
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
  /** The number of a floating-point tensor with one element on the CPU; undefined of every other tensor. */
  hostNumber(tensor: Handle, mustBeFinite: boolean): number | undefined;
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

  manualSeed(seed: number | bigint): void;
  newGenerator(deviceType: number, index: number, isDefault: boolean): number;
  disposeGenerator(generator: number): void;
  generatorSeed(generator: number, seed: number | bigint): void;
  generatorInitialSeed(generator: number): bigint;
  generatorState(generator: number): Handle;
  setGeneratorState(generator: number, state: Handle): void;
}
