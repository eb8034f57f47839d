import { existsSync, realpathSync } from "node:fs";
import { inspect } from "node:util";
import { badArgument, TorchError } from "../errors.js";
import { tryLibrary } from "../libtorch/try-library.js";
import { native, type OperatorSchema, openLibrary } from "../native.js";
import type * as generated from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { describeValue } from "./describe-value.js";
import { nearest } from "./names.js";
import { functionOf, Operator } from "./operator.js";
import { isCallable, type Overload, prepareAll } from "./overload.js";

interface Described {
  /** The schema as LibTorch writes it; of several overloads, one a line. */
  readonly schema: string;
  toString(): string;
}
/** One overload. What it gives is not known before it is called: say so where it is not a tensor, `op<[Tensor, Tensor]>(x)`. */
export type RawOverload = Described & (<R = Tensor>(...args: unknown[]) => R);
interface PacketParts extends Described {
  /** Names of the overloads; that of the one without a name is `default`. */
  overloads(): string[];
}
/** All overloads of one operator: called, it takes the one that fits; its properties are the single ones. */
export type RawOperator = PacketParts &
  (<R = Tensor>(...args: unknown[]) => R) & { readonly [overload: string]: RawOverload };
/** The operators of one namespace, by the names of their schemas. */
export interface RawNamespace {
  readonly [name: string]: RawOperator;
}

type SnakeCase<S extends string, Done extends string = ""> = S extends `${infer C}${infer Rest}`
  ? SnakeCase<Rest, `${Done}${C extends Lowercase<C> ? C : `_${Lowercase<C>}`}`>
  : Done;
type Generated = typeof generated;
type Overloads = PacketParts & { readonly [overload: string]: RawOverload };
/** Public operators have the types of the functions that are made of them. */
type AtenNamespace = {
  readonly [K in keyof Generated as Generated[K] extends (...args: never[]) => unknown
    ? SnakeCase<K>
    : never]: Generated[K] & Overloads;
} & RawNamespace;

/**
 * The namespaces that TypeScript knows. A library's own may be added to it:
 *
 * @example
 * declare module "sam-torch" {
 *   interface OperatorNamespaces {
 *     mylib: { twice(x: torch.Tensor): torch.Tensor };
 *   }
 * }
 */
export interface OperatorNamespaces {
  readonly aten: AtenNamespace;
}

/** What {@link ops} is. */
export type Ops = OperatorNamespaces & {
  /**
   * Maps a shared library that registers operators (`TORCH_LIBRARY`) and makes them reachable at once. It must have been compiled
   * against the same minor version of LibTorch. A library stays for the life of the process; loading it again does nothing. It is
   * loaded in a child process first (about half a second), so that one that crashes is an error.
   *
   * @throws TorchError `E_LOAD` for a file that is missing, is no library, needs symbols that are not there, or registers what
   * is registered already
   *
   * @example
   * torch.ops.loadLibrary("./build/libmylib.so");
   * torch.ops.mylib.twice(torch.ones([2]));
   */
  loadLibrary(path: string): void;
} & { readonly [namespace: string]: RawNamespace };

// -------------------------------------------------------------------------------------------------------- what there is

let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Names by namespace, as the dispatcher has them now. */
function registered(refresh = false): ReadonlyMap<string, ReadonlySet<string>> {
  if (known !== undefined && !refresh) return known;
  const found = new Map<string, Set<string>>();
  for (const full of native.operatorNames()) {
    const [space, name] = full.split("::") as [string, string];
    const names = found.get(space);
    if (names === undefined) found.set(space, new Set([name]));
    else names.add(name);
  }
  known = found;
  return found;
}

/** Property names that JavaScript itself asks for: they are no attempt at an operator. */
const isAskedByLanguage = (name: string): boolean =>
  name === "then" || name === "toJSON" || name === "nodeType" || name === "asymmetricMatch" || name in Object.prototype;

function unknownName(place: string, what: string, name: string, names: Iterable<string>, rest: string): never {
  const near = nearest(name, names);
  badArgument(
    `[${place}] expected the name of ${what}, got '${name}'`,
    near === undefined ? rest : `did you mean '${near}'?`,
  );
}

// ------------------------------------------------------------------------------------------------- operators and overloads

type Callable = (...args: unknown[]) => unknown;

function describeFunction(fn: Callable, qualified: string, shown: string, schema: () => string): void {
  Object.defineProperties(fn, {
    name: { value: qualified, configurable: true },
    schema: { get: schema, configurable: true },
    toString: { value: () => shown, configurable: true },
    [inspect.custom]: { value: () => `[Operator ${shown}]`, configurable: true },
  });
}

/** Every overload, those that the functions of `torch` leave out (`out=`) behind the others. */
const allOverloads = (schemas: readonly OperatorSchema[]): Overload[] => [
  ...prepareAll(schemas.filter(isCallable)),
  ...prepareAll(schemas.filter((schema) => !isCallable(schema))),
];

