import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { bits, hex, lossesOf, lossOf, makeNet, type Net } from "./master-net.js";

const { nn, optim } = torch;
const SGD = { lr: 0.1, momentum: 0.9, weightDecay: 5e-4 };

/** The same net with masters. */
function withMasters(dtype: "bfloat16" | "float16" = "bfloat16"): Net {
  const net = makeNet();
  net.model.to(dtype, { masterWeights: true });
  return net;
}
const isRounded = (net: Net) =>
  net.model.parameters().every((p) => {
    const master = torch.masterOf(p);
    return master === undefined || hex(p) === hex(master.to(p.dtype));
  });
const parameter = (net: Net, name: string) => net.model.namedParameters().find(([known]) => known === name)![1];
const stateOf = (net: Net) => bits(net.model.stateDict());

describe("module.to(dtype, { masterWeights: true })", () => {
  it("rounds what autocast would; norms and buffers stay; the state dict is that of before, in float32", () => {
    const net = makeNet();
    const before = stateOf(net);
    net.model.to("bfloat16", { masterWeights: true });
    expect(Object.fromEntries(net.model.namedParameters().map(([name, p]) => [name, p.dtype]))).toEqual({
      "conv.weight": "bfloat16",
      "conv.bias": "bfloat16",
      "norm.weight": "float32",
      "norm.bias": "float32",
      "hidden.weight": "bfloat16",
      "hidden.bias": "bfloat16",
      "norm2.weight": "float32",
      "norm2.bias": "float32",
      "head.weight": "bfloat16",
      "head.bias": "bfloat16",
    });
    expect(stateOf(net)).toEqual(before);
    expect(isRounded(net)).toBe(true);
    net.model.to("bfloat16", { masterWeights: true }); // again: nothing changes
    expect(stateOf(net)).toEqual(before);
  });

  it("another dtype ends it, with the float32 weights unharmed", () => {
    const net = makeNet();
    const before = stateOf(net);
    net.model.to("bfloat16", { masterWeights: true }).float();
    expect(net.model.parameters().every((p) => p.dtype === "float32" && torch.masterOf(p) === undefined)).toBe(true);
    expect(stateOf(net)).toEqual(before);
    lossOf(net).backward();
    expect(net.model.parameters().every((p) => p.grad?.dtype === "float32")).toBe(true);
    net.model.bfloat16();
    net.model.zeroGrad();
    net.model.forward(net.x.bfloat16()).sum().backward();
    expect(net.model.parameters().every((p) => p.grad?.dtype === "bfloat16")).toBe(true);
  });

  it("goes along with a change of memory format", () => {
    const net = withMasters();
    net.model.to({ memoryFormat: "channelsLast" });
    const weight = parameter(net, "conv.weight");
    for (const tensor of [weight, torch.masterOf(weight)!]) {
      expect(tensor.isContiguous({ memoryFormat: "channelsLast" })).toBe(true);
    }
    expect(isRounded(net)).toBe(true);
  });

  it("leaves a weight alone that another module uses as it is", () => {
    const embedding = new nn.Embedding(5, 4);
    const head = new nn.Linear(4, 5, { bias: false });
    head.weight = embedding.weight;
    const model = new nn.Sequential(embedding, head).to("bfloat16", { masterWeights: true });
    expect(model.parameters().map((p) => p.dtype)).toEqual(["float32"]);
  });

  it("refuses dtypes that round nothing, or too much", () => {
    const { model } = makeNet();
    expect(() => model.to("float32", { masterWeights: true })).toThrow(
      /expected bfloat16 or float16 with masterWeights/,
    );
    expect(() => model.to({ masterWeights: true })).toThrow(/got no dtype/);
    expect(model.parameters().every((p) => p.dtype === "float32")).toBe(true);
  });

  it("frees both with the module", () => {
    const before = torch.memory();
    torch.tidy(() => {
      const { model, x, y } = withMasters();
      model.dispose();
      x.dispose();
      y.dispose();
    });
    expect(torch.memory().tensors).toBe(before.tensors);
  });
});

