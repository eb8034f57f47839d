import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;
const net = () => new nn.Sequential({ fc: new nn.Linear(2, 3), norm: new nn.BatchNorm1d(3) });
const valuesOf = (module: torch.nn.AnyModule) =>
  Object.fromEntries(Object.entries(module.stateDict()).map(([key, t]) => [key, Array.from(t.dataSync(), Number)]));

describe("stateDict", () => {
  it("shares storage, and takes no part in the graph", () => {
    const model = net();
    const state = model.stateDict();
    expect(Object.values(state).some((t) => t.requiresGrad)).toBe(false);
    state["fc.bias"]!.fill_(7);
    expect(model.parameters()[1]!.toArray()).toEqual([7, 7, 7]);
  });
  it("of a module that holds itself does not run for ever", () => {
    class Knot extends nn.Module {
      weight = new nn.Parameter(torch.ones([1]));
      self: torch.nn.AnyModule = this;
      forward(x: torch.Tensor) {
        return x;
      }
    }
    expect(Object.keys(new Knot().stateDict())).toEqual(["weight"]);
    expect(new Knot().parameters()).toHaveLength(1);
  });
});

describe("loadStateDict", () => {
  it("copies values in place: same objects, same storage", () => {
    const [from, to] = [net(), net()];
    const before = to.parameters().map((p) => [p, p.dataPtr()] as const);
    expect(to.loadStateDict(from.stateDict())).toEqual({ missingKeys: [], unexpectedKeys: [] });
    expect(valuesOf(to)).toEqual(valuesOf(from));
    for (const [i, p] of to.parameters().entries()) expect([p, p.dataPtr()]).toEqual(before[i]);
    expect(to.parameters().every((p) => p.requiresGrad && p.isLeaf)).toBe(true);
  });

  it("takes a Map, and casts to the module's dtype", () => {
    const [from, to] = [net().double(), net()];
    to.loadStateDict(new Map(Object.entries(from.stateDict())));
    expect(to.parameters()[0]!.dtype).toBe("float32");
    const [a, b] = [to.parameters()[0]!, from.parameters()[0]!.to("float32")];
    expect(a.equal(b)).toBe(true);
  });

  it("lists everything that does not fit, and then changes nothing", () => {
    const model = net();
    const before = valuesOf(model);
    const state: Record<string, torch.Tensor> = { ...net().stateDict() };
    delete state["fc.weight"];
    state["fc.bias"] = torch.ones([4]);
    state["norm.weight"] = torch.complex(torch.ones([3]), torch.ones([3]));
    state["norm.bias"] = torch.ones([3]);
    state["norm.bias"].dispose();
    state["norm.running_mean"] = "no tensor" as unknown as torch.Tensor;
    state["norm.running_var"] = torch.empty([3], { device: "meta" });
    state.extra = torch.ones([1]);
    const error = errorOf(() => model.loadStateDict(state));
    expect(error.code).toBe("E_CHECKPOINT");
    expect(error.message).toMatchInlineSnapshot(`
      "[loadStateDict] expected the state of Sequential, got one that does not fit; nothing was changed
        missing: "fc.weight"
        unexpected: "extra"
        "fc.bias": expected shape [3], got [4]
        "norm.weight": expected real numbers (float32), got complex64
        "norm.bias": expected a tensor, got a disposed one
        "norm.running_mean": expected a tensor, got "no tensor"
        "norm.running_var": expected values on cpu, got meta
        help: { strict: false } loads what fits by name"
    `);
    expect(valuesOf(model)).toEqual(before);
  });

  it("strict: false loads what is there and reports the rest; a wrong shape stays an error", () => {
    const [from, to] = [net(), net()];
    const state: Record<string, torch.Tensor> = { ...from.stateDict(), extra: torch.ones([1]) };
    delete state["fc.weight"];
    expect(to.loadStateDict(state, { strict: false })).toEqual({
      missingKeys: ["fc.weight"],
      unexpectedKeys: ["extra"],
    });
    expect(valuesOf(to)["fc.bias"]).toEqual(valuesOf(from)["fc.bias"]);
    expect(valuesOf(to)["fc.weight"]).not.toEqual(valuesOf(from)["fc.weight"]);

    const before = valuesOf(to);
    state["norm.bias"] = torch.ones([1, 3]);
    state["fc.bias"] = torch.zeros([3]);
    const error = errorOf(() => to.loadStateDict(state, { strict: false }));
    expect(error.message).toMatch(/"norm.bias": expected shape \[3\], got \[1, 3\]/);
    expect(error.help).toBeUndefined();
    expect(valuesOf(to)).toEqual(before);
  });

  it("files without batch norm's counter are fine, as in PyTorch", () => {
    const state: Record<string, torch.Tensor> = { ...net().stateDict() };
    delete state["norm.num_batches_tracked"];
    expect(net().loadStateDict(state).missingKeys).toEqual([]);
  });

  it("refuses what is no state", () => {
    for (const bad of [null, 3, torch.ones([1])]) {
      expect(errorOf(() => net().loadStateDict(bad as unknown as Record<string, torch.Tensor>)).code).toBe("E_ARG");
    }
  });

  it("works inside a graph's life: parameters that took part in one can still be loaded", () => {
    const [from, to] = [net(), net()];
    const loss = to.forward(torch.randn([4, 2])).sum();
    to.loadStateDict(from.stateDict());
    expect(valuesOf(to)["fc.weight"]).toEqual(valuesOf(from)["fc.weight"]);
    loss.dispose();
  });
});
