import { afterEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../../lib/index.js";
import {
  BASE,
  bits,
  countFactors,
  expectSame,
  mlp,
  type Net,
  type Problem,
  plainLoss,
  relative,
  tidyUp,
  train,
} from "./factored-problem.js";

/*
 * The first gradient of a linear layer's weight as its factors (native/nn/factored_gradients.h): the same step as without, to rounding, whatever a
 * closure does or looks at. Float64 never takes that way, so it says what is right.
 */

const { nn, optim } = torch;
const { cpu } = torch.backends;

afterEach(tidyUp);

describe("the same step as with the gradient in memory", () => {
  for (const threads of [1, 2]) {
    const on = threads === 1 ? "1 thread" : "2 threads";
    it(`one layer on the data, one on top, ${on}`, () => {
      torch.setNumThreads(threads);
      expectSame({ net: () => mlp(300, 120, 10), x: [16, 300] }, [1, 1, 1]);
    });
    it(`layers on top of each other, ${on}`, () => {
      torch.setNumThreads(threads);
      expectSame({ net: () => mlp(200, 210, 190, 3), x: [9, 200] }, [2, 2, 2]);
    });
  }
  it("without a bias, of several dimensions, one row, sizes that no block divides", () => {
    expectSame({ net: () => new nn.Linear(257, 131, false), x: [3, 1, 5, 257] }, [1, 1, 1]);
    // One row's loss is so bent that a larger rho would double its rounding at each step, with or without factors.
    expectSame({ net: () => mlp(259, 127, 2), x: [1, 259], options: { rho: 0.05 } }, [1, 1, 1]);
  });
  it("larger than own products take", () => {
    expectSame({ net: () => mlp(1100, 1024, 2), x: [64, 1100] }, [1, 1, 1]);
  });
  it("rho of its own in each group, rho = 0 bit for bit", () => {
    const step = (factored: boolean, rho: number) => {
      cpu.factoredGradients = factored;
      torch.manualSeed(6);
      const net = mlp(256, 128, 64);
      const x = torch.randn([8, 256]);
      const [first, , second] = net.children() as Net[];
      const optimizer = new optim.SAM(
        [{ params: first!.parameters(), rho }, { params: second!.parameters() }],
        optim.SGD,
        { ...BASE, rho: 0 },
      );
      optimizer.step(() => {
        const loss = plainLoss(net, x);
        loss.backward();
        return loss;
      });
      return net.parameters().map((p) => p.detach());
    };
    const counts = countFactors();
    for (const [i, got] of step(true, 0.7).entries())
      expect(relative(got, step(false, 0.7)[i]!.double())).toBeLessThan(1e-6);
    expect(counts[0]).toBe(1);
    for (const [i, got] of step(true, 0).entries()) expect(bits(got).equals(bits(step(false, 0)[i]!))).toBe(true);
  });
});

describe("whatever the passes are made of", () => {
  const net = () => mlp(256, 128, 8);
  const x = [10, 256];

  it("an input made anew, another one, or one changed in place between the passes", () => {
    expectSame({ net, x, loss: (n, data) => plainLoss(n, data.mul(2).div(2)) }, [1, 1, 1]);
    expectSame({ net, x, loss: (n, data, pass) => plainLoss(n, data.add(pass)) }, [1, 1, 1]);
    expectSame({ net, x, loss: (n, data, pass) => plainLoss(n, pass === 0 ? data : data.narrow(0, 2, 5)) }, [1, 1, 1]);
    expectSame(
      {
        net,
        x,
        loss: (n, data, pass) =>
          plainLoss(
            n,
            torch.noGrad(() => data.add_(pass - 0.5)),
          ),
      },
      [1, 1, 1],
    );
  });
  it("an input whose memory changes in the second pass, after the layer has read it", () => {
    expectSame(
      {
        net,
        x,
        loss: (n, data, pass) => {
          const loss = plainLoss(n, data);
          if (pass === 1) return loss;
          loss.backward();
          torch.noGrad(() => data.mul_(1.5));
          return torch.zeros([], { dtype: data.dtype, requiresGrad: true });
        },
      },
      [1, 1, 1],
    );
  });
  it("an input that has a gradient of its own", () => {
    const inputGradients = (factored: boolean, dtype: torch.DType) => {
      const seen: torch.Tensor[] = [];
      train(
        {
          net: () => mlp(256, 200, 4),
          x: [5, 256],
          loss: (n, data) => {
            const leaf = data.detach().requiresGrad_();
            const loss = plainLoss(n, leaf);
            leaf.registerHook((g) => void seen.push(g.detach().clone()));
            return loss;
          },
        },
        dtype,
        factored,
      );
      return seen;
    };
    const want = inputGradients(false, "float64");
    expect(want).toHaveLength(6);
    const counts = countFactors();
    for (const [i, got] of inputGradients(true, "float32").entries())
      expect(relative(got, want[i]!)).toBeLessThan(1e-5);
    expect(counts).toEqual([1, 1, 1]);
  });
  it("a weight that the closure changes after a backward, by its name or an older one", () => {
    const weightOf = (n: Net) => (n.children()[0] as torch.nn.Linear).weight;
    const clamp = (w: torch.Tensor) => void torch.noGrad(() => w.mul_(0.5).add_(0.01));
    expectSame({ net, x, after: (n) => clamp(weightOf(n)) }, [1, 1, 1]);
    let older: torch.Tensor | undefined;
    const viewed = (n: Net, data: torch.Tensor, pass: number) => {
      if (pass === 0) older = weightOf(n).detach();
      return plainLoss(n, data);
    };
    expectSame({ net, x, loss: viewed, after: () => clamp(older!) }, [1, 1, 1]);
  });
  it("a weight that changes between the layer's forward and backward pass", () => {
    // Of a layer whose input has no gradient, so that it does not save its weight.
    for (const when of [[0], [1], [0, 1]]) {
      const loss = (n: Net, data: torch.Tensor, pass: number) => {
        const value = plainLoss(n, data);
        if (when.includes(pass)) torch.noGrad(() => n.parameters()[0]!.mul_(0.5).add_(0.01));
        return value;
      };
      expectSame({ net, x, loss }, [1, 1, 1]);
    }
  });
  it("a weight used twice, or in the loss as well", () => {
    expectSame(
      { net: () => new nn.Linear(160, 160), x: [8, 160], loss: (n, data) => plainLoss(n, n.forward(data)) },
      [0, 0, 0],
    );
    expectSame(
      {
        net,
        x,
        loss: (n, data) =>
          plainLoss(n, data).add(
            n
              .parameters()
              .map((p) => p.square().sum())
              .reduce((a, b) => a.add(b))
              .mul(0.01),
          ),
      },
      [0, 0, 0],
    );
  });
  it("several backwards in a closure", () => {
    const twice = (n: Net, data: torch.Tensor) => {
      plainLoss(n, data.mul(0.5)).backward();
      return plainLoss(n, data);
    };
    expectSame({ net, x, loss: twice }, [0, 0, 0]);
    const retained = (n: Net, data: torch.Tensor) => {
      const loss = plainLoss(n, data);
      loss.backward({ retainGraph: true });
      return loss;
    };
    expectSame({ net, x, loss: retained }, [0, 0, 0]);
  });
  it("derivatives of derivatives, and gradients of chosen inputs", () => {
    const penalty = (n: Net, data: torch.Tensor) => {
      const leaf = data.detach().requiresGrad_();
      const [g] = torch.autograd.grad([plainLoss(n, leaf)], [leaf], { createGraph: true });
      return plainLoss(n, data).add(g!.square().sum());
    };
    expectSame({ net, x, loss: penalty }, [0, 0, 0]);
    const onlyLater = (n: Net, data: torch.Tensor, pass: number) => (pass === 0 ? plainLoss : penalty)(n, data);
    expectSame({ net, x, loss: onlyLater }, [1, 1, 1]);
    const norms = (n: Net, data: torch.Tensor) => {
      const found = torch.autograd.grad([plainLoss(n, data)], n.parameters());
      return plainLoss(n, data).mul(
        found
          .map((g) => g!.square().sum())
          .reduce((a, b) => a.add(b))
          .detach(),
      );
    };
    expectSame({ net, x, loss: norms }, [1, 1, 1]);
  });
  it("a forward without gradients, or by LibTorch's operator, in the second pass", () => {
    const values = (factored: boolean, dtype: torch.DType) => {
      const out: number[] = [];
      train(
        {
          net,
          x,
          loss: (n, data) => {
            out.push(torch.noGrad(() => plainLoss(n, data.mul(3))).itemNumber());
            const first = (n as torch.nn.Sequential).children()[0] as torch.nn.Linear;
            const loss = plainLoss(n, data);
            out.push(nn.functional.linear(data, first.weight, first.bias).sum().itemNumber());
            return loss;
          },
        },
        dtype,
        factored,
      );
      return out;
    };
    const want = values(false, "float64");
    for (const [i, got] of values(true, "float32").entries()) expect(got).toBeCloseTo(want[i]!, 3);
  });
  it("another optimizer's step inside the closure", () => {
    const nested = (factored: boolean, dtype: torch.DType) => {
      torch.manualSeed(8);
      const other = mlp(256, 128, 4).to(dtype);
      const inner = new optim.SAM(other.parameters(), optim.SGD, BASE);
      const run = train(
        {
          net,
          x,
          loss: (n, data) => {
            inner.step(() => {
              const loss = plainLoss(other, data).add(plainLoss(n, data).mul(0.1));
              loss.backward();
              return loss;
            });
            n.zeroGrad();
            return plainLoss(n, data);
          },
        },
        dtype,
        factored,
      );
      return [...run.weights.map(([, w]) => w), ...other.parameters().map((p) => p.detach())];
    };
    const want = nested(false, "float64");
    for (const [i, got] of nested(true, "float32").entries()) expect(relative(got, want[i]!)).toBeLessThan(1e-5);
  });
});

describe("where the norm cannot be told from the factors", () => {
  it("gradients that are not finite skip the step", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      torch.manualSeed(9);
      const net = mlp(256, 128, 8);
      const x = torch.randn([4, 256]);
      const optimizer = new optim.SAM(net.parameters(), optim.SGD, BASE);
      const before = net.parameters().map(bits);
      optimizer.step(() => {
        const loss = plainLoss(net, x).mul(bad);
        loss.backward();
        return loss;
      });
      expect(net.parameters().map((p, i) => bits(p).equals(before[i]!))).toEqual([true, true, true, true]);
    }
  });
  it("rows that cancel out give the norm of what is left", () => {
    // Two groups of rows that pull in opposite directions, and one that pulls a little.
    const problem = (share: number): Problem => ({
      net: () => new nn.Linear(256, 128),
      x: [4, 256],
      loss: (n, data) => {
        const y = n.forward(torch.cat([data, data]));
        const signs = torch.tensor([1, 1, 1, 1, -1, -1, -1, -1], { dtype: y.dtype }).unsqueeze(1);
        return y
          .mul(signs)
          .sum()
          .add(y.narrow(0, 0, 4).sum().mul(share));
      },
    });
    for (const share of [1, 1e-3]) expectSame(problem(share), [1, 1, 1]);
    const zero = train(problem(0), "float32", true);
    expect(zero.seen[2]).toBeLessThan(1e-4); // of terms of 1e3
    for (const [, weight] of zero.weights) expect(weight.isfinite().all().itemNumber()).toBe(1);
  });
  it("numbers too large to square", () => {
    const loss = (n: Net, data: torch.Tensor) => plainLoss(n, data).mul(1e24);
    expectSame({ net: () => mlp(256, 128, 2), x: [4, 256], loss, options: { lr: 1e-25, weightDecay: 0 } }, [1, 1, 1]);
  });
});

