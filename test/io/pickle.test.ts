import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

const fixtures = fileURLToPath(new URL("../reference/fixtures/state-dict/", import.meta.url));
const fixture = (name: string): string => path.join(fixtures, name);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sam-torch-pickle-"));
const place = (name: string): string => path.join(directory, name);
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

type Described =
  | { tensor: { dtype: string; shape: number[]; data: string; strides?: number[] }; requiresGrad: boolean }
  | { dict: [Described, Described][] }
  | { counter: [string | number, number][] }
  | { set: Described[] }
  | { list: Described[] }
  | { tuple: Described[] }
  | string
  | number
  | boolean
  | null;
/** What the files of test/reference/state_dict.py hold. */
const expected = JSON.parse(fs.readFileSync(fixture("expected.json"), "utf8")) as {
  files: Record<string, Described>;
  refused: Record<string, string>;
};

function expectEqual(got: unknown, want: Described, at = "value"): void {
  if (typeof want !== "object" || want === null) {
    expect(got, at).toEqual(want);
  } else if ("tensor" in want) {
    const tensor = got as torch.Tensor;
    const { dtype, shape, data, strides } = want.tensor;
    expect(tensor, at).toBeInstanceOf(torch.Tensor);
    expect([tensor.dtype, tensor.shape, Buffer.from(tensor.bytes()).toString("base64")], at).toEqual([
      dtype,
      shape,
      data,
    ]);
    if (strides !== undefined) expect(tensor.stride(), at).toEqual(strides);
    expect(tensor.requiresGrad, at).toBe(want.requiresGrad);
  } else if ("counter" in want) {
    expect(got, at).toEqual(new Map(want.counter));
  } else if ("set" in want) {
    expect(got, at).toEqual(new Set(want.set));
  } else if ("dict" in want) {
    const isObject = want.dict.every(([key]) => typeof key === "string");
    expect(got instanceof Map, at).toBe(!isObject);
    const entries = got instanceof Map ? [...got] : Object.entries(got as object);
    expect(entries.map(([key]) => key)).toEqual(want.dict.map(([key]) => key));
    for (const [i, [key, value]] of entries.entries()) expectEqual(value, want.dict[i]![1], `${at}.${String(key)}`);
  } else {
    const items = "list" in want ? want.list : want.tuple;
    expect((got as unknown[]).length, at).toBe(items.length);
    for (const [i, item] of items.entries()) expectEqual((got as unknown[])[i], item, `${at}.${i}`);
  }
}

/** A file of torch.save's form around any pickle. */
function archive(pickle: Uint8Array, records: [string, Uint8Array][] = []): string {
  const chunks: Uint8Array[] = [];
  native.archiveWrite([["data.pkl", pickle], ...records], (bytes) => chunks.push(bytes), 1 << 26);
  const file = place(`crafted-${fs.readdirSync(directory).length}.pth`);
  fs.writeFileSync(file, Buffer.concat(chunks));
  return file;
}
const bytes = (...parts: (string | number | Uint8Array)[]): Uint8Array =>
  Buffer.concat(
    parts.map((p) => (typeof p === "number" ? Uint8Array.of(p) : typeof p === "string" ? Buffer.from(p, "latin1") : p)),
  );
const text = (value: string): Uint8Array => bytes("X", value.length, 0, 0, 0, value);
const PROTO = bytes(0x80, 2);