function makePacket(space: string, name: string): RawOperator {
  const qualified = `${space}::${name}`;
  const shown = `${space}.${name}`;
  const schemas = native.operator(qualified);
  const overloads = new Map<string, OperatorSchema>(schemas.map((schema) => [schema.overload || "default", schema]));
  const fn = functionOf<Callable>(new Operator(shown, qualified, allOverloads));
  for (const [key, schema] of overloads) {
    const one = functionOf<Callable>(new Operator(`${shown}.${key}`, qualified, schema.overload));
    describeFunction(
      one,
      key === "default" ? qualified : `${qualified}.${key}`,
      `${shown}.${key}`,
      () => schema.schema,
    );
    Object.defineProperty(fn, key, { value: one, enumerable: true, configurable: true });
  }
  describeFunction(fn, qualified, shown, () => schemas.map((schema) => schema.schema).join("\n"));
  Object.defineProperty(fn, "overloads", { value: () => [...overloads.keys()] });
  // Behind the operator, not around it: a Proxy would make every call dearer.
  const behind = new Proxy(Function.prototype, {
    get(target, key, receiver) {
      if (typeof key === "symbol" || key in target || isAskedByLanguage(key)) return Reflect.get(target, key, receiver);
      return unknownName(`torch.ops.${shown}`, "an overload", key, overloads.keys(), [...overloads.keys()].join(", "));
    },
  });
  return Object.setPrototypeOf(fn, behind) as RawOperator;
}

// --------------------------------------------------------------------------------------------------------- namespaces

/** An object whose properties are made when they are first read, but are all listed. */
function lazily(
  own: object,
  list: () => Iterable<string>,
  has: (name: string) => boolean,
  find: (name: string) => object | undefined,
  miss: (name: string) => never,
): object {
  return new Proxy(own, {
    get(target, key, receiver) {
      if (typeof key === "symbol" || Object.hasOwn(target, key)) return Reflect.get(target, key, receiver);
      return find(key) ?? (isAskedByLanguage(key) ? Reflect.get(target, key, receiver) : miss(key));
    },
    has: (target, key) => Reflect.has(target, key) || (typeof key === "string" && has(key)),
    ownKeys: (target) => [...new Set([...list(), ...Reflect.ownKeys(target)])],
    getOwnPropertyDescriptor(target, key) {
      if (typeof key === "symbol" || Object.hasOwn(target, key)) return Reflect.getOwnPropertyDescriptor(target, key);
      // A getter: whoever lists the names wants none of the operators made.
      return has(key) ? { get: () => find(key), enumerable: true, configurable: true } : undefined;
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}

/** Text and other properties that are not operators. */
function hidden(text: string, members: Readonly<Record<string, unknown>> = {}): object {
  const properties: Record<PropertyKey, unknown> = {
    ...members,
    toString: () => text,
    [inspect.custom]: () => `[${text}]`,
  };
  const own = {};
  for (const key of Reflect.ownKeys(properties)) {
    Object.defineProperty(own, key, { value: properties[key], configurable: true });
  }
  return own;
}

const spaces = new Map<string, object>();

function makeSpace(space: string): object {
  const packets = new Map<string, RawOperator>();
  const names = (): ReadonlySet<string> => registered().get(space) ?? new Set();
  return lazily(
    hidden(`torch.ops.${space}`),
    names,
    (name) => names().has(name),
    (name) => {
      if (!packets.has(name) && names().has(name)) packets.set(name, makePacket(space, name));
      return packets.get(name);
    },
    (name) =>
      unknownName(`torch.ops.${space}`, "an operator", name, names(), `Object.keys(torch.ops.${space}) lists them`),
  );
}

function findSpace(name: string): object | undefined {
  const known = spaces.get(name);
  if (known !== undefined) return known;
  // Another thread may have loaded a library.
  if (!registered().has(name) && (isAskedByLanguage(name) || !registered(true).has(name))) return undefined;
  const space = makeSpace(name);
  spaces.set(name, space);
  return space;
}

/** Libraries that have been loaded, in order. */
const loaded: string[] = [];

function loadLibrary(path: string): void {
  if (typeof path !== "string" || path === "") {
    badArgument(`[loadLibrary] expected the path of a shared library, got ${describeValue(path)}`);
  }
  if (!existsSync(path)) throw new TorchError("E_LOAD", `[loadLibrary] expected a shared library, got no file ${path}`);
  const file = realpathSync(path);
  if (loaded.includes(file)) return;
  const problem = tryLibrary(file, loaded) ?? openLibrary(file);
  if (problem !== null) {
    throw new TorchError(
      "E_LOAD",
      `[loadLibrary] expected a library for LibTorch ${native.torchVersion}, got ${path}: ${problem}`,
      "it must be compiled for this platform against the same minor version of LibTorch, and register names that are still free",
    );
  }
  loaded.push(file);
  native.forgetOperators();
  spaces.clear();
  registered(true);
}

/**
 * Every registered operator, by the names of their schemas: `torch.ops.<namespace>.<name>` takes the overload that fits,
 * `torch.ops.<namespace>.<name>.<overload>` is a single one. Arguments are given as to the functions of `torch`; overloads that
 * write into given tensors take them as options (`{ out: y }`). Autograd, autocast and devices are the dispatcher's.
 *
 * @throws TorchError `E_ARG` for a name that does not exist, with the nearest that does
 *
 * @example
 * torch.ops.aten.add(x, y, { alpha: 2 });
 * torch.ops.aten.add.out(x, y, { out: z });
 * torch.ops.aten.add.Tensor.schema; // "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor"
 * Object.keys(torch.ops.aten).length;
 */
export const ops = lazily(
  hidden("torch.ops", { loadLibrary }),
  () => registered().keys(),
  (name) => findSpace(name) !== undefined,
  findSpace,
  (name) =>
    unknownName("torch.ops", "a namespace", name, registered().keys(), "torch.ops.loadLibrary(path) brings more"),
) as Ops;