describe("only where nothing else needs the gradient", () => {
  const cases: [string, Record<string, unknown>, typeof optim.SAM?][] = [
    ["adaptive", { adaptive: true }],
    ["p = infinity", { p: Number.POSITIVE_INFINITY }],
    ["weight decay in the ascent", { ascentWeightDecay: 0.1 }],
    ["a mask", { mask: () => true }],
    ["diagnostics", { diagnostics: true }],
    ["GSAM", { alpha: 0.1 }, optim.GSAM as unknown as typeof optim.SAM],
    ["FSAM", {}, optim.FSAM as unknown as typeof optim.SAM],
  ];
  for (const [name, options, Rule = optim.SAM] of cases) {
    it(`not with ${name}`, () => {
      torch.manualSeed(10);
      const net = mlp(256, 128, 8);
      const x = torch.randn([4, 256]);
      const optimizer = new Rule(net.parameters(), optim.SGD, { ...BASE, ...options });
      const counts = countFactors();
      for (let step = 0; step < 2; step++) {
        optimizer.step(() => {
          const loss = plainLoss(net, x);
          loss.backward();
          return loss;
        });
      }
      expect(counts).toEqual([0, 0]);
    });
  }
  it("not for many rows, small layers, micro-batches, or when switched off", () => {
    const counted = (net: Net, rows: number, batch?: torch.optim.Accumulation) => {
      const x = torch.randn([rows, (net.parameters()[0] as torch.Tensor).shape[1]!]);
      const optimizer = new optim.SAM(net.parameters(), optim.SGD, BASE);
      const counts = countFactors();
      const closure = () => {
        const loss = plainLoss(net, x);
        loss.backward();
        return loss;
      };
      if (batch === undefined) optimizer.step(closure);
      else optimizer.step(closure, batch);
      vi.restoreAllMocks();
      return counts;
    };
    expect(counted(mlp(256, 128, 8), 40)).toEqual([1]);
    expect(counted(mlp(256, 128, 8), 100)).toEqual([0]);
    expect(counted(mlp(64, 64, 8), 4)).toEqual([0]);
    expect(counted(mlp(256, 128, 8), 4, { accumulate: "n-sam", samples: 4, microBatch: 2 })).toEqual([0]);
    cpu.factoredGradients = false;
    expect(counted(mlp(256, 128, 8), 4)).toEqual([0]);
  });
});
