import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { fixture } from "./fixtures.js";

const { nn } = torch;

/** The own module of the documentation, in ten lines. */
class Net extends nn.Module {
  hidden = new nn.Linear(4, 8);
  out = new nn.Linear(8, 2);

  forward(x: torch.Tensor) {
    return this.out.forward(this.hidden.forward(x).relu());
  }
}

/** The module of test/reference/nn_modules.py. */
class Structure extends nn.Module {
  scale = new nn.Parameter(torch.ones([2]));
  mean = this.registerBuffer("mean", torch.zeros([3]));
  scratch = this.registerBuffer("scratch", torch.zeros([3]), { persistent: false });
  layers = new nn.ModuleList([new nn.Linear(2, 3), new nn.BatchNorm1d(3)]);
  body = new nn.Sequential(
    new nn.Conv2d(1, 2, 3, { bias: false }),
    new nn.ReLU(),
    new nn.Sequential(new nn.Linear(2, 2)),
  );
  named = new nn.ModuleDict<torch.nn.AnyModule>({ first: new nn.PReLU(), second: new nn.Embedding(4, 2) });
  tied = this.layers.at(0);

  forward(x: torch.Tensor) {
    return x;
  }
}

describe("an own module", () => {
  it("learns: ten lines, two layers, a few steps of SGD", () => {
    torch.manualSeed(0);
    const net = new Net();
    const x = torch.randn([64, 4]);
    const y = x.index("...", 0).gt(0).to("int64");
    const optimizer = new torch.optim.SGD(net.parameters(), { lr: 0.5 });
    const losses = Array.from({ length: 60 }, () =>
      torch.tidy(() => {
        const loss = nn.functional.crossEntropy(net.forward(x), y);
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        return loss.itemNumber();
      }),
    );
    expect(losses.at(-1)).toBeLessThan(0.2 * losses[0]!);
  });

  it("forward and call are the same, and typed by the class", () => {
    class Pair extends nn.Module<[torch.Tensor, torch.Tensor], [torch.Tensor, torch.Tensor]> {
      forward(a: torch.Tensor, b: torch.Tensor): [torch.Tensor, torch.Tensor] {
        return [a.add(b), a.sub(b)];
      }
    }
    const [sum, difference] = new Pair().call(torch.tensor([3]), torch.tensor([1]));
    expect([sum.item(), difference.item()]).toEqual([4, 2]);
    const any: torch.nn.AnyModule = new Pair();
    expect(any.parameters()).toEqual([]);
  });

  it("has names that follow PyTorch's spelling", () => {
    class Dressed extends nn.Module {
      normAct = new nn.BatchNorm1d(2);
      fc1 = new nn.Linear(2, 2, { bias: false });
      W_q = new nn.Parameter(torch.ones([1]));
      inProjWeight = new nn.Parameter(torch.ones([1]));
      bnReLU = new nn.PReLU();
      snake_case = new nn.PReLU();
      forward(x: torch.Tensor) {
        return x;
      }
    }
    expect(Object.keys(new Dressed().stateDict())).toEqual([
      "W_q",
      "in_proj_weight",
      "norm_act.weight",
      "norm_act.bias",
      "norm_act.running_mean",
      "norm_act.running_var",
      "norm_act.num_batches_tracked",
      "fc1.weight",
      "bn_re_lu.weight",
      "snake_case.weight",
    ]);
  });

  it("with two properties of one name in state dicts is an error", () => {
    class Twice extends nn.Module {
      normAct = new nn.PReLU();
      norm_act = new nn.PReLU();
      forward(x: torch.Tensor) {
        return x;
      }
    }
    expect(errorOf(() => new Twice().parameters()).message).toMatch(/one member called 'norm_act'/);
  });

  it("with modules in a plain array is an error that says what to do", () => {
    class Lost extends nn.Module {
      layers = [new nn.Linear(2, 2), new nn.Linear(2, 2)];
      forward(x: torch.Tensor) {
        return this.layers.reduce((h, layer) => layer.forward(h), x);
      }
    }
    const error = errorOf(() => new Lost().parameters());
    expect(error.code).toBe("E_ARG");
    expect(error.message).toMatch(/\[Lost\] expected modules in an nn.ModuleList, got a plain array in 'layers'/);
    expect(() => new Lost().stateDict()).toThrow(/ModuleList/);
  });

  it("may keep an array of what it holds anyway, and hide modules in a #private property", () => {
    class Fine extends nn.Module {
      a = new nn.Linear(2, 2);
      order = [this.a];
      #teacher = [new nn.Linear(2, 2)];
      forward(x: torch.Tensor) {
        return this.#teacher[0]!.forward(x);
      }
    }
    expect(new Fine().namedParameters().map(([name]) => name)).toEqual(["a.weight", "a.bias"]);
  });
});

