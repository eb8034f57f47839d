import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { pieces } from "../../lib/io/pieces.js";
import { native } from "../../lib/native.js";
import { Checkpoint } from "../../lib/train/checkpoint.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";
import { fixturePath, index } from "./fixtures.js";
import { temporaryDirectory } from "./tiny-disk.js";

const usual = pieces.bytes;
const SMALL = 4096;
let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  pieces.bytes = usual;
  vi.restoreAllMocks();
  directory[Symbol.dispose]();
});
const place = (name: string) => path.join(directory.path, name);

/** Tensors of many pieces, the last of them short, and of none. */
function manyPieces(): Record<string, torch.Tensor> {
  const x = torch.arange(30_001, { dtype: "float32" });
  return {
    x,
    view: x.narrow(0, 1, 30_000).view(300, 100).t(),
    half: x.to("bfloat16"),
    bits: x.gt(77),
    complex: torch.complex(x, x.neg()).conj(),
    spread: torch.tensor([[1], [2]], { dtype: "int16" }).expand(2, 5000),
    one: torch.tensor(5),
    none: torch.zeros([0, 3]),
  };
}

/** The most bytes that a call of one of node:fs's functions takes while `run` runs. */
function longest(call: "readSync" | "writeSync", run: () => void): number {
  const spy = vi.spyOn(fs, call);
  run();
  const lengths = spy.mock.calls.map(([, , , length]) => length as unknown as number);
  spy.mockRestore();
  return Math.max(...lengths);
}

function expectSame(got: Record<string, torch.Tensor>, want: Record<string, torch.Tensor>): void {
  expect(Object.keys(got).sort()).toEqual(Object.keys(want).sort());
  for (const [name, tensor] of Object.entries(want)) {
    expect([got[name]!.dtype, got[name]!.shape], name).toEqual([tensor.dtype, tensor.shape]);
    expect(Buffer.compare(got[name]!.bytes(), tensor.bytes()), name).toBe(0);
  }
}

