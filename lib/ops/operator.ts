import { Complex } from "../complex.js";
import { deviceName } from "../device.js";
import { badArgument, TorchError } from "../errors.js";
import { native, type OperatorSchema } from "../native.js";
import { isTensor, wrap } from "../tensor-base.js";
import { readBigInt, readString, Tag, words } from "../wire.js";
import { describeValue, type Kind, kindOf } from "./kinds.js";
import { camelCase, nearest } from "./names.js";

interface Argument {
  readonly name: string;
  readonly kind: Kind;
  readonly optional: boolean;
}

/** One overload, ready to be called. */
interface Overload {
  readonly op: number;
  readonly schema: string;
  readonly args: readonly Argument[];
  /** How many may be positional. */
  readonly positional: number;
  /** How many of the positional ones have no default. */
  readonly required: number;
  readonly byName: ReadonlyMap<string, number>;
  /** Which argument each result is, or -1. */
  readonly returns: readonly number[];
  readonly returnNames: readonly string[];
  /** Creates tensors from nothing, and so takes `requiresGrad` too. */
  readonly isFactory: boolean;
}

type Options = Readonly<Record<string, unknown>>;

function prepare(schema: OperatorSchema): Overload {
  const args = schema.args.map((a) => ({ name: camelCase(a.name), kind: kindOf(a), optional: a.optional }));
  const kwargOnly = schema.args.findIndex((a) => a.kwargOnly);
  const positional = kwargOnly < 0 ? args.length : kwargOnly;
  const firstDefault = args.slice(0, positional).findIndex((a) => a.optional);
  const names = new Set(args.map((a) => a.name));
  return {
    op: schema.op,
    schema: schema.schema,
    args,
    positional,
    required: firstDefault < 0 ? positional : firstDefault,
    byName: new Map(args.map((a, i) => [a.name, i])),
    returns: schema.returns.map((r) => r.argument),
    returnNames: schema.returns.map((r) => camelCase(r.name)),
    isFactory: names.has("dtype") && names.has("device") && names.has("pinMemory"),
  };
}

/** PyTorch's parser tries tensors before numbers, and short signatures before long ones. */
function inParserOrder(overloads: Overload[]): Overload[] {
  const rank = (o: Overload) => o.positional * 4 + o.args.filter((a) => a.kind.what === "a number").length;
  return overloads.sort((a, b) => rank(a) - rank(b));
}

/** Overloads for named dimensions and for preallocated outputs are left out: JavaScript has no use for them. */
const isCallable = (schema: OperatorSchema): boolean =>
  !schema.args.some((a) => a.kwargOnly && a.isWrite) && !/Dimname/.test(schema.schema) && !isPreallocated(schema);

const isPreallocated = (schema: OperatorSchema): boolean =>
  /(^|_)out$/.test(schema.overload) && schema.returns.every((r) => r.argument >= 0);

