import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import {
  BASE,
  bits,
  countFactors,
  expectSame,
  type Net,
  type Problem,
  plainLoss,
  relative,
  tidyUp,
} from "./factored-problem.js";

/*
 * Linear layers whose weight has other holders, who read its memory themselves: modules of TorchScript, and parameters with a name of their own for it.
 */

const { jit, nn, optim } = torch;

afterEach(tidyUp);

const smooth = (y: torch.Tensor) => y.sin().add(y.square().mul(0.1)).mean();

describe("a module of TorchScript has the weight too", () => {
  interface Values extends torch.jit.ScriptModule<[torch.Tensor], [torch.Tensor]> {
    counter: torch.jit.ScriptModule & { total: torch.Tensor };
    shared: torch.jit.ScriptModule & { weight: torch.nn.Parameter; bias: torch.nn.Parameter };
    weight: torch.nn.Parameter;
  }
  /**
   * The script of test/reference/jit_values.py with larger weights, and a layer over those of its `shared`. The script itself goes through
   * that one twice, and adds what it is given to the buffer `counter.total`.
   */
  class Both extends nn.Module<[torch.Tensor]> {
    readonly script = jit.load(
      fileURLToPath(new URL("../../reference/fixtures/jit-values.pt", import.meta.url)),
    ) as unknown as Values;
    readonly layer: torch.nn.Linear;

    constructor(inputs = 160, outputs = inputs) {
      super();
      const { counter, shared } = this.script;
      shared.weight.setData(torch.randn([outputs, inputs]).div(12));
      shared.bias.setData(torch.randn([outputs]));
      this.script.weight.setData(torch.randn([outputs]));
      counter.total.setData(torch.zeros([inputs]));
      this.layer = new nn.Linear(inputs, outputs);
      this.layer.weight = shared.weight;
      this.layer.bias = shared.bias;
    }
    forward(x: torch.Tensor) {
      return this.layer.forward(x);
    }
    /** The script's own layer. */
    once(x: torch.Tensor) {
      return this.script.shared.forward(x);
    }
  }
  type Loss = (net: Both, x: torch.Tensor, pass: number) => torch.Tensor;
  const ours: Loss = (net, x) => smooth(net.forward(x));
  const script: Loss = (net, x) => smooth(net.once(x.mul(0.5)));
  const whole: Loss = (net, x) => smooth(net.script.forward(x)[0]);
  /** Against no own layers at all; `factors` of each of three steps. */
  function expectSameAsPlain(loss: Loss, factors: number, more: Partial<Problem> = {}): void {
    const problem = {
      net: () => new Both(),
      x: [6, 160],
      loss: loss as unknown as NonNullable<Problem["loss"]>,
      ...more,
    };
    expectSame(problem, [factors, factors, factors], "fusedLinear");
  }

  it("in one loss, whichever runs first", () => {
    expectSameAsPlain((net, x, pass) => ours(net, x, pass).add(script(net, x, pass)), 0);
    expectSameAsPlain((net, x, pass) => script(net, x, pass).add(ours(net, x, pass)), 0);
  });
  it("in two backward passes of a closure, whichever runs first", () => {
    for (const losses of [
      [ours, script],
      [script, ours],
      [ours, script, ours],
    ]) {
      expectSameAsPlain((net, x, pass) => {
        for (const loss of losses.slice(1)) loss(net, x, pass).backward();
        return losses[0]!(net, x, pass);
      }, 0);
    }
  });
  it("in one pass the layer, in the other the script", () => {
    expectSameAsPlain((net, x, pass) => (pass === 0 ? ours : script)(net, x, pass), 1);
    expectSameAsPlain((net, x, pass) => (pass === 0 ? script : ours)(net, x, pass), 0);
  });
  it("in the first pass the layer, in the second both, whichever runs first", () => {
    expectSameAsPlain((net, x, pass) => {
      const loss = ours(net, x, pass);
      return pass === 0 ? loss : loss.add(script(net, x, pass));
    }, 1);
    expectSameAsPlain((net, x, pass) => {
      const more = pass === 0 ? torch.zeros([]) : script(net, x, pass);
      return ours(net, x, pass).add(more);
    }, 1);
    expectSameAsPlain((net, x, pass) => {
      if (pass === 1) script(net, x, pass).backward();
      return ours(net, x, pass);
    }, 1);
    expectSameAsPlain((net, x, pass) => {
      const loss = ours(net, x, pass);
      if (pass === 0) return loss;
      loss.backward();
      return script(net, x, pass);
    }, 1);
  });
  it("in the first pass both, in the second the layer", () => {
    expectSameAsPlain((net, x, pass) => {
      const loss = ours(net, x, pass);
      return pass === 1 ? loss : loss.add(script(net, x, pass));
    }, 0);
  });
  it("read by the script alone, between the layer's forward and backward pass", () => {
    for (const reads of [0, 1]) {
      expectSameAsPlain((net, x, pass) => {
        const loss = ours(net, x, pass);
        return pass === reads ? loss.add(torch.noGrad(() => script(net, x, pass))) : loss;
      }, 1);
    }
  });
  it("read by the script after the layer's backward pass", () => {
    const read: number[] = [];
    let input: torch.Tensor | undefined;
    const loss: Loss = (net, x, pass) => {
      input = x;
      return ours(net, x, pass);
    };
    const after = (net: Net) =>
      void read.push(torch.noGrad(() => smooth((net as unknown as Both).once(input!)).itemNumber()));
    expectSameAsPlain(loss, 0, { after });
    const [exact, plain, factored] = [0, 1, 2].map((run) => read.slice(6 * run, 6 * run + 6));
    exact!.forEach((want, i) => {
      expect(Math.abs(factored![i]! / want - 1)).toBeLessThan(1e-5);
      expect(Math.abs(plain![i]! / want - 1)).toBeLessThan(1e-5);
    });
    expect(exact![1]! / exact![0]!).toBeGreaterThan(1.01);
  });
  it("on top of each other, also of the script's own two uses of it", () => {
    expectSameAsPlain((net, x) => smooth(net.forward(net.once(x))), 0);
    expectSameAsPlain((net, x) => smooth(net.once(net.forward(x))), 0);
    expectSameAsPlain((net, x, pass) => ours(net, x, pass).add(whole(net, x, pass)), 0);
    expectSameAsPlain((net, x, pass) => (pass === 0 ? ours(net, x, pass) : whole(net, x, pass)), 1);
    expectSameAsPlain((net, x) => smooth(net.forward(net.script.forward(x)[0])), 0);
  });
  it("an optimizer over the script's parameters only", () => {
    const net = () => {
      const both = new Both();
      both.parameters = () => both.script.parameters();
      return both;
    };
    expectSameAsPlain(ours, 1, { net });
    expectSameAsPlain((both, x, pass) => (pass === 0 ? ours : whole)(both, x, pass), 1, { net });
  });
  it("an input of the layer that the script writes to, its buffer", () => {
    const buffered: Loss = (net, x, pass) => {
      torch.noGrad(() => net.script.forward(x));
      const loss = ours(net, net.script.counter.total.detach().unsqueeze(0), pass);
      loss.backward();
      torch.noGrad(() => net.script.forward(x));
      return torch.zeros([], { dtype: x.dtype, requiresGrad: true });
    };
    expectSameAsPlain(buffered, 0);
    expectSameAsPlain((net, x, pass) => {
      if (pass === 1) torch.noGrad(() => net.script.forward(x));
      return ours(net, net.script.counter.total.detach().add(0.25).unsqueeze(0), pass);
    }, 1);
  });

  /** Two steps, in between and after which the script and the gradient are looked at. */
  function steps(
    own: boolean,
    dtype: torch.DType,
    look: (net: Both, x: torch.Tensor) => torch.Tensor[],
  ): torch.Tensor[] {
    torch.backends.cpu.fusedLinear = own;
    torch.manualSeed(6);
    const net = new Both();
    const x = torch.randn([6, 160]).to(dtype);
    net.to(dtype);
    const optimizer = new optim.SAM(net.script.parameters(), optim.SGD, BASE);
    const seen: torch.Tensor[] = [];
    for (let step = 0; step < 2; step++) {
      optimizer.step(() => {
        const loss = ours(net, x, step);
        loss.backward();
        return loss;
      });
      seen.push(...look(net, x).map((t) => t.detach().clone()));
    }
    return seen;
  }
  const looks: [string, (net: Both, x: torch.Tensor) => torch.Tensor[]][] = [
    ["the script, then the gradient", (net, x) => [net.once(x), net.layer.weight.grad!]],
    ["the gradient, then the script", (net, x) => [net.layer.weight.grad!, net.once(x)]],
    [
      "the script's backward pass adds to the gradient",
      (net, x) => {
        smooth(net.once(x)).backward();
        return [net.script.shared.weight.grad!];
      },
    ],
    [
      "a file of the script",
      (net, x) => {
        const copy = jit.load(net.script.saveToBuffer()) as unknown as Values;
        return [copy.shared.forward(x), copy.shared.weight, net.layer.weight.grad!];
      },
    ],
    [
      "plain SGD over the script's parameters steps along it",
      (net) => {
        new optim.SGD(net.script.parameters(), { lr: 0.3 }).step();
        return [net.layer.weight];
      },
    ],
    [
      "plain SGD along the script's gradient and it",
      (net, x) => {
        smooth(net.once(x)).backward();
        new optim.SGD(net.script.parameters(), { lr: 0.3 }).step();
        return [net.layer.weight];
      },
    ],
  ];
  for (const [name, look] of looks) {
    it(`after the step: ${name}`, () => {
      const exact = steps(true, "float64", look);
      const plain = steps(false, "float32", look);
      const got = steps(true, "float32", look);
      exact.forEach((want, i) => {
        const limit = 4 * relative(plain[i]!, want) + 2 ** -21;
        expect(relative(got[i]!, want), `tensor ${i}`).toBeLessThanOrEqual(limit);
      });
    });
  }
  it("a script that raises in the second pass: weights at w, bit for bit", () => {
    const net = new Both();
    const x = torch.randn([6, 160]);
    const optimizer = new optim.SAM(net.script.parameters(), optim.SGD, BASE);
    const before = bits(net.layer.weight);
    const counts = countFactors();
    let pass = 0;
    const failing = () => {
      if (pass++ === 1) net.script.run("fails", x);
      const loss = ours(net, x, pass);
      loss.backward();
      return loss;
    };
    expect(() => optimizer.step(failing)).toThrow("always raises");
    expect(counts).toEqual([1]);
    expect(bits(net.layer.weight).equals(before)).toBe(true);
  });
});

