import { Complex } from "../complex.js";
import { type Device, parseDevice } from "../device.js";
import { type DType, dtypeCode, type Layout, layoutCode, type MemoryFormat, memoryFormatCode } from "../dtype.js";
import { badArgument } from "../errors.js";
import { Generator } from "../generator.js";
import type { ArgumentSchema } from "../native.js";
import { handleOf, isTensor } from "../tensor-base.js";
import { putBigInt, putBool, putDevice, putNumber, putString, Tag, words } from "../wire.js";

/** How values of one schema type look in JavaScript, and how they go onto the wire. */
export interface Kind {
  /** The type in words, for messages. */
  readonly what: string;
  /** Whether PyTorch's parser would take it; decides between overloads. */
  accepts(value: unknown): boolean;
  /** Writes it at `at`; returns where the next one goes. */
  put(at: number, value: unknown): number;
}

const isNumber = (value: unknown): value is number | bigint => typeof value === "number" || typeof value === "bigint";
const isInteger = (value: unknown): boolean => Number.isInteger(value) || typeof value === "bigint";
const isScalar = (value: unknown): boolean => isNumber(value) || typeof value === "boolean" || value instanceof Complex;

function refuse(what: string, value: unknown): never {
  badArgument(`expected ${what}, got ${describeValue(value)}`);
}

/** A JavaScript value in a few words, for messages. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (isTensor(value)) return value.isDisposed ? "a disposed tensor" : `${value.dtype} [${value.shape.join(", ")}] ${value.device}`;
  if (Array.isArray(value)) return value.length > 8 ? `a list of ${value.length}` : `[${value.map(describeValue).join(", ")}]`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object") return value.constructor?.name === "Object" ? "an options object" : `a ${value.constructor?.name ?? "object"}`;
  return typeof value === "function" ? "a function" : String(value);
}

function putScalar(at: number, value: unknown): number {
  if (typeof value === "number") return putNumber(at, value);
  if (typeof value === "bigint") return putBigInt(at, value);
  if (typeof value === "boolean") return putBool(at, value);
  if (value instanceof Complex) {
    words[at] = Tag.Complex;
    words[at + 1] = value.re;
    words[at + 2] = value.im;
    return at + 3;
  }
  if (isTensor(value) && value.numel() === 1) return putScalar(at, value.item());
  refuse("a number", value);
}

const tensor: Kind = {
  what: "a tensor",
  accepts: isTensor,
  put(at, value) {
    if (isTensor(value)) {
      words[at] = Tag.Tensor;
      words[at + 1] = handleOf(value);
      return at + 2;
    }
    return isScalar(value) ? putScalar(at, value) : refuse("a tensor", value);
  },
};

const scalar: Kind = { what: "a number", accepts: isScalar, put: putScalar };

const int: Kind = {
  what: "an integer",
  accepts: isInteger,
  put(at, value) {
    if (typeof value === "number") return putNumber(at, value);
    if (typeof value === "bigint") return putBigInt(at, value);
    refuse("an integer", value);
  },
};

const float: Kind = {
  what: "a number",
  accepts: isNumber,
  put: (at, value) => (isNumber(value) ? putNumber(at, Number(value)) : refuse("a number", value)),
};

const bool: Kind = {
  what: "a boolean",
  accepts: (value) => typeof value === "boolean",
  put: (at, value) => (typeof value === "boolean" ? putBool(at, value) : refuse("a boolean", value)),
};

const isString = (value: unknown): boolean => typeof value === "string";

const str: Kind = {
  what: "a string",
  accepts: isString,
  put: (at, value) => (typeof value === "string" ? putString(at, value) : refuse("a string", value)),
};

const dtype: Kind = {
  what: "a dtype",
  accepts: isString,
  put: (at, value) => putNumber(at, dtypeCode(value as DType)),
};
const layout: Kind = {
  what: "a layout",
  accepts: isString,
  put: (at, value) => putNumber(at, layoutCode(value as Layout)),
};
const memoryFormat: Kind = {
  what: "a memory format",
  accepts: isString,
  put: (at, value) => putNumber(at, memoryFormatCode(value as MemoryFormat)),
};
const device: Kind = {
  what: "a device",
  accepts: (value) => {
    if (typeof value !== "string") return false;
    try {
      parseDevice(value as Device);
      return true;
    } catch {
      return false;
    }
  },
  put: (at, value) => putDevice(at, value as Device),
};
const generator: Kind = {
  what: "a Generator",
  accepts: (value) => value instanceof Generator,
  put(at, value) {
    if (!(value instanceof Generator)) refuse("a Generator", value);
    words[at] = Tag.Generator;
    words[at + 1] = value.id;
    return at + 2;
  },
};

function list(element: Kind, listSize: number): Kind {
  const what = `a list of ${element.what.replace(/^an? /, "")}s`;
  return {
    what,
    accepts: (value) =>
      Array.isArray(value) || ArrayBuffer.isView(value)
        ? (value as unknown[]).length === 0 || element.accepts((value as unknown[])[0])
        : listSize > 0 && element.accepts(value),
    put(at, value) {
      if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
        const items = value as unknown[];
        if (at + 3 * items.length + 64 > words.length) badArgument(`expected a shorter list, got ${items.length} items`);
        words[at] = Tag.List;
        words[at + 1] = items.length;
        let next = at + 2;
        for (const item of items) next = element.put(next, item);
        return next;
      }
      if (listSize > 0 && element.accepts(value)) return element.put(at, value);
      refuse(what, value);
    },
  };
}

const optional = (inner: Kind): Kind => ({
  what: inner.what,
  accepts: (value) => value === null || inner.accepts(value),
  put(at, value) {
    if (value !== null) return inner.put(at, value);
    words[at] = Tag.None;
    return at + 1;
  },
});

/** Types without a JavaScript form (streams, storages): only leaving them out is possible. */
const unknown = (type: string): Kind => ({
  what: type,
  accepts: () => false,
  put: (_, value) => refuse(`${type}, which has no JavaScript form`, value),
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
};

/** The kind for a schema type such as `int[2]?` (written `int[]?` with `listSize` 2). */
export function kindOf(argument: Pick<ArgumentSchema, "type" | "listSize">): Kind {
  const { type, listSize } = argument;
  if (type.endsWith("?")) return optional(kindOf({ type: type.slice(0, -1), listSize }));
  if (type.endsWith("[]")) return list(kindOf({ type: type.slice(0, -2), listSize: 0 }), listSize);
  return BASE[type] ?? unknown(type);
}
