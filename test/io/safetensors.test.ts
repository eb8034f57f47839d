import { describe, expect, it } from "vitest";
import { type SafetensorsDType, safetensorsNameOf, torchNameOf } from "../../lib/io/dtypes.js";
import type { Pieces } from "../../lib/io/pieces.js";
import { decodeSafetensors, encodeSafetensors } from "../../lib/io/safetensors.js";
import { errorOf } from "../error-of.js";
import { base64, fixtureBytes, index } from "./fixtures.js";

/** A file with any header, valid or not. */
function file(header: unknown, data: Uint8Array | string = "", length?: bigint): Uint8Array {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(length ?? BigInt(json.byteLength));
  return Buffer.concat([prefix, json, typeof data === "string" ? Buffer.from(data) : data]);
}

function entry(shape: unknown, begin: unknown, end: unknown, dtype: unknown = "U8") {
  return { dtype, shape, data_offsets: [begin, end] };
}

describe("1. files of the Python package", () => {
  for (const [name, expected] of Object.entries(index.safetensors)) {
    it(`${name} reads to the same names, types, shapes and bytes`, () => {
      const { tensors, metadata } = decodeSafetensors(fixtureBytes(name));
      const read = Object.fromEntries(
        [...tensors].map(([key, { dtype, shape, data }]) => [
          key,
          { dtype: torchNameOf(dtype), shape, data: base64(data) },
        ]),
      );
      expect(read).toEqual(expected.tensors);
      expect(Object.fromEntries(metadata)).toEqual(expected.metadata);
    });

    it(`${name} is written again byte for byte`, () => {
      const bytes = fixtureBytes(name);
      const { tensors, metadata } = decodeSafetensors(bytes);
      const shuffled = [...tensors].sort((a, b) => (a[0] < b[0] ? 1 : -1));
      expect(base64(encodeSafetensors(shuffled, metadata))).toBe(base64(bytes));
    });
  }

  it("maps every PyTorch name back and forth", () => {
    for (const name of Object.keys(index.safetensors["dtypes.safetensors"]!.tensors)) {
      expect(torchNameOf(safetensorsNameOf(name)!)).toBe(name);
    }
    expect(safetensorsNameOf("complex128")).toBeUndefined();
  });
});

describe("2. writing", () => {
  it("aligns every tensor to its element size", () => {
    const sources = (["U8", "F64", "F16", "I32"] as const).map(
      (dtype, i) =>
        [`t${i}`, { dtype, shape: [3], data: new Uint8Array({ U8: 3, F64: 24, F16: 6, I32: 12 }[dtype]) }] as const,
    );
    const bytes = encodeSafetensors(sources);
    for (const { dtype, data } of decodeSafetensors(bytes).tensors.values()) {
      expect(data.byteOffset % (data.byteLength / 3), dtype).toBe(0);
    }
  });

  it("asks a lazy tensor for its bytes once, in file order", () => {
    const asked: string[] = [];
    const lazy =
      (name: string, bytes: number): Pieces =>
      (take) => {
        asked.push(name);
        for (let i = 0; i < bytes; i++) take(new Uint8Array(1));
      };
    encodeSafetensors([
      ["b", { dtype: "U8", shape: [2], data: lazy("b", 2) }],
      ["a", { dtype: "U8", shape: [1], data: lazy("a", 1) }],
      ["c", { dtype: "F64", shape: [], data: lazy("c", 8) }],
    ]);
    expect(asked).toEqual(["c", "a", "b"]);
  });

  it("packs 4-bit and 6-bit elements", () => {
    const sources = [
      ["four", { dtype: "F4", shape: [4], data: new Uint8Array(2) }],
      ["six", { dtype: "F6_E3M2", shape: [4], data: new Uint8Array(3) }],
    ] as const;
    expect([...decodeSafetensors(encodeSafetensors(sources)).tensors.keys()]).toEqual(["six", "four"]);
    expect(
      errorOf(() => encodeSafetensors([["four", { dtype: "F4", shape: [3], data: new Uint8Array(2) }]])).code,
    ).toBe("E_ARG");
  });

  it("keeps names that JavaScript treats specially", () => {
    const names = ["__proto__", "constructor", "toString", "1", "0"];
    const tensors = names.map(
      (name, i) => [name, { dtype: "U8" as const, shape: [1], data: Uint8Array.of(i) }] as const,
    );
    const read = decodeSafetensors(encodeSafetensors(tensors)).tensors;
    expect(names.map((name) => read.get(name)?.data[0])).toEqual([0, 1, 2, 3, 4]);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
  });

  it("refuses a name twice, the reserved name, and bytes that do not fit the shape", () => {
    const one = { dtype: "U8" as SafetensorsDType, shape: [1], data: new Uint8Array(1) };
    expect(
      errorOf(() =>
        encodeSafetensors([
          ["a", one],
          ["a", one],
        ]),
      ).message,
    ).toContain('got "a" twice');
    expect(errorOf(() => encodeSafetensors([["__metadata__", one]])).code).toBe("E_ARG");
    expect(errorOf(() => encodeSafetensors([["a", { ...one, shape: [2] }]])).message).toContain("expected 2 bytes");
    expect(errorOf(() => encodeSafetensors([["a", { ...one, shape: [-1] }]])).code).toBe("E_ARG");
  });
});

