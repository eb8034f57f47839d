import { cpSync, existsSync, constants as fsConstants, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { TorchError } from "../errors.js";
import { isWhole, unpack, wanted } from "./archive.js";
import type { Env } from "./cache.js";
import { download } from "./download.js";
import { inspect } from "./inspect.js";
import { officialArchive, parseMirror, wheelRequests } from "./official.js";
import { findPip, pipDownload, wheelsIn } from "./pip.js";
import type { Report } from "./report.js";
import { request } from "./request.js";
import { diskFull } from "./system-error.js";

export type ObtainOptions = {
  readonly version: string;
  readonly flavour: string;
  readonly mirror?: string;
  /** For archives on their way; what an interrupted run left there is continued. */
  readonly downloads: string;
  readonly env: Env;
  readonly signal?: AbortSignal;
  readonly report: Report;
};

/** Unpacks a LibTorch from the net into `directory`, and gives the archives that may be deleted once it is in place. */
export async function obtainOnline(directory: string, options: ObtainOptions): Promise<string[]> {
  const mirror = options.mirror === undefined ? {} : parseMirror(options.mirror);
  mkdirSync(options.downloads, { recursive: true });
  const problems: string[] = [];
  const archive =
    mirror.archive ?? (options.flavour === "cpu" ? officialArchive(options.version, mirror.base) : undefined);
  if (archive !== undefined) {
    try {
      return [await downloadAndUnpack(archive, directory, options)];
    } catch (error) {
      const unreachable =
        error instanceof TorchError &&
        error.code === "E_LOAD" &&
        /^\[download\] expected (an answer|http)/.test(error.message);
      if (!unreachable || mirror.archive !== undefined) throw error;
      problems.push(firstLine(error.message));
      options.report.line(`${firstLine(error.message)}; trying pip`);
    }
  }
  return [await pipAndUnpack(directory, mirror.base, problems, options)];
}

async function downloadAndUnpack(url: string, directory: string, options: ObtainOptions): Promise<string> {
  const file = join(options.downloads, decodeURIComponent(basename(new URL(url).pathname)));
  if (!existsSync(file)) {
    options.report.line(`downloading ${url}`);
    const onProgress = (done: number, total?: number) => options.report.progress("downloading", done, total);
    const sha256 = options.mirror === undefined ? undefined : await hashBeside(url, options);
    const { checked } = await download({ url, file, sha256, env: options.env, signal: options.signal, onProgress });
    options.report.line(
      checked
        ? "SHA-256 is right"
        : "no SHA-256 is published for this file; every file inside is checked as it is unpacked",
    );
  }
  await unpackInto([file], directory, options);
  return file;
}

/** A mirror may keep `<archive>.sha256` beside the archive, as `sha256sum` writes it. */
async function hashBeside(url: string, options: ObtainOptions): Promise<string | undefined> {
  const response = await request(`${url}.sha256`, { env: options.env, signal: options.signal });
  if (response.statusCode !== 200) {
    response.resume();
    return undefined;
  }
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return /^[0-9a-f]{64}\b/i.exec(text.trim())?.[0];
}

async function pipAndUnpack(
  directory: string,
  base: string | undefined,
  problems: string[],
  options: ObtainOptions,
): Promise<string> {
  const { version, flavour, report, env, signal } = options;
  const pip = findPip(env);
  if (pip === undefined) {
    throw new TorchError(
      "E_LOAD",
      `[setup] expected pip to fetch LibTorch ${version} (${flavour}), got no Python with pip on PATH${reasons(problems)}`,
      "install pip (Debian, Ubuntu: sudo apt-get install -y python3-pip; Fedora: sudo dnf install -y python3-pip; macOS: brew install python), " +
        "or fetch the archive elsewhere and run: npx sam-torch setup --from FILE",
    );
  }
  const wheels = join(options.downloads, `wheels-${version}-${flavour}`);
  const common = { pip, directory: wheels, env, signal, onLine: (text: string) => report.line(`pip: ${text}`) };
  await removeCutShort(wheels);
  for (const { requirement, index } of wheelRequests(version, flavour, base)) {
    report.line(`pip download ${requirement}${index === undefined ? "" : ` from ${index}`}`);
    const onProgress = (done: number) => report.progress("downloading", done);
    const problem = await pipDownload({ ...common, requirements: [requirement], index, onProgress });
    if (problem !== undefined) {
      await requireRoom(problem, wheels);
      problems.push(`pip download ${requirement}: ${problem}`);
      continue;
    }
    const torch = wheelsIn(wheels).find((path) => basename(path).startsWith("torch-"));
    if (torch === undefined) continue;
    if (flavour !== "cpu" && basename(torch).includes("+cpu")) {
      problems.push(`pip download ${requirement}: the index has only ${basename(torch)}`);
      rmSync(torch);
      continue;
    }
    if (flavour !== "cpu") await fetchNvidiaWheels(torch, { ...common, index, onProgress });
    await unpackInto(wheelsIn(wheels), directory, options);
    return wheels;
  }
  throw new TorchError(
    "E_LOAD",
    `[setup] expected to fetch LibTorch ${version} (${flavour}), got it nowhere${reasons(problems)}`,
    "check the network, the proxy (https_proxy) or pip's index (pip config list); without a network: npx sam-torch setup --from FILE",
  );
}

/** The wheel alone cannot be loaded: CUDA's libraries are wheels of their own, with versions that pip knows how to choose. */
async function fetchNvidiaWheels(
  torch: string,
  common: Omit<Parameters<typeof pipDownload>[0], "requirements">,
): Promise<void> {
  const problem = await pipDownload({ ...common, requirements: [torch], dependencies: true });
  if (problem !== undefined) {
    await requireRoom(problem, common.directory);
    throw new TorchError(
      "E_LOAD",
      `[setup] expected the nvidia wheels that ${basename(torch)} needs, got: ${problem}`,
      "the same command goes on where it stopped",
    );
  }
}

/** pip takes a wheel that is there for a good one, and ends when it is not: what a kill or a full disk left must go. */
async function removeCutShort(wheels: string): Promise<void> {
  if (!existsSync(wheels)) return;
  for (const wheel of wheelsIn(wheels)) if (!(await isWhole(wheel))) rmSync(wheel);
}

/** @throws TorchError `E_LOAD` when pip's words for its failure are those for a full disk. */
async function requireRoom(problem: string, wheels: string): Promise<void> {
  if (!/No space left on device|Errno 28\b|Disk quota exceeded/i.test(problem)) return;
  await removeCutShort(wheels);
  throw diskFull(wheels);
}

/** Unpacks a LibTorch from a file or directory of the user's into `directory`. */
export async function obtainOffline(
  from: string,
  directory: string,
  options: Pick<ObtainOptions, "signal" | "report">,
): Promise<void> {
  const path = resolve(from);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined)
    throw new TorchError("E_ARG", `[setup] expected a file or directory for --from, got ${from}, which does not exist`);
  if (status.isFile()) return unpackInto([path], directory, options);

  const found = inspect(path, "cache");
  if (typeof found !== "string")
    return copyLibTorch(found.directory, found.cudaLibrary !== undefined, directory, options);
  const archives = readdirSync(path)
    .filter((name) => /^(torch|nvidia)[-_].*\.whl$|^libtorch-.*\.zip$/.test(name))
    .map((name) => join(path, name));
  if (archives.length > 0) return unpackInto(archives, directory, options);
  throw new TorchError(
    "E_ARG",
    `[setup] expected a LibTorch, its archive or its wheels in ${from}, got a directory that ${found} and no such archive`,
  );
}

