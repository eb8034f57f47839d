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

interface NpyHeader {
  readonly byteOrder: string;
  readonly dtype: string;
  readonly itemBytes: number;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
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

function parseHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.byteLength < 10 || MAGIC.compare(bytes, 0, 6) !== 0)
    corrupt("a file that does not begin with \\x93NUMPY and a version");
  const version = bytes[6]!;
  if (version < 1 || version > 3) corrupt(`format version ${version}.${bytes[7]} (known: 1, 2, 3)`);
  const start = version === 1 ? 10 : 12;
  if (bytes.byteLength < start) corrupt(`${bytes.byteLength} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (bytes.byteLength < start + length) corrupt(`a header of ${length} bytes in a file of ${bytes.byteLength}`);
  const text = Buffer.from(bytes.subarray(start, start + length)).toString(version === 3 ? "utf8" : "latin1");
  const { descr, fortranOrder, shape } = parseDictionary(text);
  const dtype = torchNameOfNpy(descr.slice(1));
  const byteOrder = descr[0] ?? "";
  const itemBytes = Number(descr.slice(2));
  if (dtype === undefined || !"<>|=".includes(byteOrder)) unsupported(descr);
  return { byteOrder, dtype, itemBytes, fortranOrder, shape, dataStart: start + length };
}

/** Reverses the bytes of each `width`-byte number, in place. */
function swapBytes(data: Uint8Array, width: number): void {
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
  const { byteOrder, dtype, itemBytes, fortranOrder, shape, dataStart } = parseHeader(bytes);
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count * itemBytes)) corrupt(`shape [${shape.join(", ")}]`);
  const expected = count * itemBytes;
  const got = bytes.byteLength - dataStart;
  if (got !== expected)
    corrupt(`${got} bytes of elements where shape [${shape.join(", ")}] and dtype ${dtype} make ${expected}`);
  // Not slice: on a Buffer that is a view, and the swap below would change the caller's bytes.
  let data: Uint8Array = new Uint8Array(bytes.subarray(dataStart));
  if (byteOrder === ">") swapBytes(data, dtype.startsWith("complex") ? itemBytes / 2 : itemBytes);
  if (fortranOrder && shape.length > 1) data = toRowMajor(data, shape, itemBytes);
  return { dtype, shape, data };
}

function pythonTuple(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/**
 * Makes a .npy file, byte for byte what `numpy.save` makes of the same array in row-major order.
 *
 * @throws TorchError `E_ARG` for a dtype that numpy does not have (bfloat16, the 8-bit floats).
 */
export function encodeNpy({ dtype, shape, data }: StoredArray): Uint8Array {
  const name = npyNameOf(dtype);
  if (name === undefined) {
    throw new TorchError(
      "E_ARG",
      `[npy] expected a dtype that numpy has, got ${dtype}`,
      "convert to float32, or save as safetensors",
    );
  }
  const itemBytes = Number(name.slice(1));
  const expected = shape.reduce((product, size) => product * size, itemBytes);
  if (data.byteLength !== expected) {
    throw new TorchError(
      "E_ARG",
      `[npy] expected ${expected} bytes for shape [${shape.join(", ")}] and dtype ${dtype}, got ${data.byteLength}`,
    );
  }
  const descr = `${itemBytes === 1 ? "|" : "<"}${name}`;
  const room = shape.length > 0 ? " ".repeat(GROWTH_DIGITS - String(shape[0]).length) : "";
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${pythonTuple(shape)}, }${room}`;
  // Version 1 counts the header in 16 bits, version 2 in 32.
  const version = header.length + 1 + ALIGNMENT < 0x10000 ? 1 : 2;
  const start = version === 1 ? 10 : 12;
  const headerBytes = Math.ceil((start + header.length + 1) / ALIGNMENT) * ALIGNMENT - start;
  const file = new Uint8Array(start + headerBytes + data.byteLength);
  const view = new DataView(file.buffer);
  file.set(MAGIC, 0);
  view.setUint16(6, version, true);
  if (version === 1) view.setUint16(8, headerBytes, true);
  else view.setUint32(8, headerBytes, true);
  file.set(Buffer.from(`${header.padEnd(headerBytes - 1)}\n`, "latin1"), start);
  file.set(data, start + headerBytes);
  return file;
}
