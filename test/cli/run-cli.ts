import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../lib/libtorch/package-root.js";

export type CliResult = { code: number | null; stdout: string; stderr: string };

export type CliOptions = {
  /** The whole environment; PATH is empty unless given. */
  env?: Record<string, string>;
  /** Sends SIGINT as soon as this is on stdout. */
  interruptAt?: string;
};

/** Runs the compiled `sam-torch` with an environment in which nothing of this machine is found. */
export function runCli(args: readonly string[], { env = {}, interruptAt }: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [join(packageRoot, "dist", "cli", "main.js"), ...args], {
    env: { PATH: "", HOME: "/nowhere", ...env },
  });
  let stdout = "";
  let stderr = "";
  let interrupted = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (interruptAt !== undefined && !interrupted && stdout.includes(interruptAt)) {
      interrupted = true;
      setTimeout(() => child.kill("SIGINT"), 100);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}