async function unpackInto(
  archives: readonly string[],
  directory: string,
  options: Pick<ObtainOptions, "signal" | "report">,
): Promise<void> {
  const parts = archives.filter(
    (path) => /^(torch|nvidia[-_].*|libtorch[^/]*)-/.test(basename(path)) || archives.length === 1,
  );
  for (const archive of parts) {
    const name = basename(archive);
    options.report.line(`unpacking ${name} (${(statSync(archive).size / 1e6).toFixed(0)} MB)`);
    await unpack(archive, directory, {
      signal: options.signal,
      onProgress: (done, total) => options.report.progress("unpacking", done, total),
    });
  }
}

function copyLibTorch(source: string, cuda: boolean, directory: string, options: Pick<ObtainOptions, "report">): void {
  options.report.line(`copying ${source}`);
  const folders = ["", ...(cuda ? ["../nvidia"] : []), "../torch.libs"]
    .map((name) => join(source, name))
    .filter(existsSync);
  for (const folder of folders) {
    const top = folder === source || folder === `${source}${sep}` ? "torch" : basename(folder);
    const filter = (path: string) => {
      const inside = relative(folder, path).split(sep).join("/");
      const isFile = !statSync(path).isDirectory();
      // Directories are walked when something wanted may lie in them; other top-level folders of the Python package are many.
      if (!isFile) return inside === "" || top !== "torch" || /^(lib|include|share)(\/|$)/.test(inside);
      return wanted(`${top}/${inside}`) || /^build-(version|hash)$/.test(inside);
    };
    cpSync(folder, join(directory, top), { recursive: true, filter, mode: fsConstants.COPYFILE_FICLONE });
  }
}

function reasons(problems: readonly string[]): string {
  return problems.length === 0 ? "" : `:\n${problems.map((problem) => `    ${firstLine(problem)}`).join("\n")}`;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}