function isOptions(value: unknown): value is Options {
  if (typeof value !== "object" || value === null) return false;
  const proto = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

const OPTIONS: Options = Object.freeze({});

/** Whether this overload takes these arguments as they are; `loose` lets numbers stand for tensors and tensors for numbers. */
function matches(o: Overload, args: readonly unknown[], count: number, options: Options, loose: boolean): boolean {
  if (count > o.positional) return false;
  for (let i = 0; i < count; i++) {
    const value = args[i];
    const arg = o.args[i]!;
    if (value === undefined) {
      if (!arg.optional) return false;
    } else if (!arg.kind.accepts(value) && !(loose && standsFor(arg.kind, value))) {
      return false;
    }
  }
  let given = 0;
  for (const key in options) {
    const at = o.byName.get(key);
    if (at === undefined) {
      if (key === "requiresGrad" && o.isFactory) continue;
      return false;
    }
    if (at < count) return false;
    const value = options[key];
    if (value === undefined) continue;
    const arg = o.args[at]!;
    if (!arg.kind.accepts(value) && !(loose && standsFor(arg.kind, value))) return false;
    if (!arg.optional) given++;
  }
  let needed = 0;
  for (let i = count; i < o.args.length; i++) if (!o.args[i]!.optional) needed++;
  return given >= needed;
}

const standsFor = (kind: Kind, value: unknown): boolean =>
  kind.what === "a tensor"
    ? typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" || value instanceof Complex
    : kind.what === "a number" && isTensor(value);

function invoke(name: string, o: Overload, args: readonly unknown[], count: number, options: Options): unknown {
  let at = 0;
  const list = o.args;
  let last = count;
  if (options !== OPTIONS) {
    for (const key in options) {
      const index = o.byName.get(key);
      if (index === undefined) {
        if (key === "requiresGrad" && o.isFactory) continue;
        unknownOption(name, o, key);
      }
      if (index < count && args[index] !== undefined) badArgument(`[${name}] expected '${key}' once, got it twice`);
      if (index >= last && options[key] !== undefined) last = index + 1;
    }
  }
  if (last > list.length || count > o.positional) {
    badArgument(`[${name}] expected at most ${o.positional} arguments, got ${count}`, o.schema);
  }
  for (let i = 0; i < last; i++) {
    const arg = list[i]!;
    let value = i < count ? args[i] : undefined;
    if (value === undefined && options !== OPTIONS) value = options[arg.name];
    if (value === undefined) {
      words[at++] = Tag.Default;
      continue;
    }
    try {
      at = arg.kind.put(at, value);
    } catch (error) {
      if (error instanceof TorchError && !error.message.startsWith("[")) {
        throw new TorchError(error.code, `[${name}] ${error.message} for '${arg.name}'`, o.schema);
      }
      throw error;
    }
  }
  native.call(o.op, at);
  const result = results(o, args, options);
  if (o.isFactory && options.requiresGrad === true && isTensor(result)) result.requiresGrad_();
  return result;
}

function unknownOption(name: string, o: Overload, key: string): never {
  const names = o.args.slice(o.required).map((a) => a.name);
  const near = nearest(key, names);
  badArgument(
    `[${name}] expected one of the options ${names.join(", ") || "(none)"}, got '${key}'`,
    near === undefined ? o.schema : `did you mean '${near}'?`,
  );
}

let cursor = 0;

/** The next result on the wire. */
function read(): unknown {
  const tag = words[cursor++];
  switch (tag) {
    case Tag.Tensor:
      return wrap(words[cursor++]!);
    case Tag.None:
      return null;
    case Tag.Number:
      return words[cursor++];
    case Tag.Bool:
      return words[cursor++] !== 0;
    case Tag.BigInt:
      return readBigInt(cursor++);
    case Tag.String:
      return readString(words[cursor++]!);
    case Tag.Complex:
      return new Complex(words[cursor++]!, words[cursor++]!);
    case Tag.Device: {
      const type = words[cursor++]!;
      return deviceName(type * 256 + words[cursor++]! + 1);
    }
    case Tag.List: {
      const n = words[cursor++]!;
      const out = new Array<unknown>(n);
      for (let i = 0; i < n; i++) out[i] = read();
      return out;
    }
    default:
      throw new TorchError("E_TORCH", `[call] expected a result, got tag ${tag}`);
  }
}

function results(o: Overload, args: readonly unknown[], options: Options): unknown {
  const { returns } = o;
  const argument = (index: number) => (index < args.length && args[index] !== undefined ? args[index] : options[o.args[index]!.name]);
  if (returns.length === 1) {
    const from = returns[0]!;
    if (from >= 0) return argument(from);
    if (words[0] === Tag.Tensor) return wrap(words[1]!);
    cursor = 0;
    return read();
  }
  if (returns.length === 0) return undefined;
  cursor = 0;
  const out = returns.map((from) => (from >= 0 ? argument(from) : read()));
  o.returnNames.forEach((name, i) => {
    if (name !== "") Object.defineProperty(out, name, { value: out[i], configurable: true });
  });
  return out;
}

function noMatch(name: string, overloads: readonly Overload[], args: readonly unknown[], options: Options): never {
  const got = args.map(describeValue);
  for (const [key, value] of Object.entries(options)) {
    got.push(`${key}: ${describeValue(value)}`);
    if (!overloads.some((o) => o.byName.has(key))) {
      const near = nearest(key, overloads.flatMap((o) => o.args.map((a) => a.name)));
      if (near !== undefined) badArgument(`[${name}] expected a known option, got '${key}'`, `did you mean '${near}'?`);
    }
  }
  badArgument(
    `[${name}] expected arguments of one of its signatures, got (${got.join(", ")})`,
    overloads.map((o) => o.schema).join("\n        "),
  );
}

/** The overloads of one operator, found when it is first called. */
export class Operator {
  #overloads: Overload[] | undefined;

  constructor(
    readonly name: string,
    readonly schemaName: string,
    readonly overload?: string,
  ) {}

  get overloads(): readonly Overload[] {
    if (this.#overloads === undefined) {
      const schemas = native.operator(this.schemaName);
      const chosen =
        this.overload === undefined ? schemas.filter(isCallable) : schemas.filter((s) => s.overload === this.overload);
      this.#overloads = inParserOrder(chosen.map(prepare));
      if (this.#overloads.length === 0) {
        this.#overloads = undefined;
        throw new TorchError(
          "E_TORCH",
          `[${this.name}] expected an operator of LibTorch ${native.torchVersion}, got ${this.schemaName}${this.overload ? `.${this.overload}` : ""}`,
        );
      }
    }
    return this.#overloads;
  }

  call(args: readonly unknown[]): unknown {
    const overloads = this.#overloads ?? this.overloads;
    let count = args.length;
    let options = OPTIONS;
    while (count > 0 && args[count - 1] === undefined) count--;
    if (count > 0 && isOptions(args[count - 1])) options = args[--count] as Options;
    if (overloads.length === 1) return invoke(this.name, overloads[0]!, args, count, options);
    for (let i = 0; i < overloads.length; i++) {
      const o = overloads[i]!;
      if (matches(o, args, count, options, false)) return invoke(this.name, o, args, count, options);
    }
    for (const o of overloads) {
      if (matches(o, args, count, options, true)) return invoke(this.name, o, args, count, options);
    }
    return noMatch(this.name, overloads, args.slice(0, count), options);
  }
}

/**
 * The function behind one of LibTorch's operators. Overloads are told apart by what is given, as PyTorch's parser does.
 *
 * @param name the public name, for messages
 * @param schemaName `aten::` name
 */
export function operator<F>(name: string, schemaName: string): F {
  const self = new Operator(name, schemaName);
  return ((...args: unknown[]) => self.call(args)) as F;
}

