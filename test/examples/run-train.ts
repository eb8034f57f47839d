import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../lib/libtorch/package-root.js";

/** How a run of `examples/train.ts` ended. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A net and a data set that train in a second or two; later options win. */
const SMALL = "--depth 10 --width-factor 1 --limit 96 --batch-size 16 --epochs 1".split(" ");

/** Around a run. */
export interface RunOptions {
  /** Over this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** What `signal-at.ts` takes. */
  signals?: string;
  /** No file may grow beyond so many KiB: the next best thing to a full disk. */
  fileSizeLimit?: number;
}

/**
 * Runs `examples/train.ts` as a process of its own, on this directory's `lib/` rather than `dist/`, with one thread, so that its numbers
 * depend on nothing else.
 */
export function runTrain(args: string, { env = {}, signals, fileSizeLimit }: RunOptions = {}): Promise<Run> {
  const preload = signals === undefined ? [] : ["--import", join(packageRoot, "test/examples/signal-at.ts")];
  const program = [process.execPath, "--import", "tsx", ...preload, join(packageRoot, "examples/train.ts")];
  const limit = fileSizeLimit === undefined ? [] : ["bash", "-c", `ulimit -f ${fileSizeLimit}; exec "$@"`, "bash"];
  const [command, ...argv] = [...limit, ...program, ...SMALL, ...args.split(" ").filter((arg) => arg !== "")];
  const child: ChildProcess = spawn(command!, argv, {
    cwd: packageRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      OMP_NUM_THREADS: "1",
      TSX_TSCONFIG_PATH: join(packageRoot, "test/examples/tsconfig.json"),
      SIGNAL_AT: signals,
      ...env,
    },
  });
  const run: Run = { code: null, stdout: "", stderr: "" };
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    run.stdout += text;
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    run.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...run, code }));
  });
}