describe("values are those of autocast on float32 weights, bit for bit:", () => {
  it("loss, and gradients in float32", () => {
    const [plain, masters] = [makeNet(), withMasters()];
    const losses = [plain, masters].map((net) => {
      const loss = lossOf(net);
      loss.backward();
      return hex(loss);
    });
    expect(losses[1]).toBe(losses[0]);
    const grads = (net: Net) => net.model.parameters().map((p) => bits(p.grad));
    expect(grads(masters)).toEqual(grads(plain));
  });

  const rules: Record<string, [Rule: unknown, options: object]> = {
    SAM: [optim.SAM, { rho: 0.1 }],
    "SAM, p = infinity": [optim.SAM, { rho: 0.01, p: Number.POSITIVE_INFINITY }],
    "SAM, clipped": [optim.SAM, { rho: 0.1, clipGradNorm: 0.2, diagnostics: true }],
    "SAM, decay in the ascent": [optim.SAM, { rho: 0.1, ascentWeightDecay: 0.1 }],
    "ASAM of the reference": [optim.SAM, { preset: "asam-reference" }],
    "ASAM of the paper": [optim.SAM, { preset: "asam-paper" }],
    GSAM: [optim.GSAM, { rho: 0.1 }],
    LookSAM: [optim.LookSAM, { rho: 0.1, k: 3 }],
    FSAM: [optim.FSAM, { rho: 0.1 }],
    ESAM: [optim.ESAM, { rho: 0.1 }],
    "WSAM, decoupled": [optim.WSAM, { rho: 0.1 }],
    "WSAM, coupled": [optim.WSAM, { rho: 0.1, decoupled: false }],
    MSAM: [optim.MSAM, { rho: 0.1 }],
  };
  const bases: Record<string, [Base: unknown, options: object]> = {
    SGD: [optim.SGD, SGD],
    Adam: [optim.Adam, { lr: 0.01 }],
    AdamW: [optim.AdamW, { lr: 0.01 }],
  };
  type Made = new (params: unknown, base: unknown, options: object) => torch.optim.SAM;

  for (const [rule, [Rule, own]] of Object.entries(rules)) {
    for (const [base, [Base, options]] of Object.entries(bases)) {
      it(`${rule} over ${base}, 5 steps`, () => {
        const run = (net: Net) => {
          const scaler = new optim.GradScaler({ initScale: 256, growthInterval: 2 });
          const optimizer = new (Rule as Made)(net.model.parameters(), Base, { ...own, ...options, scaler });
          const losses: string[] = [];
          for (let i = 0; i < 5; i++) {
            torch.manualSeed(i); // ESAM draws
            const loss =
              optimizer instanceof optim.ESAM
                ? optimizer.step((rows) => lossesOf(net, rows))
                : optimizer.step(() => {
                    const loss = lossOf(net);
                    scaler.scale(loss).backward();
                    return loss;
                  });
            losses.push(hex(loss));
          }
          return { losses, model: stateOf(net), optimizer: bits(optimizer.stateDict()) };
        };
        const masters = withMasters();
        expect(run(masters)).toEqual(run(makeNet()));
        expect(isRounded(masters)).toBe(true);
      });
    }
  }

  for (const accumulate of ["n-sam", "m-sam"] as const) {
    it(`SAM in micro-batches, ${accumulate}`, () => {
      const run = (net: Net) => {
        const optimizer = new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.1, ...SGD });
        for (let i = 0; i < 3; i++) {
          optimizer.step(
            (start, end) => {
              const loss = lossOf(net, "bfloat16", start, end);
              loss.backward();
              return loss;
            },
            { accumulate, samples: 8, microBatch: 4 },
          );
        }
        return [stateOf(net), bits(optimizer.stateDict())];
      };
      const masters = withMasters();
      expect(run(masters)).toEqual(run(makeNet()));
      expect(isRounded(masters)).toBe(true);
    });
  }

  const plain: Record<string, [Base: unknown, options: object]> = {
    ...bases,
    RMSprop: [optim.RMSprop, { lr: 0.01, momentum: 0.9 }],
    Adagrad: [optim.Adagrad, { lr: 0.01 }],
  };
  for (const [name, [Class, options]] of Object.entries(plain)) {
    for (const dtype of ["bfloat16", "float16"] as const) {
      it(`${name} alone, ${dtype}, scaled, accumulated and clipped`, () => {
        const run = (net: Net) => {
          const params = net.model.parameters();
          const optimizer = new (Class as new (...args: unknown[]) => torch.optim.Optimizer)(params, options);
          const scaler = new optim.GradScaler({ initScale: 64 });
          for (let i = 0; i < 3; i++) {
            optimizer.zeroGrad();
            for (const start of [0, 4]) scaler.scale(lossOf(net, dtype, start, start + 4)).backward();
            scaler.unscale_(optimizer);
            nn.utils.clipGradNorm_(params, 0.5);
            scaler.step(optimizer);
            scaler.update();
          }
          return [stateOf(net), bits(optimizer.stateDict())];
        };
        const masters = withMasters(dtype);
        expect(run(masters)).toEqual(run(makeNet()));
        expect(isRounded(masters)).toBe(true);
      });
    }
  }

  const steppers: Record<string, [Class: unknown, options: object]> = {
    LBFGS: [optim.LBFGS, { maxIter: 4 }],
    "LBFGS with a line search": [optim.LBFGS, { maxIter: 4, lineSearchFn: "strong_wolfe" }],
    Adafactor: [optim.Adafactor, {}],
    NAdam: [optim.NAdam, {}],
  };
  it.each(Object.entries(steppers))("%s, whose arithmetic is in TypeScript", (_name, [Class, options]) => {
    const run = (net: Net) => {
      const optimizer = new (Class as new (...args: unknown[]) => torch.optim.LBFGS)(net.model.parameters(), options);
      net.model.eval(); // batch norm would see each evaluation of a line search
      for (let i = 0; i < 3; i++) {
        optimizer.step(() => {
          optimizer.zeroGrad();
          const loss = lossOf(net);
          loss.backward();
          return loss;
        });
      }
      return [stateOf(net), bits(optimizer.stateDict())];
    };
    const masters = withMasters();
    expect(run(masters)).toEqual(run(makeNet()));
    expect(isRounded(masters)).toBe(true);
  });

  it("a base optimizer written in TypeScript: it gets the master", () => {
    class SignSGD extends optim.Optimizer<{ lr: number }> {
      protected override updateParam(param: torch.Tensor, grad: torch.Tensor, { lr }: { lr: number }): void {
        expect(param.dtype).toBe("float32");
        const state = this.stateOf(param, () => ({ average: torch.zerosLike(param) }));
        state.average.lerp_(grad, 0.1);
        param.sub_(state.average.sign(), { alpha: lr });
      }
    }
    const run = (net: Net) => {
      const optimizer = new optim.SAM<{ lr: number }>(net.model.parameters(), SignSGD, { rho: 0.1, lr: 1e-3 });
      for (let i = 0; i < 3; i++) {
        optimizer.step(() => {
          const loss = lossOf(net);
          loss.backward();
          return loss;
        });
      }
      return [stateOf(net), bits(optimizer.stateDict())];
    };
    const masters = withMasters();
    expect(run(masters)).toEqual(run(makeNet()));
    expect(isRounded(masters)).toBe(true);
  });
});

