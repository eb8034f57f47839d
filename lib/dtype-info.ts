import type { DType } from "./dtype.js";
import { badArgument } from "./errors.js";
import { quoted } from "./ops/names.js";

/** What {@link finfo} tells of a floating point dtype. */
export interface FloatInfo {
  bits: number;
  /** Distance from 1 to the next larger number. */
  eps: number;
  max: number;
  min: number;
  /** Smallest positive normal number. */
  tiny: number;
  /** Decimal digits that always survive. */
  resolution: number;
}

// exponent bits, mantissa bits
const FLOATS: Partial<Record<DType, readonly [number, number]>> = {
  float16: [5, 10],
  bfloat16: [8, 7],
  float32: [8, 23],
  float64: [11, 52],
  complex32: [5, 10],
  complex64: [8, 23],
  complex128: [11, 52],
  float8_e5m2: [5, 2],
};

/**
 * Limits of a floating point dtype; of a complex one, those of its parts.
 *
 * @example
 * torch.finfo("float32").eps; // 1.1920928955078125e-7
 */
export function finfo(dtype: DType): FloatInfo {
  if (dtype === "float8_e4m3fn") return { bits: 8, eps: 0.125, max: 448, min: -448, tiny: 2 ** -6, resolution: 1 };
  const layout = typeof dtype === "string" ? FLOATS[dtype] : undefined;
  if (layout === undefined)
    badArgument(`[finfo] expected a floating point dtype, got ${quoted(dtype)}`, "torch.iinfo() is for integers");
  const [exponent, mantissa] = layout;
  const eps = 2 ** -mantissa;
  const top = 2 ** (exponent - 1) - 1;
  const max = (2 - eps) * 2 ** top;
  return {
    bits: 1 + exponent + mantissa,
    eps,
    max,
    min: -max,
    tiny: 2 ** (1 - top),
    resolution: 10 ** -Math.floor(mantissa * Math.log10(2)),
  };
}

/** What {@link iinfo} tells of an integer dtype; bigints for 64 bits. */
export interface IntegerInfo {
  bits: number;
  max: number | bigint;
  min: number | bigint;
}

/**
 * Limits of an integer dtype.
 *
 * @example
 * torch.iinfo("uint8").max; // 255
 */
export function iinfo(dtype: DType): IntegerInfo {
  const match = typeof dtype === "string" ? /^(u?)int(\d+)$/.exec(dtype) : null;
  if (match === null)
    badArgument(`[iinfo] expected an integer dtype, got ${quoted(dtype)}`, "torch.finfo() is for floating point");
  const bits = Number(match[2]);
  const signed = match[1] === "";
  const max = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const min = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  return bits === 64 ? { bits, max, min } : { bits, max: Number(max), min: Number(min) };
}
