import { type ErrorCode, TorchError } from "../errors.js";

const advice: Readonly<Record<string, string>> = {
  ENOSPC: "free some space, or choose a place on another disk",
  EDQUOT: "your disk quota is used up: free some space, or choose another place",
  EFBIG: "the file system or the shell's file size limit (ulimit -f) does not take a file this large",
  EACCES: "no permission: choose a place that you may write to, or change its owner or mode",
  EPERM: "no permission: choose a place that you may write to, or change its owner or mode",
  EROFS: "the file system is read-only: choose another place",
  ENOENT: "check the spelling of the path",
  EISDIR: "the path names a directory: add a file name",
  ENOTDIR: "a part of the path is a file, not a directory",
  ENAMETOOLONG: "choose a shorter name",
  EIO: "the disk reports a fault",
};

/** A file system error's short name (`"ENOSPC"`), or `undefined` for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** Turns an operating system's error into `[op] expected to write PATH, got ENOSPC ...`; other errors come back as they are. */
export function describeSystemError(error: unknown, code: ErrorCode, op: string, doing: string, more = ""): unknown {
  const name = systemErrorCode(error);
  if (name === undefined) return error;
  const reason = (error as Error).message.replace(/^[A-Z0-9]+: /, "").replace(/, [a-z]+( '.*)?$/, "");
  const help = [advice[name], more].filter((part) => part !== undefined && part !== "").join("; ");
  return new TorchError(code, `[${op}] expected to ${doing}, got ${name} (${reason})`, help, { cause: error });
}
