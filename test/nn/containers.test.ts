import { describe, expect, expectTypeOf, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;
const keysOf = (module: torch.nn.AnyModule) => Object.keys(module.stateDict());
const linear = () => new nn.Linear(2, 2, { bias: false });

describe("Sequential", () => {
  it("runs its modules one after the other, numbered", () => {
    const net = new nn.Sequential(linear(), new nn.ReLU(), linear());
    const x = torch.randn([3, 2]);
    const [a, , b] = [...net];
    expect(net.forward(x).equal(b!.forward(a!.forward(x).relu()))).toBe(true);
    expect(keysOf(net)).toEqual(["0.weight", "2.weight"]);
    expect(net.length).toBe(3);
  });
  it("takes names from an object or a Map, as they are", () => {
    expect(keysOf(new nn.Sequential({ "0_convolution": linear(), normAct: linear() }))).toEqual([
      "0_convolution.weight",
      "normAct.weight",
    ]);
    expect(
      keysOf(
        new nn.Sequential(
          new Map([
            ["10", linear()],
            ["2", linear()],
          ]),
        ),
      ),
    ).toEqual(["10.weight", "2.weight"]);
  });
  it("gives modules by place and by name, and appends", () => {
    const net = new nn.Sequential({ first: linear(), last: new nn.Tanh() });
    expect(net.at("last")).toBe(net.at(-1));
    expect(net.append(linear()).at(2)).toBe(net.at("2"));
    expect(errorOf(() => net.at("nope")).message).toMatch(/expected one of first, last, 2, got "nope"/);
    expect(errorOf(() => net.at(7)).code).toBe("E_ARG");
  });
  it("inserts, takes out and numbers anew, as PyTorch does", () => {
    const [a, b, c, d] = [linear(), new nn.ReLU(), new nn.Tanh(), linear()];
    const net = new nn.Sequential(a, b);
    const x = torch.randn([3, 2]);
    net.forward(x);
    expect([...net.insert(1, c).insert(-1, d)]).toEqual([a, c, d, b]);
    expect(net.forward(x).equal(d.forward(a.forward(x).tanh()).relu())).toBe(true);
    expect([...net.insert(4, c)]).toEqual([a, c, d, b, c]);
    expect([net.pop(), net.pop(1), net.pop(-2)]).toEqual([c, c, d]);
    expect(keysOf(net.extend([d, d]).extend(net))).toEqual([
      "0.weight",
      "2.weight",
      "3.weight",
      "4.weight",
      "6.weight",
      "7.weight",
    ]);
    expect(net.namedChildren().map(([name]) => name)).toEqual(["0", "1", "2"]);
    expect(errorOf(() => net.insert(9, a)).message).toMatch(/\[Sequential\] expected an index from -8 to 8, got 9/);
    expect(errorOf(() => net.pop(8)).message).toMatch(/expected an index from -8 to 7, got 8/);
    expect(errorOf(() => new nn.Sequential().pop()).message).toMatch(/list that is not empty, got -1/);
    expect(errorOf(() => net.extend([a, 3 as unknown as torch.nn.Module])).message).toMatch(/a module as '9', got 3/);
    expect(errorOf(() => net.extend(3 as unknown as [])).message).toMatch(/expected a list, got 3/);
    expect(net.length).toBe(8);
  });
  it("of named modules: slices keep the names, pop numbers, insert refuses, set keeps the place", () => {
    const [a, b, c] = [linear(), new nn.ReLU(), linear()];
    const net = new nn.Sequential({ first: a, act: b, last: c });
    expect(keysOf(net.slice(-1))).toEqual(["last.weight"]);
    expect([...net.slice(0, 2)]).toEqual([a, b]);
    expect(keysOf(new nn.Sequential(a, b, c).slice(1))).toEqual(["2.weight"]);
    expect(errorOf(() => net.insert(1, b)).message).toMatch(
      /modules named by number to insert .* got one named 'first'/,
    );
    expect(net.insert(3, b).at("3")).toBe(b);
    expect(net.pop()).toBe(b);
    expect(keysOf(net)).toEqual(["0.weight", "2.weight"]);
    const x = torch.randn([1, 2]);
    const named = new nn.Sequential({ first: a, act: b });
    named.forward(x);
    expect(named.set("act", new nn.Tanh()).set(0, c).forward(x).equal(c.forward(x).tanh())).toBe(true);
    expect(keysOf(named)).toEqual(["first.weight"]);
    expect(errorOf(() => named.set("nope", b)).message).toMatch(/expected one of first, act, got "nope"/);
    expect(errorOf(() => named.set(2, b)).message).toMatch(/index from -2 to 1, got 2/);
  });
  it("holds one module twice and counts its parameters once", () => {
    const shared = linear();
    const net = new nn.Sequential(shared, new nn.ReLU(), shared);
    expect(net.parameters()).toHaveLength(1);
    expect(keysOf(net)).toEqual(["0.weight", "2.weight"]);
  });
  it("empty gives its input back", () => {
    const x = torch.ones([1]);
    expect(new nn.Sequential().forward(x)).toBe(x);
  });
  it("refuses what is no module, and names with dots", () => {
    expect(errorOf(() => new nn.Sequential(linear(), 3 as unknown as torch.nn.Module)).message).toMatch(
      /\[Sequential\] expected a module as '1', got 3/,
    );
    expect(errorOf(() => new nn.Sequential({ "a.b": linear() })).message).toMatch(/names without dots, got "a.b"/);
  });
  it("can be extended", () => {
    class Block extends nn.Sequential {
      scale = new nn.Parameter(torch.ones([1]));
      constructor() {
        super(linear(), linear());
      }
      override forward(x: torch.Tensor) {
        return super.forward(x).mul(this.scale);
      }
    }
    expect(keysOf(new Block())).toEqual(["scale", "0.weight", "1.weight"]);
    expect(new Block().forward(torch.randn([1, 2])).shape).toEqual([1, 2]);
  });
});

describe("ModuleList", () => {
  it("is a list whose modules are found", () => {
    const list = new nn.ModuleList([linear(), linear()]);
    list.append(linear()).extend([linear()]);
    expect([list.length, keysOf(list)]).toEqual([4, ["0.weight", "1.weight", "2.weight", "3.weight"]]);
    expect(list.at(-1)).toBe([...list][3]);
    const replaced = linear();
    expect(list.set(-1, replaced).at(3)).toBe(replaced);
    expect(list.map((layer, i) => layer.inFeatures * i)).toEqual([0, 2, 4, 6]);
  });
  it("inserts, takes out and slices; names follow the places", () => {
    const [a, b, c] = [linear(), linear(), linear()];
    const list = new nn.ModuleList([a, b]);
    expect([...list.insert(0, c).insert(-1, c).insert(4, a)]).toEqual([c, a, c, b, a]);
    expect([list.pop(), list.pop(0), list.pop(-2)]).toEqual([a, c, c]);
    expect([...list]).toEqual([a, b]);
    expect(keysOf(list)).toEqual(["0.weight", "1.weight"]);
    const part = list.extend(list).slice(1, -1);
    expect([part instanceof nn.ModuleList, part.length, part.at(0)]).toEqual([true, 2, b]);
    expectTypeOf(part.pop()).toEqualTypeOf<torch.nn.Linear>();
    expect(errorOf(() => list.insert(5, a)).message).toMatch(/\[ModuleList\] expected an index from -4 to 4, got 5/);
    expect(errorOf(() => list.pop(4)).message).toMatch(/index from -4 to 3, got 4/);
    expect(errorOf(() => list.insert(0, {} as torch.nn.Linear)).message).toMatch(/expected a module as '0'/);
    expect(errorOf(() => list.extend([a, {} as torch.nn.Linear])).message).toMatch(/expected a module as '5'/);
    expect(list.length).toBe(4);
  });
  it("refuses places that do not exist, what is no module, and being called", () => {
    const list = new nn.ModuleList([linear()]);
    expect(errorOf(() => list.at(1)).message).toMatch(/index from -1 to 0, got 1/);
    expect(errorOf(() => list.at(0.5)).code).toBe("E_ARG");
    expect(errorOf(() => list.append({} as torch.nn.Linear)).message).toMatch(
      /\[ModuleList\] expected a module as '1', got an options object/,
    );
    expect(errorOf(() => list.forward()).help).toMatch(/only holds modules/);
  });
});

describe("ModuleDict", () => {
  it("is a dictionary whose modules are found", () => {
    const dict = new nn.ModuleDict({ a: linear(), camelCase: linear() });
    dict.set("b", linear());
    expect([dict.size, [...dict.keys()], keysOf(dict)]).toEqual([
      3,
      ["a", "camelCase", "b"],
      ["a.weight", "camelCase.weight", "b.weight"],
    ]);
    expect(dict.has("b") && dict.delete("b") && !dict.has("b")).toBe(true);
    expect([...dict].map(([name, m]) => [name, m === dict.get(name)])).toEqual([
      ["a", true],
      ["camelCase", true],
    ]);
    expect([...dict.values()]).toHaveLength(2);
  });
  it("takes others in, and single ones out", () => {
    const [a, b, c] = [linear(), linear(), new nn.ReLU()];
    const dict = new nn.ModuleDict<torch.nn.Linear | torch.nn.ReLU>({ a, b });
    dict
      .update({ b: c })
      .update(new Map([["d", b]]))
      .update([["e", a]])
      .update(new nn.ModuleDict({ f: c }));
    expect([...dict]).toEqual([
      ["a", a],
      ["b", c],
      ["d", b],
      ["e", a],
      ["f", c],
    ]);
    expect([dict.pop("b"), dict.size, dict.has("b")]).toEqual([c, 4, false]);
    expect(errorOf(() => dict.pop("b")).message).toMatch(/expected one of a, d, e, f, got "b"/);
    expect(errorOf(() => dict.update({ g: a, "h.i": b })).message).toMatch(/names without dots, got "h.i"/);
    expect(errorOf(() => dict.update([["a"]] as never)).message).toMatch(/pairs of a name and a member, got \["a"\]/);
    expect(errorOf(() => dict.update(a as never)).message).toMatch(/\[ModuleDict\] expected members by name, got/);
    expect(dict.has("g")).toBe(false);
    expectTypeOf(new nn.ModuleDict({ a, c }).pop("c")).toEqualTypeOf<torch.nn.ReLU>();
    dict.clear();
    expect(keysOf(dict)).toEqual([]);
  });
  it("refuses names that do not exist, and being called", () => {
    const dict = new nn.ModuleDict({ a: linear() });
    expect(errorOf(() => dict.get("z")).message).toMatch(/expected one of a, got "z"/);
    expect(errorOf(() => dict.set("", linear())).code).toBe("E_ARG");
    expect(errorOf(() => dict.forward()).code).toBe("E_ARG");
  });

  it("gives each module by its own class under the names that it was made with", () => {
    const dict = new nn.ModuleDict({ table: new nn.Embedding(4, 2), rnn: new nn.LSTM(2, 3), out: linear() });
    expectTypeOf(dict.get("table")).toEqualTypeOf<torch.nn.Embedding>();
    expectTypeOf(dict.get("rnn")).toEqualTypeOf<torch.nn.LSTM>();
    expectTypeOf(() => dict.get("later")).returns.toEqualTypeOf<torch.nn.Embedding | torch.nn.LSTM | torch.nn.Linear>();
    expectTypeOf([...dict.values()][0]!).toEqualTypeOf<torch.nn.Embedding | torch.nn.LSTM | torch.nn.Linear>();
    expectTypeOf([...dict][0]!).toEqualTypeOf<[string, torch.nn.Embedding | torch.nn.LSTM | torch.nn.Linear]>();
    // @ts-expect-error: what it holds has no such class
    dict.set("relu", new nn.ReLU());
    const [y] = dict.get("rnn").forward(dict.get("table").forward(torch.tensor([[1n, 3n]])));
    expect(y.shape).toEqual([1, 2, 3]);
  });
  it("has one type for all modules where it is filled later, made from a Map, or told so", () => {
    const later = new nn.ModuleDict<torch.nn.Linear>();
    expectTypeOf(later.set("a", linear()).get("a")).toEqualTypeOf<torch.nn.Linear>();
    expectTypeOf(new nn.ModuleDict(new Map([["a", linear()]])).get("a")).toEqualTypeOf<torch.nn.Linear>();
    const mixed = new nn.ModuleDict<torch.nn.AnyModule>({ a: linear(), b: new nn.LSTM(1, 1) });
    expectTypeOf(mixed.get("a")).toEqualTypeOf<torch.nn.AnyModule>();
    const wide: torch.nn.ModuleDict<torch.nn.Linear> = new nn.ModuleDict({ a: linear() });
    const any: torch.nn.ModuleDict<torch.nn.AnyModule> = new nn.ModuleDict({ a: linear(), b: new nn.LSTM(1, 1) });
    // @ts-expect-error: the other one holds more than linear layers
    const narrow: torch.nn.ModuleDict<torch.nn.Linear> = new nn.ModuleDict({ a: linear(), b: new nn.LSTM(1, 1) });
    expect([later, wide, any, narrow].map((dict) => dict.size)).toEqual([1, 1, 2, 2]);
  });
});

describe("ParameterList", () => {
  it("inserts, takes out and slices; what is no parameter becomes one", () => {
    const [a, b] = [new nn.Parameter(torch.ones([1])), new nn.Parameter(torch.ones([2]))];
    const list = new nn.ParameterList([a]).insert(0, b).insert(2, torch.ones([3]));
    expect(list.map((p) => [p instanceof nn.Parameter, p.numel()])).toEqual([
      [true, 2],
      [true, 1],
      [true, 3],
    ]);
    expect([list.pop(0), [...list.slice(0, 1)], keysOf(list)]).toEqual([b, [a], ["0", "1"]]);
    expect(list.extend(list).length).toBe(4);
    expect(errorOf(() => list.extend(torch.ones([2]) as unknown as [])).message).toMatch(
      /expected a list, got float32 \[2\] cpu/,
    );
    expect(errorOf(() => list.pop(9)).message).toMatch(/\[ParameterList\] expected an index from -4 to 3, got 9/);
  });
});

describe("ParameterDict", () => {
  it("takes others in, and single ones out", () => {
    const dict = new nn.ParameterDict([["a", torch.ones([1])]]);
    dict.update({ b: torch.ones([2]) }).update(new nn.ParameterDict({ a: torch.ones([3]) }));
    expect([...dict].map(([name, p]) => [name, p instanceof nn.Parameter, p.numel()])).toEqual([
      ["a", true, 3],
      ["b", true, 2],
    ]);
    expect(dict.setdefault("a", torch.ones([9]))).toBe(dict.get("a"));
    expect(dict.setdefault("c", torch.ones([4])).numel()).toBe(4);
    const copy = dict.copy();
    expect(dict.popitem()).toEqual(["c", copy.get("c")]);
    expect([dict.pop("a"), keysOf(dict), keysOf(copy)]).toEqual([copy.get("a"), ["b"], ["a", "b", "c"]]);
    expect(errorOf(() => dict.update({ d: torch.ones([1]), "e.f": torch.ones([1]) })).code).toBe("E_ARG");
    expect(keysOf(dict)).toEqual(["b"]);
    dict.clear();
    expect(errorOf(() => dict.popitem()).message).toMatch(/expected a parameter to take out, got an empty dictionary/);
  });
});
