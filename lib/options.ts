import { badArgument, TorchError } from "./errors.js";
import { describeValue } from "./ops/describe-value.js";
import { isOptions } from "./ops/match.js";
import { nearest } from "./ops/names.js";

/*
 * Options objects, which every function with arguments that have defaults takes last. A misspelt name must not be silently without
 * effect: TypeScript refuses it only in a literal, and not at all in JavaScript.
 */

/** Every option of `O` with its default, undefined or null where there is none to name. */
export type Defaults<O> = { readonly [K in keyof Required<O>]: O[K] | null | undefined };
type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * Refuses what is no plain object, a name that `defaults` lacks, and what is not a boolean where the default is one. For functions that
 * are called in each step: it makes nothing, and calls without options return at once.
 */
export function checkOptions<O extends object>(
  owner: string,
  given: O | undefined,
  defaults: Defaults<NoInfer<O>>,
): void {
  if (given !== undefined) expectOptions(owner, given, defaults);
}

/** {@link checkOptions} where some must be given. */
export function expectOptions<O extends object>(owner: string, given: O, defaults: Defaults<NoInfer<O>>): void {
  if (!isOptions(given)) notOptions(owner, given, defaults);
  for (const key in given) {
    if (!Object.hasOwn(defaults, key)) unknownName(owner, key, Object.keys(defaults));
    if (typeof defaults[key as keyof O] !== "boolean") continue;
    const value: unknown = given[key as keyof typeof given];
    if (typeof value !== "boolean" && value !== undefined) {
      badArgument(`[${owner}] expected ${key} to be true or false, got ${describeValue(value)}`);
    }
  }
}

/** `given` over `defaults`, once {@link checkOptions} has nothing against it. */
export function settings<T extends object>(owner: string, defaults: T, given: Given<T> | undefined): T {
  const out = { ...defaults };
  if (given === undefined) return out;
  checkOptions<Given<T>>(owner, given, defaults as Defaults<Given<T>>);
  for (const key of Object.keys(given) as (keyof T & string)[]) {
    const value = given[key];
    if (value !== undefined) out[key] = value;
  }
  return out;
}

/** Refuses what is no function, with the call as it should be. */
export function expectFunction(owner: string, given: unknown, example: string): void {
  if (typeof given !== "function") {
    badArgument(`[${owner}] expected a function, got ${describeValue(given)}`, example);
  }
}

/** Refuses a name that only case and underscores tell from a known one, where other names are welcome. */
export function checkSpelling(owner: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const meant = known.find((name) => plainName(name) === plainName(key));
    if (meant !== undefined) badArgument(`[${owner}] expected ${meant}, got '${key}'`, `did you mean '${meant}'?`);
  }
}

const plainName = (name: string): string => name.replaceAll("_", "").toLowerCase();

/** What errors of {@link unknownName} are about, for {@link withMoreNames}. */
const unknown = new WeakMap<object, { key: string; known: readonly string[] }>();

function unknownName(owner: string, key: string, known: readonly string[]): never {
  const near = nearest(key, known);
  const error = new TorchError(
    "E_ARG",
    `[${owner}] expected ${known.length === 0 ? "no options" : `one of the options ${known.join(", ")}`}, got '${key}'`,
    near === undefined ? undefined : `did you mean '${near}'?`,
  );
  unknown.set(error, { key, known });
  throw error;
}

/** Throws an error of `fn` about an unknown name as that of `owner`, which takes `names` too and passes the others on. */
export function withMoreNames<T>(owner: string, names: readonly string[], fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    const what = unknown.get(error as object);
    if (what === undefined) throw error;
    unknownName(owner, what.key, [...names, ...what.known]);
  }
}

function notOptions(owner: string, given: unknown, defaults: object): never {
  const names = Object.keys(defaults);
  // Python's positional argument: most likely the first option of this type.
  const meant = names.find((name) => typeof (defaults as Record<string, unknown>)[name] === typeof given);
  const isPlain = given !== undefined && typeof given !== "object" && typeof given !== "function";
  badArgument(
    `[${owner}] expected an options object, got ${describeValue(given)}`,
    isPlain && meant !== undefined
      ? `pass { ${meant}: ${describeValue(given)} }`
      : names.length === 0
        ? undefined
        : `its names are ${names.join(", ")}`,
  );
}