describe("3. damaged files give E_DATA", () => {
  const bytes = fixtureBytes("model.safetensors");
  const header = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));

  it("cut at every byte of the length and the header, and at many of the data", () => {
    const cuts = new Set([...Array(8 + header + 4).keys()]);
    for (let cut = 8 + header; cut < bytes.byteLength; cut += 5) cuts.add(cut);
    for (const cut of cuts) {
      const error = errorOf(() => decodeSafetensors(bytes.subarray(0, cut)));
      expect(error.code, `cut at ${cut}`).toBe("E_DATA");
      expect(error.message).toMatch(/^\[safetensors\] expected .*, got /);
    }
  });

  it("with a byte too many", () => {
    expect(errorOf(() => decodeSafetensors(Buffer.concat([bytes, Buffer.alloc(1)]))).code).toBe("E_DATA");
  });

  it("with any one byte of the header set to a control character", () => {
    for (let at = 8; at < 8 + header; at++) {
      const broken = Uint8Array.from(bytes);
      broken[at] = 1;
      expect(errorOf(() => decodeSafetensors(broken)).code, `byte ${at}`).toBe("E_DATA");
    }
  });

  const cases: Record<string, Uint8Array> = {
    "nothing at all": new Uint8Array(0),
    "a header of length 0": file(""),
    "a header of 100,000,001 bytes": file("{}", "", 100_000_001n),
    "a header of 2^63 bytes": file("{}", "", 1n << 63n),
    "a header of 2^64 - 1 bytes": file("{}", "", (1n << 64n) - 1n),
    "a header longer than the file": file("{}", "", 3n),
    "text that is no JSON": file("{nonsense"),
    "text behind the JSON": file("{}x"),
    "invalid UTF-8": Buffer.concat([file({}).subarray(0, 8), Buffer.from([0x7b, 0xff])]),
    "a header that is an array": file("[]"),
    "a header that begins with a space": file(" {}"),
    "a header with a byte order mark": file("\ufeff{}"),
    "metadata that is an array": file({ __metadata__: [] }),
    "metadata that is no string": file({ __metadata__: { a: 1 } }),
    "an entry that is null": file({ a: null }),
    "an entry without offsets": file({ a: { dtype: "U8", shape: [1] } }, "a"),
    "an entry without dtype": file({ a: { shape: [1], data_offsets: [0, 1] } }, "a"),
    "an unknown dtype": file({ a: entry([2], 0, 2, "Q8") }, "ab"),
    "a dtype named like a method": file({ a: entry([2], 0, 2, "toString") }, "ab"),
    "a negative size": file({ a: entry([-2], 0, 2) }, "ab"),
    "a size that is no integer": file({ a: entry([1.5], 0, 2) }, "ab"),
    "a size that is text": file({ a: entry(["2"], 0, 2) }, "ab"),
    "a shape that is no array": file({ a: entry(2, 0, 2) }, "ab"),
    "sizes whose product overflows": file({ a: entry([2 ** 40, 2 ** 40, 2 ** 40], 0, 2) }, "ab"),
    "offsets in the wrong order": file({ a: entry([2], 2, 0) }, "ab"),
    "three offsets": file({ a: { dtype: "U8", shape: [2], data_offsets: [0, 2, 4] } }, "ab"),
    "an offset behind the end": file({ a: entry([4], 0, 4) }, "ab"),
    "offsets that do not fit the shape": file({ a: entry([3], 0, 2) }, "ab"),
    "two tensors that overlap": file({ a: entry([2], 0, 2), b: entry([2], 1, 3) }, "abc"),
    "two tensors in one place": file({ a: entry([2], 0, 2), b: entry([2], 0, 2) }, "ab"),
    "a hole between tensors": file({ a: entry([2], 0, 2), b: entry([2], 3, 5) }, "abcde"),
    "a hole at the start": file({ a: entry([2], 1, 3) }, "abc"),
    "bytes that no tensor covers": file({ a: entry([2], 0, 2) }, "abc"),
    "a Python pickle": Buffer.from("PK\x03\x04\0\0\0\0\0\0\0\0\0\0\0\0archive/data.pkl"),
  };
  for (const [what, broken] of Object.entries(cases)) {
    it(`with ${what}`, () => {
      expect(errorOf(() => decodeSafetensors(broken)).code).toBe("E_DATA");
    });
  }

  it("but not with extra fields, null metadata, or tensors in another order", () => {
    const { tensors } = decodeSafetensors(
      file(
        { __metadata__: null, b: entry([2], 2, 4), a: { ...entry([2], 0, 2), note: "x" }, none: entry([0, 5], 2, 2) },
        "abcd",
      ),
    );
    expect([...tensors.keys()]).toEqual(["a", "none", "b"]);
    expect(Buffer.from(tensors.get("b")!.data).toString()).toBe("cd");
  });
});
