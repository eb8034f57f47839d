import { TorchError } from "../errors.js";
import {
  bitsOf,
  isSafetensorsDType,
  rankOf,
  type SafetensorsDType,
  type StoredArray,
  safetensorsDTypes,
} from "./dtypes.js";
import { copyOfPieces, inPieces, type Pieces } from "./pieces.js";

/*
 * The safetensors format: 8 bytes little-endian header length, a JSON header, then the tensors' bytes without a gap.
 * https://github.com/huggingface/safetensors#format
 */

/** The longest header that is read, as in the original: anything longer is not a real file. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = "__metadata__";

/** Where one tensor lies: `begin` and `end` count from the first byte after the header. */
export interface SafetensorsView {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly tensors: ReadonlyMap<string, SafetensorsView>;
  readonly metadata: ReadonlyMap<string, string>;
  /** First byte of the tensors, counted from the start of the file. */
  readonly dataStart: number;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredArray<SafetensorsDType>>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** A tensor about to be written; `data` may be a function, called once when its turn comes, so that one piece at a time is in memory. */
export interface SafetensorsSource {
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  readonly data: Uint8Array | Pieces;
}

function corrupt(what: string): never {
  throw new TorchError(
    "E_DATA",
    `[safetensors] expected a complete safetensors file, got ${what}`,
    "the file is truncated, damaged or of another format",
  );
}

/** Bytes that a tensor takes, or `undefined` where the number is no whole number of bytes or too large to count. */
function byteLengthOf(dtype: SafetensorsDType, shape: readonly number[]): number | undefined {
  let elements = 1;
  for (const size of shape) elements *= size;
  const bits = elements * bitsOf(dtype);
  return Number.isSafeInteger(bits) && bits % 8 === 0 ? bits / 8 : undefined;
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readMetadata(value: unknown): Map<string, string> {
  const metadata = new Map<string, string>();
  if (value === null) return metadata;
  if (!isRecord(value)) corrupt("metadata that is no JSON object");
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") corrupt(`metadata "${key}" that is no string`);
    metadata.set(key, text);
  }
  return metadata;
}

function readView(name: string, entry: unknown): SafetensorsView {
  if (!isRecord(entry)) corrupt(`an entry for tensor "${name}" that is no JSON object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isSafetensorsDType(dtype)) {
    corrupt(`tensor "${name}" with dtype ${JSON.stringify(dtype)} (known: ${safetensorsDTypes.join(", ")})`);
  }
  if (!Array.isArray(shape) || !shape.every(isSize)) corrupt(`tensor "${name}" with shape ${JSON.stringify(shape)}`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    corrupt(`tensor "${name}" with data_offsets ${JSON.stringify(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const bytes = byteLengthOf(dtype, shape);
  if (bytes !== end - begin) {
    corrupt(`tensor "${name}" of shape [${shape.join(", ")}] and dtype ${dtype} in ${end - begin} bytes`);
  }
  return { name, dtype, shape, begin, end };
}

/** The header's length, from the first 8 bytes of a file. Checks that the file can hold it. */
export function safetensorsHeaderLength(first: Uint8Array, fileBytes: number): number {
  if (first.byteLength < 8 || fileBytes < 8) corrupt(`${fileBytes} bytes`);
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) corrupt(`a header of ${length} bytes (at most ${MAX_HEADER_BYTES})`);
  if (Number(length) > fileBytes - 8) corrupt(`a header of ${length} bytes in a file of ${fileBytes}`);
  return Number(length);
}

/**
 * Reads and checks a header: `json` is what follows the first 8 bytes, `dataBytes` what follows `json`. Tensors must cover the data
 * exactly, without an overlap or a hole.
 *
 * @throws TorchError `E_DATA` for anything else.
 */
export function parseSafetensorsHeader(json: Uint8Array, dataBytes: number): SafetensorsHeader {
  if (json[0] !== 0x7b) corrupt("a header that does not begin with {");
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json));
  } catch (cause) {
    corrupt(`a header that is no JSON (${(cause as Error).message})`);
  }
  if (!isRecord(header)) corrupt("a header that is no JSON object");
  let metadata = new Map<string, string>();
  const views: SafetensorsView[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) metadata = readMetadata(entry);
    else views.push(readView(name, entry));
  }
  views.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const { name, begin, end } of views) {
    if (begin !== position) corrupt(`tensor "${name}" at byte ${begin} where byte ${position} is next`);
    position = end;
  }
  if (position !== dataBytes) corrupt(`${dataBytes} bytes of tensors where the header names ${position}`);
  return { tensors: new Map(views.map((view) => [view.name, view])), metadata, dataStart: 8 + json.byteLength };
}

