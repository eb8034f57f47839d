import { afterEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../../lib/index.js";
import { native } from "../../../lib/native.js";
import { errorOf } from "../../error-of.js";
import { liveMemory } from "../../live-memory.js";
import { BASE, bits, countFactors, mlp, type Net, plainLoss, relative, tidyUp } from "./factored-problem.js";

/*
 * The last gradient of a SAM step as its factors, until SGD goes over them: the same bits as when someone has asked for the gradient before, and
 * the same gradient for whoever asks afterwards.
 */

const { nn, optim } = torch;
const { cpu } = torch.backends;
type Options = Record<string, unknown>;

afterEach(tidyUp);

/** Asks for every gradient before it steps, so that none is factors any more. */
class Asks extends optim.SGD {
  protected override update(): void {
    for (const { params } of this.paramGroups) for (const param of params) param.grad?.dispose();
    super.update();
  }
}

/** How many gradients were factors when SGD was about to step, one number a call. */
function countAtStep(): number[] {
  const counts: number[] = [];
  const ids = new Set<number>();
  const { perturb, sgdStep } = native;
  vi.spyOn(native, "perturb").mockImplementation((...args) => {
    ids.add(args[0]);
    return perturb(...args);
  });
  vi.spyOn(native, "sgdStep").mockImplementation((...args) => {
    counts.push([...ids].reduce((sum, id) => sum + native.factorCount(id), 0));
    return sgdStep(...args);
  });
  return counts;
}

interface Setting {
  net?: () => Net;
  x?: number[];
  options?: Options;
  steps?: number;
  loss?: (net: Net, x: torch.Tensor, pass: number) => torch.Tensor;
}

function start(Base: typeof optim.SGD, { net = () => mlp(256, 128, 8), x = [10, 256], options = {} }: Setting = {}) {
  torch.manualSeed(5);
  const model = net();
  const data = torch.randn(x);
  const optimizer = new optim.SAM(model.parameters(), Base, { ...BASE, ...options });
  return { model, data, optimizer, weight: model.parameters()[0]! };
}
type Run = ReturnType<typeof start>;

function step({ model, data, optimizer }: Run, loss: NonNullable<Setting["loss"]> = plainLoss): void {
  let pass = 0;
  optimizer.step(() => {
    const value = loss(model, data, pass++);
    value.backward();
    return value;
  });
}

/** Everything that a few steps leave: weights, momenta, norms. */
function results(Base: typeof optim.SGD, setting: Setting): { tensors: torch.Tensor[]; norms: (number | null)[] } {
  const run = start(Base, setting);
  const norms: (number | null)[] = [];
  for (let i = 0; i < (setting.steps ?? 3); i++) {
    step(run, setting.loss);
    norms.push(run.optimizer.diagnostics().sharpGradNorm);
  }
  const tensors = run.model.parameters().map((p) => p.detach().clone());
  for (const param of run.model.parameters()) {
    const { momentumBuffer } = run.optimizer.base.stateOf<{ momentumBuffer?: torch.Tensor }>(param);
    if (momentumBuffer !== undefined) tensors.push(momentumBuffer.clone());
  }
  return { tensors, norms };
}

function expectSameBits(setting: Setting, factors: number[]): void {
  const want = results(Asks, setting);
  const counts = countAtStep();
  const got = results(optim.SGD, setting);
  expect(counts).toEqual(factors);
  vi.restoreAllMocks();
  expect(got.norms).toEqual(want.norms);
  cpu.factoredGradients = false;
  const plain = results(optim.SGD, setting);
  cpu.factoredGradients = true;
  got.norms.forEach((norm, i) => {
    expect(Math.abs(norm! / plain.norms[i]! - 1), `norm ${i}`).toBeLessThan(2e-4);
  });
  expect(got.tensors.length).toBe(want.tensors.length);
  got.tensors.forEach((tensor, i) => {
    expect(bits(tensor).equals(bits(want.tensors[i]!)), `tensor ${i}`).toBe(true);
  });
}

/** The gradient of the last pass at w + eps, by SAM without factors, in float64. */
function exactGradient(setting: Setting = {}): torch.Tensor {
  const { model, data, optimizer } = start(optim.SGD, setting);
  model.to("float64");
  const run = { model, data: data.double(), optimizer, weight: model.parameters()[0]! };
  step(run, setting.loss);
  return run.weight.grad!.clone();
}

describe("the same bits as from a gradient in memory", () => {
  const options: Options[] = [
    {},
    { momentum: 0 },
    { momentum: 0, weightDecay: 0 },
    { nesterov: true },
    { weightDecay: 0 },
  ];
  for (const threads of [1, 2]) {
    for (const given of options) {
      it(`${JSON.stringify(given)}, ${threads} ${threads === 1 ? "thread" : "threads"}`, () => {
        torch.setNumThreads(threads);
        expectSameBits({ options: given }, [1, 1, 1]);
      });
    }
  }
  it("several layers, with a rest of rows and columns in each block", () => {
    expectSameBits({ net: () => mlp(201, 211, 189, 3), x: [9, 201] }, [2, 2, 2]);
    expectSameBits({ net: () => new nn.Linear(257, 131, false), x: [3, 1, 5, 257] }, [1, 1, 1]);
  });
  it("more rows of the gradient than a core keeps at once", () => {
    expectSameBits({ net: () => mlp(1031, 523, 2), x: [12, 1031] }, [1, 1, 1]);
  });
  it("dampening: the momentum of the first step is the gradient itself", () => {
    expectSameBits({ options: { dampening: 0.5 } }, [1, 1, 1]);
  });
  it("two groups of their own lr", () => {
    const run = (Base: typeof optim.SGD) => {
      const { model, data } = start(Base, { net: () => mlp(256, 128, 200, 4) });
      const [first, , second, , third] = model.children() as Net[];
      const groups = [
        { params: first!.parameters(), lr: 0.3 },
        { params: [...second!.parameters(), ...third!.parameters()] },
      ];
      const optimizer = new optim.SAM(groups, Base, BASE);
      for (let i = 0; i < 2; i++) step({ model, data, optimizer, weight: model.parameters()[0]! });
      return model.parameters();
    };
    const want = run(Asks);
    const counts = countAtStep();
    const got = run(optim.SGD);
    expect(counts).toEqual([2, 2, 2, 2]);
    got.forEach((p, i) => {
      expect(bits(p).equals(bits(want[i]!)), `parameter ${i}`).toBe(true);
    });
  });
  it("another input in the second pass, whose products are not known from the first", () => {
    expectSameBits({ loss: (net, x, pass) => plainLoss(net, x.add(pass)) }, [1, 1, 1]);
  });
});

describe("who needs the gradient itself", () => {
  const cases: [string, () => torch.optim.SAM][] = [
    ["Adam", () => new optim.SAM(mlp(256, 128, 8).parameters(), optim.Adam, { lr: 0.01 })],
    ["clipping", () => new optim.SAM(mlp(256, 128, 8).parameters(), optim.SGD, { ...BASE, clipGradNorm: 0.1 })],
    ["a rule that combines both", () => new optim.WSAM(mlp(256, 128, 8).parameters(), optim.SGD, BASE)],
    ["diagnostics", () => new optim.SAM(mlp(256, 128, 8).parameters(), optim.SGD, { ...BASE, diagnostics: true })],
  ];
  for (const [name, make] of cases) {
    it(`${name}: it is in memory`, () => {
      const { collectLast } = native;
      const calls = vi.spyOn(native, "collectLast").mockImplementation(collectLast);
      const optimizer = make();
      const [w] = optimizer.paramGroups[0]!.params as torch.Tensor[];
      const x = torch.randn([10, 256]);
      optimizer.step(() => {
        const loss = x.matmul(w!.t()).square().mean();
        loss.backward();
        return loss;
      });
      expect(calls).not.toHaveBeenCalled();
      expect(w!.grad).not.toBeNull();
    });
  }
});

describe("whoever asks afterwards", () => {
  it("gets the gradient of the second pass, every time", () => {
    const run = start(optim.SGD);
    const counts = countAtStep();
    step(run);
    expect(counts).toEqual([1]);
    const grad = run.weight.grad!;
    expect(relative(grad, exactGradient())).toBeLessThan(2e-6);
    expect(run.weight.grad!.equal(grad)).toBe(true);
  });
  it("also when the input has changed in place, or is gone", () => {
    for (const change of [(x: torch.Tensor) => void x.zero_(), (x: torch.Tensor) => x.dispose()]) {
      const run = start(optim.SGD);
      step(run);
      change(run.data);
      expect(relative(run.weight.grad!, exactGradient())).toBeLessThan(2e-6);
    }
  });
  it("a backward pass adds to it", () => {
    const run = start(optim.SGD);
    step(run);
    plainLoss(run.model, run.data).backward();
    const sum = run.weight.grad!.clone();
    run.model.zeroGrad();
    plainLoss(run.model, run.data).backward();
    expect(relative(sum.sub(run.weight.grad!), exactGradient())).toBeLessThan(1e-5);
  });
  it("zeroGrad() and grad = null take it away, a gradient that is set stands for it", () => {
    const run = start(optim.SGD);
    for (const clear of [
      () => run.optimizer.zeroGrad(),
      () => run.model.zeroGrad(),
      () => {
        run.weight.grad = null;
      },
    ]) {
      step(run);
      clear();
      expect(run.weight.grad).toBeNull();
    }
    step(run);
    run.model.zeroGrad({ setToNone: false });
    expect(run.weight.grad!.abs().max().item()).toBe(0);
    step(run);
    run.optimizer.zeroGrad({ setToNone: false });
    expect(run.weight.grad!.abs().max().item()).toBe(0);
    step(run);
    run.weight.grad = torch.ones([128, 256]);
    expect(run.weight.grad.sum().item()).toBe(128 * 256);
    plainLoss(run.model, run.data).backward();
    run.weight.grad = null;
    expect(run.weight.grad).toBeNull();
  });
  it("zeroGrad() of one name of a storage leaves the gradient of another", () => {
    const run = start(optim.SGD);
    const other = new nn.Parameter(torch.zeros([128, 256]));
    other.setData(run.weight.detach());
    step(run);
    other.grad = null;
    expect(relative(run.weight.grad!, exactGradient())).toBeLessThan(2e-6);
  });
  it("another SGD over the same weights steps along it", () => {
    const stepped = (asks: boolean) => {
      const run = start(optim.SGD);
      step(run);
      if (asks) run.weight.grad!.dispose();
      new optim.SGD(run.model.parameters(), { lr: 0.5 }).step();
      return run.weight.detach().clone();
    };
    expect(bits(stepped(false)).equals(bits(stepped(true)))).toBe(true);
  });
  it("another SGD steps along it and what was added to it", () => {
    const stepped = (asks: boolean) => {
      const run = start(optim.SGD);
      step(run);
      if (asks) run.weight.grad!.dispose();
      plainLoss(run.model, run.data).backward();
      new optim.SGD(run.model.parameters(), { lr: 0.5 }).step();
      return run.weight.detach().clone();
    };
    expect(relative(stepped(false), stepped(true).double())).toBeLessThan(1e-6);
  });
  it("clipping afterwards has its norm", () => {
    const run = start(optim.SGD);
    step(run);
    const norm = run.optimizer.diagnostics().sharpGradNorm!;
    expect(nn.utils.clipGradNorm_(run.model.parameters(), 1).item()).toBeCloseTo(norm, 5);
  });
  it("the optimizer may be gone", () => {
    const run = start(optim.SGD);
    step(run);
    run.optimizer.dispose();
    expect(relative(run.weight.grad!, exactGradient())).toBeLessThan(2e-6);
  });
});

describe("steps that go wrong", () => {
  it("a second gradient that is not finite: no step, no gradient, and the next step works", () => {
    const run = start(optim.SGD);
    const before = run.weight.detach().clone();
    step(run, (net, x, pass) => (pass === 1 ? plainLoss(net, x).mul(Number.NaN) : plainLoss(net, x)));
    expect(run.weight.equal(before)).toBe(true);
    expect(run.weight.grad).toBeNull();
    expect(run.optimizer.base.stateOf(run.weight)).toEqual({});
    const fresh = start(optim.SGD);
    step(run);
    step(fresh);
    expect(bits(run.weight.detach()).equals(bits(fresh.weight.detach()))).toBe(true);
  });
  it("a closure that throws after its second backward: weights at w, the gradient there", () => {
    const run = start(optim.SGD);
    const before = run.weight.detach().clone();
    let pass = 0;
    const failing = () => {
      const loss = plainLoss(run.model, run.data);
      loss.backward();
      if (pass++ === 1) throw new Error("no more");
      return loss;
    };
    expect(() => run.optimizer.step(failing)).toThrow("no more");
    expect(run.weight.equal(before)).toBe(true);
    expect(relative(run.weight.grad!, exactGradient())).toBeLessThan(2e-6);
    plainLoss(run.model, run.data).backward(); // is nobody's factors
    expect(run.weight.grad).not.toBeNull();
    step(run);
    const fresh = start(optim.SGD);
    step(fresh);
    expect(bits(run.weight.detach()).equals(bits(fresh.weight.detach()))).toBe(true);
  });
  it("a second pass without a gradient is refused, though there are factors of the first", () => {
    for (const factored of [true, false]) {
      cpu.factoredGradients = factored;
      const run = start(optim.SGD, { net: () => new nn.Linear(256, 128, false) });
      const before = bits(run.weight);
      const other = torch.ones([], { requiresGrad: true });
      const counts = countFactors();
      const refused = errorOf(() => step(run, (net, x, pass) => (pass === 1 ? other.mul(2) : plainLoss(net, x))));
      vi.restoreAllMocks();
      expect(counts).toEqual([factored ? 1 : 0]);
      expect(refused.message).toContain("gradients after the second pass");
      expect(bits(run.weight).equals(before)).toBe(true);
    }
  });
  it("rows that cancel out: the norm comes from the gradient itself", () => {
    const setting: Setting = {
      net: () => new nn.Linear(256, 128),
      // Both halves are the same rows, and what flows back to them in the second pass is opposite but for a little.
      loss: (net, x, pass) => {
        const [a, b] = net.forward(torch.cat([x, x])).chunk(2);
        return (pass === 0 ? a!.square().add(b!.square()) : a!.sub(b!.mul(0.9999))).sum();
      },
    };
    const want = results(Asks, { ...setting, steps: 1 });
    const counts = countAtStep();
    const got = results(optim.SGD, { ...setting, steps: 1 });
    expect(counts).toEqual([1]); // SGD goes over it, and finds the norm
    expect(got.norms).toEqual(want.norms);
    cpu.factoredGradients = false;
    const plain = results(optim.SGD, { ...setting, steps: 1 });
    expect(got.norms[0]! / plain.norms[0]!).toBeCloseTo(1, 2);
    expect(bits(got.tensors[0]!).equals(bits(want.tensors[0]!))).toBe(true);
  });
});

it("holds one batch between steps, not more of them", () => {
  const run = start(optim.SGD);
  const counts: number[] = [];
  for (let i = 0; i < 20; i++) {
    torch.tidy(() => step({ ...run, data: torch.randn([10, 256]) }));
    if (i % 5 === 4) counts.push(liveMemory().allocated);
  }
  expect(counts).toEqual(counts.map(() => counts[0]));
});
