import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What `test/memory/<program>` prints as JSON, run as a process of its own with these variables set. */
export function inProcess<T>(program: string, env: NodeJS.ProcessEnv = {}, ...argv: string[]): T {
  const script = fileURLToPath(new URL(program, import.meta.url));
  const child = spawnSync(process.execPath, ["--import", "tsx", script, ...argv], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(`${program} ended with ${child.status ?? child.signal}: ${child.stderr}`);
  return JSON.parse(child.stdout) as T;
}
