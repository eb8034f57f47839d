import { TorchError } from "../errors.js";

const BLOCK = 512;

/** A regular file of an archive. */
export interface TarEntry {
  name: string;
  bytes: Uint8Array;
}

/**
 * The regular files of a tar archive (ustar or GNU) for which `wanted` says yes, as the bytes of the archive come in. Other
 * entries are skipped unread.
 *
 * @throws TorchError `E_DATA` when the archive ends early or a header's checksum is wrong
 */
export async function* tarEntries(
  source: AsyncIterable<Uint8Array>,
  wanted: (name: string) => boolean,
): AsyncGenerator<TarEntry, void, undefined> {
  const reader = new ByteReader(source);
  for (;;) {
    const header = await reader.read(BLOCK);
    if (header.every((byte) => byte === 0)) break; // two such blocks end the archive; one is proof enough
    const { name, size, regular } = parseHeader(header);
    const padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (regular && wanted(name)) {
      yield { name, bytes: await reader.read(size) };
      await reader.skip(padding);
    } else {
      await reader.skip(size + padding);
    }
  }
  await reader.drain(); // the rest is padding, but behind it gzip keeps its checksum
}

function parseHeader(header: Uint8Array): { name: string; size: number; regular: boolean } {
  const text = (from: number, length: number): string => {
    const field = header.subarray(from, from + length);
    const end = field.indexOf(0);
    return Buffer.from(field.subarray(0, end < 0 ? length : end)).toString("latin1");
  };
  const octal = (from: number, length: number): number => {
    const digits = text(from, length).trim();
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
  };
  // The checksum counts its own field as spaces.
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  const size = octal(124, 12);
  if (sum !== octal(148, 8) || Number.isNaN(size)) {
    throw new TorchError("E_DATA", "[tar] expected a header of a tar archive, got other bytes: the archive is damaged");
  }
  const prefix = text(257, 5) === "ustar" && text(263, 2) === "00" ? text(345, 155) : "";
  const type = String.fromCharCode(header[156]!);
  return { name: (prefix === "" ? "" : `${prefix}/`) + text(0, 100), size, regular: type === "0" || type === "\0" };
}

/** Reads exact amounts from chunks of any size. */
class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  async read(size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    await this.#take(size, (part) => parts.push(part));
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  async skip(size: number): Promise<void> {
    await this.#take(size, () => {});
  }

  async drain(): Promise<void> {
    while ((await this.#chunks.next()).done !== true);
  }

  async #take(size: number, use: (part: Uint8Array) => void): Promise<void> {
    for (let left = size; left > 0; ) {
      if (this.#chunk.length === 0) {
        const next = await this.#chunks.next();
        if (next.done === true) {
          throw new TorchError("E_DATA", `[tar] expected ${left} more bytes, got the end: the archive is truncated`);
        }
        this.#chunk = next.value;
        continue;
      }
      const part = this.#chunk.subarray(0, left);
      this.#chunk = this.#chunk.subarray(part.length);
      left -= part.length;
      use(part);
    }
  }
}
