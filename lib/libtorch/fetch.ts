import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { badArgument, TorchError } from "../errors.js";
import { cacheName, type Env, writableCache } from "./cache.js";
import { cudaFlavour, nvidiaDriver } from "./driver.js";
import { inspect, type LibTorch } from "./inspect.js";
import { withLock } from "./lock.js";
import { obtainOffline, obtainOnline } from "./obtain.js";
import { parseMirror } from "./official.js";
import { type Proof, requireProof } from "./prove.js";
import { type Report, silent } from "./report.js";
import { systemError } from "./system-error.js";
import { DEFAULT_VERSION, isSupported, parseVersion, SUPPORTED_TEXT } from "./version.js";

export type SetupOptions = {
  /** `"cpu"`, `"cuda"` (the flavour that fits the driver) or one flavour such as `"cu130"`. Default: by the driver. */
  readonly flavour?: string;
  /** Default {@link DEFAULT_VERSION}; from a file, whatever it is. */
  readonly version?: string;
  /** An archive, a wheel, a directory with wheels, or a LibTorch to copy, in place of the net. */
  readonly from?: string;
  /** A base URL with the layout of download.pytorch.org, or the URL of one archive. */
  readonly mirror?: string;
  readonly env?: Env;
  readonly signal?: AbortSignal;
  readonly report?: Report;
  /** How a LibTorch is tried before it is put in place; default loads it in a child process. */
  readonly prove?: (libtorch: LibTorch, signal?: AbortSignal) => Promise<Proof>;
};

export type SetupResult = { readonly libtorch: LibTorch; readonly proof: Proof; readonly fetched: boolean };

/**
 * Puts a LibTorch into the cache, unless it is there and works.
 *
 * It is unpacked and proved beside its final place and then renamed, under a lock: an interrupt leaves nothing half-made, two
 * at once do the work one after the other, and what is fetched only once; a LibTorch in use is never seen in pieces. Archives on
 * their way survive an interrupt.
 *
 * @throws TorchError `E_LOAD` (not to be had, does not load, no space), `E_DATA` (damaged), `E_ARG`, `E_CANCELLED` (the signal fired).
 */
