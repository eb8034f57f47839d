import { TorchError } from "../errors.js";
import { isTensor, type Tensor } from "../tensor.js";
import type { SafetensorsDType, StoredArray } from "./dtypes.js";
import type { SafetensorsSource } from "./safetensors.js";
import { sourceOf } from "./tensor-bytes.js";

/*
 * Nested state (dicts of optimizers, loaders, programs) as JSON with tensors beside it. What JSON does not have stands as an object
 * with one key that begins with "$"; a real object that looks like one is written as "$object".
 */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values in state: all that can be saved. */
export type StateValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Tensor
  | ArrayBufferView
  | readonly StateValue[]
  | ReadonlyMap<unknown, unknown>
  | { readonly [key: string]: unknown };

const ARRAYS = {
  Int8Array: "I8",
  Uint8Array: "U8",
  Int16Array: "I16",
  Uint16Array: "U16",
  Int32Array: "I32",
  Uint32Array: "U32",
  Float32Array: "F32",
  Float64Array: "F64",
  BigInt64Array: "I64",
  BigUint64Array: "U64",
} as const satisfies Record<string, SafetensorsDType>;

const CONSTRUCTORS = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

type ArrayName = keyof typeof ARRAYS;

/** A state as it is written: JSON, and the tensors that it names. */
export interface EncodedState {
  readonly json: string;
  readonly tensors: ReadonlyMap<string, SafetensorsSource>;
}

function cannotSave(path: string, what: string): never {
  throw new TorchError(
    "E_ARG",
    `[save] expected numbers, texts, booleans, null, tensors, typed arrays, arrays, maps and plain objects, got ${what} at ${path === "" ? "the top" : path}`,
    "give what should be saved a stateDict() of such values",
  );
}

class Encoder {
  readonly tensors = new Map<string, SafetensorsSource>();
  readonly #above = new Set<object>();

  encode(value: unknown, path: string): Json {
    switch (typeof value) {
      case "boolean":
      case "string":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { $number: Object.is(value, -0) ? "-0" : String(value) };
      case "bigint":
        return { $bigint: String(value) };
      case "undefined":
        return { $undefined: true };
      case "object":
        return value === null ? null : this.#object(value, path);
      default:
        return cannotSave(path, `a ${typeof value}`);
    }
  }

  #object(value: object, path: string): Json {
    if (isTensor(value)) return { $tensor: this.#add(path, (name) => sourceOf(name, value)) };
    if (ArrayBuffer.isView(value)) return this.#typedArray(value, path);
    if (this.#above.has(value)) cannotSave(path, "an object that holds itself");
    this.#above.add(value);
    try {
      if (Array.isArray(value)) return value.map((item, i) => this.encode(item, join(path, String(i))));
      if (value instanceof Map) {
        return {
          $map: [...value].map(([key, item], i) => [
            this.encode(key, join(path, `key${i}`)),
            this.encode(item, join(path, String(key))),
          ]),
        };
      }
      const prototype = Object.getPrototypeOf(value) as object | null;
      if (prototype !== null && prototype !== Object.prototype)
        cannotSave(path, `an instance of ${prototype.constructor?.name ?? "a class"}`);
      const entries = Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]): [string, Json] => [key, this.encode(item, join(path, key))]);
      const isPlain = !entries.some(([key]) => key.startsWith("$"));
      return isPlain ? Object.fromEntries(entries) : { $object: entries };
    } finally {
      this.#above.delete(value);
    }
  }

  #typedArray(value: ArrayBufferView, path: string): Json {
    const type = (value instanceof Uint8Array ? "Uint8Array" : value.constructor.name) as ArrayName;
    if (!Object.hasOwn(ARRAYS, type)) cannotSave(path, `a ${value.constructor.name}`);
    const data = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const length = value.byteLength / CONSTRUCTORS[type].BYTES_PER_ELEMENT;
    return { $array: this.#add(path, () => ({ dtype: ARRAYS[type], shape: [length], data })), type };
  }

  /** Stores under the path, or under the path and a number where two paths read the same. */
  #add(path: string, make: (name: string) => SafetensorsSource): string {
    let name = path === "" ? "value" : path;
    for (let copy = 2; this.tensors.has(name); copy++) name = `${path}#${copy}`;
    this.tensors.set(name, make(name));
    return name;
  }
}

const join = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);

/**
 * Splits a nested state into JSON and tensors named by their place in it (`optimizer.state.0.momentumBuffer`).
 *
 * @throws TorchError `E_ARG` that names the place of a value that cannot be saved
 */
export function encodeState(value: unknown): EncodedState {
  const encoder = new Encoder();
  const json = JSON.stringify(encoder.encode(value, ""));
  return { json, tensors: encoder.tensors };
}

/** How a decoded state gets its tensors and bytes, by name. */
export interface StateReader {
  tensor(name: string): Tensor;
  array(name: string): StoredArray<SafetensorsDType>;
}

function unknown(what: string): never {
  throw new TorchError("E_DATA", `[load] expected a state as torch.save() writes it, got ${what}`);
}

/** A state from what {@link encodeState} gave; `reader` has the tensors. */
export function decodeState(json: string, reader: StateReader): unknown {
  const decode = (value: Json): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== "object" || value === null) return value;
    const [first] = Object.keys(value);
    if (first?.startsWith("$")) return decodeSpecial(first, value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
  };
  const decodeSpecial = (kind: string, value: { [key: string]: Json }): unknown => {
    const content = value[kind]!;
    if (kind === "$undefined") return undefined;
    if (kind === "$number") return Number(content);
    if (kind === "$bigint" && typeof content === "string") return BigInt(content);
    if (kind === "$tensor" && typeof content === "string") return reader.tensor(content);
    if (kind === "$array" && typeof content === "string") return typedArrayOf(reader.array(content), value.type);
    const pairs = Array.isArray(content) ? (content as [Json, Json][]) : unknown(JSON.stringify(value));
    if (kind === "$map") return new Map(pairs.map(([key, item]) => [decode(key), decode(item)]));
    if (kind === "$object") return Object.fromEntries(pairs.map(([key, item]) => [key as string, decode(item)]));
    return unknown(JSON.stringify(value));
  };
  try {
    return decode(JSON.parse(json) as Json);
  } catch (error) {
    if (error instanceof TorchError) throw error;
    return unknown((error as Error).message);
  }
}

function typedArrayOf({ dtype, data }: StoredArray<SafetensorsDType>, type: unknown): ArrayBufferView {
  if (typeof type !== "string" || !Object.hasOwn(ARRAYS, type) || ARRAYS[type as ArrayName] !== dtype) {
    unknown(`a ${String(type)} of ${dtype}`);
  }
  return new CONSTRUCTORS[type as ArrayName](
    data.buffer as ArrayBuffer,
    data.byteOffset,
    data.byteLength / CONSTRUCTORS[type as ArrayName].BYTES_PER_ELEMENT,
  );
}
