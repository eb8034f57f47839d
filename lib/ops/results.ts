import { Complex } from "../complex.js";
import { deviceName } from "../device.js";
import { dtypeName } from "../dtype.js";
import { TorchError } from "../errors.js";
import { native, type OperatorSchema } from "../native.js";
import { wrap } from "../tensor-base.js";
import { readBigInt, Tag, words } from "../wire.js";
import { camelCase } from "./names.js";

let cursor = 0;

/** The result at the start of the wire. */
export function readFirst(type: string): unknown {
  cursor = 0;
  return read(type);
}

/** The next result on the wire. */
export function read(type: string): unknown {
  const tag = words[cursor++];
  switch (tag) {
    case Tag.Tensor:
      return wrap(words[cursor++]!);
    case Tag.None:
      return null;
    case Tag.Number:
      return type === "ScalarType" ? dtypeName(words[cursor++]!) : words[cursor++];
    case Tag.Bool:
      return words[cursor++] !== 0;
    case Tag.BigInt:
      return readBigInt(cursor++);
    case Tag.String:
      return native.resultString(words[cursor++]!);
    case Tag.Complex:
      return new Complex(words[cursor++]!, words[cursor++]!);
    case Tag.Device: {
      const deviceType = words[cursor++]!;
      return deviceName(deviceType * 256 + words[cursor++]! + 1);
    }
    case Tag.List: {
      const out = new Array<unknown>(words[cursor++]!);
      for (let i = 0; i < out.length; i++) out[i] = read(type);
      return out;
    }
    case Tag.Dict:
      return readDict(type);
    default:
      throw new TorchError("E_TORCH", `[call] expected a result, got tag ${tag}`);
  }
}

/** A dictionary: an object where every key is a string, and a map otherwise. */
function readDict(type: string): Record<string, unknown> | Map<unknown, unknown> {
  const count = words[cursor++]!;
  const entries: [unknown, unknown][] = [];
  for (let i = 0; i < count; i++) entries.push([read(type), read(type)]);
  return entries.every((entry): entry is [string, unknown] => typeof entry[0] === "string")
    ? Object.fromEntries(entries)
    : new Map(entries);
}

export type ResultClass = new (length: number) => unknown[];

/** Several results: an array whose items can be reached by their names too, as PyTorch's named tuples. */
export function resultClass({ schema, returns }: OperatorSchema): ResultClass {
  const name = camelCase(/^(?:\w+::)?(\w+)/.exec(schema)?.[1] ?? "results");
  const names = returns.map((r) => camelCase(r.name));
  if (returns.length < 2 || names.includes("")) return Array;
  const Results = { [name]: class extends Array<unknown> {} }[name]!;
  Object.defineProperty(Results, Symbol.species, { value: Array });
  names.forEach((key, i) => {
    Object.defineProperty(Results.prototype, key, {
      get(this: unknown[]) {
        return this[i];
      },
    });
  });
  return Results;
}
