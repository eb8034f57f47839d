import { badArgument } from "../errors.js";
import { describeValue } from "../ops/kinds.js";
import { nearest } from "../ops/names.js";

/**
 * Arguments with defaults as a layer takes them: as many of `P` in order as one likes, then options.
 *
 * `Arguments<[minVal: number, maxVal: number], Options>` stands for `(options?)`, `(minVal, options?)` and `(minVal, maxVal, options?)`.
 */
export type Arguments<P extends readonly unknown[], O> = P extends readonly [...infer Head, unknown]
  ? [...P, options?: O] | Arguments<Head, O>
  : [options?: O];

/** Where and in which dtype a layer makes its parameters and buffers. */
export interface FactoryOptions {
  /** Default float32. */
  dtype?: import("../dtype.js").DType;
  /** Default `"cpu"`. */
  device?: import("../device.js").Device;
}

/** What {@link FactoryOptions} is when nothing is given: for the defaults of {@link settings}. */
export const factory: FactoryOptions = { dtype: undefined, device: undefined };

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** `given` over `defaults`. A name that `defaults` lacks is an error that names the nearest one. */
export function settings<T extends object>(owner: string, defaults: T, given: Given<T> | undefined): T {
  const out = { ...defaults };
  if (given === undefined) return out;
  if (!isPlainObject(given)) badArgument(`[${owner}] expected an options object, got ${describeValue(given)}`);
  for (const key of Object.keys(given) as (keyof T & string)[]) {
    if (!Object.hasOwn(defaults, key)) unknownName(owner, key, Object.keys(defaults));
    const value = given[key];
    if (value !== undefined) out[key] = value;
  }
  return out;
}

/** {@link settings} for {@link Arguments}: the positional ones are called `names`. */
export function gather<T extends object>(
  owner: string,
  names: readonly (keyof T & string)[],
  defaults: T,
  args: readonly unknown[],
): T {
  const last = args.at(-1);
  const options = isPlainObject(last) ? (last as Given<T>) : {};
  const count = isPlainObject(last) ? args.length - 1 : args.length;
  const given: Record<string, unknown> = { ...options };
  for (let i = 0; i < count; i++) {
    if (args[i] === undefined) continue;
    const name = names[i];
    if (name === undefined)
      badArgument(`[${owner}] expected at most ${names.length} arguments and options, got ${count}`);
    if (given[name] !== undefined) badArgument(`[${owner}] expected '${name}' once, got it twice`);
    given[name] = args[i];
  }
  return settings(owner, defaults, given as Given<T>);
}

function unknownName(owner: string, key: string, known: readonly string[]): never {
  const near = nearest(key, known);
  badArgument(
    `[${owner}] expected one of the options ${known.join(", ") || "(none)"}, got '${key}'`,
    near === undefined ? undefined : `did you mean '${near}'?`,
  );
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const proto = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

/** Refuses what is not a number, before it is calculated with. */
export function expectNumbers(owner: string, given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "number") {
      badArgument(`[${owner}] expected a number for '${name}', got ${describeValue(value)}`);
    }
  }
}

/** One of `allowed`, or an error that lists them. */
export function oneOf<T extends string>(owner: string, name: string, value: unknown, allowed: readonly T[]): T {
  if (!allowed.includes(value as T)) {
    const near = typeof value === "string" ? nearest(value, allowed) : undefined;
    badArgument(
      `[${owner}] expected ${name} to be one of ${allowed.join(", ")}, got ${describeValue(value)}`,
      near === undefined ? undefined : `did you mean "${near}"?`,
    );
  }
  return value as T;
}

/** A whole number of at least `least`. */
export function count(owner: string, name: string, value: unknown, least = 1): number {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    badArgument(`[${owner}] expected ${name} to be a whole number of at least ${least}, got ${describeValue(value)}`);
  }
  return value as number;
}

/** A probability, 0 and 1 included. */
export function probability(owner: string, name: string, value: unknown): number {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
    badArgument(`[${owner}] expected ${name} from 0 to 1, got ${describeValue(value)}`);
  }
  return value;
}

/** One size for all dimensions, or one for each. */
export type Size1 = number | readonly [number];
export type Size2 = number | readonly [number, number];
export type Size3 = number | readonly [number, number, number];
export type Size = number | readonly number[];

/** `3` or `[3, 5]` as a list of `n`. */
export function perDimension(owner: string, name: string, value: Size, n: number, least = 1): number[] {
  const list = typeof value === "number" ? new Array<number>(n).fill(value) : [...value];
  if (list.length !== n) {
    badArgument(`[${owner}] expected ${name} to be a number or a list of ${n}, got a list of ${list.length}`);
  }
  for (const v of list) count(owner, name, v, least);
  return list;
}
