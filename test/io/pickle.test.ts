import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";
import { expectEqual, expected, fixture, place } from "./pickle-files.js";

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
