import { badArgument } from "./errors.js";
import { didYouMean, quoted } from "./ops/names.js";

/** Element types, numbered as LibTorch's `ScalarType`. */
const CODES = {
  uint8: 0,
  int8: 1,
  int16: 2,
  int32: 3,
  int64: 4,
  float16: 5,
  float32: 6,
  float64: 7,
  complex32: 8,
  complex64: 9,
  complex128: 10,
  bool: 11,
  qint8: 12,
  quint8: 13,
  qint32: 14,
  bfloat16: 15,
  float8_e5m2: 23,
  float8_e4m3fn: 24,
  float8_e5m2fnuz: 25,
  float8_e4m3fnuz: 26,
  uint16: 27,
  uint32: 28,
  uint64: 29,
} as const;

/** The name of an element type, as in `torch.zeros([2], { dtype: "float64" })`; constants of the same names exist. */
export type DType = keyof typeof CODES;

export const dtypeNames: readonly string[] = Object.keys(CODES);

const NAMES = new Map<number, DType>(Object.entries(CODES).map(([name, code]) => [code, name as DType]));

export const uint8 = "uint8" satisfies DType;
export const int8 = "int8" satisfies DType;
export const int16 = "int16" satisfies DType;
export const int32 = "int32" satisfies DType;
export const int64 = "int64" satisfies DType;
export const float16 = "float16" satisfies DType;
export const float32 = "float32" satisfies DType;
export const float64 = "float64" satisfies DType;
export const complex64 = "complex64" satisfies DType;
export const complex128 = "complex128" satisfies DType;
export const bool = "bool" satisfies DType;
export const bfloat16 = "bfloat16" satisfies DType;
export const uint16 = "uint16" satisfies DType;
export const uint32 = "uint32" satisfies DType;
export const uint64 = "uint64" satisfies DType;

export const complex32 = "complex32" satisfies DType;
export const float8_e5m2 = "float8_e5m2" satisfies DType;
export const float8_e4m3fn = "float8_e4m3fn" satisfies DType;
export const float8_e5m2fnuz = "float8_e5m2fnuz" satisfies DType;
export const float8_e4m3fnuz = "float8_e4m3fnuz" satisfies DType;
export const qint8 = "qint8" satisfies DType;
export const quint8 = "quint8" satisfies DType;
export const qint32 = "qint32" satisfies DType;

/** PyTorch's other names: `torch.float` is float32, `torch.long` int64. */
export const half = "float16" satisfies DType;
export const float = "float32" satisfies DType;
export const double = "float64" satisfies DType;
export const short = "int16" satisfies DType;
export const int = "int32" satisfies DType;
export const long = "int64" satisfies DType;
export const cfloat = "complex64" satisfies DType;
export const cdouble = "complex128" satisfies DType;

/** @param op who asks, for the error */
export function dtypeCode(dtype: DType, op = "dtype"): number {
  const code = isDType(dtype) ? CODES[dtype] : undefined;
  if (code === undefined) {
    badArgument(`[${op}] expected the name of a dtype, got ${quoted(dtype)}`, didYouMean(dtype, dtypeNames));
  }
  return code;
}

export function dtypeName(code: number): DType {
  const name = NAMES.get(code);
  if (name === undefined) badArgument(`[dtype] expected a known element type, got number ${quoted(code)}`);
  return name;
}

export const isFloatingDType = (dtype: DType): boolean => dtype.startsWith("float") || dtype === "bfloat16";

export const isDType = (text: string): text is DType => typeof text === "string" && Object.hasOwn(CODES, text);

/** Bytes of one element. */
export function dtypeSize(dtype: DType): number {
  dtypeCode(dtype); // throws for what is none
  const bits = /\d+$/.exec(dtype.replace(/_.*$/, ""));
  return bits === null ? 1 : Number(bits[0]) / 8;
}

/** Memory formats, numbered as LibTorch's `MemoryFormat`. */
const MEMORY_FORMATS = { contiguousFormat: 0, preserveFormat: 1, channelsLast: 2, channelsLast3d: 3 } as const;
export type MemoryFormat = keyof typeof MEMORY_FORMATS;
export const memoryFormatNames: readonly string[] = Object.keys(MEMORY_FORMATS);
export const contiguousFormat = "contiguousFormat" satisfies MemoryFormat;
export const preserveFormat = "preserveFormat" satisfies MemoryFormat;
export const channelsLast = "channelsLast" satisfies MemoryFormat;
export const channelsLast3d = "channelsLast3d" satisfies MemoryFormat;

export function memoryFormatCode(format: MemoryFormat): number {
  const code = isMemoryFormat(format) ? MEMORY_FORMATS[format] : undefined;
  if (code === undefined) {
    badArgument(
      `[memoryFormat] expected a memory format, got ${quoted(format)}`,
      didYouMean(format, memoryFormatNames),
    );
  }
  return code;
}

export const isMemoryFormat = (text: string): text is MemoryFormat =>
  typeof text === "string" && Object.hasOwn(MEMORY_FORMATS, text);

/** Layouts, numbered as LibTorch's `Layout`. */
const LAYOUTS = {
  strided: 0,
  sparseCoo: 1,
  sparseCsr: 2,
  mkldnn: 3,
  sparseCsc: 4,
  sparseBsr: 5,
  sparseBsc: 6,
  jagged: 7,
};
export type Layout = keyof typeof LAYOUTS;
export const layoutNames: readonly string[] = Object.keys(LAYOUTS);

export const strided = "strided" satisfies Layout;
export const sparseCoo = "sparseCoo" satisfies Layout;
export const sparseCsr = "sparseCsr" satisfies Layout;
export const sparseCsc = "sparseCsc" satisfies Layout;
export const sparseBsr = "sparseBsr" satisfies Layout;
export const sparseBsc = "sparseBsc" satisfies Layout;
export const jagged = "jagged" satisfies Layout;

export function layoutCode(layout: Layout): number {
  const code = isLayout(layout) ? LAYOUTS[layout] : undefined;
  if (code === undefined) {
    badArgument(`[layout] expected a layout, got ${quoted(layout)}`, didYouMean(layout, layoutNames));
  }
  return code;
}

export const isLayout = (text: string): text is Layout => typeof text === "string" && Object.hasOwn(LAYOUTS, text);

export function layoutName(code: number): Layout {
  for (const [name, number] of Object.entries(LAYOUTS)) if (number === code) return name as Layout;
  badArgument(`[layout] expected a known layout, got number ${quoted(code)}`);
}
