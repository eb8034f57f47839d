import fs from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { archive, bytes, expected, fixture, PROTO, place, text } from "./pickle-files.js";

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
