import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { load, loadNpy, loadSafetensors, save, saveNpy, saveSafetensors } from "../../lib/io/save.js";
import { errorOf } from "../error-of.js";
import { base64, fixtureBytes, fixturePath, index } from "./fixtures.js";
import { temporaryDirectory } from "./tiny-disk.js";

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory[Symbol.dispose]());
const place = (name: string) => path.join(directory.path, name);

/** What a tensor holds, in the form of the fixtures. */
const described = (tensor: torch.Tensor) => ({
  dtype: tensor.dtype as string,
  shape: tensor.shape,
  data: base64(tensor.bytes()),
});

describe("1. safetensors", () => {
  const files = Object.entries(index.safetensors).filter(([name]) => name !== "dtypes.safetensors");

  it.each(files)("%s comes in as Python saved it, and goes out byte for byte", (name, { metadata, tensors }) => {
    const read = loadSafetensors(fixturePath(name));
    expect(Object.fromEntries(Object.entries(read).map(([key, tensor]) => [key, described(tensor)]))).toEqual(tensors);
    saveSafetensors(read, place("out"), { metadata });
    expect(base64(fs.readFileSync(place("out")))).toBe(base64(fixtureBytes(name)));
  });

  it("takes every dtype that tensors have", () => {
    const { tensors } = index.safetensors["dtypes.safetensors"]!;
    const error = errorOf(() => loadSafetensors(fixturePath("dtypes.safetensors")));
    expect(error.message).toBe('[safetensors] expected a dtype that tensors have for "float8_e8m0fnu", got F8_E8M0');
    for (const [dtype, expected] of Object.entries(tensors)) {
      if (dtype === "float8_e8m0fnu") continue;
      const tensor = torch.frombuffer(Buffer.from(expected.data, "base64"), {
        dtype: dtype as torch.DType,
        shape: expected.shape,
      });
      saveSafetensors({ x: tensor }, place("one"));
      expect(described(loadSafetensors(place("one")).x!)).toEqual(expected);
    }
  });

  it("writes views whole: transposed, cut, shared", () => {
    const x = torch.arange(6).reshape([2, 3]);
    saveSafetensors(
      new Map([
        ["t", x.t()],
        ["row", x.index(1)],
        ["again", x],
      ]),
      place("views"),
    );
    const read = loadSafetensors(place("views"));
    expect(read.t!.toArray()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(read.row!.toArray()).toEqual([3, 4, 5]);
    expect(read.again!.toArray()).toEqual(x.toArray());
  });

  it("refuses what the format lacks, and what is no tensor", () => {
    expect(errorOf(() => saveSafetensors({ z: torch.zeros([1], { dtype: "complex128" }) }, place("x"))).help).toContain(
      "viewAsReal",
    );
    expect(errorOf(() => saveSafetensors({ a: 1 as never }, place("x"))).message).toContain('under "a", got number');
    expect(errorOf(() => saveSafetensors(null as never, place("x"))).code).toBe("E_ARG");
    const gone = torch.ones([1]);
    gone.dispose();
    expect(errorOf(() => saveSafetensors({ gone }, place("x"))).code).toBe("E_DISPOSED");
    expect(fs.existsSync(place("x"))).toBe(false);
  });
});

describe("2. npy", () => {
  it.each(Object.entries(index.npy))("%s comes in as numpy saved it", (name, { dtype, shape, data }) => {
    expect(described(loadNpy(fixturePath(name)))).toEqual({ dtype, shape, data });
  });

  it("goes out as numpy.save writes it", () => {
    for (const [name, { canonical }] of Object.entries(index.npy)) {
      if (!canonical) continue;
      saveNpy(loadNpy(fixturePath(name)), place("out"));
      expect(base64(fs.readFileSync(place("out"))), name).toBe(base64(fixtureBytes(name)));
    }
    expect(errorOf(() => saveNpy(torch.ones([1]).to("bfloat16"), place("x"))).help).toContain("float32");
    expect(errorOf(() => loadNpy(place("missing"))).message).toContain("got ENOENT");
  });
});

describe("3. torch.save and torch.load", () => {
  it("tensors by name make a plain file", () => {
    const state = { "conv.weight": torch.ones([2, 2]), "": torch.zeros([1]) };
    save(state, place("state"));
    expect(Object.keys(loadSafetensors(place("state"))).sort()).toEqual(["", "conv.weight"]);
    expect(load(place("state"))["conv.weight"]!.toArray()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(load(fixturePath("model.safetensors"))["0.weight"]!.shape).toEqual([3, 4]);
    save({}, place("none"));
    expect(load(place("none"))).toEqual({});
  });

  it("any nesting comes back as it was", () => {
    const state = {
      numbers: [1, -0, 0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, 5e-324],
      big: 12345678901234567890n,
      nothing: [null, undefined],
      text: "line\n\u2028 ☃",
      flags: { on: true, off: false },
      map: new Map<unknown, unknown>([
        [1, "one"],
        ["two", new Map([[3n, null]])],
      ]),
      bytes: Uint8Array.of(1, 2, 3),
      wide: new BigInt64Array([1n, -1n]).subarray(1),
      floats: new Float64Array([0.1, -0]),
      dollars: { $tensor: "no", $map: [] },
      proto: JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
      "a.b": 1,
    };
    save(state, place("nested"));
    const back = load<typeof state>(place("nested"));
    expect(back).toEqual(state);
    expect(Object.is(back.numbers[1], -0)).toBe(true);
    expect(Object.hasOwn(back.proto, "__proto__")).toBe(true);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it("tensors anywhere in it come back under their own names", () => {
    const state = {
      a: { b: torch.tensor([1]) },
      "a.b": torch.tensor([2]),
      list: [torch.tensor(3), { deep: torch.tensor([4n]) }],
      top: 5,
    };
    save(state, place("tensors"));
    const back = load<typeof state>(place("tensors"));
    expect(back.a.b.toArray()).toEqual([1]);
    expect(back["a.b"].toArray()).toEqual([2]);
    expect(back.list.length).toBe(2);
    expect((back.list[1] as { deep: torch.Tensor }).deep.dtype).toBe("int64");
    expect(Object.keys(loadSafetensors(place("tensors"))).sort()).toEqual(["a.b", "a.b#2", "list.0", "list.1.deep"]);
    save(torch.tensor([7]), place("single"));
    expect(load<torch.Tensor>(place("single")).toArray()).toEqual([7]);
  });

  it("names the place of what cannot be saved, and writes nothing", () => {
    const loop: Record<string, unknown> = {};
    loop.self = { loop };
    const cases: [unknown, string][] = [
      [{ optimizer: { schedule: () => 1 } }, "got a function at optimizer.schedule"],
      [{ when: new Date() }, "got an instance of Date at when"],
      [[1, Symbol("x")], "got a symbol at 1"],
      [loop, "got an object that holds itself at self.loop"],
      [{ view: new DataView(new ArrayBuffer(1)) }, "got a DataView at view"],
      [() => 1, "got a function at the top"],
    ];
    for (const [value, message] of cases) expect(errorOf(() => save(value, place("x"))).message).toContain(message);
    expect(fs.existsSync(place("x"))).toBe(false);
  });

  it("the same object twice is no cycle", () => {
    const shared = { a: 1 };
    save({ x: shared, y: [shared, shared] }, place("shared"));
    expect(load(place("shared"))).toEqual({ x: shared, y: [shared, shared] });
  });

  it("tells damaged and older files of Python's own format apart", () => {
    fs.writeFileSync(place("zip.pt"), "PK\x03\x04 and so on");
    fs.writeFileSync(place("pickle.pt"), Buffer.from([0x80, 2, 0x8a, 10]));
    for (const name of ["zip.pt", "pickle.pt"]) expect(errorOf(() => load(place(name))).code).toBe("E_DATA");
    expect(errorOf(() => load(place("pickle.pt"))).message).toContain("a bare pickle as PyTorch wrote before 1.6");
    expect(errorOf(() => load(place("missing"))).message).toContain("got ENOENT");
    fs.writeFileSync(place("empty"), "");
    expect(errorOf(() => load(place("empty"))).code).toBe("E_DATA");
  });

  it("reads headers whose length begins as a pickle does, from here and from Python", () => {
    // 37 letters make a header of 128 bytes: 0x80 0x00. Each 256 more are another protocol's.
    for (let protocol = 0; protocol <= 5; protocol++) {
      const name = "x".repeat(37 + 256 * protocol);
      save({ [name]: torch.ones([1]) }, place("lengths"));
      expect([...fs.readFileSync(place("lengths")).subarray(0, 2)]).toEqual([0x80, protocol]);
      expect(load(place("lengths"))[name]!.toArray()).toEqual([1]);
      fs.writeFileSync(place("cut"), fs.readFileSync(place("lengths")).subarray(0, 100));
      expect(errorOf(() => load(place("cut"))).message).toContain("[safetensors] expected a complete safetensors file");
    }
    // safetensors.torch.save({"x" * 70: torch.ones(1)}), by version 0.8.0 of Python's package
    const python = `{"${"x".repeat(70)}":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`.padEnd(128);
    fs.writeFileSync(
      place("python"),
      Buffer.concat([Buffer.from([128, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(python), Buffer.from([0, 0, 128, 63])]),
    );
    expect(Object.values(load(place("python"))).map((t) => t.item())).toEqual([1]);
  });

  it("leaves no file open, also for a directory", () => {
    const open = () => (fs.existsSync("/proc/self/fd") ? fs.readdirSync("/proc/self/fd").length : 0);
    const before = open();
    for (const name of ["", "missing"]) {
      expect(errorOf(() => load(place(name))).code).toBe("E_DATA");
      expect(errorOf(() => loadSafetensors(place(name))).code).toBe("E_DATA");
      expect(errorOf(() => loadNpy(place(name))).code).toBe("E_DATA");
    }
    expect(open()).toBe(before);
  });

  it("refuses metadata that is no state", () => {
    const write = (json: string) => {
      saveSafetensors({ x: torch.ones([2]) }, place("bad"), { metadata: { "sam-torch.state": json } });
      return errorOf(() => load(place("bad")));
    };
    for (const json of [
      "",
      "{",
      '{"$tensor":"y"}',
      '{"$tensor":1}',
      '{"$array":"x","type":"Date"}',
      '{"$array":"y"}',
      '{"$bigint":"1.5"}',
      '{"$map":3}',
      '{"$map":[1]}',
      '{"$new":1}',
    ]) {
      expect(write(json).code, json).toBe("E_DATA");
    }
  });
});
