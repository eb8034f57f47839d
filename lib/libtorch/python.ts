import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { cacheDirectory, type Env } from "./cache.js";

/** A Python interpreter on PATH, and the directory of its `torch` package where it has one. */
export type PythonTorch = { readonly python: string; readonly torch: string | undefined };

/**
 * The Pythons on PATH, first to last, each with its torch.
 *
 * No process is started for an ordinary interpreter: its `site-packages` follow from where it lies. A script in its place
 * (pyenv, asdf) has to be asked, which costs 50 to 300 ms; a positive answer is kept in the cache.
 */
export function* pythonTorches(env: Env = process.env): Generator<PythonTorch> {
  const seen = new Set<string>();
  for (const python of pythonsOnPath(env)) {
    const torch = isScript(python)
      ? askPython(python, env)
      : sitePackages(python, env)
          .map((site) => join(site, "torch"))
          .find(existsSync);
    if (torch !== undefined && seen.has(torch)) continue;
    if (torch !== undefined) seen.add(torch);
    yield { python, torch };
  }
}

/** Absolute paths of `python3` and `python` in the order of PATH. */
export function pythonsOnPath(env: Env = process.env): string[] {
  const names = process.platform === "win32" ? ["python.exe", "python3.exe"] : ["python3", "python"];
  const found = new Map<string, string>();
  for (const directory of (env.PATH ?? env.Path ?? "").split(delimiter)) {
    if (directory === "") continue;
    for (const name of names) {
      const path = join(directory, name);
      // python3 and python of one place, and /bin beside /usr/bin, are one interpreter. The link itself tells the virtual
      // environment, so only its directory is resolved.
      if (isFile(path)) {
        // environment, so only its directory is resolved. Scripts of one place (shims) all lead to the same one.
        const key = `${realpathSync(dirname(path))}:${isScript(path) ? "script" : realpathSync(path)}`;
        if (!found.has(key)) found.set(key, path);
      }
    }
  }
  return [...found.values()];
}

function sitePackages(python: string, env: Env): string[] {
  const prefixes = [dirname(dirname(python))];
  const real = realpathSync(python);
  // Inside a virtual environment only its own packages count, unless it says otherwise; elsewhere the link's target counts too.
  const settings = readText(join(prefixes[0] ?? "", "pyvenv.cfg"));
  if (settings === undefined || /include-system-site-packages\s*=\s*true/i.test(settings))
    prefixes.push(dirname(dirname(real)));
  if (process.platform === "win32")
    return [dirname(python), ...prefixes].map((prefix) => join(prefix, "Lib", "site-packages"));

  if (settings === undefined && env.HOME) prefixes.unshift(join(env.HOME, ".local"));
  if (prefixes.includes("/usr")) prefixes.push("/usr/local");
  const version = /python(3\.\d+)/.exec(real)?.[1];
  const sites: string[] = [];
  for (const prefix of new Set(prefixes)) {
    for (const lib of ["lib", "lib64"]) {
      const folders =
        version === undefined
          ? list(join(prefix, lib)).filter((name) => /^python3\.\d+$/.test(name))
          : [`python${version}`];
      for (const folder of [...folders, "python3"]) {
        sites.push(join(prefix, lib, folder, "site-packages"), join(prefix, lib, folder, "dist-packages"));
      }
    }
  }
  return sites;
}

type Answer = { readonly stamp: string; readonly torch: string };

function askPython(python: string, env: Env): string | undefined {
  const file = join(cacheDirectory(env), "python.json");
  const stamp = [statSync(python).mtimeMs, env.PYENV_VERSION, env.ASDF_PYTHON_VERSION, env.VIRTUAL_ENV].join("|");
  const known = readAnswers(file);
  const answer = known[python];
  if (answer?.stamp === stamp && existsSync(answer.torch)) return answer.torch;

  // find_spec looks the package up without importing it.
  const script = "import importlib.util as u; s = u.find_spec('torch'); print(s.origin if s and s.origin else '')";
  const child = spawnSync(python, ["-c", script], { encoding: "utf8", timeout: 10_000, env: env as NodeJS.ProcessEnv });
  const origin = child.status === 0 ? child.stdout.trim() : "";
  if (origin === "") return undefined;
  const torch = dirname(origin);
  try {
    writeFileSync(file, JSON.stringify({ ...known, [python]: { stamp, torch } }));
  } catch {
    // Without a cache the question is asked again next time.
  }
  return torch;
}

function readAnswers(file: string): Record<string, Answer> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, Answer>;
  } catch {
    return {};
  }
}

function isScript(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const start = Buffer.alloc(2);
    readSync(file, start, 0, 2, 0);
    return start.toString("latin1") === "#!";
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
