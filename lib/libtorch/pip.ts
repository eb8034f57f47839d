import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { TorchError } from "../errors.js";
import type { Env } from "./cache.js";
import { pythonsOnPath } from "./python.js";

/** The words that start pip: `["/usr/bin/python3", "-m", "pip"]`; undefined when no Python on PATH has it. */
export function findPip(env: Env = process.env): string[] | undefined {
  for (const python of pythonsOnPath(env)) {
    const child = spawnSync(python, ["-m", "pip", "--version"], {
      timeout: 20_000,
      stdio: "ignore",
      env: env as NodeJS.ProcessEnv,
    });
    if (child.status === 0) return [python, "-m", "pip"];
  }
  return undefined;
}

export type PipOptions = {
  readonly pip: readonly string[];
  /** What to fetch: `["torch==2.13.0+cpu"]`. */
  readonly requirements: readonly string[];
  /** Where the wheels go. */
  readonly directory: string;
  /** Also what they depend on. Default false. */
  readonly dependencies?: boolean;
  /** An index in place of the one in pip's own settings. */
  readonly index?: string;
  readonly env?: Env;
  readonly signal?: AbortSignal;
  readonly onLine?: (text: string) => void;
  /** Bytes fetched so far. */
  readonly onProgress?: (done: number) => void;
};

/**
 * `pip download`: pip checks hashes and has the user's settings (indexes, proxies, certificates, cache).
 *
 * @returns the words of pip's error, or undefined when all wheels are in `directory`.
 */
export async function pipDownload(options: PipOptions): Promise<string | undefined> {
  const attempt = await runPip(options, []);
  if (attempt === undefined || !/No matching distribution|from versions: none/i.test(attempt)) return attempt;
  // Perhaps only this interpreter is too old or too new for the wheels; what is inside is the same for all of them.
  const tags = ["--python-version", "3.12", "--implementation", "cp", "--abi", "cp312"];
  const second = await runPip(options, tags);
  return second === undefined ? undefined : attempt;
}

async function runPip(options: PipOptions, tags: readonly string[]): Promise<string | undefined> {
  const { pip, directory } = options;
  mkdirSync(directory, { recursive: true });
  // pip downloads to the temporary directory first, which is often a small one in memory.
  const temporary = join(directory, ".pip");
  mkdirSync(temporary, { recursive: true });
  const args = [
    ...pip.slice(1),
    "download",
    ...[
      "--dest",
      directory,
      "--only-binary=:all:",
      "--disable-pip-version-check",
      "--no-input",
      "--progress-bar",
      "off",
      "--retries",
      "2",
    ],
    ...(options.dependencies ? [] : ["--no-deps"]),
    ...(options.index === undefined ? [] : ["--index-url", options.index]),
    ...tags,
    ...options.requirements,
  ];
  const env = {
    ...(options.env ?? process.env),
    TMPDIR: temporary,
    PIP_REQUIRE_VIRTUALENV: "0",
    PYTHONUNBUFFERED: "1",
  };
  const child = spawn(pip[0] ?? "pip", args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: env as NodeJS.ProcessEnv,
    signal: options.signal,
  });
  const timer = setInterval(() => options.onProgress?.(bytesIn(directory)), 500);
  try {
    return await outcome(child, options);
  } finally {
    clearInterval(timer);
    rmSync(temporary, { recursive: true, force: true });
  }
}

function outcome(child: ChildProcess, options: PipOptions): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const errors: string[] = [];
    eachLine(child.stdout, (line) => {
      if (/^\s*(Downloading|Using cached|Processing) /.test(line)) options.onLine?.(line.trim());
    });
    eachLine(child.stderr, (line) => errors.push(line));
    let broken: Error | undefined;
    child.once("error", (error) => {
      broken = options.signal?.aborted
        ? new TorchError("E_CANCELLED", "[setup] interrupted", undefined, { cause: error })
        : error;
    });
    // Only once it is gone does nobody write to the directory any more.
    child.once("close", (code) => {
      if (broken) reject(broken);
      else if (code === 0) resolve(undefined);
      else resolve(reason(errors) ?? `pip ended with ${code}`);
    });
  });
}

/** The line that says why: pip's own error, or what Python says last when pip itself did not expect it ("ERROR: Exception:"). */
function reason(lines: readonly string[]): string | undefined {
  const own = lines.findLast((line) => line.startsWith("ERROR:"))?.slice(7);
  return own === undefined || own.trim() === "Exception:" ? lines.at(-1) : own;
}

function eachLine(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") take(line);
  });
}

function bytesIn(directory: string): number {
  if (!existsSync(directory)) return 0;
  let sum = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) sum += bytesIn(path);
    else sum += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}

/** The wheels in a directory, as absolute paths. */
export function wheelsIn(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".whl"))
    .map((name) => join(directory, name));
}
