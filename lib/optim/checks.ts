import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { ignoreFailure, isThenable } from "../synchronous.js";

/** Refuses a promise in a loss's place: what an asynchronous closure computes would come after the step. */
export function refusePromise(owner: string, value: unknown): void {
  if (!isThenable(value)) return;
  ignoreFailure(value);
  badArgument(
    `[${owner}.step] expected the closure to return the loss, got a promise`,
    "the closure must be synchronous: load the batch before the step",
  );
}

/** A number of at least `least`, finite. */
export function atLeast(owner: string, name: string, value: unknown, least = 0): void {
  if (typeof value !== "number" || !(value >= least && value < Number.POSITIVE_INFINITY)) {
    badArgument(`[${owner}] expected ${name} >= ${least}, got ${describeValue(value)}`);
  }
}

/** A number from 0 to 1, 1 excluded. */
export function fraction(owner: string, name: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0 && value < 1)) {
    badArgument(`[${owner}] expected 0 <= ${name} < 1, got ${describeValue(value)}`);
  }
}

/** A number from 0 to 1, both included. */
export function share(owner: string, name: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
    badArgument(`[${owner}] expected 0 <= ${name} <= 1, got ${describeValue(value)}`);
  }
}

/** A number from 0 to 1, 0 excluded. */
export function shareAboveZero(owner: string, name: string, value: unknown): void {
  if (typeof value !== "number" || !(value > 0 && value <= 1)) {
    badArgument(`[${owner}] expected 0 < ${name} <= 1, got ${describeValue(value)}`);
  }
}

/** Two numbers from 0 to 1, 1 excluded, such as betas. */
export function twoFractions(owner: string, name: string, value: unknown): void {
  if (!Array.isArray(value) || value.length !== 2) {
    badArgument(`[${owner}] expected ${name} to be two numbers, got ${describeValue(value)}`);
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
    badArgument(`[${owner}] expected ${name} to be a finite number, got ${describeValue(value)}`);
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
    badArgument(`[${owner}] expected ${name} to be a whole number of at least ${least}, got ${describeValue(value)}`);
  }
}
