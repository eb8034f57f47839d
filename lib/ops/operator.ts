import { badArgument, messageOf, TorchError } from "../errors.js";
import { native, type OperatorSchema } from "../native.js";
import { isTensor, TensorBase } from "../tensor-base.js";
import { Tag, words } from "../wire.js";
import { describeValue } from "./describe-value.js";
import { factoryDevice } from "./factory-device.js";
import { isOptions, matches, NO_OPTIONS, noMatch, type Options, unknownOption } from "./match.js";
import { folded, isCallable, type Overload, prepareAll } from "./overload.js";
import { read, readFirst } from "./results.js";

const call = native.call;

/** What the fast path tells apart: 1 tensor, 2 integer, 3 other number, 4 boolean; 0 is everything else. */
const KINDS = 5;
const TAGS = [Tag.Default, Tag.Tensor, Tag.Number, Tag.Number, Tag.Bool];

function kindOfValue(value: unknown): number {
  switch (typeof value) {
    case "object":
      return TensorBase.handleIn(value) < 0 ? 0 : 1;
    case "number":
      return Number.isInteger(value) ? 2 : 3;
    case "boolean":
      return 4;
    default:
      return 0;
  }
}

function putWord(at: number, kind: number, value: unknown): void {
  words[at] = TAGS[kind]!;
  words[at + 1] = kind === 1 ? TensorBase.handleIn(value) : Number(value);
}

/** What a call with arguments of certain kinds comes down to. */
interface Route {
  readonly op: number;
  /** 0: one new tensor; 1: the first argument; 2: something else. */
  readonly result: number;
  readonly overload: Overload;
}

/**
 * The overloads of one operator, found when it is first called.
 *
 * Calls with one to three tensors, numbers and booleans (most of them) take a short cut: which overload they mean is
 * remembered by the kinds of their arguments, and the words are written without asking the schema.
 */
export class Operator {
  #overloads: readonly Overload[] | undefined;
  readonly #routes = new Array<Route | undefined>(KINDS ** 3).fill(undefined);

  /** @param choice the name of one overload, or which ones count, in the order in which they are tried */
  constructor(
    readonly name: string,
    readonly schemaName: string,
    readonly choice?: string | ((schemas: readonly OperatorSchema[]) => readonly Overload[]),
  ) {}

  get overloads(): readonly Overload[] {
    this.#overloads ??= this.#find();
    return this.#overloads;
  }

