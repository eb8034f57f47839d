import { badArgument } from "../errors.js";
import { describeValue } from "./describe-value.js";
import { nearest } from "./names.js";
import type { Argument, Overload } from "./overload.js";

export type Options = Readonly<Record<string, unknown>>;
export const NO_OPTIONS: Options = Object.freeze({});

/** Options are plain objects; class instances never are. */
export function isOptions(value: unknown): value is Options {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const takes = (argument: Argument, value: unknown, tolerant: boolean): boolean =>
  argument.kind.accepts(value) || (tolerant && argument.kind.tolerates(value));

/** Whether this overload takes these arguments; `tolerant` lets numbers stand for tensors and tensors for numbers. */
export function matches(o: Overload, args: readonly unknown[], options: Options, tolerant: boolean): boolean {
  const count = args.length;
  if (count > o.positional) return false;
  for (let i = 0; i < count; i++) {
    const value = args[i];
    const argument = o.args[i]!;
    if (
      value === undefined
        ? !argument.optional && options[argument.name] === undefined
        : !takes(argument, value, tolerant)
    )
      return false;
  }
  for (const key in options) {
    const value = options[key];
    if (value === undefined) continue;
    const at = o.byName.get(key);
    if (at === undefined) {
      if (key === "requiresGrad" && o.isFactory) continue;
      return false;
    }
    if (at < count && args[at] !== undefined) return false;
    if (!takes(o.args[at]!, value, tolerant)) return false;
  }
  for (let i = count; i < o.args.length; i++) {
    const argument = o.args[i]!;
    if (!argument.optional && options[argument.name] === undefined) return false;
  }
  return true;
}

/** The error for arguments that fit none of several overloads. */
export function noMatch(
  name: string,
  overloads: readonly Overload[],
  args: readonly unknown[],
  options: Options,
): never {
  for (const key of Object.keys(options)) {
    const known =
      key === "requiresGrad" ? overloads.some((o) => o.isFactory) : overloads.some((o) => o.byName.has(key));
    if (!known) unknownOption(name, overloads, key);
  }
  almost(name, overloads, args, options);
  const got = args.map((value) => describeValue(value));
  for (const [key, value] of Object.entries(options)) got.push(`${key}: ${describeValue(value)}`);
  badArgument(
    `[${name}] expected arguments that fit one of its signatures, got (${got.join(", ")})`,
    overloads.map((o) => o.source.schema).join("\n        "),
  );
}

/** What is wrong with a call in the eyes of one overload, when it is one value only. */
interface Misfit {
  readonly argument: Argument;
  readonly value: unknown;
}

/** The one argument that keeps this overload from taking the call, if there is just one. */
function misfit(o: Overload, args: readonly unknown[], options: Options): Misfit | undefined {
  if (args.length > o.positional) return undefined;
  const found: Misfit[] = [];
  for (const [i, argument] of o.args.entries()) {
    const value = i < args.length && args[i] !== undefined ? args[i] : options[argument.name];
    if (value === undefined ? !argument.optional : !takes(argument, value, true)) found.push({ argument, value });
  }
  const known = Object.keys(options).every((key) => o.byName.has(key) || (key === "requiresGrad" && o.isFactory));
  return found.length === 1 && known ? found[0] : undefined;
}

/** The error where one argument alone is wrong: it says which, and all that it might have been. */
function almost(name: string, overloads: readonly Overload[], args: readonly unknown[], options: Options): void {
  const near = overloads.map((o) => misfit(o, args, options)).filter((m) => m !== undefined);
  const [first] = near;
  if (first === undefined) return;
  const { value } = first;
  const same = near.filter((m) => Object.is(m.value, value));
  const all = new Set(same.map(({ argument }) => `${argument.kind.what} for '${argument.name}'`));
  // "a tensor or a number" already says "a number".
  const wanted = [...all].filter((text) => ![...all].some((other) => other !== text && other.includes(text)));
  const hints = same.map(({ argument }) => argument.kind.hint?.(value));
  badArgument(
    `[${name}] expected ${wanted.join(" or ")}, got ${value === undefined ? "nothing" : describeValue(value)}`,
    hints.find((hint) => hint?.startsWith("did you mean")) ?? overloads.map((o) => o.source.schema).join("\n        "),
  );
}

/** The error for an option that no overload knows. */
export function unknownOption(name: string, overloads: readonly Overload[], key: string): never {
  const names = new Set(overloads.flatMap((o) => o.args.filter((a) => a.optional).map((a) => a.name)));
  if (overloads.some((o) => o.isFactory)) names.add("requiresGrad");
  const near = nearest(key, names);
  badArgument(
    `[${name}] expected ${names.size === 0 ? "no options" : `one of the options ${[...names].join(", ")}`}, got '${key}'`,
    key === "out"
      ? "results are new tensors; use copy_() or an in-place operator to write into one"
      : near === undefined
        ? overloads.map((o) => o.source.schema).join("\n        ")
        : `did you mean '${near}'?`,
  );
}
