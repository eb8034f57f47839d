/**
 * Element types as the file formats name them, next to PyTorch's names.
 *
 * `rank` is the order in which the safetensors package writes tensors (highest first), so that our files equal its files
 * byte for byte; `npy` is numpy's type letter and size, absent where numpy has no such type.
 */
interface StoredType {
  readonly torch?: string;
  readonly npy?: string;
  readonly bits: number;
  readonly rank: number;
}

const types = {
  BOOL: { torch: "bool", npy: "b1", bits: 8, rank: 0 },
  F4: { bits: 4, rank: 1 },
  F6_E2M3: { bits: 6, rank: 2 },
  F6_E3M2: { bits: 6, rank: 3 },
  U8: { torch: "uint8", npy: "u1", bits: 8, rank: 4 },
  I8: { torch: "int8", npy: "i1", bits: 8, rank: 5 },
  F8_E5M2: { torch: "float8_e5m2", bits: 8, rank: 6 },
  F8_E4M3: { torch: "float8_e4m3fn", bits: 8, rank: 7 },
  F8_E8M0: { torch: "float8_e8m0fnu", bits: 8, rank: 8 },
  F8_E4M3FNUZ: { torch: "float8_e4m3fnuz", bits: 8, rank: 9 },
  F8_E5M2FNUZ: { torch: "float8_e5m2fnuz", bits: 8, rank: 10 },
  I16: { torch: "int16", npy: "i2", bits: 16, rank: 11 },
  U16: { torch: "uint16", npy: "u2", bits: 16, rank: 12 },
  F16: { torch: "float16", npy: "f2", bits: 16, rank: 13 },
  BF16: { torch: "bfloat16", bits: 16, rank: 14 },
  I32: { torch: "int32", npy: "i4", bits: 32, rank: 15 },
  U32: { torch: "uint32", npy: "u4", bits: 32, rank: 16 },
  F32: { torch: "float32", npy: "f4", bits: 32, rank: 17 },
  C64: { torch: "complex64", npy: "c8", bits: 64, rank: 18 },
  F64: { torch: "float64", npy: "f8", bits: 64, rank: 19 },
  I64: { torch: "int64", npy: "i8", bits: 64, rank: 20 },
  U64: { torch: "uint64", npy: "u8", bits: 64, rank: 21 },
} as const satisfies Record<string, StoredType>;

/** An element type by its safetensors name. */
export type SafetensorsDType = keyof typeof types;

/** One array as bytes: little-endian, C order, no gaps. */
export interface StoredArray<D extends string = string> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const table: ReadonlyMap<string, StoredType> = new Map(Object.entries(types));

/** Every safetensors name, in the order of the format's own list. */
export const safetensorsDTypes: readonly SafetensorsDType[] = Object.keys(types) as SafetensorsDType[];

/** Whether `name` is a safetensors element type. */
export function isSafetensorsDType(name: unknown): name is SafetensorsDType {
  return typeof name === "string" && table.has(name);
}

/** Bits per element; 4 and 6 for the packed types. */
export function bitsOf(dtype: SafetensorsDType): number {
  return types[dtype].bits;
}

/** Where the safetensors package sorts a tensor of this type: higher comes first. */
export function rankOf(dtype: SafetensorsDType): number {
  return types[dtype].rank;
}

/** PyTorch's name for a safetensors type, or `undefined` for the packed types that have no tensor of the same shape. */
export function torchNameOf(dtype: SafetensorsDType): string | undefined {
  return table.get(dtype)?.torch;
}

const byTorchName = new Map(safetensorsDTypes.map((name) => [torchNameOf(name), name]));

/** The safetensors type for PyTorch's name (`"float32"` gives `"F32"`), or `undefined`. */
export function safetensorsNameOf(torchName: string): SafetensorsDType | undefined {
  return byTorchName.get(torchName);
}

/** numpy's letter and size for PyTorch's name (`"float32"` gives `"f4"`), or `undefined`. */
export function npyNameOf(torchName: string): string | undefined {
  if (torchName === "complex128") return "c16";
  const name = byTorchName.get(torchName);
  return name === undefined ? undefined : table.get(name)?.npy;
}

const byNpyName = new Map<string, string>([["c16", "complex128"]]);
for (const type of table.values())
  if (type.npy !== undefined && type.torch !== undefined) byNpyName.set(type.npy, type.torch);

/** PyTorch's name for numpy's letter and size (`"f4"` gives `"float32"`), or `undefined`. */
export function torchNameOfNpy(npyName: string): string | undefined {
  return byNpyName.get(npyName);
}
