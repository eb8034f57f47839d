import { spawnSync } from "node:child_process";
import { findAddon } from "./addon.js";
import { findLibTorch } from "./find.js";

// What a library's constructors throw can be caught here, but leaves the system's loader locked for every other thread; and what
// crashes cannot be caught at all. A process of its own can bear both.
const CHILD = `
const { loader, libraries } = JSON.parse(process.argv[1]);
const { open } = require(loader);
let problem = null;
for (const path of libraries) problem = problem ?? open(path, true);
require("node:fs").writeSync(1, "\\n" + JSON.stringify({ problem }));
process.kill(process.pid, "SIGKILL");
`;

/**
 * Maps LibTorch, libraries that are known to be good, and then one more, in a child process.
 *
 * @returns null, or why it cannot be loaded
 */
export function tryLibrary(path: string, before: readonly string[]): string | null {
  const { libraries, cudaLibrary } = findLibTorch();
  const cuda = cudaLibrary === undefined ? [] : [cudaLibrary];
  const question = { loader: findAddon("sam_torch_loader"), libraries: [...libraries, ...cuda, ...before, path] };
  const child = spawnSync(process.execPath, ["-e", CHILD, JSON.stringify(question)], { encoding: "utf8" });
  if (child.error !== undefined) return null; // no process can be started here: then it has to do without
  const line = child.stdout.trimEnd().split("\n").at(-1) ?? "";
  if (line.startsWith("{")) return (JSON.parse(line) as { problem: string | null }).problem;
  const words = child.stderr.trim().split("\n")[0] ?? "";
  return `a process that loaded it ended with ${child.signal ?? `code ${child.status}`}${words === "" ? "" : `: ${words}`}`;
}
