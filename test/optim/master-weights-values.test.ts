import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { bits, hex, isRounded, lossesOf, lossOf, makeNet, type Net, SGD, stateOf, withMasters } from "./master-net.js";

const { nn, optim } = torch;

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