/**
 * Reads a whole file from memory. The arrays are views of `bytes`, not copies.
 *
 * @throws TorchError `E_DATA` for a file that is truncated, damaged or of another format.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const length = safetensorsHeaderLength(bytes.subarray(0, 8), bytes.byteLength);
  const header = parseSafetensorsHeader(bytes.subarray(8, 8 + length), bytes.byteLength - 8 - length);
  const tensors = new Map<string, StoredArray<SafetensorsDType>>();
  for (const { name, dtype, shape, begin, end } of header.tensors.values()) {
    tensors.set(name, { dtype, shape, data: bytes.subarray(header.dataStart + begin, header.dataStart + end) });
  }
  return { tensors, metadata: header.metadata };
}

/** The order in which tensors are written: by type, widest first (so every tensor is aligned), then by name, as UTF-8. */
function writingOrder<T extends { readonly dtype: SafetensorsDType }>(
  tensors: Iterable<readonly [string, T]>,
): [string, T][] {
  return Array.from(tensors, ([name, tensor]) => ({ key: Buffer.from(name), name, tensor }))
    .sort((a, b) => rankOf(b.tensor.dtype) - rankOf(a.tensor.dtype) || Buffer.compare(a.key, b.key))
    .map(({ name, tensor }) => [name, tensor]);
}

/**
 * The first bytes of a file (length, JSON, padding with spaces to a multiple of 8) and the tensors in the order in which their
 * bytes must follow.
 */
export function encodeSafetensorsHeader<T extends Omit<SafetensorsSource, "data">>(
  tensors: Iterable<readonly [string, T]>,
  metadata: Iterable<readonly [string, string]> = [],
): { bytes: Uint8Array; order: [string, T][] } {
  const order = writingOrder(tensors);
  const fields: string[] = [];
  const notes = [...metadata].map(([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`);
  if (notes.length > 0) fields.push(`"${METADATA}":{${notes.join(",")}}`);
  const names = new Set<string>([METADATA]);
  let position = 0;
  for (const [name, { dtype, shape }] of order) {
    if (names.has(name))
      throw new TorchError("E_ARG", `[safetensors] expected distinct tensor names, got "${name}" twice or reserved`);
    names.add(name);
    const bytes = shape.every(isSize) ? byteLengthOf(dtype, shape) : undefined;
    if (bytes === undefined) {
      throw new TorchError(
        "E_ARG",
        `[safetensors] expected a whole number of bytes, got "${name}" of shape [${shape.join(", ")}] and dtype ${dtype}`,
      );
    }
    const entry = { dtype, shape: [...shape], data_offsets: [position, position + bytes] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    position += bytes;
  }
  const json = Buffer.from(`{${fields.join(",")}}`);
  const bytes = new Uint8Array(8 + Math.ceil(json.byteLength / 8) * 8).fill(0x20);
  if (bytes.byteLength - 8 > MAX_HEADER_BYTES) {
    throw new TorchError(
      "E_ARG",
      `[safetensors] expected at most ${MAX_HEADER_BYTES} bytes of header, got ${json.byteLength}`,
    );
  }
  new DataView(bytes.buffer).setBigUint64(0, BigInt(bytes.byteLength - 8), true);
  bytes.set(json, 8);
  return { bytes, order };
}

/** Gives a tensor's bytes to `take`, their number checked against its shape and type: before the first piece where it is known then. */
export function writeSource(
  name: string,
  { dtype, shape, data }: SafetensorsSource,
  take: (piece: Uint8Array) => void,
): void {
  const check = (bytes: number) => {
    if (bytes === byteLengthOf(dtype, shape)) return;
    throw new TorchError(
      "E_ARG",
      `[safetensors] expected ${byteLengthOf(dtype, shape)} bytes for "${name}" of shape [${shape.join(", ")}] and dtype ${dtype}, got ${bytes}`,
    );
  };
  if (data instanceof Uint8Array) check(data.byteLength);
  const give = data instanceof Uint8Array ? inPieces(data) : data;
  let written = 0;
  give((piece) => {
    written += piece.byteLength;
    take(piece);
  });
  check(written);
}

/** Makes a whole file in memory: byte for byte what the Python package makes from the same tensors and metadata. */
export function encodeSafetensors(
  tensors: Iterable<readonly [string, SafetensorsSource]>,
  metadata: Iterable<readonly [string, string]> = [],
): Uint8Array {
  const { bytes, order } = encodeSafetensorsHeader(tensors, metadata);
  const parts = order.flatMap(([name, source]) => copyOfPieces((take) => writeSource(name, source, take)));
  return new Uint8Array(Buffer.concat([bytes, ...parts]));
}
