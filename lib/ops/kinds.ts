import { Complex } from "../complex.js";
import { type Device, deviceTypes, isDevice } from "../device.js";
import {
  type DType,
  dtypeCode,
  dtypeNames,
  isDType,
  isLayout,
  isMemoryFormat,
  type Layout,
  layoutCode,
  layoutNames,
  type MemoryFormat,
  memoryFormatCode,
  memoryFormatNames,
} from "../dtype.js";
import { badArgument } from "../errors.js";
import { Generator } from "../generator.js";
import type { ArgumentSchema } from "../native.js";
import { isTensor, TensorBase } from "../tensor-base.js";
import { putBigInt, putBool, putDevice, putNumber, putString, Tag, words } from "../wire.js";
import { didYouMean } from "./names.js";

/** How values of one schema type look in JavaScript, and how they go onto the wire. */
export interface Kind {
  /** The type in words, for messages. */
  readonly what: string;
  /** Whether PyTorch's parser would take it; decides between overloads. */
  accepts(value: unknown): boolean;
  /** Whether it is taken when no overload fits better: numbers for tensors, tensors of one element for numbers. */
  tolerates(value: unknown): boolean;
  /** Writes it at `at` and returns where the next one goes, or -1 if it is not of this kind. */
  put(at: number, value: unknown): number;
  /** What was meant, for a value that is none of these. */
  hint?(value: unknown): string;
}

const isNumber = (value: unknown): value is number | bigint => typeof value === "number" || typeof value === "bigint";
const isInteger = (value: unknown): boolean => Number.isInteger(value) || typeof value === "bigint";
const isScalar = (value: unknown): boolean => isNumber(value) || typeof value === "boolean" || value instanceof Complex;
const no = (): boolean => false;

/** PyTorch reads tensors without dimensions where it wants numbers, unless that would cut a graph. */
const isZeroDim = (value: unknown): boolean => isTensor(value) && value.ndim === 0 && !value.requiresGrad;
const isSingle = (value: unknown): boolean => isTensor(value) && value.numel() === 1;

function putTensor(at: number, value: unknown): number {
  const handle = TensorBase.handleIn(value);
  if (handle < 0) return -1;
  words[at] = Tag.Tensor;
  words[at + 1] = handle;
  return at + 2;
}

function putScalar(at: number, value: unknown): number {
  if (typeof value === "number") return putNumber(at, value);
  if (typeof value === "bigint") return putWide(at, value);
  if (typeof value === "boolean") return putBool(at, value);
  if (value instanceof Complex) {
    words[at] = Tag.Complex;
    words[at + 1] = value.re;
    words[at + 2] = value.im;
    return at + 3;
  }
  return putTensor(at, value); // native code reads its element: asking here would write over the words
}

function putWide(at: number, value: bigint): number {
  if (value !== BigInt.asIntN(64, value)) badArgument(`expected an integer of at most 64 bits, got ${value}n`);
  return putBigInt(at, value);
}

const tensor: Kind = {
  what: "a tensor",
  accepts: isTensor,
  tolerates: isScalar,
  put: (at, value) => (isScalar(value) ? putScalar(at, value) : putTensor(at, value)),
};

/** Where PyTorch wraps numbers: `x.add(1)` is `add.Tensor` with a tensor that takes part in promotion as a number does. */
const tensorOrNumber: Kind = {
  ...tensor,
  what: "a tensor or a number",
  accepts: (value) => isTensor(value) || isScalar(value),
};

const scalar: Kind = {
  what: "a number",
  accepts: (value) => isScalar(value) || isZeroDim(value),
  tolerates: isSingle,
  put: putScalar,
};

const int: Kind = {
  what: "an integer",
  accepts: (value) => isInteger(value) || (isZeroDim(value) && isIntegral(value)),
  tolerates: (value) => isSingle(value) && isIntegral(value),
  put(at, value) {
    if (typeof value === "number") return putNumber(at, value);
    if (typeof value === "bigint") return putWide(at, value);
    return putTensor(at, value);
  },
};
const isIntegral = (value: unknown): boolean => isTensor(value) && /^u?int/.test(value.dtype);

const float: Kind = {
  what: "a number",
  accepts: (value) => isNumber(value) || isZeroDim(value),
  tolerates: isSingle,
  put(at, value) {
    if (isNumber(value)) return putNumber(at, Number(value));
    return putTensor(at, value);
  },
};

const bool: Kind = {
  what: "a boolean",
  accepts: (value) => typeof value === "boolean",
  tolerates: no,
  put: (at, value) => (typeof value === "boolean" ? putBool(at, value) : -1),
};

/** Types that are written as strings, one of `names`; `put` throws the error that says which is near. */
function named<T extends string>(
  what: string,
  accepts: (text: string) => boolean,
  put: (at: number, text: T) => number,
  names?: readonly string[],
): Kind {
  return {
    ...(names === undefined ? {} : { hint: (value: unknown) => didYouMean(value, names) }),
    what,
    accepts: (value) => typeof value === "string" && accepts(value),
    tolerates: no,
    put: (at, value) => (typeof value === "string" ? put(at, value as T) : -1),
  };
}

const str = named("a string", () => true, putString);
const dtype = named<DType>("a dtype", isDType, (at, text) => putNumber(at, dtypeCode(text)), dtypeNames);
const layout = named<Layout>("a layout", isLayout, (at, text) => putNumber(at, layoutCode(text)), layoutNames);
const memoryFormat = named<MemoryFormat>(
  "a memory format",
  isMemoryFormat,
  (at, text) => putNumber(at, memoryFormatCode(text)),
  memoryFormatNames,
);
const device = named<Device>("a device", isDevice, putDevice, deviceTypes);

