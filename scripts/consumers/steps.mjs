import { spawnSync } from "node:child_process";

/** A check that failed, with what the program said. */
class Failed extends Error {}

/**
 * Runs a program to its end and gives what it said on both streams; with `only: "stdout"` on that one.
 *
 * @param expect the exit code that is right; default 0
 * @throws Failed with the program's words when it ends otherwise
 */
export function run(program, args, { cwd, env = process.env, expect = 0, timeout = 600_000, only } = {}) {
  const child = spawnSync(program, args, { cwd, env, encoding: "utf8", timeout, maxBuffer: 1 << 28 });
  const said = `${child.stdout ?? ""}${child.stderr ?? ""}`;
  if (child.error) throw new Failed(`${program}: ${child.error.message}\n${said}`);
  if (child.status !== expect) {
    const ending = child.signal ?? `code ${child.status}`;
    throw new Failed(`${program} ${args.join(" ")}\nended with ${ending}, expected code ${expect}:\n${said.trimEnd()}`);
  }
  return only === "stdout" ? child.stdout : said;
}

export function must(condition, message) {
  if (!condition) throw new Failed(message);
}

/** Runs checks one after the other and keeps a table; one that fails does not stop the others. */
export class Steps {
  #rows = [];
  #only;

  /** @param only run only the checks whose name contains one of these; all when empty */
  constructor(only) {
    this.#only = only;
  }

  /** @param work gives a remark for the table, or nothing */
  async check(name, work) {
    if (this.#only.length > 0 && !this.#only.some((part) => name.includes(part))) return;
    const started = performance.now();
    const row = { name, state: "ok", remark: "", error: "" };
    try {
      row.remark = (await work()) ?? "";
    } catch (error) {
      row.state = "FAILED";
      row.error = error instanceof Failed ? error.message : (error.stack ?? String(error));
    }
    this.#rows.push(row);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${row.state.padEnd(7)}${name.padEnd(58)} ${`${seconds} s`.padStart(6)}  ${row.remark}`);
    if (row.error) console.error(row.error.replace(/^/gm, "       "));
  }

  /** Says how many checks passed; the exit code is 1 when one failed, or when none was run. */
  end() {
    const failed = this.#rows.filter(({ state }) => state !== "ok");
    console.log(`\n${this.#rows.length - failed.length} passed, ${failed.length} failed`);
    for (const { name } of failed) console.log(`  failed: ${name}`);
    process.exitCode = failed.length === 0 && this.#rows.length > 0 ? 0 : 1;
  }
}