  #find(): readonly Overload[] {
    const schemas = native.operator(this.schemaName);
    const { choice } = this;
    const found =
      typeof choice === "function"
        ? choice(schemas)
        : prepareAll(choice === undefined ? schemas.filter(isCallable) : schemas.filter((s) => s.overload === choice));
    if (found.length > 0) return found;
    const wanted = typeof choice === "string" ? `${this.schemaName}.${choice || "default"}` : this.schemaName;
    throw new TorchError(
      "E_TORCH",
      `[${this.name}] expected an operator of LibTorch ${native.torchVersion}, got ${wanted}`,
    );
  }

  call1(a: unknown): unknown {
    const kind = kindOfValue(a);
    if (kind === 0) return this.#slow([a]);
    const route = this.#routes[kind] ?? this.#learn([a], kind);
    if (route === null) return this.#slow([a]);
    putWord(0, kind, a);
    return finish(route, 2, a);
  }

  call2(a: unknown, b: unknown): unknown {
    const first = kindOfValue(a);
    const second = kindOfValue(b);
    if (first === 0 || second === 0) return this.#slow([a, b]);
    const key = first + KINDS * second;
    const route = this.#routes[key] ?? this.#learn([a, b], key);
    if (route === null) return this.#slow([a, b]);
    putWord(0, first, a);
    putWord(2, second, b);
    return finish(route, 4, a);
  }

  call3(a: unknown, b: unknown, c: unknown): unknown {
    const first = kindOfValue(a);
    const second = kindOfValue(b);
    const third = kindOfValue(c);
    if (first === 0 || second === 0 || third === 0) return this.#slow([a, b, c]);
    const key = first + KINDS * second + KINDS * KINDS * third;
    const route = this.#routes[key] ?? this.#learn([a, b, c], key);
    if (route === null) return this.#slow([a, b, c]);
    putWord(0, first, a);
    putWord(2, second, b);
    putWord(4, third, c);
    return finish(route, 6, a);
  }

  #slow(args: unknown[]): unknown {
    return this.call(trimmed(args));
  }

  /** The route for arguments of these kinds, or null where their kinds alone do not decide; remembered. */
  #learn(args: readonly unknown[], key: number): Route | null {
    const overload = this.#decidedByKinds(args);
    // Arguments that fit nothing are left out of it: the long way explains what is wrong with them.
    if (overload === undefined) return null;
    const { op, returns, returnTypes } = overload;
    const isOneTensor = returns.length === 1 && returnTypes[0] === "Tensor";
    const result = isOneTensor && returns[0] === -1 ? 0 : isOneTensor && returns[0] === 0 ? 1 : 2;
    this.#routes[key] = { op, overload, result };
    return this.#routes[key]!;
  }

  #decidedByKinds(args: readonly unknown[]): Overload | undefined {
    const { overloads } = this;
    for (const o of overloads) {
      if (matches(o, args, NO_OPTIONS, false)) {
        // A tensor that was taken for a number was taken for its shape.
        return args.some((value, i) => isTensor(value) && !o.args[i]!.kind.accepts(ANY_TENSOR)) ? undefined : o;
      }
      if (args.some(isTensor) && matches(o, args, NO_OPTIONS, true)) return undefined; // other shapes might be taken
    }
    return undefined;
  }

  call(given: readonly unknown[]): unknown {
    let args = given;
    let options = NO_OPTIONS;
    if (args.length > 0 && isOptions(args.at(-1))) {
      options = args.at(-1) as Options;
      args = args.slice(0, -1);
    }
    const { overloads } = this;
    if (overloads.length === 1) return invoke(this.name, overloads[0]!, folded(overloads[0]!, args), options);
    for (const tolerant of [false, true]) {
      for (const o of overloads) {
        const list = folded(o, args);
        if (matches(o, list, options, tolerant)) return invoke(this.name, o, list, options);
      }
    }
    return noMatch(this.name, overloads, args, options);
  }
}

/** Passes every test for a tensor, but has no shape that a number could have. */
const ANY_TENSOR: unknown = Object.defineProperties(new TensorBase(0), {
  ndim: { value: 1 },
  requiresGrad: { value: false },
  numel: { value: () => 2 },
});

function finish(route: Route, count: number, first: unknown): unknown {
  if (route.result === 0) return TensorBase.fromCall(route.op, count);
  call(route.op, count);
  return route.result === 1 ? first : results(route.overload, [first], NO_OPTIONS);
}

function invoke(name: string, o: Overload, args: readonly unknown[], given: Options): unknown {
  const count = args.length;
  const options = o.createsFromNothing && factoryDevice() !== "cpu" ? { device: factoryDevice(), ...given } : given;
  if (count > o.positional) {
    badArgument(`[${name}] expected at most ${o.positional} arguments in order, got ${count}`, o.source.schema);
  }
  let last = count;
  if (options !== NO_OPTIONS) {
    for (const key in options) {
      if (options[key] === undefined) continue;
      const index = o.byName.get(key);
      if (index === undefined) {
        if (key === "requiresGrad" && o.isFactory) continue;
        unknownOption(name, [o], key);
      }
      if (index < count && args[index] !== undefined)
        badArgument(`[${name}] expected '${key}' once, got it twice`, o.source.schema);
      last = Math.max(last, index + 1);
    }
  }
  const end = putArguments(name, o, args, options, last);
  let result: unknown;
  if (o.returns.length === 1 && o.returns[0] === -1 && o.returnTypes[0] === "Tensor") {
    result = TensorBase.fromCall(o.op, end);
  } else {
    call(o.op, end);
    result = results(o, args, options);
  }
  if (options.requiresGrad === true && o.isFactory && isTensor(result)) result.requiresGrad_();
  return result;
}

