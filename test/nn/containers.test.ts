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