describe("another parameter has the same memory", () => {
  /** Two layers over one memory. The optimizer has the first one's parameters; with `isSecond` the second one's weight too. */
  class Named extends nn.Module<[torch.Tensor]> {
    readonly first = new nn.Linear(256, 128);
    readonly second = new nn.Linear(256, 128);
    readonly #isSecond: boolean;

    constructor(isSecond: boolean) {
      super();
      this.#isSecond = isSecond;
      this.#share();
    }
    #share() {
      this.second.weight.setData(this.first.weight.detach());
    }
    override parameters() {
      return this.#isSecond ? super.parameters() : this.first.parameters();
    }
    override to(...args: Parameters<Net["to"]>): this {
      for (const layer of [this.first, this.second]) layer.to(...args);
      this.#share();
      return this;
    }
    forward(x: torch.Tensor) {
      return this.first.forward(x).add(this.second.forward(x.mul(2)));
    }
  }

  it("the second one's layer reads w + eps, whichever runs first", () => {
    const net = () => new Named(false);
    const later = (n: Net, x: torch.Tensor) => torch.noGrad(() => plainLoss(n, x.mul(2)));
    const second = (n: Net) => (n as unknown as Named).second as unknown as Net;
    const first = (n: Net) => (n as unknown as Named).first as unknown as Net;
    for (const isFirst of [true, false]) {
      const loss = (n: Net, x: torch.Tensor) => {
        const before = isFirst ? later(second(n), x) : torch.zeros([]);
        const own = plainLoss(first(n), x);
        return own.add(isFirst ? before : later(second(n), x));
      };
      expectSame({ net, x: [10, 256], loss }, [1, 1, 1]);
    }
  });
  it("the second one's layer gives its input's gradient at w + eps", () => {
    const loss = (n: Net, x: torch.Tensor) => {
      const { first, second } = n as unknown as Named;
      return smooth(second.forward(first.forward(x).repeat([1, 2])));
    };
    expectSame({ net: () => new Named(false), x: [6, 256], loss }, [1, 1, 1]);
  });
  it("both are the optimizer's: each moves by the sum of both, and comes back", () => {
    expectSame({ net: () => new Named(true), x: [10, 256] }, [0, 0, 0]);
    const net = new Named(true);
    const optimizer = new optim.SAM(net.parameters(), optim.SGD, { ...BASE, lr: 0, weightDecay: 0 });
    const before = bits(net.first.weight);
    optimizer.step(() => {
      const loss = plainLoss(net, torch.randn([10, 256])).add(net.second.weight.detach().mean());
      loss.backward();
      return loss;
    });
    expect(bits(net.first.weight).equals(before)).toBe(true);
  });
});