/** Writes the arguments up to `last`; returns the number of words. Those behind it have their defaults. */
function putArguments(name: string, o: Overload, args: readonly unknown[], options: Options, last: number): number {
  let at = 0;
  for (let i = 0; i < last; i++) {
    const argument = o.args[i]!;
    const value = args[i] === undefined ? options[argument.name] : args[i];
    if (value === undefined) {
      words[at++] = Tag.Default;
      continue;
    }
    let next: number;
    try {
      next = argument.kind.put(at, value);
    } catch (error) {
      if (!(error instanceof TorchError) || error.message.startsWith(`[${name}]`)) throw error;
      throw new TorchError(
        error.code,
        `[${name}] ${messageOf(error).replace(/^\[\w+\] /, "")} for '${argument.name}'`,
        error.help ?? o.source.schema,
      );
    }
    if (next < 0) {
      badArgument(
        `[${name}] expected ${argument.kind.what} for '${argument.name}', got ${describeValue(value)}`,
        o.source.schema,
      );
    }
    at = next;
  }
  return at;
}

/** The results on the wire; those that are arguments come back as the same objects. */
function results(o: Overload, args: readonly unknown[], options: Options): unknown {
  const { returns, returnTypes } = o;
  const argument = (index: number) => args[index] ?? options[o.args[index]!.name];
  if (returns.length === 1) return returns[0]! >= 0 ? argument(returns[0]!) : readFirst(returnTypes[0]!);
  if (returns.length === 0) return undefined;
  const out = new o.Results(returns.length);
  let isFirst = true;
  for (let i = 0; i < returns.length; i++) {
    if (returns[i]! >= 0) {
      out[i] = argument(returns[i]!);
    } else {
      out[i] = isFirst ? readFirst(returnTypes[i]!) : read(returnTypes[i]!);
      isFirst = false;
    }
  }
  return out;
}

type AnyFunction = (...args: unknown[]) => unknown;
const behind = new WeakMap<AnyFunction, Operator>();

/** The operator that a function from {@link operator} calls. */
export const operatorBehind = (fn: AnyFunction): Operator | undefined => behind.get(fn);

/**
 * The function behind one of LibTorch's operators. Overloads are told apart by what is given, as PyTorch's parser does.
 *
 * @param name the public name, for messages
 * @param schemaName `aten::` name
 */
export function operator<F>(name: string, schemaName: string): F {
  return functionOf<F>(new Operator(name, schemaName));
}

/** An operator as a function of its own. */
export function functionOf<F>(self: Operator): F {
  // Arguments one by one: an array of them costs more than the rest of the way to native code.
  const fn = (a?: unknown, b?: unknown, c?: unknown, ...rest: unknown[]): unknown => {
    if (rest.length > 0) return self.call(trimmed([a, b, c, ...rest]));
    if (c !== undefined) return self.call3(a, b, c);
    if (b !== undefined) return self.call2(a, b);
    return a !== undefined ? self.call1(a) : self.call([]);
  };
  behind.set(fn as AnyFunction, self);
  return fn as F;
}

/** Arguments given as undefined count as left out. */
function trimmed(args: unknown[]): unknown[] {
  while (args.length > 0 && args.at(-1) === undefined) args.pop();
  return args;
}

/** The method that calls an operator with the object itself as its first argument. */
export function method(self: Operator): (this: unknown, ...args: unknown[]) => unknown {
  return function (this: unknown, a?: unknown, b?: unknown, ...rest: unknown[]): unknown {
    if (rest.length > 0) return self.call(trimmed([this, a, b, ...rest]));
    if (b !== undefined) return self.call3(this, a, b);
    return a !== undefined ? self.call2(this, a) : self.call1(this);
  };
}
