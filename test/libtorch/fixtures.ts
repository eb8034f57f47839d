import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { crc32, deflateRawSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { libraryFile } from "../../lib/libtorch/inspect.js";

/** A directory that goes when the test ends. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "sam-torch-test-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function write(path: string, content: string | Uint8Array = "", mode = 0o644): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** Waits until something is true, for what another process or thread does in its own time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** The size of a file, 0 where there is none. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

export type FakeOptions = {
  /** With its suffix: `"2.13.0+cpu"`. */
  version?: string;
  /** Where the version is told. */
  told?: "version.py" | "build-version" | "headers" | "nowhere";
  cuda?: boolean;
};

/** What a LibTorch directory holds, with bytes that no one loads. Paths are relative to the directory. */
function fakeFiles({
  version = "2.13.0+cpu",
  told = "version.py",
  cuda = false,
}: FakeOptions = {}): Map<string, string> {
  const files = new Map([
    [`lib/${libraryFile("c10")}`, `c10 of ${version}`],
    [`lib/${libraryFile("torch_cpu")}`, `torch_cpu of ${version} `.repeat(100_000)],
  ]);
  if (cuda) files.set(`lib/${libraryFile("torch_cuda")}`, "cuda");
  const plain = version.split("+")[0];
  if (told !== "nowhere") files.set("include/torch/headeronly/version.h", `#define TORCH_VERSION \\\n  "${plain}"\n`);
  if (told === "version.py")
    files.set("version.py", `from typing import Optional\n__version__ = '${version}'\ncuda = None\n`);
  if (told === "build-version") files.set("build-version", `${version}\n`);
  return files;
}

/** Writes a fake LibTorch and gives its directory. */
export function fakeLibTorch(directory: string, options: FakeOptions = {}): string {
  for (const [name, content] of fakeFiles(options)) write(join(directory, name), content);
  return directory;
}

export type ZipEntry = { name: string; content: string | Uint8Array; link?: boolean };

/** The bytes of a zip archive. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, link = false } of entries) {
    const bytes = Buffer.from(content as Uint8Array);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), fields, Buffer.from(name), packed]);
    const central = Buffer.alloc(16);
    central.writeUInt16LE(0, 4);
    central.writeUInt32LE(((link ? 0o120777 : 0o100644) << 16) >>> 0, 6);
    central.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.from("PK\u0001\u0002\u0014\u0003", "latin1"),
      fields,
      central.subarray(0, 14),
      Buffer.from(name),
    );
    parts.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, index, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}

/** The bytes of a wheel as PyTorch makes it: the LibTorch under `torch/`, Python's part, and a RECORD. */
export function wheel(options: FakeOptions = {}, more: readonly ZipEntry[] = []): Buffer {
  const version = options.version ?? "2.13.0+cpu";
  const entries: ZipEntry[] = [...fakeFiles(options)].map(([name, content]) => ({ name: `torch/${name}`, content }));
  entries.push(
    { name: "torch/__init__.py", content: "import everything" },
    { name: `torch/lib/${libraryFile("torch_python")}`, content: "python" },
    { name: "torch/lib/libshm/libshm.h", content: "shared memory of Python's loader" },
    { name: "torch.libs/libgomp-1.so.1", content: "gomp" },
    { name: `torch-${version}.dist-info/licenses/LICENSE`, content: "a licence" },
    ...more,
  );
  const record = entries.map(({ name, content }) => {
    const hash = createHash("sha256").update(content).digest("base64url");
    return `${name},sha256=${hash},${Buffer.byteLength(content as Uint8Array)}\n`;
  });
  return zip([...entries, { name: `torch-${version}.dist-info/RECORD`, content: record.join("") }]);
}

/** The bytes of an official archive. */
export function officialZip(options: FakeOptions = {}): Buffer {
  const files = fakeFiles({ told: "build-version", ...options });
  return zip([...files].map(([name, content]) => ({ name: `libtorch/${name}`, content })));
}

/** A directory for PATH with a Python in a virtual environment, with torch where asked for. Gives the `bin` directory. */
export function fakePython(directory: string, torch?: FakeOptions): string {
  write(join(directory, "pyvenv.cfg"), "include-system-site-packages = false\n");
  // Not a script: a real interpreter is a binary, and only its place is looked at.
  write(join(directory, "base", "python3.11"), "\u007fELF", 0o755);
  mkdirSync(join(directory, "bin"), { recursive: true });
  symlinkSync(join(directory, "base", "python3.11"), join(directory, "bin", "python3"));
  if (torch !== undefined) fakeLibTorch(join(directory, "lib", "python3.11", "site-packages", "torch"), torch);
  return join(directory, "bin");
}