describe("what a module holds", () => {
  interface Expected {
    stateDict: [string, number[]][];
    namedParameters: string[];
    namedBuffers: string[];
    namedModules: string[];
    text: string;
  }
  const { structure } = fixture<{ structure: Expected }>("nn-init.json.gz");
  const net = new Structure();

  it("state dict, parameters, buffers and modules, in Python PyTorch's order", () => {
    expect(Object.entries(net.stateDict()).map(([key, t]) => [key, t.shape])).toEqual(structure.stateDict);
    expect(net.namedParameters().map(([name]) => name)).toEqual(structure.namedParameters);
    expect(net.namedBuffers().map(([name]) => name)).toEqual(structure.namedBuffers);
    expect(net.namedModules().map(([name]) => name)).toEqual(structure.namedModules);
  });

  it("modules, parameters and buffers by their paths", () => {
    for (const [path, module] of net.namedModules()) expect(net.getSubmodule(path)).toBe(module);
    for (const [path, parameter] of net.namedParameters()) expect(net.getParameter(path)).toBe(parameter);
    for (const [path, buffer] of net.namedBuffers()) expect(net.getBuffer(path)).toBe(buffer);
    expect(net.getSubmodule("")).toBe(net);
    expect(net.getSubmodule<torch.nn.Linear>("tied").inFeatures).toBe(2);
  });
  it("a path that leads nowhere is an error that names what there is, and the nearest", () => {
    const missing = errorOf(() => net.getSubmodule("bodi.0"));
    expect([missing.code, missing.message]).toEqual([
      "E_ARG",
      expect.stringContaining("expected one of the modules layers, body, named, tied of Structure, got 'bodi'"),
    ]);
    expect(missing.help).toBe("did you mean 'body'?");
    const deep = errorOf(() => net.getBuffer("layers.1.runningMean"));
    expect(deep.message).toMatch(
      /running_mean, running_var, num_batches_tracked of BatchNorm1d at 'layers.1', got 'runn/,
    );
    expect(deep.help).toBe("did you mean 'layers.1.running_mean'?");
    expect(errorOf(() => net.getSubmodule("body.7")).help).toBeUndefined();
    expect(errorOf(() => net.getParameter("body.1.weight")).message).toMatch(
      /expected ReLU at 'body.1' to have parameters/,
    );
    const other = errorOf(() => net.getParameter("layers.1.running_var"));
    expect(other.message).toMatch(/\[getParameter\] expected a parameter at 'layers.1.running_var', got a buffer/);
    expect(other.help).toBe("getBuffer gives buffers");
    expect(errorOf(() => net.getParameter("")).code).toBe("E_ARG");
    expect(errorOf(() => net.getSubmodule(3 as unknown as string)).message).toMatch(/expected a path such as .* got 3/);
  });

  it("shared modules count once, and stand in the state dict under each name", () => {
    expect(net.parameters().filter((p) => p === net.tied.parameters()[0])).toHaveLength(1);
    const state = net.stateDict();
    expect(state["tied.weight"]!.dataPtr()).toBe(state["layers.0.weight"]!.dataPtr());
  });

  it("prefixes, own members only, children", () => {
    expect(net.namedParameters({ recurse: false }).map(([name]) => name)).toEqual(["scale"]);
    expect(net.namedBuffers({ recurse: false, prefix: "net" }).map(([name]) => name)).toEqual([
      "net.mean",
      "net.scratch",
    ]);
    expect(Object.keys(new nn.Linear(1, 1).stateDict({ prefix: "fc." }))).toEqual(["fc.weight", "fc.bias"]);
    expect(net.namedChildren().map(([name]) => name)).toEqual(["layers", "body", "named", "tied"]);
    const shared = new nn.ReLU();
    expect(new nn.Sequential(shared, new nn.Tanh(), shared).namedChildren().map(([name]) => name)).toEqual(["0", "1"]);
  });

  it("prints like PyTorch, in TypeScript's dress", () => {
    expect(String(net)).toMatchInlineSnapshot(`
      "Structure(
        (layers): ModuleList(
          (0): Linear(inFeatures=2, outFeatures=3, bias=true)
          (1): BatchNorm1d(3, eps=0.00001, momentum=0.1, affine=true, bias=true, trackRunningStats=true)
        )
        (body): Sequential(
          (0): Conv2d(1, 2, kernelSize=[3, 3], stride=[1, 1], bias=false)
          (1): ReLU()
          (2): Sequential(
            (0): Linear(inFeatures=2, outFeatures=2, bias=true)
          )
        )
        (named): ModuleDict(
          (first): PReLU(numParameters=1)
          (second): Embedding(4, 2)
        )
        (tied): Linear(inFeatures=2, outFeatures=3, bias=true)
      )"
    `);
    const outline = (text: string) => text.replace(/(\w+)\(.*\)$/gm, "$1").replaceAll("Net(", "Structure(");
    expect(outline(String(net))).toBe(outline(structure.text));
    expect(inspect(net)).toBe(String(net));
  });

  it("extraRepr of several lines, and runs of equal modules", () => {
    class Wordy extends nn.Module {
      list = new nn.ModuleList([new nn.ReLU(), new nn.ReLU(), new nn.ReLU(), new nn.Tanh()]);
      override extraRepr() {
        return "first\nsecond";
      }
      forward(x: torch.Tensor) {
        return x;
      }
    }
    expect(String(new Wordy())).toMatchInlineSnapshot(`
      "Wordy(
        first
        second
        (list): ModuleList(
          (0-2): 3 x ReLU()
          (3): Tanh()
        )
      )"
    `);
  });
});