describe("1. files of Python's torch.save", () => {
  it.each(Object.entries(expected.files))("%s holds what Python saved", (name, want) => {
    expectEqual(torch.load(fixture(name)), want);
  });

  it("views that shared storage still do, and parameters are leaves", () => {
    const kinds = torch.load(fixture("kinds.pth"));
    const before = kinds.transposed!.toArray();
    kinds.whole!.add_(1);
    expect(kinds.transposed!.toArray()).toEqual((before as number[][]).map((row) => row.map((v) => v + 1)));
    expect([kinds.parameter!.isLeaf, kinds.parameter!.requiresGrad]).toEqual([true, true]);
    kinds.parameter!.mul(2).sum().backward();
    expect(kinds.parameter!.grad!.toArray()).toEqual([2, 2]);
    torch.noGrad(() => kinds.slice!.mul_(0));
    expect(kinds.slice!.sum().item()).toBe(0);
  });

  it("a state dict and an optimizer's state go straight in", () => {
    const checkpoint = torch.load<Map<unknown, unknown>>(fixture("checkpoint.pth"));
    const net = new torch.nn.Sequential({
      conv: new torch.nn.Conv2d(2, 3, 3),
      norm: new torch.nn.BatchNorm2d(3),
      head: new torch.nn.Linear(3, 2),
    });
    net.loadStateDict(checkpoint.get("model") as torch.nn.StateDict);
    const sgd = new torch.optim.SGD(net.parameters(), { lr: 1 });
    sgd.loadStateDict(checkpoint.get("optimizer") as never);
    expect([sgd.paramGroups[0]!.lr, sgd.paramGroups[0]!.momentum, checkpoint.get("epoch")]).toEqual([0.1, 0.9, 3]);
    const saved = (checkpoint.get("optimizer") as { state: Map<number, Record<string, torch.Tensor>> }).state;
    const momentum = Object.values(sgd.stateDict().state)[0]!.momentumBuffer as torch.Tensor;
    expect(momentum.toArray()).toEqual(saved.get(0)!.momentum_buffer!.toArray());
  });

  it("leaves no tensor behind but those it gives", () => {
    const before = liveMemory().tensors;
    const state = torch.load(fixture("module.pth"));
    expect(torch.memory().tensors).toBe(before + Object.keys(state).length);
    torch.tidy(() => void torch.load(fixture("kinds.pth")));
    expect(torch.memory().tensors).toBe(before + Object.keys(state).length);
    for (const tensor of Object.values(state)) tensor.dispose();
    for (const name of Object.keys(expected.refused)) errorOf(() => torch.load(fixture(name)));
    expect(liveMemory().tensors).toBe(before);
  });
});

