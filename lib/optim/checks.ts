import { badArgument } from "../errors.js";
import { describeValue } from "../ops/kinds.js";
import { nearest } from "../ops/names.js";

/** A number of at least `least`, finite. */
export function atLeast(owner: string, name: string, value: unknown, least = 0): void {
  if (typeof value !== "number" || !(value >= least && value < Number.POSITIVE_INFINITY)) {
    badArgument(`[${owner}] expected ${name} >= ${least}, got ${String(value)}`);
  }
}

/** A number from 0 to 1, 1 excluded. */
export function fraction(owner: string, name: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0 && value < 1)) {
    badArgument(`[${owner}] expected 0 <= ${name} < 1, got ${String(value)}`);
  }
}

/** Two numbers from 0 to 1, 1 excluded, such as betas. */
export function twoFractions(owner: string, name: string, value: unknown): void {
  if (!Array.isArray(value) || value.length !== 2) {
    badArgument(`[${owner}] expected ${name} to be two numbers, got ${String(value)}`);
  }
  for (const [i, item] of value.entries()) fraction(owner, `${name}[${i}]`, item);
}

/** Finite numbers of at least 0, by their names. */
export function notNegative(owner: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) atLeast(owner, name, value);
}

/** A number that is finite. */
export function finite(owner: string, name: string, value: unknown): void {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    badArgument(`[${owner}] expected ${name} to be a finite number, got ${String(value)}`);
  }
}

/** true or false: a string such as "False" would count as true. */
export function boolean(owner: string, name: string, value: unknown): void {
  if (typeof value !== "boolean") {
    badArgument(`[${owner}] expected ${name} to be true or false, got ${describeValue(value)}`);
  }
}

/** A whole number of at least `least`. */
export function whole(owner: string, name: string, value: unknown, least = 1): void {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    badArgument(`[${owner}] expected ${name} to be a whole number of at least ${least}, got ${String(value)}`);
  }
}

/** `given` over `defaults`; a name that `defaults` lacks is an error that names the nearest one. */
export function withDefaults<O extends object>(owner: string, defaults: O, given: Partial<O>): O {
  const out = { ...defaults };
  for (const key of Object.keys(given) as (keyof O & string)[]) {
    if (!Object.hasOwn(defaults, key)) {
      const near = nearest(key, Object.keys(defaults));
      badArgument(
        `[${owner}] expected one of the options ${Object.keys(defaults).join(", ")}, got '${key}'`,
        near === undefined ? undefined : `did you mean '${near}'?`,
      );
    }
    const value = given[key];
    if (value !== undefined) out[key] = value;
  }
  return out;
}
