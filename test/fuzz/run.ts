import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Counts, Problem } from "./journal.js";

export interface FuzzOptions {
  seed: number;
  calls: number;
  /** The first call; to make one again, from n with 1 call. */
  from?: number;
  /** Calls between two looks at the memory. */
  block?: number;
  /** Only what has such a name: a regular expression. */
  match?: string;
  trace?: boolean;
  onProgress?: (call: number, problem?: Problem) => void;
}

export interface FuzzReport extends Counts {
  calls: number;
  problems: Problem[];
  /** CPU time of the children, in seconds. */
  cpu: number;
}

const PROGRAM = fileURLToPath(new URL("block-program.ts", import.meta.url));
/** A call that takes as much of a processor does not end. */
const CPU_SECONDS = 20;
/** Memory of a child's own, in kB: what asks for more is out of memory, as on a small machine. */
const MEMORY = 1_500_000;

interface Seen extends Counts {
  call: number;
  step: number;
}

function readJournal(file: string): Seen {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const at = (i: number) => (bytes.length >= 8 * (i + 1) ? bytes.readDoubleLE(8 * i) : 0);
  return { call: at(0), step: at(1), values: at(2), torchErrors: at(3), typeErrors: at(4) };
}

/** Seconds of processor time that a process has had; 0 where the system does not say. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** Makes random calls in processes of their own; when one ends, the call it was at is to blame, and the next goes on behind it. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, calls, from = 0, block = 500, match = "" } = options;
  const report: FuzzReport = { calls: 0, values: 0, torchErrors: 0, typeErrors: 0, problems: [], cpu: 0 };
  const directory = mkdtempSync(join(tmpdir(), "fuzz-"));
  const add = (problem: Problem, at: number) => {
    report.problems.push(problem);
    options.onProgress?.(at, problem);
  };
  try {
    for (let next = from; next < from + calls; ) {
      const journal = join(directory, `${next}`);
      const ended = await child(options, [seed, next, from + calls, block, journal, match].map(String), journal);
      const seen = readJournal(journal);
      report.cpu += ended.cpu;
      report.values += seen.values;
      report.torchErrors += seen.torchErrors;
      report.typeErrors += seen.typeErrors;
      if (existsSync(`${journal}.problems`)) {
        for (const line of readFileSync(`${journal}.problems`, "utf8").trim().split("\n"))
          add(JSON.parse(line) as Problem, seen.call);
      }
      if (ended.how === undefined) break;
      // Once more by itself, to see what it was, and whether the calls before it had a part in it.
      if (seen.step === 0) throw new Error(`a child could not start: ${ended.message}`);
      const alone = await child(
        options,
        [seed, seen.call, seen.call + 1, block, journal, match].map(String),
        journal,
        true,
      );
      const found = new RegExp(`^${seen.call}: (.*)$`, "m").exec(alone.said);
      const again = alone.how === undefined ? ", but not by itself" : "";
      const step = ["", "making", "running", "using"][seen.step];
      add(
        { kind: ended.how, call: seen.call, text: found?.[1] ?? "", message: `${ended.message} while ${step}${again}` },
        seen.call,
      );
      next = seen.call + 1;
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  report.calls = calls;
  return report;
}

interface Ended {
  how: "crash" | "hang" | undefined;
  message: string;
  /** What it wrote to stderr last. */
  said: string;
  cpu: number;
}

function child(options: FuzzOptions, args: string[], journal: string, trace = options.trace === true): Promise<Ended> {
  const limited = [
    "-c",
    `ulimit -c 0; ulimit -d ${MEMORY}; exec "$@"`,
    "bash",
    process.execPath,
    "--import",
    "tsx",
    PROGRAM,
  ];
  const started = spawn("bash", [...limited, ...args], {
    env: { ...process.env, OMP_NUM_THREADS: "1", FUZZ_TRACE: trace ? "1" : "" },
    stdio: ["ignore", "ignore", options.trace ? "inherit" : "pipe"],
  });
  let complaint = "";
  started.stderr?.on("data", (data) => {
    complaint = (complaint + String(data)).slice(-10_000);
  });
  let cpu = 0;
  let hangs = false;
  let since = { call: -1, cpu: 0 };
  const watch = setInterval(() => {
    cpu = cpuOf(started.pid!) || cpu;
    const { call } = readJournal(journal);
    if (call !== since.call) {
      since = { call, cpu };
      options.onProgress?.(call);
    } else if (cpu - since.cpu > CPU_SECONDS) {
      hangs = true;
      started.kill("SIGKILL");
    }
  }, 500);
  return new Promise((resolve, reject) => {
    started.on("error", reject);
    started.on("close", (code, signal) => {
      clearInterval(watch);
      const how = hangs ? "hang" : code === 0 ? undefined : "crash";
      const last = (complaint.trim().split("\n").at(-1) ?? "").slice(0, 200);
      const message = hangs
        ? `more than ${CPU_SECONDS} s of processor time`
        : `${signal ?? `exit code ${code}`} ${last}`;
      resolve({ how, message, said: complaint, cpu });
    });
  });
}
