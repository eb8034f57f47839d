import { parseArgs } from "node:util";
import { badArgument, TorchError } from "../errors.js";
import { nearest } from "../ops/names.js";
import type { Option } from "./options.js";

/** A program's options by their names in camelCase, as its code reads them. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** What {@link commandLine} describes and reads. */
export interface CommandLine<O extends OptionTable> {
  /** The command, as the user types it. */
  readonly name: string;
  /** What the program does, for the top of `--help`. */
  readonly summary: string;
  readonly options: O;
}

/** The values of a table of options. */
export type OptionValues<O extends OptionTable> = {
  -readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** `batchSize` as `batch-size`. */
function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Every spelling of an option that is taken: `batch-size`, `batch_size`, `batchSize`. */
function spellings(name: string): string[] {
  return [...new Set([dashed(name), dashed(name).replaceAll("-", "_"), name])];
}

/** What a spelling stands for. */
interface Meaning {
  readonly name: string;
  readonly negated: boolean;
}

function meanings(options: OptionTable): Map<string, Meaning> {
  const table = new Map<string, Meaning>();
  for (const [name, option] of Object.entries(options)) {
    for (const spelling of spellings(name)) {
      table.set(spelling, { name, negated: false });
      if (option.kind === "flag")
        for (const no of [`no-${spelling}`, `no_${spelling}`]) table.set(no, { name, negated: true });
    }
  }
  return table;
}

/** Joins a flag and the word behind it where that word says yes or no, because `parseArgs` gives a flag no value of its own. */
function joinFlagValues(argv: readonly string[], options: OptionTable, table: ReadonlyMap<string, Meaning>): string[] {
  const joined: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    const meaning = word.startsWith("--") ? table.get(word.slice(2)) : undefined;
    const option = meaning === undefined ? undefined : options[meaning.name];
    const next = argv[i + 1];
    if (option?.kind === "flag" && next !== undefined && option.parse(next) !== undefined) {
      joined.push(`${word}=${next}`);
      i++;
    } else {
      joined.push(word);
      // A value is never taken for a flag.
      if (option?.kind === "value" && next !== undefined && !next.startsWith("--")) joined.push(argv[++i]!);
    }
  }
  return joined;
}

function wrong(program: CommandLine<OptionTable>, message: string, help = ""): never {
  badArgument(`[${program.name}] ${message}`, `${help}${help === "" ? "" : "; "}--help lists all options`);
}

function readValue(
  program: CommandLine<OptionTable>,
  meaning: Meaning,
  rawName: string,
  value: string | undefined,
): unknown {
  const option = program.options[meaning.name]!;
  if (option.kind === "flag" && value === undefined) return !meaning.negated;
  if (value === undefined || (value.startsWith("--") && option.parse(value) === undefined)) {
    wrong(program, `expected ${rawName} to be ${option.expected}, got no value`, `${rawName} ${option.placeholder}`);
  }
  const parsed = option.parse(value);
  if (parsed === undefined) wrong(program, `expected ${rawName} to be ${option.expected}, got "${value}"`);
  return meaning.negated ? !parsed : parsed;
}

/**
 * Reads a command line against a table of options. The last of several equal options counts.
 *
 * @returns the values, or `"help"` when `--help` or `-h` stands in it
 * @throws TorchError `E_ARG` that names the option, what it expects and what came; for an unknown option, the nearest one.
 */
export function parseCommandLine<O extends OptionTable>(
  program: CommandLine<O>,
  argv: readonly string[],
): OptionValues<O> | "help" {
  const table = meanings(program.options);
  const config: Record<string, { type: "boolean" | "string"; short?: string }> = {
    help: { type: "boolean", short: "h" },
  };
  for (const [spelling, { name }] of table)
    config[spelling] = { type: program.options[name]!.kind === "flag" ? "boolean" : "string" };
  const args = joinFlagValues(argv, program.options, table);
  const { tokens } = parseArgs({ args, options: config, strict: false, allowPositionals: true, tokens: true });
  if (tokens.some((token) => token.kind === "option" && token.name === "help")) return "help";
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(program.options)) values[name] = option.initial;
  for (const token of tokens) {
    if (token.kind === "positional")
      wrong(program, `expected options only, got "${token.value}"`, "options begin with --");
    if (token.kind !== "option") continue;
    const meaning = table.get(token.name);
    if (meaning === undefined || !token.rawName.startsWith("--")) {
      const near = nearest(
        token.name.replaceAll("_", "-"),
        [...table.keys(), "help"].filter((one) => !one.includes("_")),
      );
      wrong(
        program,
        `expected a known option, got ${token.rawName}`,
        near === undefined ? "" : `did you mean --${dashed(near)}?`,
      );
    }
    values[meaning.name] = readValue(program, meaning, token.rawName, token.value);
  }
  return values as OptionValues<O>;
}

/** Breaks a text into lines of at most `width` characters, at spaces. */
function wrapText(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

/** What `--help` prints: made from the table, with defaults. */
export function helpText(program: CommandLine<OptionTable>, width = 100): string {
  const rows = Object.entries(program.options).map(([name, option]) => {
    const flag = option.kind === "flag" ? `--[no-]${dashed(name)}` : `--${dashed(name)} ${option.placeholder}`;
    return [flag, option.shown === "" ? option.help : `${option.help} (default: ${option.shown})`] as const;
  });
  rows.push(["-h, --help", "Show this text."]);
  // A long list of choices gets a line of its own rather than pushing all help to the right.
  const column = 4 + Math.max(...rows.map(([left]) => (left.length <= 30 ? left.length : 0)));
  const body = rows.flatMap(([left, help]) => {
    const lines = wrapText(help, Math.max(30, width - column));
    const first = left.length + 4 <= column ? [`  ${left}`.padEnd(column) + lines.shift()!] : [`  ${left}`];
    return [...first, ...lines.map((line) => " ".repeat(column) + line)];
  });
  const notes = wrapText(
    "Names may be written with _ instead of -. A switch also takes a word: --name true, --name False.",
    width,
  );
  return [
    `Usage: ${program.name} [options]`,
    "",
    ...wrapText(program.summary, width),
    "",
    "Options:",
    ...body,
    "",
    ...notes,
    "",
  ].join("\n");
}

/**
 * Reads a program's command line and answers `--help`. Ends the process with code 0 after `--help`, and with code 2 and one error on
 * stderr for a wrong command line; for use at the top of a program only.
 *
 * @example
 * const args = commandLine({
 *   name: "train",
 *   summary: "Trains a network.",
 *   options: { batchSize: integer(128, "Images per step.", { min: 1 }), adaptive: flag(true, "Use ASAM.") },
 * });
 * args.batchSize; // number; from --batch-size 64, --batch_size=64
 */
export function commandLine<O extends OptionTable>(
  program: CommandLine<O>,
  argv: readonly string[] = process.argv.slice(2),
): OptionValues<O> {
  let values: OptionValues<O> | "help";
  try {
    values = parseCommandLine(program, argv);
  } catch (error) {
    if (!(error instanceof TorchError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
  if (values !== "help") return values;
  process.stdout.write(helpText(program, Math.min(100, process.stdout.columns ?? 100)));
  process.exit(0);
}
