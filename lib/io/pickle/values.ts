import type { DType } from "../../dtype.js";
import { TorchError } from "../../errors.js";

/** A storage that a pickle names: a record of the archive, and how many bytes of it are meant. */
export interface StorageRef {
  readonly key: string;
  readonly bytes: number;
  /** Null: bytes of no type of their own. */
  readonly dtype: DType | null;
}

/** A tensor as a pickle describes it: a view of a storage. */
export class TensorRef {
  constructor(
    readonly storage: StorageRef,
    readonly dtype: DType,
    readonly offset: number,
    readonly size: readonly number[],
    readonly stride: readonly number[],
    public requiresGrad: boolean,
    /** Conjugated, negated: bits that a view of a complex tensor may carry. */
    readonly bits: ReadonlyMap<string, boolean>,
  ) {}
}

/** Python's names of typed storages. */
const STORAGES: Readonly<Record<string, DType>> = {
  ByteStorage: "uint8",
  CharStorage: "int8",
  ShortStorage: "int16",
  IntStorage: "int32",
  LongStorage: "int64",
  HalfStorage: "float16",
  FloatStorage: "float32",
  DoubleStorage: "float64",
  ComplexFloatStorage: "complex64",
  ComplexDoubleStorage: "complex128",
  BoolStorage: "bool",
  BFloat16Storage: "bfloat16",
};
/** Types that Python saves without a typed storage; these are the names that LibTorch's unpickler knows. */
const NEWER: Readonly<Record<string, DType>> = {
  UInt16Storage: "uint16",
  UInt32Storage: "uint32",
  UInt64Storage: "uint64",
  Float8_e5m2Storage: "float8_e5m2",
  Float8_e4m3fnStorage: "float8_e4m3fn",
  Float8_e5m2fnuzStorage: "float8_e5m2fnuz",
  Float8_e4m3fnuzStorage: "float8_e4m3fnuz",
};
const nameByDType = new Map(Object.entries({ ...STORAGES, ...NEWER }).map(([name, dtype]) => [dtype, name]));

/** The dtype of a typed storage of Python's, by its class's name. */
export const dtypeOfStorage = (name: string): DType | undefined =>
  Object.hasOwn(STORAGES, name) ? STORAGES[name] : undefined;
/** The class's name for a dtype, Python's or LibTorch's; undefined for types that neither has. */
export const storageOfDType = (dtype: DType): string | undefined => nameByDType.get(dtype);
/** Whether Python itself has a typed storage for it. */
export const hasTypedStorage = (dtype: DType): boolean => {
  const name = nameByDType.get(dtype);
  return name !== undefined && Object.hasOwn(STORAGES, name);
};

/** Bytes of one element of the types above. */
export function itemBytes(dtype: DType): number {
  if (dtype === "bool" || dtype.startsWith("float8")) return 1;
  const bits = Number(/\d+$/.exec(dtype)?.[0] ?? 8);
  return bits / 8;
}

/** The error for a file that holds something else than it should. */
export function corrupt(got: string, help = "the file is truncated, damaged or of another format"): never {
  throw new TorchError("E_DATA", `[load] expected a file of torch.save, got ${got}`, help);
}