describe("2. files that are refused", () => {
  it.each(Object.entries(expected.refused))("%s: %s", (name) => {
    const error = errorOf(() => torch.load(fixture(name)));
    expect([error.code, error.message.startsWith("[load] ")]).toEqual(["E_DATA", true]);
  });

  it("says what was refused, and how to save it instead", () => {
    const error = errorOf(() => torch.load(fixture("os-system.pth")));
    expect(error.message).toContain('got "posix.system" under "note"; nothing of the file was run');
    expect(error.help).toContain("leave it out");
    expect(errorOf(() => torch.load(fixture("whole-module.pth"))).help).toContain("model.state_dict()");
    expect(errorOf(() => torch.load(fixture("legacy.pth"))).message).toContain("before 1.6");
    expect(errorOf(() => torch.load(fixture("../jit-resnet.pt"))).help).toBe("torch.jit.load() loads it");
  });

  it("says which value of a dictionary it is, and what to do about numpy's", () => {
    // torch.save({"epoch": 1, "acc": numpy.float64(0.5)}) and the start of the same in a list, and in protocol 4.
    const foreign = "cnumpy._core.multiarray\nscalar\n";
    const stacked = bytes(text("numpy._core.multiarray"), text("scalar"), 0x93);
    const places: [Uint8Array, string | undefined][] = [
      [bytes(PROTO, "}(", text("epoch"), "K", 1, text("acc"), foreign), "acc"],
      [bytes(PROTO, "}", text("acc"), foreign), "acc"],
      [bytes(0x80, 4, "}(", text("inner"), "}", text("acc"), stacked), "acc"],
      [bytes(PROTO, "}(", text("inner"), "}", text("acc"), foreign), "acc"],
      [bytes(PROTO, "](", text("acc"), foreign), undefined],
      [bytes(PROTO, "}(", text("list"), "](", text("acc"), foreign), undefined],
      [bytes(PROTO, foreign), undefined],
    ];
    for (const [pickle, key] of places) {
      const error = errorOf(() => torch.load(archive(pickle)));
      const under = key === undefined ? "" : ` under "${key}"`;
      expect(error.message).toContain(`got "numpy._core.multiarray.scalar"${under}; nothing of the file was run`);
      expect(error.help).toContain("x.item()");
    }
  });

  it("every way to name or call something", () => {
    const names = ["os\nsystem", "posix\nsystem", "builtins\nexec", "__builtin__\neval", "nt\nsystem", "torch\nload"];
    names.push(
      "torch.jit._pickle\nrestore_type_tag",
      "torch.hub\nload",
      "__main__\nTensorID",
      "collections\ndefaultdict",
    );
    for (const name of [...names, "torch._utils\n_rebuild_qtensor", "torch\n__import__", "torch\nconstructor"]) {
      const call = bytes(PROTO, `c${name}\n`, "(", text("true"), "tR.");
      const instance = bytes(PROTO, `c${name}\n`, ")", 0x81, ".");
      const [module, member] = name.split("\n") as [string, string];
      const stacked = bytes(0x80, 4, text(module), text(member), 0x93, ")R.");
      for (const pickle of [call, instance, stacked])
        expect(errorOf(() => torch.load(archive(pickle))).code).toBe("E_DATA");
    }
    // INST and OBJ, and the extension registry: instructions that call.
    for (const code of ["i", "o", bytes(0x82, 1), bytes(0x83, 1, 0), bytes(0x92)]) {
      expect(errorOf(() => torch.load(archive(bytes(PROTO, "(", code, "os\nsystem\n", ".")))).code).toBe("E_DATA");
    }
  });

  it("pickles that are no pickles", () => {
    const wrong: Record<string, Uint8Array> = {
      empty: bytes(),
      "no protocol": bytes("N."),
      "a protocol beyond 5": bytes(0x80, 9, "N."),
      "nothing on the stack": bytes(PROTO, "."),
      "two values": bytes(PROTO, "NN."),
      "no end": bytes(PROTO, "N"),
      "a text beyond the end": bytes(PROTO, "X", 255, 255, 255, 127, "a."),
      "a memo never noted": bytes(PROTO, "h", 3, "."),
      "a memo of nothing": bytes(PROTO, "q", 0, "."),
      "a memo far away": bytes(PROTO, "Nr", 255, 255, 255, 255, "."),
      "a tuple of too few": bytes(PROTO, "N", 0x87, "."),
      "a mark as a value": bytes(PROTO, "(."),
      "no mark": bytes(PROTO, "N", "t."),
      "items for a number": bytes(PROTO, "K", 1, "N", "a."),
      "entries for a list": bytes(PROTO, "]", "(NN", "u."),
      "items for a dictionary": bytes(PROTO, "}", "(NN", 0x90, "."),
      "a set of a number": bytes(PROTO, "c__builtin__\nset\nK", 1, 0x85, "R."),
      "a counter of a list": bytes(PROTO, "ccollections\nCounter\n]", 0x85, "R."),
      "an odd entry": bytes(PROTO, "}", "(N", "u."),
      "a list as a key": bytes(PROTO, "}", "]N", "s."),
      "a call of a number": bytes(PROTO, "K", 1, ")R."),
      "a function as a value": bytes(PROTO, "ccollections\nOrderedDict\n."),
      "a storage as a value": bytes(
        PROTO,
        "(",
        text("storage"),
        "ctorch\nFloatStorage\n",
        text("0"),
        text("cpu"),
        "K",
        0,
        "tQ.",
      ),
      "a storage of no type": bytes(PROTO, "(", text("storage"), "N", text("0"), text("cpu"), "K", 0, "tQ."),
      "a reference that is no storage": bytes(PROTO, text("storage"), "Q."),
      "a state for a number": bytes(PROTO, "K", 1, "N", "b."),
      "an instruction of protocol 0": bytes(PROTO, "I1\n."),
      "an integer of 100,000 bytes": bytes(PROTO, 0x8b, 0xa0, 0x86, 1, 0, new Uint8Array(100_000), "."),
    };
    for (const [what, pickle] of Object.entries(wrong)) {
      expect(errorOf(() => torch.load(archive(pickle))).code, what).toBe("E_DATA");
    }
  });

  /** A tensor of float32 over record 0 of four elements. */
  const tensor = (offset: Uint8Array, size: Uint8Array, stride: Uint8Array, count = 4): Uint8Array => {
    const storage = bytes("(", text("storage"), "ctorch\nFloatStorage\n", text("0"), text("cpu"), "K", count, "tQ");
    const end = bytes(0x89, "ccollections\nOrderedDict\n)RtR.");
    return bytes(PROTO, "ctorch._utils\n_rebuild_tensor_v2\n(", storage, offset, size, stride, end);
  };
  const int = (n: number): Uint8Array => {
    const out = Buffer.alloc(10);
    out[0] = 0x8a;
    out[1] = 8;
    out.writeBigInt64LE(BigInt(n), 2);
    return out;
  };
  const counts = (...n: number[]): Uint8Array => bytes("(", ...n.map(int), "t");
  const record: [string, Uint8Array][] = [["data/0", new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer)]];

  it("tensors that reach out of their storage", () => {
    const good = torch.load<torch.Tensor>(archive(tensor(int(1), counts(3), counts(1)), record));
    expect(good.toArray()).toEqual([2, 3, 4]);
    for (const [offset, size, stride, count] of [
      [2, [3], [1], 4],
      [0, [2], [4], 4],
      [0, [5], [1], 5],
      [-1, [2], [1], 4],
      [0, [2], [-1], 4],
      [0, [-2], [1], 4],
      [0, [2, 2], [1], 4],
      [0, [2 ** 40, 2 ** 40], [1, 1], 4],
      [2 ** 52, [1], [1], 4],
      [0, [2], [2 ** 52], 4],
    ] as [number, number[], number[], number][]) {
      const file = archive(tensor(int(offset), counts(...size), counts(...stride), count), record);
      expect(errorOf(() => torch.load(file)).code, `${offset} ${size} ${stride}`).toBe("E_DATA");
    }
    expect(torch.load<torch.Tensor>(archive(tensor(int(0), counts(0, 9), counts(1, 1)), record)).shape).toEqual([0, 9]);
  });

  it("sets of every protocol, with tensors in them", () => {
    const late = torch.load<Set<unknown>>(archive(bytes(0x80, 4, 0x8f, "(", text("a"), "K", 1, 0x90, ".")));
    expect(late).toEqual(new Set(["a", 1]));
    const early = bytes(PROTO, "cbuiltins\nset\n](", text("a"), "N", "e", 0x85, "R.");
    expect(torch.load<Set<unknown>>(archive(early))).toEqual(new Set(["a", null]));
    const one = tensor(int(0), counts(2), counts(1)).subarray(2, -1);
    const [held] = torch.load<Set<torch.Tensor>>(archive(bytes(0x80, 4, 0x8f, "(", one, 0x90, "."), record));
    expect(held!.toArray()).toEqual([1, 2]);
  });

  it("containers within containers beyond measure", () => {
    const deep = bytes(PROTO, Buffer.alloc(100_000, "]"), Buffer.alloc(99_999, "a"), ".");
    expect(errorOf(() => torch.load(archive(deep))).message).toContain("levels of containers");
    // Each list holds the one before twice: 2^60 of them for whoever copies, 60 for whoever remembers.
    const doubled: (string | number)[] = ["]", "q", 0];
    for (let i = 1; i <= 60; i++) doubled.push("]", "(", "h", i - 1, "h", i - 1, "e", "q", i);
    const levels = torch.load<unknown[]>(archive(bytes(PROTO, ...dropRest(doubled), ".")));
    expect(levels[0]).toBe(levels[1]);
    const own = torch.load<unknown[]>(archive(bytes(PROTO, "]q", 0, "h", 0, "a.")));
    expect(own[0]).toBe(own);
  });

  it("a damaged archive: 300 files with a byte changed, and cut files", () => {
    const whole = fs.readFileSync(fixture("kinds.pth"));
    const file = place("damaged.pth");
    for (let i = 0; i < 300; i++) {
      const damaged = Buffer.from(whole);
      const at = Math.floor((i * whole.length) / 300);
      damaged[at] = damaged[at]! ^ (1 << (i % 8));
      fs.writeFileSync(file, damaged);
      try {
        torch.load(file);
      } catch (error) {
        expect(error).toBeInstanceOf(torch.TorchError);
        expect((error as torch.TorchError).code).toBe("E_DATA");
      }
    }
    for (let i = 0; i < 60; i++) {
      fs.writeFileSync(file, whole.subarray(0, Math.floor((i * whole.length) / 60)));
      expect(errorOf(() => torch.load(file)).code).toBe("E_DATA");
    }
  });
});