describe("registering", () => {
  const module = () => new nn.Identity();

  it("buffers: in the state dict or not, null until later", () => {
    const m = module();
    m.registerBuffer("a", torch.ones([1]));
    m.registerBuffer("b", torch.ones([1]), { persistent: false });
    m.registerBuffer("c", null);
    expect(Object.keys(m.stateDict())).toEqual(["a"]);
    expect(m.namedBuffers().map(([name]) => name)).toEqual(["a", "b"]);
    m.registerBuffer("c", torch.ones([2]));
    expect(Object.keys(m.stateDict())).toEqual(["a", "c"]);
  });

  it("parameters and modules under names known at run time", () => {
    const m = module();
    for (let i = 0; i < 2; i++) m.registerParameter(`w${i}`, new nn.Parameter(torch.ones([1])));
    m.registerModule("head", new nn.Linear(1, 1, { bias: false }));
    m.registerParameter("none", null);
    expect(m.namedParameters().map(([name]) => name)).toEqual(["w0", "w1", "head.weight"]);
  });

  it("refuses bad names, taken names and bad values", () => {
    const m = module();
    const t = torch.ones([1]);
    expect(errorOf(() => m.registerBuffer("", t)).message).toMatch(/expected a name without dots, got ""/);
    expect(errorOf(() => m.registerBuffer("a.b", t)).message).toMatch(/without dots, got "a.b"/);
    expect(errorOf(() => m.registerBuffer("forward", t)).message).toMatch(/'forward', which Identity has already/);
    expect(errorOf(() => m.registerBuffer("x", 3 as unknown as torch.Tensor)).message).toMatch(
      /expected a tensor or null for 'x', got 3/,
    );
    const error = errorOf(() => m.registerParameter("w", t as torch.nn.Parameter));
    expect(error.message).toMatch(/expected a Parameter or null for 'w', got float32 \[1\] cpu/);
    expect(error.help).toMatch(/new nn.Parameter/);
    expect(errorOf(() => m.registerModule("w", t as unknown as torch.nn.Module)).message).toMatch(/expected a Module/);
  });
});