describe("a SAM step", () => {
  const optimizerOf = (net: Net) => new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.5, ...SGD });
  const closureOf = (net: Net) => () => {
    const loss = lossOf(net);
    loss.backward();
    return loss;
  };

  it("perturbs working copies only: bf16(w + eps), with w as it is behind them", () => {
    const [plain, masters] = [makeNet(), withMasters()];
    const seen = [plain, masters].map((net) => {
      const passes: unknown[] = [];
      optimizerOf(net).step(() => {
        passes.push(net.model.parameters().map((p) => bits(p.bfloat16())));
        passes.push(net === masters && stateOf(net));
        return closureOf(net)();
      });
      return passes;
    });
    expect(seen[1]![2]).toEqual(seen[0]![2]);
    expect(seen[1]![2]).not.toEqual(seen[1]![0]);
    const weights = (state: unknown) => (state as Record<string, unknown>)["conv.weight"];
    expect(weights(seen[1]![3])).toEqual(weights(seen[1]![1]));
  });

  it("keeps no back-up of weights that have a master", () => {
    const kept = (net: Net) => {
      const optimizer = optimizerOf(net);
      const closure = closureOf(net);
      closure().dispose();
      optimizer.firstStep({ zeroGrad: true });
      optimizer.restore();
      const before = torch.memory().allocated;
      optimizer.dispose();
      return before - torch.memory().allocated;
    };
    const rounded = 4 * (72 + 4 + 64 * 12 + 12 + 36 + 3); // bytes of float32
    const [plain, masters] = [makeNet(), withMasters()].map(kept);
    expect(plain).toBeGreaterThanOrEqual(rounded);
    expect(masters).toBeLessThan(rounded / 4); // of the norms' weights there is one
  });

  for (const pass of [1, 2]) {
    it(`comes back to w when the closure throws in pass ${pass}, and when nothing is finite there`, () => {
      const net = withMasters();
      const optimizer = optimizerOf(net);
      const closure = closureOf(net);
      optimizer.step(closure);
      const before = [stateOf(net), bits(optimizer.stateDict().state), net.model.parameters().map(bits)];
      let calls = 0;
      const failing = () => {
        if (++calls === pass) throw new RangeError("no more");
        return closure();
      };
      const infinite = () => {
        const loss = lossOf(net).mul(++calls === pass ? Number.NaN : 1);
        loss.backward();
        return loss;
      };
      const now = () => [stateOf(net), bits(optimizer.stateDict().state), net.model.parameters().map(bits)];
      expect(() => optimizer.step(failing)).toThrow(/no more/);
      expect(now()).toEqual(before);
      calls = 0;
      optimizer.step(infinite);
      expect(now()).toEqual(before);
      optimizer.step(closure);
      expect(now()).not.toEqual(before);
      expect(isRounded(net)).toBe(true);
    });
  }

  it("comes back to w where only the first pass has a gradient", () => {
    const net = withMasters();
    const before = net.model.parameters().map(bits);
    const [first] = net.model.parameters();
    let pass = 0;
    const optimizer = new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.5, lr: 0 });
    optimizer.step(() => {
      const loss = ++pass === 1 ? lossOf(net) : first!.float().sum();
      loss.backward();
      return loss;
    });
    expect(net.model.parameters().map(bits)).toEqual(before);
  });

  it("undoes what the closure does to perturbed weights", () => {
    const [plain, changing] = [withMasters(), withMasters()];
    let calls = 0;
    optimizerOf(plain).step(closureOf(plain));
    optimizerOf(changing).step(() => {
      const loss = closureOf(changing)();
      if (++calls === 2) torch.noGrad(() => changing.model.parameters().forEach((p) => void p.fill_(7)));
      return loss;
    });
    expect(stateOf(changing)).toEqual(stateOf(plain));
    expect(isRounded(changing)).toBe(true);
  });
});

