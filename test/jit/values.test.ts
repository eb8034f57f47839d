import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

/** test/reference/jit_values.py: methods for every kind of value. */
const path = fileURLToPath(new URL("../reference/fixtures/jit-values.pt", import.meta.url));
const load = () => torch.jit.load<[x: torch.Tensor, ...rest: unknown[]], [torch.Tensor, ...unknown[]]>(path);
const model = load();
const x = torch.tensor([[1, 2]]);
const y = torch.tensor([3]);

/** Tensors as nested arrays, wherever they are. */
function bare(value: unknown): unknown {
  if (value instanceof torch.Tensor) return value.toArray();
  if (Array.isArray(value)) return value.map(bare);
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, bare(v)]));
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, bare(v)]));
  }
  return value;
}
const run = (method: string, ...inputs: unknown[]): unknown => bare(model.run<unknown>(method, ...inputs));

describe("1. values in and out", () => {
  it("numbers, texts, booleans, and their defaults", () => {
    expect(model.forward(x).slice(1)).toEqual([3, 1, "a!", true]);
    expect(model.forward(x, 5, 2, "b", true).slice(1)).toEqual([6, 4, "b!", false]);
    expect(model.forward(x, undefined, 1.25).slice(1)).toEqual([3, 2.5, "a!", true]);
    expect(model.forward(x, 2n ** 60n).slice(1, 2)).toEqual([2n ** 60n + 1n]);
    expect(model.forward(x, torch.tensor(4n)).slice(1, 2)).toEqual([5]);
  });

  it("lists", () => {
    expect(run("lists", [y, x], [1, 2], [1, 0.5], [true, false], ["a"])).toEqual([
      [[4], [[2, 3]]],
      [2, 3],
      [0.5, 0.25],
      [false, true],
      ["a?"],
    ]);
    expect(run("lists", [], [], [], [], [])).toEqual([[], [], [], [], []]);
    expect(run("lists", [], new Int32Array([7]), new Float64Array([3]), [], [])).toEqual([[], [8], [1.5], [], []]);
  });

  it("dictionaries: objects where all keys are texts, maps otherwise", () => {
    expect(run("dicts", { a: y, __proto__x: y }, new Map([[1, 0.5]]))).toEqual([
      { aa: [6], __proto__x__proto__x: [6] },
      new Map([[2, 0.5]]),
    ]);
    expect(run("dicts", new Map([["a", y]]), new Map())).toEqual([{ aa: [6] }, {}]);
  });

  it("lists of lists, tuples in tuples, lists with gaps", () => {
    expect(run("nested", [[1, 2], [], [3]], [y, [4, "four"]], [1, null, 2])).toEqual([
      6,
      ["four", [3]],
      { lists: [[1, 2], [], [3]] },
      [1, 2],
    ]);
  });

  it("optional, union, any, named tuple, device, complex", () => {
    expect(run("optional")).toBeNull();
    expect(run("optional", y)).toEqual([9]);
    expect(run("optional", y, null)).toEqual([3]);
    expect(run("point", [y, "p"])).toEqual([[4], "p'"]);
    expect([run("either", 1), run("either", "one")]).toEqual(["int", "str one"]);
    const kinds = [y, 1, 1.5, "s", [1, 2], { a: y }, ["a"]].map((value) => run("kind", value));
    expect(kinds).toEqual(["tensor", "int", "float", "str", "ints", "tensors", "other"]);
    expect(run("device", "cpu", new torch.Complex(1, 2))).toEqual(["cpu", new torch.Complex(2, 4)]);
  });

  it("attributes", () => {
    expect(model.attributes().sort()).toEqual(["names", "rate"]);
    expect([model.attribute("names"), model.attribute("rate")]).toEqual([["cat", "dog"], 0.25]);
    expect(errorOf(() => model.attribute("nothing")).code).toBe("E_ARG");
  });
});

describe("2. values that do not fit", () => {
  it("are errors with the argument's name, and leak nothing", () => {
    const wrong: [string, unknown[], string][] = [
      ["forward", [x, 1.5], "expected an integer, got 1.5 for 'n'"],
      ["forward", [x, "2"], "expected an integer, got a string for 'n'"],
      ["lists", [y, [], [], [], []], "expected a list, got a tensor for 'xs'"],
      ["lists", [["x"], [], [], [], []], "expected a tensor, got a string for 'xs'"],
      ["dicts", [[], new Map()], "expected a dictionary, got a list for 'd'"],
      ["nested", [[[1]], [y, [1]], []], "expected 2 items"],
      ["either", [1.5], "for 'v'"],
      ["device", ["nowhere", 1], "for 'd'"],
      ["device", [3, 1], "expected a device, got a number for 'd'"],
    ];
    const { tensors } = torch.memory();
    for (const [method, inputs, message] of wrong) {
      const error = errorOf(() => model.run(method, ...inputs));
      expect([error.code, error.message], `${method} ${message}`).toEqual(["E_ARG", expect.stringContaining(message)]);
      expect(error.message.startsWith(`[Values.${method}]`)).toBe(true);
    }
    torch.collectGarbage();
    expect(torch.memory().tensors).toBeLessThanOrEqual(tensors);
  });

  it("what a script raises", () => {
    const error = errorOf(() => model.run("fails", y));
    expect([error.code, error.message]).toEqual(["E_TORCH", expect.stringContaining("this script always raises")]);
  });
});

describe("3. structure", () => {
  it("a parameter under two names is one object and counts once, as in Python", () => {
    const { shared, again } = model as unknown as Record<string, { weight: torch.nn.Parameter }>;
    expect(shared!.weight).toBe(again!.weight);
    expect(model.namedParameters().map(([name]) => name)).toEqual(["weight", "shared.weight", "shared.bias"]);
    expect(model.namedModules().map(([name]) => name)).toEqual(["", "counter", "shared", "again"]);
    expect(Object.keys(model.stateDict())).toEqual([
      "weight",
      "counter.total",
      "shared.weight",
      "shared.bias",
      "again.weight",
      "again.bias",
    ]);
  });

  it("buffers of any module in training stay as they are in a SAM step's second pass", () => {
    const own = load();
    const total = own.namedBuffers().find(([name]) => name === "counter.total")![1];
    const optimizer = new torch.optim.SAM(own.parameters(), torch.optim.SGD, { lr: 0.1 });
    optimizer.step(() => {
      const loss = own.forward(x)[0].square().sum();
      loss.backward();
      return loss;
    });
    expect(total.toArray()).toEqual([1, 2]);
    own.eval().forward(x);
    expect(total.toArray()).toEqual([1, 2]);
  });
});
