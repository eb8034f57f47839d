import { describe, expect, it } from "vitest";
import type { StoredArray } from "../../lib/io/dtypes.js";
import { decodeNpy, encodeNpyHeader } from "../../lib/io/npy.js";
import { errorOf } from "../error-of.js";
import { base64, fixtureBytes, index } from "./fixtures.js";

/** A version 1 file with any header text. */
function file(header: string, data = ""): Uint8Array {
  const text = `${header}\n`;
  const prefix = Buffer.from("\x93NUMPY\x01\x00\0\0", "latin1");
  prefix.writeUInt16LE(text.length, 8);
  return Buffer.concat([prefix, Buffer.from(text + data, "latin1")]);
}

const encodeNpy = ({ dtype, shape, data }: StoredArray): Uint8Array =>
  Buffer.concat([encodeNpyHeader(dtype, shape), data]);

describe("1. files of numpy", () => {
  for (const [name, expected] of Object.entries(index.npy)) {
    it(`${name} reads to the same elements`, () => {
      const { dtype, shape, data } = decodeNpy(fixtureBytes(name));
      expect({ dtype, shape, data: base64(data) }).toEqual({
        dtype: expected.dtype,
        shape: expected.shape,
        data: expected.data,
      });
    });

    if (expected.canonical) {
      it(`${name} is written again byte for byte`, () => {
        const bytes = fixtureBytes(name);
        expect(base64(encodeNpy(decodeNpy(bytes)))).toBe(base64(bytes));
      });
    }
  }

  it("covers every dtype in both directions", () => {
    const canonical = Object.values(index.npy).filter((expected) => expected.canonical);
    expect(new Set(canonical.map((expected) => expected.dtype)).size).toBe(14);
  });

  it("gives elements in memory of their own, whatever the alignment of the file", () => {
    const { data } = decodeNpy(fixtureBytes("float64.npy"));
    expect(data.byteOffset).toBe(0);
    expect(new Float64Array(data.buffer)).toHaveLength(6);
  });

  it("writes headers too long for version 1 as version 2", () => {
    const shape = new Array<number>(30_000).fill(1);
    const bytes = encodeNpy({ dtype: "uint8", shape, data: Uint8Array.of(9) });
    expect(bytes[6]).toBe(2);
    expect((bytes.byteLength - 1) % 64).toBe(0);
    expect(decodeNpy(bytes)).toEqual({ dtype: "uint8", shape, data: Uint8Array.of(9) });
  });
});

describe("2. what cannot be read or written", () => {
  for (const name of ["string", "record", "object", "date"]) {
    it(`${name} elements are refused by name`, () => {
      const error = errorOf(() => decodeNpy(fixtureBytes(`bad-${name}.npy`)));
      expect(error.code).toBe("E_DATA");
      expect(error.message).toMatch(/elements of type .*\n {2}help: numbers and booleans/);
    });
  }

  it("dtypes that numpy lacks are refused, with what to do", () => {
    const error = errorOf(() => encodeNpyHeader("bfloat16", [1]));
    expect(error.code).toBe("E_ARG");
    expect(error.help).toContain("float32");
  });

  it("a file cut anywhere gives E_DATA", () => {
    for (const name of ["float32.npy", "version-2.npy", "version-3.npy"]) {
      const bytes = fixtureBytes(name);
      for (let cut = 0; cut < bytes.byteLength; cut++) {
        expect(errorOf(() => decodeNpy(bytes.subarray(0, cut))).code, `${name} cut at ${cut}`).toBe("E_DATA");
      }
    }
  });

  const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }";
  const cases: Record<string, Uint8Array> = {
    "a byte too many": file(header, "abc"),
    "version 4": Buffer.from("\x93NUMPY\x04\x00\x02\x00\0\0{}", "latin1"),
    "version 0": Buffer.from("\x93NUMPY\x00\x00\x02\x00{}", "latin1"),
    "a header that is no dictionary": file("'descr': '|u1', 'fortran_order': False, 'shape': (2,)", "ab"),
    "no descr": file("{'fortran_order': False, 'shape': (2,), }", "ab"),
    "no order": file("{'descr': '|u1', 'shape': (2,), }", "ab"),
    "no shape": file("{'descr': '|u1', 'fortran_order': False, }", "ab"),
    "a negative size": file(header.replace("2", "-2"), "ab"),
    "a shape that is a list": file(header.replace("(2,)", "[2]"), "ab"),
    "sizes whose product overflows": file(header.replace("(2,)", "(99999999999, 99999999999)"), "ab"),
    "an unknown byte order": file(header.replace("|u1", "?u1"), "ab"),
    "an unknown type": file(header.replace("|u1", "<f3"), "ab"),
  };
  for (const [what, broken] of Object.entries(cases)) {
    it(`${what} gives E_DATA`, () => {
      expect(errorOf(() => decodeNpy(broken)).code).toBe("E_DATA");
    });
  }

  it("but a header as Python 2 wrote it is read", () => {
    expect(decodeNpy(file("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L), }", "ab")).shape).toEqual([
      2, 1,
    ]);
    expect(decodeNpy(file(header, "ab")).data).toEqual(Uint8Array.of(97, 98));
  });
});
