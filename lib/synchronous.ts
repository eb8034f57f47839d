import { badArgument } from "./errors.js";

/**
 * What a function gave that ran in a mode of the thread, such as `noGrad`. A promise is an error: at the first await the mode would
 * have ended for the function, without a word, and nobody would see it but in the results.
 */
export function synchronous<T>(op: string, result: T): T {
  if (!isThenable(result)) return result;
  ignoreFailure(result);
  badArgument(
    `[${op}] expected a synchronous function, got one that gives a promise`,
    `the mode would end at its first await: put ${op} around what is computed between two awaits`,
  );
}

/** For one that nobody will await: its error must not end the process as one that nobody handled. */
export const ignoreFailure = (promise: PromiseLike<unknown>): void => void promise.then(undefined, () => undefined);

/** Whether it is a promise, or something that `await` takes for one. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