/** The doubled lists with nothing else left on the stack: each is dropped once it is remembered. */
function dropRest(parts: (string | number)[]): (string | number)[] {
  const out: (string | number)[] = [];
  let memos = 0;
  for (let i = 0; i < parts.length; i++) {
    out.push(parts[i]!);
    if (parts[i] === "q") {
      out.push(parts[++i]!);
      if (++memos <= 60) out.push("0");
    }
  }
  return out;
}

describe("3. torch.save into .pth", () => {
  it("gradients that are zeros without memory", () => {
    const x = torch.ones([2], { requiresGrad: true });
    const [zeros] = torch.autograd.grad([x.sgn().sum()], [x]);
    torch.save({ zeros, again: zeros }, place("zeros.pth"));
    const read = torch.load(place("zeros.pth"));
    expect([read.zeros!.toArray(), read.again!.toArray()]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
  it("every fixture comes back as it was", () => {
    for (const [name, want] of Object.entries(expected.files)) {
      torch.save(torch.load(fixture(name)), place("again.pth"));
      // A counter is a map here, and saved as any other: a dictionary.
      expectEqual(torch.load(place("again.pth")), JSON.parse(JSON.stringify(want).replaceAll('"counter":', '"dict":')));
    }
  });

  it("values", () => {
    const state = {
      numbers: [
        1,
        -1,
        255,
        2 ** 31,
        -(2 ** 31),
        2 ** 40,
        -(2 ** 53) + 1,
        0.5,
        -0,
        Number.NaN,
        Number.NEGATIVE_INFINITY,
      ],
      big: [2n ** 63n, -(2n ** 63n), 2n ** 200n, -(2n ** 64n)],
      texts: ["", "line\n☃", "\0", "\ud83d\ude00"],
      flags: [true, false, null],
      complex: new torch.Complex(1, -2),
      bytes: Uint8Array.of(0, 128, 255),
      map: new Map<unknown, unknown>([
        [1, "one"],
        ["1", { a: [] }],
      ]),
      proto: JSON.parse('{"__proto__":1}'),
      set: new Set<unknown>(["a", 1, null, 0.5, true]),
      empty: [{}, [], new Map(), new Set()],
    };
    torch.save(state, place("values.pt"));
    const back = torch.load<typeof state>(place("values.pt"));
    expect(back).toEqual({ ...state, empty: [{}, [], {}, new Set()] });
    expect(Object.is(back.numbers[8], -0)).toBe(true);
    expect(Object.hasOwn(back.proto, "__proto__")).toBe(true);
  });

  it("tensors of every dtype, and views with their storage", () => {
    const dtypes = [
      "uint8",
      "int8",
      "int16",
      "int32",
      "int64",
      "float16",
      "float32",
      "float64",
      "bfloat16",
      "bool",
    ] as const;
    const newer = ["uint16", "uint32", "uint64", "float8_e5m2", "float8_e4m3fn", "complex64", "complex128"] as const;
    const base = torch.arange(6).to("float32");
    const state: Record<string, torch.Tensor> = { base, view: base.view(2, 3).t(), one: base.select(0, 5) };
    for (const dtype of [...dtypes, ...newer]) state[dtype] = torch.tensor([0, 1, 1]).to(dtype);
    state.conj = torch.tensor([new torch.Complex(1, 2)]).conj();
    torch.save(state, place("dtypes.pth"));
    const back = torch.load(place("dtypes.pth"));
    for (const [name, t] of Object.entries(state)) {
      expect([back[name]!.dtype, back[name]!.shape, String(back[name]!.bytes())], name).toEqual([
        t.dtype,
        t.shape,
        String(t.resolveConj().bytes()),
      ]);
    }
    expect(back.view!.stride()).toEqual([1, 3]);
    back.base!.fill_(7);
    expect([back.view!.toArray(), back.one!.item()]).toEqual([
      [
        [7, 7],
        [7, 7],
        [7, 7],
      ],
      7,
    ]);
  });

  it("what cannot be saved is named, and an older file stays", () => {
    torch.save({ a: 1 }, place("kept.pth"));
    const loop: unknown[] = [];
    loop.push({ again: loop });
    const wrong: [unknown, string][] = [
      [{ f: () => 1 }, "got a function at f"],
      [{ list: [1, new Date()] }, "got a Date at list.1"],
      [loop, "an object that holds itself at 0.again"],
      [{ meta: torch.empty([1], { device: "meta" }) }, "at meta"],
      [new Map([[{}, 1]]), "a key that is an object"],
      [{ list: ["\ud83d"] }, 'a text with half of a surrogate pair, "\\ud83d", at list.0'],
      [{ inner: { "\ud83d": 1, "\ud83e": 2 } }, "surrogate pair"],
      [new Map([["\udc00", 1]]), "surrogate pair"],
      [{ set: new Set([[1]]) }, "a set with an object in it at set"],
    ];
    for (const [state, message] of wrong) {
      const error = errorOf(() => torch.save(state, place("kept.pth")));
      expect([error.code, error.message]).toEqual(["E_ARG", expect.stringContaining(message)]);
    }
    expect(torch.load(place("kept.pth"))).toEqual({ a: 1 });
    expect(errorOf(() => torch.save({ a: 1 }, place("kept.pth/inside.pth"))).code).toBe("E_DATA");
  });
});