describe("1. files larger than a piece", () => {
  for (const name of ["a.safetensors", "a.pth"]) {
    it(`${name}: the same bytes as at once, and back`, () => {
      const state = manyPieces();
      torch.save(state, place(`whole-${name}`));
      pieces.bytes = SMALL;
      expect(longest("writeSync", () => torch.save(state, place(name)))).toBeLessThanOrEqual(SMALL);
      expect(fs.readFileSync(place(name)).equals(fs.readFileSync(place(`whole-${name}`)))).toBe(true);
      let back: Record<string, torch.Tensor> = {};
      const read = () => {
        back = torch.load(place(name));
      };
      if (name === "a.pth") read();
      else expect(longest("readSync", read)).toBeLessThanOrEqual(SMALL);
      expectSame(back, state);
    });
  }

  it("state of any nesting, with typed arrays", () => {
    pieces.bytes = SMALL;
    const array = Float64Array.from({ length: 5000 }, (_, i) => i / 3);
    torch.save({ nested: [manyPieces().x, array] }, place("nested"));
    const [x, numbers] = torch.load<{ nested: [torch.Tensor, Float64Array] }>(place("nested")).nested;
    expect(x.equal(torch.arange(30_001, { dtype: "float32" }))).toBe(true);
    expect(numbers).toEqual(array);
  });

  it("npy: of every type, either order of bytes, either order of axes", () => {
    pieces.bytes = 16;
    for (const name of Object.keys(index.npy)) {
      const there = torch.loadNpy(fixturePath(name));
      expect([there.dtype, there.shape, Buffer.from(there.bytes()).toString("base64")], name).toEqual([
        index.npy[name]!.dtype,
        index.npy[name]!.shape,
        index.npy[name]!.data,
      ]);
      expect(there.isContiguous()).toBe(true);
      torch.saveNpy(there, place("again.npy"));
      if (index.npy[name]!.canonical)
        expect(fs.readFileSync(place("again.npy")).equals(fs.readFileSync(fixturePath(name))), name).toBe(true);
    }
    for (const cut of [0, 9, 11, 40, 128]) {
      fs.writeFileSync(place("cut.npy"), fs.readFileSync(fixturePath("float32.npy")).subarray(0, cut));
      expect(errorOf(() => torch.loadNpy(place("cut.npy"))).code).toBe("E_DATA");
    }
  });

  it("a checkpoint, whose checksum sees every piece", () => {
    const parts = () => {
      const model = new torch.nn.Linear(100, 70);
      return { model, generator: new torch.Generator().manualSeed(3) };
    };
    const saved = parts();
    new Checkpoint(place("whole"), saved).save({ epoch: 1 });
    pieces.bytes = SMALL;
    expect(longest("writeSync", () => new Checkpoint(place("run"), saved).save({ epoch: 1 }))).toBeLessThanOrEqual(
      SMALL,
    );
    const bytes = fs.readFileSync(place("run"));
    expect(bytes.equals(fs.readFileSync(place("whole")))).toBe(true);
    const loaded = parts();
    expect(new Checkpoint(place("run"), loaded).load()).toEqual({ epoch: 1 });
    expect(loaded.model.weight.equal(saved.model.weight)).toBe(true);
    bytes[bytes.length - 10_000]! ^= 1;
    fs.writeFileSync(place("run"), bytes);
    expect(errorOf(() => new Checkpoint(place("run"), loaded).load()).message).toContain("checksum differs");
  });

  it("a checkpoint that does not fit gives tensors of many pieces back", () => {
    pieces.bytes = SMALL;
    const part = {
      stateDict: () => ({ fits: false }),
      loadStateDict: (state: unknown) => {
        if (!(state as { fits: boolean }).fits) throw new RangeError("does not fit");
      },
    };
    new Checkpoint(place("run"), { model: new torch.nn.Linear(100, 70), part }).save();
    const model = new torch.nn.Linear(100, 70);
    const before = model.weight.clone();
    const own = { model, part: { ...part, stateDict: () => ({ fits: true }) } };
    expect(errorOf(() => new Checkpoint(place("run"), own).load()).code).toBe("E_CHECKPOINT");
    expect(model.weight.equal(before)).toBe(true);
  });

  it("leaves no tensor behind but those it gives, and none where a file cannot be written", () => {
    pieces.bytes = SMALL;
    const state = manyPieces();
    const before = liveMemory().tensors;
    torch.save(state, place("a.safetensors"));
    torch.saveNpy(state.view!, place("a.npy"));
    const read = torch.load(place("a.safetensors"));
    const npy = torch.loadNpy(place("a.npy"));
    expect(liveMemory().tensors).toBe(before + Object.keys(read).length + 1);
    vi.spyOn(fs, "writeSync").mockImplementation(() => {
      throw new Error("full");
    });
    expect(() => torch.save(state, place("b.safetensors"))).toThrow("full");
    expect(liveMemory().tensors).toBe(before + Object.keys(read).length + 1);
    npy.dispose();
  });
});

describe("2. pieces of an archive", () => {
  it("are at most as long as asked, and share their memory", () => {
    const given: Uint8Array[] = [];
    native.archiveWrite([["data.pkl", new Uint8Array(1000)]], (piece) => given.push(piece), 300);
    expect(Math.max(...given.map((piece) => piece.byteLength))).toBe(300);
    const shared = given.filter((piece) => piece.buffer.byteLength === 300);
    expect(shared.map((piece) => piece.byteLength)).toEqual(expect.arrayContaining([300, 300, 300, 100]));
  });
});

describe("3. where one typed array would have to take it all", () => {
  it("an E_ARG error says how to go about it", () => {
    // No memory is behind them: one element, seen 2^50 times.
    for (const dtype of ["uint8", "bfloat16", "float64"] as const) {
      const x = torch.zeros([1], { dtype }).expand(2 ** 50);
      for (const read of [() => x.dataSync(), () => x.bytes(), () => x.toArray()]) {
        const error = errorOf(read);
        expect([error.code, error.message]).toEqual(["E_ARG", expect.stringMatching(/one typed array .* got \d{16}/)]);
        expect(error.help).toContain("narrow");
      }
    }
  });
});
