/** The value of 16 bits, or of 8 bits moved to the top of them: sign, exponent of `exponentBits`, the rest mantissa. */
function smallFloat(bits: number, exponentBits: number, mantissaBits: number): number {
  const sign = bits >> (exponentBits + mantissaBits) ? -1 : 1;
  const exponent = (bits >> mantissaBits) & ((1 << exponentBits) - 1);
  const mantissa = bits & ((1 << mantissaBits) - 1);
  const bias = (1 << (exponentBits - 1)) - 1;
  // e4m3fn has no infinities, and one NaN: all bits set.
  if (exponentBits === 4 && exponent === 15 && mantissa === 7) return Number.NaN;
  if (exponent === (1 << exponentBits) - 1 && exponentBits !== 4)
    return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * mantissa * 2 ** (1 - bias - mantissaBits);
  return sign * (1 + mantissa / 2 ** mantissaBits) * 2 ** (exponent - bias);
}

/** A fixture's little-endian bytes as numbers, by PyTorch's dtype name; complex ones as real and imaginary parts. */
export function decodeElements(dtype: string, bytes: Buffer): (number | bigint)[] {
  const buffer = new Uint8Array(bytes).buffer;
  switch (dtype) {
    case "float32":
    case "complex64":
      return [...new Float32Array(buffer)];
    case "float64":
    case "complex128":
      return [...new Float64Array(buffer)];
    case "float16":
      return Array.from(new Uint16Array(buffer), (bits) => smallFloat(bits, 5, 10));
    case "bfloat16":
      return Array.from(new Uint16Array(buffer), (bits) => smallFloat(bits, 8, 7));
    case "float8_e4m3fn":
      return Array.from(new Uint8Array(buffer), (bits) => smallFloat(bits, 4, 3));
    case "float8_e5m2":
      return Array.from(new Uint8Array(buffer), (bits) => smallFloat(bits, 5, 2));
    case "int8":
      return [...new Int8Array(buffer)];
    case "int16":
      return [...new Int16Array(buffer)];
    case "int32":
      return [...new Int32Array(buffer)];
    case "int64":
      return [...new BigInt64Array(buffer)];
    case "uint8":
    case "bool":
      return [...new Uint8Array(buffer)];
    case "uint16":
      return [...new Uint16Array(buffer)];
    case "uint32":
      return [...new Uint32Array(buffer)];
    case "uint64":
      return [...new BigUint64Array(buffer)];
    default:
      throw new Error(`no decoder for ${dtype}`);
  }
}