describe("what is written into the weights themselves", () => {
  for (const way of ["a step", "firstStep() and restore()", "a step whose closure throws"]) {
    it(`is taken over after ${way} too: the copy is no longer at w + eps`, () => {
      const net = withMasters();
      const optimizer = new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.5, ...SGD });
      const closure = () => {
        const loss = lossOf(net);
        loss.backward();
        return loss;
      };
      let calls = 0;
      const failing = () => {
        if (++calls === 2) throw new RangeError("no more");
        return closure();
      };
      if (way === "a step") optimizer.step(closure);
      else if (way === "a step whose closure throws") expect(() => optimizer.step(failing)).toThrow(/no more/);
      else {
        closure();
        optimizer.firstStep();
        optimizer.restore();
      }
      expect(isRounded(net)).toBe(true);
      const weight = parameter(net, "head.weight");
      const rest = (torch.masterOf(weight)!.toArray() as number[][]).slice(1);
      torch.noGrad(() => weight.narrow(0, 0, 1).fill_(2));
      expect(torch.masterOf(weight)!.toArray()).toEqual([Array(12).fill(2), ...rest]);
    });
  }

  it("is taken over, and what is put back leaves the master as it was", () => {
    const net = withMasters();
    const { model } = net;
    const weight = parameter(net, "head.weight");
    const before = hex(torch.masterOf(weight)!);
    torch.noGrad(() => {
      const saved = weight.clone();
      weight.mul_(3);
      weight.copy_(saved);
    });
    expect(hex(torch.masterOf(weight)!)).toBe(before);
    torch.noGrad(() => weight.narrow(0, 0, 1).fill_(2));
    const state = model.stateDict()["head.weight"]!;
    expect(state.narrow(0, 0, 1).toArray()).toEqual([new Array(12).fill(2)]);
    expect(hex(state.narrow(0, 1, 2).contiguous())).toBe(before.slice(2 * 4 * 12));
    weight.setData(torch.full([3, 12], 5, { dtype: "bfloat16" }));
    expect(new Set((model.stateDict()["head.weight"]!.toArray() as number[][]).flat())).toEqual(new Set([5]));
  });

  for (const way of ["a step", "restore()"] as const) {
    it(`is taken over after the weights were perturbed, and back by ${way}`, () => {
      const net = withMasters();
      const weight = parameter(net, "head.weight");
      const optimizer = new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.1, ...SGD });
      if (way === "a step") {
        optimizer.step(() => {
          const loss = lossOf(net);
          loss.backward();
          return loss;
        });
      } else {
        lossOf(net).backward();
        optimizer.firstStep();
        optimizer.restore();
      }
      torch.noGrad(() => weight.fill_(2));
      expect(new Set((torch.masterOf(weight)!.toArray() as number[][]).flat())).toEqual(new Set([2]));
      expect(new Set((net.model.stateDict()["head.weight"]!.toArray() as number[][]).flat())).toEqual(new Set([2]));
    });
  }

  it("comes in full precision from loadStateDict", () => {
    const [other, net] = [makeNet(2), withMasters()];
    net.model.loadStateDict(other.model.stateDict());
    expect(stateOf(net)).toEqual(stateOf(other));
    expect(isRounded(net)).toBe(true);
  });

  it("sharpness tools move working copies and leave everything as it was", () => {
    const net = withMasters();
    const before = [stateOf(net), net.model.parameters().map(bits)];
    net.model.eval();
    const problem = { params: net.model.parameters(), loss: () => lossOf(net), batches: [[net.x]] };
    const { sharpness } = torch.sharpness.mSharpness(problem, { rho: 0.5 });
    expect(sharpness).toBeGreaterThan(0);
    expect([stateOf(net), net.model.parameters().map(bits)]).toEqual(before);
  });
});

