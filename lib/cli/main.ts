#!/usr/bin/env node
import { parseArgs } from "node:util";
import { TorchError } from "../errors.js";
import { packageVersion } from "../libtorch/addon.js";
import { DEFAULT_VERSION, SUPPORTED_TEXT } from "../libtorch/version.js";
import { build } from "./build.js";
import { doctor } from "./doctor.js";
import { setup } from "./setup.js";
import { terminalReport } from "./terminal.js";

const HELP = `sam-torch: LibTorch for TypeScript

  npx sam-torch setup     fetch LibTorch ${DEFAULT_VERSION} into the cache and prove that it loads
    --cpu | --cuda        which one; default by the NVIDIA driver
    --version V           another LibTorch (${SUPPORTED_TEXT})
    --from FILE-OR-DIR    from an archive, wheel(s) or LibTorch that is already here; needs no network
    --mirror URL          a server with the layout of download.pytorch.org, or the URL of one archive

  npx sam-torch build     compile the addon against the LibTorch that is found
    --libtorch DIR        against this one
    --strict              warnings are errors

  npx sam-torch doctor    say what is here and whether training will work (exit code 0 or 1)
    --json                for programs

  npx sam-torch --help | --version

LibTorch is looked for in SAM_TORCH_LIBTORCH, LIBTORCH, the cache (XDG_CACHE_HOME), and the Python torch on PATH.
`;

const OPTIONS = {
  setup: {
    cpu: { type: "boolean" },
    cuda: { type: "boolean" },
    version: { type: "string" },
    from: { type: "string" },
    mirror: { type: "string" },
  },
  build: { libtorch: { type: "string" }, strict: { type: "boolean" } },
  doctor: { json: { type: "boolean" } },
} as const;

/** Runs one command line and gives the exit code: 0 fine, 1 failed, 2 misused, 130 interrupted. */
async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === "help" || args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command === "--version" || command === "-v") {
    process.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  if (command !== "setup" && command !== "build" && command !== "doctor") {
    throw new TorchError(
      "E_ARG",
      `[sam-torch] expected setup, build or doctor, got ${command}`,
      "npx sam-torch --help",
    );
  }
  const report = terminalReport(process.stdout);
  const controller = new AbortController();
  // The first signal stops the work in good order, a second one at once.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      controller.abort();
      process.once(signal, () => process.exit(code));
    });
  }
  try {
    if (command === "doctor") return await doctor(parse(OPTIONS.doctor, rest), process.stdout);
    if (command === "build") await build({ ...parse(OPTIONS.build, rest), signal: controller.signal, report });
    else await setup({ ...parse(OPTIONS.setup, rest), signal: controller.signal, report });
    return 0;
  } finally {
    report.end();
  }
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(options: T, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message.split(/[.] (?=To specify)/)[0] : String(error);
    throw new TorchError("E_ARG", `[sam-torch] ${why}`, "npx sam-torch --help", { cause: error });
  }
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof TorchError;
    process.stderr.write(
      `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = known && error.code === "E_ARG" ? 2 : known && error.code === "E_CANCELLED" ? 130 : 1;
  },
);