const generator: Kind = {
  what: "a Generator",
  accepts: (value) => value instanceof Generator,
  tolerates: no,
  put(at, value) {
    if (!(value instanceof Generator)) return -1;
    words[at] = Tag.Generator;
    words[at + 1] = value.id;
    return at + 2;
  },
};

type Items = ArrayLike<unknown> & Iterable<unknown>;
const isItems = (value: unknown): value is Items =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Lists are arrays or typed arrays; where the schema gives a length, one value stands for that many of it (`takesOne`). */
function list(element: Kind, takesOne: boolean): Kind {
  const all = (value: Items, test: (item: unknown) => boolean): boolean => {
    for (const item of value) if (!test(item)) return false;
    return true;
  };
  return {
    what: takesOne ? `${element.what} or a list of ${plural(element.what)}` : `a list of ${plural(element.what)}`,
    accepts: (value) => (isItems(value) ? all(value, element.accepts) : takesOne && element.accepts(value)),
    tolerates: (value) =>
      isItems(value)
        ? all(value, (item) => element.accepts(item) || element.tolerates(item))
        : takesOne && element.tolerates(value),
    put(at, value) {
      if (!isItems(value)) return takesOne ? element.put(at, value) : -1;
      if (at + 3 * value.length + 64 > words.length) badArgument(`expected a shorter list, got ${value.length} items`);
      words[at] = Tag.List;
      words[at + 1] = value.length;
      let next = at + 2;
      for (let i = 0; i < value.length && next >= 0; i++) next = element.put(next, value[i]);
      return next;
    },
  };
}

const plural = (what: string): string => `${what.replace(/^an? /, "")}s`;

const optional = (inner: Kind): Kind => ({
  what: `${inner.what} or null`,
  accepts: (value) => value === null || inner.accepts(value),
  tolerates: inner.tolerates,
  ...(inner.hint === undefined ? {} : { hint: inner.hint }),
  put(at, value) {
    if (value !== null) return inner.put(at, value);
    words[at] = Tag.None;
    return at + 1;
  },
});

/** Writes whatever has a form on the wire; what its schema wants is found out in native code. -1 for what has none. */
export function putValue(at: number, value: unknown): number {
  if (at + 64 > words.length) badArgument("expected fewer values in one call");
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
      return putScalar(at, value);
    case "string":
      return putString(at, value);
    case "undefined":
    case "object":
      return putObject(at, value ?? null);
    default:
      return -1;
  }
}

function putObject(at: number, value: object | null): number {
  if (value === null) {
    words[at] = Tag.None;
    return at + 1;
  }
  if (isItems(value)) return list(anything, false).put(at, value);
  if (value instanceof Map) return putEntries(at, value.size, value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return putScalar(at, value);
  const entries = Object.entries(value);
  return putEntries(at, entries.length, entries);
}

function putEntries(at: number, count: number, entries: Iterable<readonly [unknown, unknown]>): number {
  words[at] = Tag.Dict;
  words[at + 1] = count;
  let next = at + 2;
  for (const [key, value] of entries) {
    next = putValue(next, key);
    if (next < 0) return -1;
    next = putValue(next, value);
    if (next < 0) return -1;
  }
  return next;
}

const anything: Kind = { what: "a value", accepts: () => true, tolerates: no, put: putValue };
/** Where the last argument is a plain object it counts as options, so a dictionary of an operator is a map. */
const dictionary: Kind = { ...anything, what: "a Map", accepts: (value) => value instanceof Map };
const tuple: Kind = { ...anything, what: "a list", accepts: (value) => Array.isArray(value) };

/** Types without a JavaScript form (streams, storages): only leaving them out is possible. */
const unknown = (type: string): Kind => ({
  what: `${type}, which has no JavaScript form`,
  accepts: no,
  tolerates: no,
  put: () => -1,
});

const BASE: Record<string, Kind> = {
  Tensor: tensor,
  Scalar: scalar,
  number: scalar,
  int,
  SymInt: int,
  float,
  bool,
  SymBool: bool,
  str,
  ScalarType: dtype,
  Layout: layout,
  MemoryFormat: memoryFormat,
  Device: device,
  Generator: generator,
  Any: anything,
};

/** What the schema alone does not tell of an argument. */
export interface KindHints {
  /** A list that one integer may stand for: see `foldsAt` in overload.ts. */
  folds?: boolean;
  /** A tensor that a number may stand for. */
  wrapsNumbers?: boolean;
}

/** The kind for a schema type such as `int[2]?` (written `int[]?` with `listSize` 2). */
export function kindOf({ type, listSize }: Pick<ArgumentSchema, "type" | "listSize">, hints: KindHints = {}): Kind {
  if (type.endsWith("?")) return optional(kindOf({ type: type.slice(0, -1), listSize }, hints));
  if (type.endsWith("[]"))
    return list(kindOf({ type: type.slice(0, -2), listSize: 0 }), listSize > 0 || hints.folds === true);
  if (type.startsWith("Dict(")) return dictionary;
  if (type.startsWith("(")) return tuple;
  return type === "Tensor" && hints.wrapsNumbers ? tensorOrNumber : (BASE[type] ?? unknown(type));
}
