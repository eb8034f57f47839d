import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, expectTypeOf, it } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { type CommandLine, helpText, type OptionTable, parseCommandLine } from "../../lib/train/command-line.js";
import { choice, decimal, flag, integer, text } from "../../lib/train/options.js";

const program = {
  name: "train",
  summary: "Trains a network.",
  options: {
    adaptive: flag(true, "Scale the perturbation by the weights (ASAM)."),
    batchSize: integer(128, "Images per step.", { min: 1 }),
    rho: decimal(2, "Radius of the neighbourhood.", { min: 0 }),
    dropout: decimal(0, "Dropout rate.", { min: 0, below: 1 }),
    optimizer: choice("sam", ["sam", "asam", "sgd"], "Optimizer."),
    epochs: integer(undefined, "Passes over the data.", { min: 1, shown: "200 with CUDA, 3 without" }),
    checkpoint: text(undefined, "Where to save.", { placeholder: "<file>" }),
  },
} satisfies CommandLine<OptionTable>;

function parse(...argv: string[]) {
  const values = parseCommandLine(program, argv);
  if (values === "help") throw new Error("unexpected --help");
  return values;
}

function errorOf(...argv: string[]): TorchError {
  try {
    parseCommandLine(program, argv);
  } catch (error) {
    expect(error).toBeInstanceOf(TorchError);
    expect((error as TorchError).code).toBe("E_ARG");
    return error as TorchError;
  }
  throw new Error(`expected an error for ${argv.join(" ")}`);
}

describe("1. values", () => {
  it("are the defaults without arguments, and typed", () => {
    const values = parse();
    expect(values).toEqual({
      adaptive: true,
      batchSize: 128,
      rho: 2,
      dropout: 0,
      optimizer: "sam",
      epochs: undefined,
      checkpoint: undefined,
    });
    expectTypeOf(values.batchSize).toEqualTypeOf<number>();
    expectTypeOf(values.optimizer).toEqualTypeOf<"sam" | "asam" | "sgd">();
    expectTypeOf(values.epochs).toEqualTypeOf<number | undefined>();
    expectTypeOf(values.checkpoint).toEqualTypeOf<string | undefined>();
    expectTypeOf(values.adaptive).toEqualTypeOf<boolean>();
  });

  it("come under the names with -, with _ and in camelCase, with a space or =", () => {
    for (const argv of [
      ["--batch-size", "7"],
      ["--batch_size", "7"],
      ["--batchSize", "7"],
      ["--batch-size=7"],
      ["--batch_size=7"],
    ]) {
      expect(parse(...argv).batchSize, argv.join(" ")).toBe(7);
    }
  });

  it("of switches: bare, negated, and with a word as the reference's users write it", () => {
    const on = [
      ["--adaptive"],
      ["--adaptive", "true"],
      ["--adaptive", "True"],
      ["--adaptive=1"],
      ["--adaptive=TRUE"],
      ["--no-adaptive", "false"],
    ];
    const off = [
      ["--no-adaptive"],
      ["--no_adaptive"],
      ["--adaptive", "false"],
      ["--adaptive", "False"],
      ["--adaptive=0"],
      ["--adaptive=no"],
      ["--no-adaptive=true"],
    ];
    for (const argv of on) expect(parse("--no-adaptive", ...argv).adaptive, argv.join(" ")).toBe(true);
    for (const argv of off) expect(parse(...argv).adaptive, argv.join(" ")).toBe(false);
    expect(parse("--adaptive", "--rho", "1")).toMatchObject({ adaptive: true, rho: 1 });
  });

  it("of numbers in every decimal form", () => {
    for (const [written, value] of [
      ["0.05", 0.05],
      [".5", 0.5],
      ["5e-4", 0.0005],
      ["1E2", 100],
      ["+1", 1],
      ["3.", 3],
      ["0", 0],
    ] as const) {
      expect(parse("--rho", written).rho).toBe(value);
    }
  });

  it("count from the last of several, and texts may begin with one dash or hold =", () => {
    expect(parse("--rho", "1", "--rho", "2.5").rho).toBe(2.5);
    expect(parse("--checkpoint", "-x").checkpoint).toBe("-x");
    expect(parse("--checkpoint=a=b").checkpoint).toBe("a=b");
    expect(parse("--checkpoint", "False").checkpoint).toBe("False");
    expect(parse("--optimizer", "asam").optimizer).toBe("asam");
  });
});

