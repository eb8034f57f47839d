import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 2_000;
/** A holder that has not shown itself for this long is gone, whatever its process number says (another host, a reused number). */
const STALE_MS = 30_000;

/** Where a process number means something: containers may share a cache and a host's name, and yet number their own processes. */
const here = `${hostname()} ${processNumbers()}`;
/** What a holder with this process number writes into its lock. */
export const lockLine = (pid: number) => `${pid} ${here}`;
const self = lockLine(process.pid);

export type LockOptions = {
  readonly signal?: AbortSignal;
  /** Called once when someone else holds the lock, with who does: `"process 12 on host"`. */
  readonly onWait?: (holder: string) => void;
};

/**
 * Runs `work` while this process alone holds the lock file `path`, also across processes. A lock whose holder has died is taken over.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  let told = false;
  while (!take(path)) {
    if (bury(path)) continue;
    if (!told) options.onWait?.(describe(holderOf(path)));
    told = true;
    await sleep(200, undefined, { signal: options.signal });
  }
  const beat = setInterval(() => touch(path), BEAT_MS);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (holderOf(path) === self) rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, self);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** Removes a lock whose holder is gone, and says whether it is worth trying again at once. Of several processes, one wins the rename. */
function bury(path: string): boolean {
  const holder = holderOf(path);
  if (!isStale(path)) return false;
  const grave = `${path}.${process.pid}`;
  try {
    renameSync(path, grave);
    // Between looking and renaming another process may have buried the old lock and taken a new one: give that back.
    if (holderOf(grave) !== holder) linkSync(grave, path);
  } catch {
    // Someone else was first; the next round looks again.
  }
  rmSync(grave, { force: true });
  return true;
}

function isStale(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return false;
  if (Date.now() - status.mtimeMs > STALE_MS) return true;
  const [, pid, place] = /^(\d+) (.*)$/.exec(holderOf(path)) ?? [];
  if (place !== here) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Linux names each space of process numbers; elsewhere there is one. */
function processNumbers(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function describe(holder: string): string {
  const [pid, host] = holder.split(" ");
  return pid && host ? `process ${pid} on ${host}` : "an unknown process";
}

function holderOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Taken over after this process had been stopped for long; the work itself renames into place, so no harm is done.
  }
}
