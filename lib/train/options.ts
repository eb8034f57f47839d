import { badArgument } from "../errors.js";
import { checkOptions, type Defaults } from "../options.js";

/** One command-line option: its kind, default, help, and how its text becomes a value. */
export interface Option<T> {
  readonly kind: "value" | "flag";
  /** `undefined`: not given, the program decides. */
  readonly initial: T;
  /** One sentence for `--help`. */
  readonly help: string;
  /** What stands for the value in `--help`, such as `<n>`. */
  readonly placeholder: string;
  /** How the default reads in `--help`; empty for none. */
  readonly shown: string;
  /** What a valid value is, as in `expected --rho to be a number >= 0`. */
  readonly expected: string;
  /** The value, or `undefined` where the text is none. */
  parse(text: string): T | undefined;
}

/** Limits of a number; all inclusive but `below`. */
interface Range {
  min?: number;
  max?: number;
  below?: number;
}

interface Common {
  /** How the default reads in `--help` when the plain value would not say enough. */
  shown?: string;
}

const COMMON = { shown: "" };
const RANGE: Defaults<Range & Common> = { min: null, max: null, below: null, ...COMMON };

function describeRange({ min, max, below }: Range): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined && below !== undefined) return ` from ${min} to below ${below}`;
  if (min !== undefined) return ` >= ${min}`;
  return max !== undefined ? ` <= ${max}` : below !== undefined ? ` < ${below}` : "";
}

function within(value: number, { min = -Infinity, max = Infinity, below = Infinity }: Range): boolean {
  return value >= min && value <= max && (value < below || below === Infinity);
}

function numeric<D extends number | undefined>(
  initial: D,
  help: string,
  range: Range & Common,
  name: string,
  pattern: RegExp,
): Option<number | D> {
  checkOptions("option", range, RANGE);
  if (initial !== undefined && !within(initial, range)) {
    badArgument(`[option] expected the default to be ${name}${describeRange(range)}, got ${initial}`);
  }
  return {
    kind: "value",
    initial,
    help,
    placeholder: pattern === INTEGER ? "<n>" : "<x>",
    shown: range.shown ?? (initial === undefined ? "" : String(initial)),
    expected: `${name}${describeRange(range)}`,
    parse(text) {
      const value = pattern.test(text) ? Number(text) : Number.NaN;
      return Number.isFinite(value) && within(value, range) ? value : undefined;
    },
  };
}

const INTEGER = /^[+-]?\d{1,15}$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** An option that takes an integer. */
export function integer<D extends number | undefined>(
  initial: D,
  help: string,
  range: Range & Common = {},
): Option<number | D> {
  return numeric(initial, help, range, "an integer", INTEGER);
}

/** An option that takes a finite decimal number, such as `0.05` or `5e-4`. */
export function decimal<D extends number | undefined>(
  initial: D,
  help: string,
  range: Range & Common = {},
): Option<number | D> {
  return numeric(initial, help, range, "a number", DECIMAL);
}

/** An option that takes one of several words. */
export function choice<const C extends string, D extends C | undefined>(
  initial: D,
  choices: readonly C[],
  help: string,
  options: Common = {},
): Option<C | D> {
  checkOptions("option", options, COMMON);
  const { shown = initial ?? "" } = options;
  return {
    kind: "value",
    initial,
    help,
    placeholder: `<${choices.join("|")}>`,
    shown,
    expected: `one of ${choices.join(", ")}`,
    parse: (text) => choices.find((one) => one === text),
  };
}

/** An option that takes any text but an empty one. */
export function text<D extends string | undefined>(
  initial: D,
  help: string,
  options: Common & { placeholder?: string } = {},
): Option<string | D> {
  checkOptions("option", options, { ...COMMON, placeholder: "<text>" });
  const { shown = initial ?? "", placeholder = "<text>" } = options;
  return {
    kind: "value",
    initial,
    help,
    placeholder,
    shown,
    expected: "a text",
    parse: (value) => (value === "" ? undefined : value),
  };
}

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  "1": true,
  false: false,
  no: false,
  off: false,
  "0": false,
};

/** An option that is on or off: `--name`, `--no-name`, `--name true`, `--name False`, `--name=0`. */
export function flag<D extends boolean | undefined>(
  initial: D,
  help: string,
  options: Common = {},
): Option<boolean | D> {
  checkOptions("option", options, COMMON);
  const { shown } = options;
  return {
    kind: "flag",
    initial,
    help,
    placeholder: "",
    shown: shown ?? (initial === undefined ? "" : initial ? "yes" : "no"),
    expected: "true or false",
    parse: (value) => (Object.hasOwn(WORDS, value.toLowerCase()) ? WORDS[value.toLowerCase()] : undefined),
  };
}
