import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isOptions } from "../ops/match.js";
import { nearest } from "../ops/names.js";
import { settings } from "../options.js";

export { settings } from "../options.js";

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

/** {@link settings} for {@link Arguments}: the positional ones are called `names`. */
export function gather<T extends object>(
  owner: string,
  names: readonly (keyof T & string)[],
  defaults: T,
  args: readonly unknown[],
): T {
  const last = args.at(-1);
  const options = isOptions(last) ? last : {};
  const count = isOptions(last) ? args.length - 1 : args.length;
  const given: Record<string, unknown> = { ...options };
  for (let i = 0; i < count; i++) {
    if (args[i] === undefined) continue;
    const name = names[i];
    if (name === undefined)
      badArgument(`[${owner}] expected at most ${names.length} arguments and options, got ${count}`);
    if (given[name] !== undefined) badArgument(`[${owner}] expected '${name}' once, got it twice`);
    given[name] = args[i];
  }
  return settings(owner, defaults, given as Partial<T>);
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
    badArgument(
      `[${owner}] expected ${name} to be a whole number of at least ${least}, got ${describeValue(value)}`,
      byPosition(name, value),
    );
  }
  return value as number;
}

/** What helps where an options object stands in a required argument's place. */
const byPosition = (name: string, value: unknown): string | undefined =>
  isOptions(value) ? `${name} has a place of its own, in front of the options object` : undefined;

/** The items of a list of sizes. */
export function listOf(owner: string, name: string, value: unknown): number[] {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return [...(value as unknown as Iterable<number>)];
  }
  badArgument(
    `[${owner}] expected ${name} to be a whole number or a list of them, got ${describeValue(value)}`,
    byPosition(name, value),
  );
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
  const list = typeof value === "number" ? new Array<number>(n).fill(value) : listOf(owner, name, value);
  if (list.length !== n) {
    badArgument(`[${owner}] expected ${name} to be a number or a list of ${n}, got a list of ${list.length}`);
  }
  for (const v of list) count(owner, name, v, least);
  return list;
}
