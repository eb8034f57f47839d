import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export type End = { status: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** Runs one of the programs beside this file in a process of its own. What takes longer than `timeout` is ended by SIGKILL. */
export function runProgram(name: string, argv: readonly string[], timeout = 250_000): Promise<End> {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, ...argv], { stdio: ["ignore", "pipe", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr });
    });
  });
}

/** The JSON that a program prints. */
export async function answerOf<T>(name: string, ...argv: string[]): Promise<T> {
  const { status, signal, stdout, stderr } = await runProgram(name, argv);
  if (status !== 0) throw new Error(`${name} ended with ${signal ?? `code ${status}`}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
