import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { labelsOf, noise } from "./fixtures.js";

const { Cifar10, DataLoader } = torch.data;
const RECORDS = 4;
const NAMES = [...[1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`), "test_batch.bin"];
const quiet = { onProgress: () => {} };

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "sam-torch-cifar-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** Files in the official layout, of RECORDS images each; record r of file f has label (f + r) mod 10. */
function files(): Map<string, Buffer> {
  return new Map(
    NAMES.map((name, f) => {
      const bytes = Buffer.from(noise(RECORDS * 3073, f + 1));
      for (let r = 0; r < RECORDS; r++) bytes[r * 3073] = (f + r) % 10;
      return [name, bytes];
    }),
  );
}
function write(directory: string, contents = files()): void {
  fs.mkdirSync(directory, { recursive: true });
  for (const [name, bytes] of contents) fs.writeFileSync(path.join(directory, name), bytes);
}

/** A tar archive as GNU tar writes it, with a directory and a text file among the data. */
function tar(contents = files()): Buffer {
  const blocks: Buffer[] = [];
  const add = (name: string, type: string, bytes: Buffer = Buffer.alloc(0)) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0", 100);
    header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("        ", 148);
    header.write(type, 156);
    header.write("ustar  \0", 257);
    header.write(
      `${header
        .reduce((a, b) => a + b)
        .toString(8)
        .padStart(6, "0")}\0 `,
      148,
    );
    blocks.push(header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  };
  add("cifar-10-batches-bin/", "5");
  add("cifar-10-batches-bin/batches.meta.txt", "0", Buffer.from("airplane\n"));
  for (const [name, bytes] of contents) add(`cifar-10-batches-bin/${name}`, "0", bytes);
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
const archive = (contents = files()) => gzipSync(tar(contents));

async function failure(promise: Promise<unknown>): Promise<torch.TorchError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(torch.TorchError);
  return error as torch.TorchError;
}

async function expectWhole({ train, test }: torch.data.Cifar10): Promise<void> {
  const all = [...files().values()];
  const images = (which: readonly Uint8Array[]) =>
    Buffer.concat(
      which.flatMap((f) => Array.from({ length: RECORDS }, (_, r) => f.subarray(r * 3073 + 1, (r + 1) * 3073))),
    );
  expect(Buffer.from(train.images.bytes()).equals(images(all.slice(0, 5)))).toBe(true);
  expect(Buffer.from(test.images.bytes()).equals(images(all.slice(5)))).toBe(true);
  expect(Array.from(train.labels)).toEqual([0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, 4, 5, 6, 7]);
  expect(await labelsOf(new DataLoader(test, { batchSize: 4 }))).toEqual([[5, 6, 7, 8]]);
  expect([test.mean, test.std]).toEqual([train.mean, train.std]);
  expect(train.classes[0]).toBe("airplane");
}

describe("reads", () => {
  it("a directory of .bin files", async () => {
    write(root);
    await expectWhole(await Cifar10.load({ root }));
  });
  it("a directory that holds cifar-10-batches-bin/", async () => {
    write(path.join(root, "cifar-10-batches-bin"));
    await expectWhole(await Cifar10.load({ root }));
  });
  it("the archive, by its path or in a directory", async () => {
    const file = path.join(root, "cifar-10-binary.tar.gz");
    fs.writeFileSync(file, archive());
    await expectWhole(await Cifar10.load({ root: file }));
    await expectWhole(await Cifar10.load({ root }));
  });
  it("with a limit and noisy training labels", async () => {
    write(root);
    const { train, test } = await Cifar10.load({ root, limit: 3, labelNoise: { fraction: 1, seed: 5 } });
    expect([train.length, test.length]).toEqual([3, 3]);
    expect(train.labels.every((label, i) => label !== i)).toBe(true);
    expect(Array.from(test.labels)).toEqual([5, 6, 7]);
    const whole = await Cifar10.load({ root });
    expect([train.mean, train.std]).toEqual([whole.train.mean, whole.train.std]);
  });
});

describe("refuses", () => {
  const load = () => failure(Cifar10.load({ root, ...quiet }));

  it("an empty or missing directory, and says what to do", async () => {
    for (const place of [root, path.join(root, "none")]) {
      const error = await failure(Cifar10.load({ root: place }));
      expect(error.code).toBe("E_DATA");
      expect(error.message).toContain(`in ${place}, got neither its .bin files nor cifar-10-binary.tar.gz`);
      expect(error.help).toMatch(/download: true.*Shapes10/);
    }
  });

  it("missing files, by name", async () => {
    const some = files();
    some.delete("data_batch_2.bin");
    some.delete("test_batch.bin");
    write(root, some);
    expect(await load()).toMatchObject({
      code: "E_DATA",
      message: expect.stringContaining("data_batch_2.bin, test_batch.bin missing"),
    });
  });

  it.each([
    ["inside a record", 2 * 3073 + 100, /data_batch_3\.bin: 6246 bytes, not a whole number of records/],
    ["between records", 2 * 3073, /data_batch_3\.bin: 6146 bytes, and data_batch_1\.bin 12292/],
    ["to nothing", 0, /data_batch_3\.bin: 0 bytes/],
  ])("a file cut off %s", async (_name, length, message) => {
    write(root);
    fs.truncateSync(path.join(root, "data_batch_3.bin"), length);
    const error = await load();
    expect(error.code).toBe("E_DATA");
    expect(error.message).toMatch(message);
  });

  it("labels that are no class", async () => {
    const wrong = files();
    wrong.get("data_batch_4.bin")![3073 * 2] = 10;
    write(root, wrong);
    expect((await load()).message).toMatch(/data_batch_4\.bin: label 10 in record 2/);
  });

  it("an unreadable file", async () => {
    write(root);
    fs.rmSync(path.join(root, "data_batch_1.bin"));
    fs.symlinkSync("data_batch_1.bin", path.join(root, "data_batch_1.bin")); // a loop
    expect((await load()).code).toBe("E_DATA");
  });

  const damage: [string, (bytes: Buffer) => Buffer][] = [
    ["cut off", (bytes) => bytes.subarray(0, bytes.length / 2)],
    ["cut off within gzip's trailer", (bytes) => bytes.subarray(0, bytes.length - 4)],
    ["with a flipped bit", (bytes) => bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 4 : byte)) as Buffer],
    ["that is not gzip", () => Buffer.from("<html>not found</html>")],
    ["that is empty", () => Buffer.alloc(0)],
    ["with a damaged tar header", () => gzipSync(tar().map((byte, i) => (i === 124 ? 0x39 : byte)))],
    ["of a tar that is cut off", () => gzipSync(tar().subarray(0, 20_000))],
    ["of something else", () => archive(new Map([["readme.txt", Buffer.from("hello")]]))],
  ];
  it.each(damage)("an archive %s", async (_name, change) => {
    fs.writeFileSync(path.join(root, "cifar-10-binary.tar.gz"), change(archive()));
    const error = await load();
    expect(error.code).toBe("E_DATA");
    expect(error.message).toContain("cifar-10-binary.tar.gz");
    expect(error.message).not.toContain("undefined");
  });
});

describe("downloads", () => {
  const whole = archive();
  const md5 = createHash("md5").update(whole).digest("hex");

  /** A server for one file that knows ranges; `respond` may answer otherwise. */
  async function serve(respond?: (request: http.IncomingMessage, response: http.ServerResponse) => boolean) {
    const ranges: (string | undefined)[] = [];
    const server = http.createServer((request, response) => {
      ranges.push(request.headers.range);
      if (respond?.(request, response)) return;
      const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const headers = { etag: '"one"', "content-length": whole.length - from };
      if (from > 0)
        response.writeHead(206, { ...headers, "content-range": `bytes ${from}-${whole.length - 1}/${whole.length}` });
      else response.writeHead(200, headers);
      response.end(whole.subarray(from));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cifar-10-binary.tar.gz`;
    return {
      url,
      ranges,
      [Symbol.asyncDispose]: () =>
        new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
    };
  }
  const left = () => fs.readdirSync(root).sort();

  it("checks the MD5, leaves the archive and nothing else, and does not come back for it", async () => {
    const server = await serve();
    const seen: [number, number | undefined][] = [];
    const options = {
      root,
      download: true,
      url: server.url,
      md5,
      onProgress: (...at: [number, number | undefined]) => void seen.push(at),
    };
    await expectWhole(await Cifar10.load(options));
    expect(left()).toEqual(["cifar-10-binary.tar.gz"]);
    expect(seen.at(-1)).toEqual([whole.length, whole.length]);
    await expectWhole(await Cifar10.load(options));
    expect(server.ranges).toEqual([undefined]);
    await server[Symbol.asyncDispose]();
  });

  it("makes the directory", async () => {
    const server = await serve();
    const deep = path.join(root, "a", "b");
    await expectWhole(await Cifar10.load({ root: deep, download: true, url: server.url, md5, ...quiet }));
    await server[Symbol.asyncDispose]();
  });

  it("goes on where a dropped connection left off", async () => {
    const half = whole.length >> 1;
    let drops = 1;
    const server = await serve((_request, response) => {
      if (drops-- <= 0) return false;
      response.writeHead(200, { etag: '"one"', "content-length": whole.length });
      response.write(whole.subarray(0, half), () => setTimeout(() => response.destroy(), 50));
      return true;
    });
    await expectWhole(await Cifar10.load({ root, download: true, url: server.url, md5, ...quiet }));
    expect(server.ranges).toEqual([undefined, `bytes=${half}-`]);
    await server[Symbol.asyncDispose]();
  });

  it("refuses other bytes, and keeps none of them", async () => {
    const server = await serve();
    const wrong = md5.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
    const error = await failure(Cifar10.load({ root, download: true, url: server.url, md5: wrong, ...quiet }));
    expect(error.code).toBe("E_DATA");
    expect(error.message).toContain(`expected MD5 ${wrong}`);
    expect(error.message).toContain(`got ${md5}`);
    expect(left()).toEqual([]);
    await server[Symbol.asyncDispose]();
  });

  it("says what to do when there is no such file, or no server", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(404).end();
      return true;
    });
    const missing = await failure(Cifar10.load({ root, download: true, url: server.url, ...quiet }));
    await server[Symbol.asyncDispose]();
    const gone = await failure(Cifar10.load({ root, download: true, url: server.url, ...quiet }));
    expect(missing.message).toContain("404");
    for (const error of [missing, gone]) {
      expect(error.code).toBe("E_DATA");
      expect(error.message).toContain(server.url);
      expect(error.help).toMatch(/by hand and put it at .*cifar-10-binary\.tar\.gz; or use Shapes10/);
    }
    expect(left().filter((name) => name.endsWith(".tar.gz"))).toEqual([]);
  });

  it("can be interrupted, and keeps what has come", async () => {
    const half = whole.length >> 1;
    let stall = true;
    const server = await serve((_request, response) => {
      if (!stall) return false;
      response.writeHead(200, { etag: '"one"', "content-length": whole.length });
      response.write(whole.subarray(0, half));
      return true;
    });
    const controller = new AbortController();
    const options = { root, download: true, url: server.url, md5 };
    const onProgress = (done: number) => void (done >= half && setTimeout(() => controller.abort(), 20));
    const error = await failure(Cifar10.load({ ...options, signal: controller.signal, onProgress }));
    expect(error.code).toBe("E_CANCELLED");
    stall = false;
    await expectWhole(await Cifar10.load({ ...options, ...quiet }));
    expect(server.ranges).toEqual([undefined, `bytes=${half}-`]);
    await server[Symbol.asyncDispose]();
  });

  it("an unwritable place is one clear error", async () => {
    const file = path.join(root, "file");
    fs.writeFileSync(file, "");
    const server = await serve();
    const error = await failure(
      Cifar10.load({ root: path.join(file, "below"), download: true, url: server.url, md5, ...quiet }),
    );
    expect(error.code).toBe("E_DATA");
    expect(error.message).toContain("ENOTDIR");
    await server[Symbol.asyncDispose]();
  });
});
