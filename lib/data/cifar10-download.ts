import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { TorchError } from "../errors.js";
import { describeSystemError } from "../io/system-error.js";
import { download } from "../libtorch/download.js";

/** The official archive of the binary version, 170 MB. */
export const CIFAR10_URL = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";
const CIFAR10_MD5 = "c32a1d4ab5d03f1284b67883e8d87530";

/**
 * As much of an AbortSignal as tells when to stop. The published types know no AbortSignal: its type comes with `lib` dom or with
 * `@types/node`, and they need neither.
 */
interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How {@link fetchArchive} goes about it. */
export interface FetchOptions {
  url?: string;
  /** The archive's MD5 in hex. */
  md5?: string;
  /** An AbortSignal that ends it. */
  signal?: StopSignal;
  /** Bytes so far, and in all when the server says so. */
  onProgress?: (done: number, total: number | undefined) => void;
}

/**
 * Downloads the archive to `file`. Until its MD5 has been checked it has another name, so what is there is whole; a download
 * that broke off goes on where it stopped.
 *
 * @throws TorchError `E_DATA` when it cannot be had or is not the one expected, `E_CANCELLED` when the signal fired
 */
export async function fetchArchive(
  file: string,
  { url = CIFAR10_URL, md5 = CIFAR10_MD5, signal, onProgress }: FetchOptions = {},
): Promise<void> {
  const unchecked = `${file}.download`;
  try {
    await mkdir(dirname(file), { recursive: true });
    if (!existsSync(unchecked))
      await download({ url, file: unchecked, signal: signal as AbortSignal | undefined, onProgress });
    const found = await md5Of(unchecked);
    if (found !== md5.toLowerCase()) {
      await rm(unchecked, { force: true });
      throw new TorchError("E_DATA", `[download] expected MD5 ${md5.toLowerCase()} of ${url}, got ${found}`);
    }
    await rename(unchecked, file);
  } catch (error) {
    if (error instanceof TorchError && error.code === "E_CANCELLED") throw error;
    const why = describeSystemError(error, "E_DATA", "Cifar10", `write ${file}`);
    throw new TorchError(
      "E_DATA",
      `[Cifar10] expected to download ${url}, got: ${why instanceof Error ? why.message.replaceAll("\n", ";") : String(why)}`,
      `the next try goes on where this one stopped; or fetch the file by hand and put it at ${file}; or use Shapes10, which needs no download`,
      { cause: error },
    );
  }
}

async function md5Of(file: string): Promise<string> {
  const hash = createHash("md5");
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

/** Progress on stderr: a line that is rewritten on a terminal, elsewhere one line per quarter. */
export function reportProgress(name: string): (done: number, total: number | undefined) => void {
  let last = -1;
  return (done, total) => {
    const share = total === undefined ? 0 : Math.floor((100 * done) / total);
    const terminal = process.stderr.isTTY === true;
    const step = total === undefined ? Math.floor(done / 16e6) : terminal ? share : Math.floor(share / 25);
    if (step === last) return;
    last = step;
    const amount = total === undefined ? "" : ` of ${(total / 1e6).toFixed(0)}`;
    const text = `${name}: ${(done / 1e6).toFixed(0)}${amount} MB`;
    process.stderr.write(terminal ? `\r${text}${done === total ? "\n" : ""}` : `${text}\n`);
  };
}