describe("whole modules", () => {
  it("train and eval reach every module inside", () => {
    const net = new Structure();
    expect(net.eval()).toBe(net);
    expect(net.modules().every((m) => !m.training)).toBe(true);
    net.train();
    expect(net.modules().every((m) => m.training)).toBe(true);
  });

  it("apply visits children before their parents", () => {
    const order: string[] = [];
    new nn.Sequential({ a: new nn.Sequential({ b: new nn.ReLU() }), c: new nn.Tanh() }).apply((m) => {
      order.push(m.constructor.name);
    });
    expect(order).toEqual(["ReLU", "Sequential", "Tanh", "Sequential"]);
  });

  it("zeroGrad sets gradients to null, or to zero in place", () => {
    const net = new Net();
    net
      .forward(torch.randn([3, 4]))
      .sum()
      .backward();
    net.zeroGrad({ setToNone: false });
    expect(net.out.bias!.grad!.toArray()).toEqual([0, 0]);
    net.zeroGrad();
    expect(net.parameters().every((p) => p.grad === null)).toBe(true);
  });

  it("requiresGrad_ freezes", () => {
    const net = new Net().requiresGrad_(false);
    expect(net.forward(torch.randn([3, 4])).requiresGrad).toBe(false);
    net.requiresGrad_();
    expect(net.parameters().every((p) => p.requiresGrad)).toBe(true);
  });

  it("dispose frees parameters and buffers; using it afterwards is an error", () => {
    const { tensors } = torch.memory();
    const norm = new nn.BatchNorm2d(3);
    expect(torch.memory().tensors).toBe(tensors + 5);
    norm.dispose();
    expect(torch.memory().tensors).toBe(tensors);
    expect(errorOf(() => norm.forward(torch.randn([2, 3, 4, 4]))).code).toBe("E_DISPOSED");
  });
});

describe("Parameter", () => {
  it("is a leaf that requires grad, shares storage, and is a Tensor", () => {
    const data = torch.ones([2]).mul(3);
    const p = new nn.Parameter(data);
    expect(p).toBeInstanceOf(torch.Tensor);
    expect([p.isLeaf, p.requiresGrad, p.gradFn]).toEqual([true, true, null]);
    data.add_(1);
    expect(p.toArray()).toEqual([4, 4]);
    expect(new nn.Parameter(data, { requiresGrad: false }).requiresGrad).toBe(false);
  });
  it("is cut off from the graph of its data", () => {
    const x = torch.ones([2], { requiresGrad: true });
    expect(new nn.Parameter(x.mul(2)).isLeaf).toBe(true);
  });
  it("prints what it is", () => {
    expect(String(new nn.Parameter(torch.ones([1])))).toMatch(/^Parameter containing:\ntensor\(/);
    expect(Object.prototype.toString.call(new nn.Parameter(torch.ones([1])))).toBe("[object Parameter]");
  });
  it("refuses integers that should require grad, and what is not a tensor", () => {
    expect(() => new nn.Parameter(torch.tensor([1n]))).toThrow(/floating point or complex/);
    expect(new nn.Parameter(torch.tensor([1n]), { requiresGrad: false }).dtype).toBe("int64");
    expect(() => new nn.Parameter([1] as unknown as torch.Tensor)).toThrow(
      /\[Parameter\] expected a tensor, got \[1\]/,
    );
  });
});
