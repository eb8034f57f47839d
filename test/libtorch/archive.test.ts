import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unpack } from "../../lib/libtorch/archive.js";
import { libraryFile } from "../../lib/libtorch/inspect.js";
import { officialZip, temporary, wheel, write, zip } from "./fixtures.js";

const cpu = libraryFile("torch_cpu");

async function unpacked(bytes: Buffer, name = "torch-2.13.0+cpu-cp311-cp311-linux_x86_64.whl") {
  const top = temporary();
  await unpack(write(join(top, name), bytes), join(top, "out"));
  return join(top, "out");
}

describe("what is unpacked", () => {
  test("of a wheel: LibTorch and the licences, not Python's part", async () => {
    const out = await unpacked(wheel());
    expect(readFileSync(join(out, "torch", "lib", cpu), "utf8")).toBe("torch_cpu of 2.13.0+cpu ".repeat(100_000));
    const files = readdirSync(out, { recursive: true }).map(String);
    expect(files).toContain(join("torch", "version.py"));
    expect(files).toContain(join("torch.libs", "libgomp-1.so.1"));
    expect(files).toContain(join("torch-2.13.0+cpu.dist-info", "licenses", "LICENSE"));
    expect(files.filter((name) => /__init__|torch_python|libshm|RECORD/.test(name))).toEqual([]);
  });

  test("of an official archive", async () => {
    const out = await unpacked(officialZip(), "libtorch.zip");
    expect(readFileSync(join(out, "libtorch", "build-version"), "utf8")).toBe("2.13.0+cpu\n");
    expect(existsSync(join(out, "libtorch", "lib", cpu))).toBe(true);
  });

  test("of an nvidia wheel: libraries and headers, no static libraries", async () => {
    const entries = [
      "nvidia/cu13/lib/libcublas.so.13",
      "nvidia/cu13/lib/libcudart_static.a",
      "nvidia/cu13/include/cuda.h",
      "nvidia/__init__.py",
    ];
    const out = await unpacked(zip(entries.map((name) => ({ name, content: name }))), "nvidia_cublas-13.whl");
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual(["cuda.h", "libcublas.so.13"]);
  });

  test("links within the archive", async () => {
    const library = { name: "libtorch/lib/libx.so.1", content: "x" };
    const out = await unpacked(
      zip([library, { name: "libtorch/lib/libx.so", content: "libx.so.1", link: true }]),
      "libtorch.zip",
    );
    expect(readlinkSync(join(out, "libtorch", "lib", "libx.so"))).toBe("libx.so.1");
  });

  test("with progress from nothing to all", async () => {
    const top = temporary();
    const seen: number[] = [];
    await unpack(write(join(top, "a.whl"), wheel()), join(top, "out"), {
      onProgress: (done, total) => seen.push(done / total),
    });
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });
});

describe("a damaged archive is one clear error", () => {
  const whole = wheel();
  const flip = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 0x5a;
    return copy;
  };

  test.each([
    ["truncated", whole.subarray(0, whole.length - 400)],
    ["cut to its beginning", whole.subarray(0, 100)],
    ["empty", Buffer.alloc(0)],
    ["not an archive at all", Buffer.from("<html>404 not found</html>".repeat(20))],
    ["with a flipped bit in its data", flip(whole, 60)],
    ["with a file that its RECORD does not name", wheelWithStranger()],
    ["with a file that differs from its RECORD", wheelWithLie()],
    ["without anything of LibTorch", zip([{ name: "numpy/core.so", content: "numpy" }])],
    ["with a link out of itself", zip([{ name: "libtorch/lib/libx.so", content: "../../../etc/passwd", link: true }])],
    ["with an absolute link", zip([{ name: "libtorch/lib/libx.so", content: "/etc/passwd", link: true }])],
    ["with a name out of itself", zip([{ name: "../evil", content: "evil" }])],
  ])("%s", async (_, bytes) => {
    await expect(unpacked(bytes)).rejects.toMatchObject({
      code: "E_DATA",
      message: expect.stringMatching(/^\[unpack\] expected a whole archive, got .*\n {2}help: /),
    });
  });

  test("with a wrong checksum where there is no RECORD", async () => {
    const bytes = zip([{ name: "libtorch/lib/libx.so", content: "x" }]);
    const at = bytes.indexOf(Buffer.from("PK\u0001\u0002", "latin1")) + 16;
    await expect(unpacked(flip(bytes, at), "libtorch.zip")).rejects.toMatchObject({
      code: "E_DATA",
      message: expect.stringContaining("checksum"),
    });
  });

  function wheelWithStranger(): Buffer {
    const entries = [
      { name: "torch/lib/libevil.so", content: "evil" },
      { name: "torch-2.13.0.dist-info/RECORD", content: "torch/version.py,sha256=abc,3\n" },
    ];
    return zip(entries);
  }

  function wheelWithLie(): Buffer {
    const entries = [
      { name: "torch/lib/libx.so", content: "x" },
      { name: "torch-2.13.0.dist-info/RECORD", content: "torch/lib/libx.so,sha256=abc,1\n" },
    ];
    return zip(entries);
  }

  test("and the whole one is fine", async () => {
    expect(existsSync(await unpacked(whole))).toBe(true);
  });
});

test("an interrupt in the middle", async () => {
  const top = temporary();
  const controller = new AbortController();
  const work = unpack(write(join(top, "a.whl"), wheel()), join(top, "out"), {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(work).rejects.toMatchObject({ code: "E_CANCELLED" });
});
