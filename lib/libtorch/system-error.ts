import { TorchError } from "../errors.js";

/**
 * What the operating system refused (a full disk, no permission), as an error that says what to do; undefined for any other error.
 *
 * @param directory where it was writing, for errors that name no file.
 */
export function systemError(error: unknown, directory: string): TorchError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall, path = directory } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(directory, error);
  if (syscall === undefined) return undefined;
  const help =
    code === "EACCES" || code === "EPERM" || code === "EROFS"
      ? "run it as a user who may, or take another file or directory (XDG_CACHE_HOME says where the cache is)"
      : undefined;
  return new TorchError("E_LOAD", `[setup] expected ${syscall} of ${path} to work, got ${error.message}`, help, {
    cause: error,
  });
}

/** The error for a disk without room. */
export function diskFull(directory: string, cause?: unknown): TorchError {
  return new TorchError(
    "E_LOAD",
    `[setup] the disk of ${directory} is full`,
    "make room, or set XDG_CACHE_HOME to a directory on a larger disk, and run the same command again",
    { cause },
  );
}
