import fs from "node:fs";
import path from "node:path";
import { threadId } from "node:worker_threads";
import { type ErrorCode, TorchError } from "../errors.js";
import { describeSystemError, systemErrorCode } from "./system-error.js";

/** More links on one path are a loop to Linux too. */
const MOST_LINKS = 40;
/** One system call takes at most 2 GiB. */
const WRITE_BYTES = 1 << 30;

/** An open file that takes whole buffers: a short write, as on a full disk, goes on until it is done or fails. */
export class FileSink {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Appends all of `bytes`, or from `position` on if given. */
  write(bytes: Uint8Array, position?: number): void {
    for (let done = 0; done < bytes.byteLength; ) {
      const at = position === undefined ? null : position + done;
      done += fs.writeSync(this.#fd, bytes, done, Math.min(WRITE_BYTES, bytes.byteLength - done), at);
    }
  }
}

/** Where a write that a crash interrupted leaves its bytes: `NAME.PID-THREAD.tmp`, beside the file. */
function temporaryName(target: string): string {
  return `${target}.${process.pid}-${threadId}.tmp`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) !== "ESRCH";
  }
}

/** Removes what processes that were killed in the middle of a write have left beside `target`. */
function removeLeftovers(target: string): void {
  const directory = path.dirname(target);
  const prefix = `${path.basename(target)}.`;
  for (const name of fs.readdirSync(directory)) {
    const match = name.startsWith(prefix) ? /^(\d+)-\d+\.tmp$/.exec(name.slice(prefix.length)) : null;
    if (match !== null && !isRunning(Number(match[1]))) fs.rmSync(path.join(directory, name), { force: true });
  }
}

/** Makes a directory and its parents. Not by `mkdirSync`'s `recursive`, which never returns where the kernel forbids it (`/proc`). */
export function makeDirectory(directory: string): void {
  if (fs.existsSync(directory)) return;
  makeDirectory(path.dirname(directory));
  try {
    fs.mkdirSync(directory);
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
  }
}

/** Makes a rename durable. Not every system lets a directory be opened; there, the rename alone must do. */
function syncDirectory(directory: string): void {
  let fd: number;
  try {
    fd = fs.openSync(directory, "r");
  } catch {
    return;
  }
  try {
    fs.fsyncSync(fd);
  } catch (error) {
    if (!["EINVAL", "EPERM", "EISDIR", "EBADF", "ENOTSUP"].includes(systemErrorCode(error) ?? "")) throw error;
  } finally {
    fs.closeSync(fd);
  }
}

/** The file that a path leads to, through links, so that a link stays a link; and its permissions, to be kept. */
function resolveTarget(file: string): { target: string; mode: number | undefined; special: boolean } {
  try {
    const target = fs.realpathSync(file);
    const stat = fs.statSync(target);
    return { target, mode: stat.mode & 0o777, special: !stat.isFile() };
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
    return { target: endOfLinks(path.resolve(file)), mode: undefined, special: false };
  }
}

/** Where a link to nothing leads: there the file is made, as by open(). */
function endOfLinks(file: string): string {
  let at = file;
  for (let links = 0; links < MOST_LINKS; links++) {
    let next: string;
    try {
      next = fs.readlinkSync(at);
    } catch {
      return at;
    }
    // Not normalized: ".." behind a directory that is a link is not its textual parent.
    at = path.isAbsolute(next) ? next : `${path.dirname(at)}${path.sep}${next}`;
  }
  return at;
}

/** Opening leaves out the permissions that the umask forbids to new files, and this is none. */
function restoreMode(fd: number, mode: number | undefined): void {
  if (mode !== undefined && (fs.fstatSync(fd).mode & 0o777) !== mode) fs.fchmodSync(fd, mode);
}

function writeBeside(target: string, mode: number | undefined, write: (sink: FileSink) => void): void {
  const temporary = temporaryName(target);
  const fd = fs.openSync(temporary, "w", mode);
  try {
    try {
      restoreMode(fd, mode);
      write(new FileSink(fd));
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** How errors of {@link atomicWrite} read. */
export interface WriteErrors {
  /** Stands in brackets before the message. Default `"save"`. */
  op?: string;
  /** Default `"E_DATA"`. */
  code?: ErrorCode;
  /** Added to what helps with the system's error. */
  help?: string;
}

/** Where `file` leads, in a directory that exists. A rename over a device would replace it, and over a directory fails only at the end. */
function prepareTarget(file: string, op: string, code: ErrorCode): { target: string; mode: number | undefined } {
  if (file === "") throw new TorchError("E_ARG", `[${op}] expected a file name, got an empty text`);
  const { target, mode, special } = resolveTarget(file);
  if (special) {
    throw new TorchError(
      code,
      `[${op}] expected a regular file, got ${file} (a directory or device)`,
      "add a file name",
    );
  }
  makeDirectory(path.dirname(target));
  return { target, mode };
}

/**
 * Finds out now whether {@link atomicWrite} may write there later, by opening its temporary file; makes missing directories.
 *
 * @throws TorchError with the given code when it may not
 */
export function checkWritable(file: string, { op = "save", code = "E_DATA", help = "" }: WriteErrors = {}): void {
  try {
    const temporary = temporaryName(prepareTarget(file, op, code).target);
    fs.closeSync(fs.openSync(temporary, "w"));
    fs.rmSync(temporary);
  } catch (error) {
    throw describeSystemError(error, code, op, `write ${file}`, help);
  }
}

/**
 * Writes a file so that a reader sees the old contents or the new, whole, at any time, and after a crash too: into a temporary file
 * beside it, synced to disk, renamed over it, and the directory synced. Missing directories are made. On any failure the old file
 * is as it was and the temporary file is gone.
 *
 * @throws TorchError with the given code for an operating system's error; whatever `write` throws otherwise.
 */
export function atomicWrite(
  file: string,
  write: (sink: FileSink) => void,
  { op = "save", code = "E_DATA", help = "" }: WriteErrors = {},
): void {
  try {
    const { target, mode } = prepareTarget(file, op, code);
    removeLeftovers(target);
    writeBeside(target, mode, write);
    syncDirectory(path.dirname(target));
  } catch (error) {
    throw describeSystemError(error, code, op, `write ${file}`, help);
  }
}