export async function setUpLibTorch(options: SetupOptions = {}): Promise<SetupResult> {
  const { signal, report = silent, env = process.env, prove = requireProof } = options;
  const version = options.version === undefined ? undefined : wishedVersion(options.version);
  // What cannot be right is said even when nothing has to be fetched.
  if (options.mirror !== undefined) parseMirror(options.mirror);
  const cache = writableCache(env);
  const onWait = (holder: string) => report.line(`waiting for another setup (${holder})`);
  try {
    return await withLock(join(cache, "setup.lock"), () => setUpLocked(cache, version), { signal, onWait });
  } catch (error) {
    if (signal?.aborted && !(error instanceof TorchError && error.code === "E_CANCELLED")) {
      throw new TorchError("E_CANCELLED", "[setup] interrupted", "the same command goes on where it stopped", {
        cause: error,
      });
    }
    throw systemError(error, cache) ?? error;
  }

  async function setUpLocked(directory: string, wished: string | undefined): Promise<SetupResult> {
    for (const name of readdirSync(directory)) {
      if (/^\.(unpack|old)-/.test(name)) rmSync(join(directory, name), { recursive: true, force: true });
    }
    if (options.from !== undefined) {
      const from = options.from;
      return install(directory, (scratch) => obtainOffline(from, scratch, { signal, report }).then(() => []), wished);
    }
    const wanted = wished ?? DEFAULT_VERSION;
    const { flavour, chosen } = wishedFlavour(options.flavour, report);
    try {
      return await fetchFlavour(directory, wanted, flavour);
    } catch (error) {
      const hopeless = !(error instanceof TorchError) || error.code !== "E_LOAD";
      if (chosen || flavour === "cpu" || hopeless) throw error;
      report.line(error.message.split("\n")[0] ?? "");
      report.line("taking LibTorch for the CPU instead; for the GPU run this command later with --cuda");
      return fetchFlavour(directory, wanted, "cpu");
    }
  }

  async function fetchFlavour(directory: string, wanted: string, flavour: string): Promise<SetupResult> {
    const present = inspect(join(directory, cacheName(wanted, flavour)), "cache");
    if (typeof present !== "string") {
      try {
        return { libtorch: present, proof: await prove(present, signal), fetched: false };
      } catch (error) {
        if (signal?.aborted) throw error;
        report.line(`the one in ${present.directory} does not load; fetching it anew`);
      }
    }
    const downloads = join(directory, "downloads");
    const online = { version: wanted, flavour, mirror: options.mirror, downloads, env, signal, report };
    return install(directory, (scratch) => obtainOnline(scratch, online), wanted, flavour);
  }

  async function install(
    directory: string,
    obtain: (scratch: string) => Promise<string[]>,
    wished: string | undefined,
    flavour?: string,
  ): Promise<SetupResult> {
    const scratch = join(directory, `.unpack-${process.pid}`);
    const old = join(directory, `.old-${process.pid}`);
    try {
      mkdirSync(scratch);
      const archives = await obtain(scratch);
      const unpacked = inspect(scratch, "cache");
      if (typeof unpacked === "string")
        throw new TorchError("E_DATA", `[setup] expected a LibTorch in what was unpacked, got one that ${unpacked}`);
      if (wished !== undefined && unpacked.version.text !== wished) {
        throw new TorchError("E_DATA", `[setup] expected LibTorch ${wished}, got ${unpacked.version.text}`);
      }
      if (flavour !== undefined && unpacked.flavour !== flavour) {
        throw new TorchError("E_DATA", `[setup] expected LibTorch for ${flavour}, got one for ${unpacked.flavour}`);
      }
      report.line(`trying LibTorch ${unpacked.version.text} (${unpacked.flavour}) in a process of its own`);
      const proof = await prove(unpacked, signal);

      const final = join(directory, cacheName(unpacked.version.text, unpacked.flavour));
      if (existsSync(final)) renameSync(final, old);
      renameSync(scratch, final);
      for (const archive of archives) rmSync(archive, { recursive: true, force: true });
      const libtorch = inspect(final, "cache");
      if (typeof libtorch === "string") throw new TorchError("E_LOAD", `[setup] ${final} ${libtorch}`);
      return { libtorch, proof, fetched: true };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
      rmSync(old, { recursive: true, force: true });
    }
  }
}

function wishedVersion(text: string): string {
  const version = parseVersion(text);
  if (version === undefined || version.text !== text)
    badArgument(`[setup] expected a version such as ${DEFAULT_VERSION}, got ${text}`);
  if (!isSupported(version)) badArgument(`[setup] expected a version from ${SUPPORTED_TEXT}, got ${text}`);
  return version.text;
}

function wishedFlavour(wish: string | undefined, report: Report): { flavour: string; chosen: boolean } {
  if (wish !== undefined && wish !== "cuda") {
    if (!/^(cpu|cu\d{3})$/.test(wish))
      badArgument(`[setup] expected cpu, cuda or a flavour such as cu130, got ${wish}`);
    return { flavour: wish, chosen: true };
  }
  const driver = nvidiaDriver();
  const flavour = driver === undefined ? undefined : cudaFlavour(driver);
  if (driver !== undefined)
    report.line(`NVIDIA driver ${driver}: ${flavour ?? "too old for CUDA 12, which needs 525"}`);
  if (flavour !== undefined) return { flavour, chosen: wish === "cuda" };
  if (wish === "cuda" && process.platform === "darwin")
    badArgument("[setup] expected a machine that can have CUDA, got macOS");
  // Asked for on a machine without a driver (an image that is being built for another one): the newer of the two.
  return wish === "cuda" ? { flavour: "cu130", chosen: true } : { flavour: "cpu", chosen: false };
}
