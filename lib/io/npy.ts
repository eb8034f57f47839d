import { TorchError } from "../errors.js";
import { npyNameOf, type StoredArray, torchNameOfNpy } from "./dtypes.js";

/*
 * The .npy format: the magic bytes, a version, a Python dictionary literal with type, order and shape, then the elements.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

const MAGIC = Buffer.from("\x93NUMPY", "latin1");
const ALIGNMENT = 64;
/** numpy leaves room for the first axis to grow to this many digits in place. */
const GROWTH_DIGITS = 21;

function corrupt(what: string, help = "the file is truncated, damaged or of another format"): never {
  throw new TorchError("E_DATA", `[npy] expected a complete .npy file, got ${what}`, help);
}

/** What stands before the elements, checked against the size of the file. */
export interface NpyHeader {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  /** Width of the numbers whose bytes are in the other order; 1 where none are. */
  readonly swapped: number;
  readonly itemBytes: number;
  readonly dataStart: number;
  /** Of all elements. */
  readonly dataBytes: number;
}

function unsupported(descr: string): never {
  corrupt(`elements of type ${descr}`, "numbers and booleans can be read; strings, objects, dates and records cannot");
}

function parseDictionary(text: string): { descr: string; fortranOrder: boolean; shape: number[] } {
  if (/'descr'\s*:\s*\[/.test(text)) unsupported("record");
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  // Python 2 wrote long integers as "3L".
  const tuple = /'shape'\s*:\s*\(((?:\s*\d+L?\s*,)*(?:\s*\d+L?)?)\s*\)/.exec(text)?.[1];
  if (!/^\s*\{.*\}\s*$/s.test(text) || descr === undefined || order === undefined || tuple === undefined) {
    corrupt(`the header ${JSON.stringify(text.trimEnd().slice(0, 200))}`);
  }
  const shape = tuple
    .split(",")
    .map((size) => size.trim().replace("L", ""))
    .filter((size) => size !== "")
    .map(Number);
  return { descr, fortranOrder: order === "True", shape };
}

/** So many bytes tell where the elements begin. */
export const NPY_FIRST_BYTES = 12;

/** Where the elements begin, by the first bytes of a file. */
export function npyDataStart(first: Uint8Array): number {
  if (first.byteLength < 10 || MAGIC.compare(first, 0, 6) !== 0)
    corrupt("a file that does not begin with \\x93NUMPY and a version");
  const version = first[6]!;
  if (version < 1 || version > 3) corrupt(`format version ${version}.${first[7]} (known: 1, 2, 3)`);
  const start = version === 1 ? 10 : 12;
  if (first.byteLength < start) corrupt(`${first.byteLength} bytes`);
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  return start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
}

/**
 * @param bytes up to where the elements begin, or more
 * @param fileBytes of the whole file
 */
export function parseNpyHeader(bytes: Uint8Array, fileBytes: number): NpyHeader {
  const dataStart = npyDataStart(bytes);
  const [version, start] = [bytes[6]!, bytes[6] === 1 ? 10 : 12];
  if (fileBytes < dataStart) corrupt(`a header of ${dataStart - start} bytes in a file of ${fileBytes}`);
  const text = Buffer.from(bytes.subarray(start, dataStart)).toString(version === 3 ? "utf8" : "latin1");
  const { descr, fortranOrder, shape } = parseDictionary(text);
  const dtype = torchNameOfNpy(descr.slice(1));
  const byteOrder = descr[0] ?? "";
  const itemBytes = Number(descr.slice(2));
  if (dtype === undefined || !"<>|=".includes(byteOrder)) unsupported(descr);
  const dataBytes = shape.reduce((product, size) => product * size, itemBytes);
  if (!Number.isSafeInteger(dataBytes)) corrupt(`shape [${shape.join(", ")}]`);
  const got = fileBytes - dataStart;
  if (got !== dataBytes)
    corrupt(`${got} bytes of elements where shape [${shape.join(", ")}] and dtype ${dtype} make ${dataBytes}`);
  const swapped = byteOrder !== ">" ? 1 : dtype.startsWith("complex") ? itemBytes / 2 : itemBytes;
  return { dtype, shape, fortranOrder: fortranOrder && shape.length > 1, swapped, itemBytes, dataStart, dataBytes };
}

/** Reverses the bytes of each `width`-byte number, in place. */
export function swapBytes(data: Uint8Array, width: number): void {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (width === 2) buffer.swap16();
  else if (width === 4) buffer.swap32();
  else if (width === 8) buffer.swap64();
}

/** Copies column-major elements into row-major order. */
function toRowMajor(data: Uint8Array, shape: readonly number[], itemBytes: number): Uint8Array {
  const result = new Uint8Array(data.byteLength);
  const count = data.byteLength / itemBytes;
  const index = new Array<number>(shape.length).fill(0);
  const strides: number[] = [];
  for (let axis = 0, stride = itemBytes; axis < shape.length; axis++) {
    strides.push(stride);
    stride *= shape[axis]!;
  }
  for (let item = 0, from = 0; item < count; item++) {
    for (let byte = 0; byte < itemBytes; byte++) result[item * itemBytes + byte] = data[from + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      index[axis] = index[axis]! + 1;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

/**
 * Reads a .npy file of any version, byte order and memory order. The elements come back little-endian and row-major, in memory of
 * their own; `dtype` is PyTorch's name.
 *
 * @throws TorchError `E_DATA` for a file that is truncated, damaged, of another format, or holds no numbers.
 */
export function decodeNpy(bytes: Uint8Array): StoredArray {
  const { dtype, shape, fortranOrder, swapped, itemBytes, dataStart } = parseNpyHeader(bytes, bytes.byteLength);
  // Not slice: on a Buffer that is a view, and the swap below would change the caller's bytes.
  let data: Uint8Array = new Uint8Array(bytes.subarray(dataStart));
  swapBytes(data, swapped);
  if (fortranOrder) data = toRowMajor(data, shape, itemBytes);
  return { dtype, shape, data };
}

function pythonTuple(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/**
 * What stands before the elements, byte for byte as `numpy.save` writes it for an array in row-major order.
 *
 * @throws TorchError `E_ARG` for a dtype that numpy does not have (bfloat16, the 8-bit floats).
 */
export function encodeNpyHeader(dtype: string, shape: readonly number[]): Uint8Array {
  const name = npyNameOf(dtype);
  if (name === undefined) {
    throw new TorchError(
      "E_ARG",
      `[npy] expected a dtype that numpy has, got ${dtype}`,
      "convert to float32, or save as safetensors",
    );
  }
  const descr = `${name.endsWith("1") ? "|" : "<"}${name}`;
  const room = shape.length > 0 ? " ".repeat(GROWTH_DIGITS - String(shape[0]).length) : "";
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${pythonTuple(shape)}, }${room}`;
  // Version 1 counts the header in 16 bits, version 2 in 32.
  const version = header.length + 1 + ALIGNMENT < 0x10000 ? 1 : 2;
  const start = version === 1 ? 10 : 12;
  const headerBytes = Math.ceil((start + header.length + 1) / ALIGNMENT) * ALIGNMENT - start;
  const bytes = new Uint8Array(start + headerBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC, 0);
  view.setUint16(6, version, true);
  if (version === 1) view.setUint16(8, headerBytes, true);
  else view.setUint32(8, headerBytes, true);
  bytes.set(Buffer.from(`${header.padEnd(headerBytes - 1)}\n`, "latin1"), start);
  return bytes;
}