it("a kernel that has the gradient of a weight in float32 gives it so, without a rounding in between", () => {
  const run = (masters: boolean) => {
    torch.manualSeed(0);
    const conv = new nn.Conv2d(32, 32, 3, { padding: 1, bias: false });
    new nn.Sequential(conv).to({
      memoryFormat: "channelsLast",
      ...(masters && { dtype: "bfloat16", masterWeights: true }),
    });
    const x = torch.randn([8, 32, 16, 16]).to({ memoryFormat: "channelsLast" });
    torch
      .autocast("cpu", { dtype: "bfloat16" }, () => conv.forward(x))
      .float()
      .square()
      .sum()
      .backward();
    const weight = conv.weight.detach().double().requiresGrad_();
    torch.conv2d(x.double(), weight, null, 1, 1).square().sum().backward();
    const grad = conv.weight.grad!;
    expect(grad.dtype).toBe("float32");
    return {
      error: grad.double().sub(weight.grad!).norm().div(weight.grad!.norm()).itemNumber(),
      isRounded: grad.bfloat16().float().eq(grad).float().mean().itemNumber() > 0.5,
    };
  };
  const [plain, masters] = [run(false), run(true)];
  expect(masters.error).toBeLessThan(0.02);
  expect(masters.isRounded).toBe(plain.isRounded); // not on AVX2 and AVX-512; where oneDNN has AMX it rounds in both
});

it("where Winograd takes float32 weights as they are under autocast, steps differ by the rounding of weights alone", () => {
  const run = (masters: boolean) => {
    torch.manualSeed(0);
    const conv = () => new nn.Conv2d(32, 32, 3, { padding: 1, bias: false });
    const model = new nn.Sequential(conv(), new nn.BatchNorm2d(32), new nn.ReLU(), conv(), new nn.Flatten());
    model.append(new nn.Linear(32 * 256, 4));
    model.to({ memoryFormat: "channelsLast", ...(masters && { dtype: "bfloat16", masterWeights: true }) });
    const x = torch.randn([8, 32, 16, 16]).to({ memoryFormat: "channelsLast" });
    const y = torch.randint(0, 4, [8]);
    const start = model.parameters().map((p) => (torch.masterOf(p) ?? p).detach().clone());
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { rho: 0.05, lr: 0.01, momentum: 0.9 });
    const losses: number[] = [];
    for (let i = 0; i < 3; i++) {
      const loss = optimizer.step(() => {
        const logits = torch.autocast("cpu", { dtype: "bfloat16" }, () => model.forward(x));
        const loss = nn.functional.crossEntropy(logits.float(), y);
        loss.backward();
        return loss;
      });
      losses.push(loss.itemNumber());
    }
    const moved = torch.cat(
      model.parameters().map((p, i) => (torch.masterOf(p) ?? p).detach().sub(start[i]!).reshape([-1])),
    );
    return { losses, moved };
  };
  const [plain, masters] = [run(false), run(true)];
  // bf16 rounds by up to 2^-9; a logit adds up the roundings of some layers.
  for (const [i, loss] of plain.losses.entries()) expect(Math.abs(masters.losses[i]! - loss)).toBeLessThan(0.02 * loss);
  const distance = masters.moved.sub(plain.moved).norm().div(plain.moved.norm()).itemNumber();
  expect(distance).toBeLessThan(0.05);
});