describe("2. errors", () => {
  it.each([
    ["--rho -1", 'expected --rho to be a number >= 0, got "-1"'],
    ["--rho=-0.001", 'expected --rho to be a number >= 0, got "-0.001"'],
    ["--rho two", 'expected --rho to be a number >= 0, got "two"'],
    ["--rho nan", 'got "nan"'],
    ["--rho Infinity", 'got "Infinity"'],
    ["--rho 1e999", 'got "1e999"'],
    ["--rho 0x10", 'got "0x10"'],
    ["--rho=", 'got ""'],
    ["--rho", "got no value"],
    ["--rho --adaptive", "got no value"],
    ["--batch-size 0", 'expected --batch-size to be an integer >= 1, got "0"'],
    ["--batch_size 0", 'expected --batch_size to be an integer >= 1, got "0"'],
    ["--batch-size 1.5", 'got "1.5"'],
    ["--batch-size 99999999999999999999", "got "],
    ["--dropout 1", 'expected --dropout to be a number from 0 to below 1, got "1"'],
    ["--optimizer adam", 'expected --optimizer to be one of sam, asam, sgd, got "adam"'],
    ["--adaptive=maybe", 'expected --adaptive to be true or false, got "maybe"'],
    ["--checkpoint=", "expected --checkpoint to be a text"],
    ["--adaptive maybe", 'expected options only, got "maybe"'],
    ["train.ts", 'expected options only, got "train.ts"'],
    ["--no-rho 1", "expected a known option, got --no-rho"],
    ["-b 3", "expected a known option, got -b"],
    ["--__proto__ 1", "expected a known option, got --__proto__"],
    ["--constructor", "expected a known option, got --constructor"],
  ])("%s", (line, message) => {
    expect(errorOf(...line.split(" ")).message).toContain(message);
  });

  it.each([
    ["--batchsize", "--batch-size"],
    ["--bach-size", "--batch-size"],
    ["--batch_sise", "--batch-size"],
    ["--roh", "--rho"],
    ["--optimiser", "--optimizer"],
    ["--epoch", "--epochs"],
    ["--no-adaptve", "--no-adaptive"],
    ["--hlep", "--help"],
  ])("%s names the nearest option, %s", (given, near) => {
    expect(errorOf(given, "3").message).toContain(`got ${given}\n  help: did you mean ${near}?; --help`);
  });

  it("name none where nothing is near", () => {
    expect(errorOf("--quantum-flux").message).not.toContain("did you mean");
  });

  it("of the table itself show when it is made", () => {
    expect(() => integer(0, "", { min: 1 })).toThrow("expected the default to be an integer >= 1, got 0");
  });
});

describe("3. --help", () => {
  it("is made from the table", () => {
    expect(helpText(program)).toMatchInlineSnapshot(`
      "Usage: train [options]

      Trains a network.

      Options:
        --[no-]adaptive             Scale the perturbation by the weights (ASAM). (default: yes)
        --batch-size <n>            Images per step. (default: 128)
        --rho <x>                   Radius of the neighbourhood. (default: 2)
        --dropout <x>               Dropout rate. (default: 0)
        --optimizer <sam|asam|sgd>  Optimizer. (default: sam)
        --epochs <n>                Passes over the data. (default: 200 with CUDA, 3 without)
        --checkpoint <file>         Where to save.
        -h, --help                  Show this text.

      Names may be written with _ instead of -. A switch also takes a word: --name true, --name False.
      "
    `);
  });

  it("keeps to narrow terminals", () => {
    for (const line of helpText(program, 70).split("\n")) expect(line.length).toBeLessThanOrEqual(70);
  });

  it("wins over everything else but not over what an option takes", () => {
    expect(parseCommandLine(program, ["--rho", "-1", "--help"])).toBe("help");
    expect(parseCommandLine(program, ["-h"])).toBe("help");
    expect(parse("--checkpoint", "help").checkpoint).toBe("help");
  });
});

describe("4. as a program", () => {
  const script = fileURLToPath(new URL("command-line-program.ts", import.meta.url));
  const run = (...argv: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", script, ...argv], { encoding: "utf8" });

  it("prints help with code 0, an error with code 2, and otherwise goes on", () => {
    const help = run("--help");
    expect([help.status, help.stdout.split("\n")[0], help.stderr]).toEqual([0, "Usage: program [options]", ""]);
    const bad = run("--colour", "1");
    expect([bad.status, bad.stdout]).toEqual([2, ""]);
    expect(bad.stderr).toBe(
      "[program] expected a known option, got --colour\n  help: did you mean --color?; --help lists all options\n",
    );
    const good = run("--color", "3");
    expect([good.status, good.stdout]).toEqual([0, '{"color":3}\n']);
  });
});
