import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";

const { nn, optim } = torch;
const SGD = { rho: 0.1, lr: 0.1, momentum: 0.9 };
type Made = new (params: unknown, base: unknown, options: object) => torch.optim.SAM;
const RULES = {
  SAM: optim.SAM,
  GSAM: optim.GSAM,
  LookSAM: optim.LookSAM,
  FSAM: optim.FSAM,
  WSAM: optim.WSAM,
  MSAM: optim.MSAM,
} as unknown as Record<string, Made>;

const parameter = (...values: number[]) => torch.tensor(values, { dtype: "float64", requiresGrad: true });
/** The sum of sixth powers and of the product of all: gradients that change their direction as the weights move. */
function closureOf(params: readonly torch.Tensor[]) {
  return () => {
    const sums = params.map((p) => p.pow(6).sum());
    const loss = sums.reduce((a, b) => a.add(b)).add(params.map((p) => p.prod()).reduce((a, b) => a.mul(b)));
    loss.backward();
    return loss;
  };
}
const values = (params: readonly torch.Tensor[]) => params.map((p) => p.toArray());

it("a base may be chosen at run time", () => {
  for (const name of ["adam", "sgd"] as const) {
    const Base: torch.optim.BaseOptimizer<{ lr: number }> = { adam: optim.AdamW, sgd: optim.SGD }[name];
    const optimizer = new optim.SAM([parameter(1, 2)], Base, { lr: 0.25 });
    const lr: number = optimizer.paramGroups[0]!.lr;
    expect(lr).toBe(0.25);
    expect(optimizer.base).toBeInstanceOf(Base);
  }
});

describe.each(Object.entries(RULES))("%s", (name, Rule) => {
  it("goes on when parameters are added, and saves what it keeps of the others", () => {
    const make = () => {
      const params = [parameter(0.5, 0.3), parameter(0.7)];
      return { params, optimizer: new Rule([{ params: [params[0]] }, { params: [params[1]] }], optim.SGD, SGD) };
    };
    const [a, b] = [parameter(0.5, 0.3), parameter(0.7)];
    const growing = new Rule([a], optim.SGD, SGD);
    for (let i = 0; i < 2; i++) growing.step(closureOf([a]));
    growing.addParamGroup({ params: [b] });
    const second = make();
    second.optimizer.loadStateDict(growing.stateDict());
    torch.noGrad(() => second.params[0]!.copy_(a));
    for (let i = 0; i < 7; i++) {
      growing.step(closureOf([a, b]));
      second.optimizer.step(closureOf(second.params));
    }
    expect(values(second.params)).toEqual(values([a, b]));
    expect(b.itemNumber()).not.toBe(0.7);
  });

  it("goes on when a parameter leaves its group or groups change places: each keeps what is its own", () => {
    const run = (arrange: (optimizer: torch.optim.SAM, a: torch.Tensor, b: torch.Tensor) => void) => {
      const [a, b] = [parameter(0.5, 0.3), parameter(0.7, 0.2)];
      const optimizer = new Rule([{ params: [a] }, { params: [b] }], optim.SGD, SGD);
      for (let i = 0; i < 2; i++) optimizer.step(closureOf([a, b]));
      arrange(optimizer, a, b);
      for (let i = 0; i < 2; i++) optimizer.step(closureOf([a, b]));
      return values([a, b]).flat() as number[];
    };
    const plain = run(() => {});
    const swapped = run(({ paramGroups }) => void paramGroups.reverse());
    plain.forEach((v, i) => void expect(swapped[i]).toBeCloseTo(v, 14));
    const left = run(({ paramGroups }) => {
      paramGroups[0]!.params = [];
    });
    expect(left.every(Number.isFinite)).toBe(true);
    expect(left).not.toEqual(plain);
  });

  it("takes several groups of named parameters, and masks by name", () => {
    const [a, b] = [parameter(0.5, 0.3), parameter(0.7)];
    const groups = [{ params: [["first.weight", a]], weightDecay: 0.1 }, { params: [["second.bias", b]] }];
    const asked: unknown[] = [];
    const mask = (_: torch.Tensor, paramName?: string) => {
      asked.push(paramName);
      return paramName !== "second.bias";
    };
    const optimizer = new Rule(groups, optim.SGD, { ...SGD, mask });
    expect(optimizer.paramGroups.map((group) => group.paramNames)).toEqual([["first.weight"], ["second.bias"]]);
    for (let i = 0; i < 3; i++) optimizer.step(closureOf([a, b]));
    expect(new Set(asked)).toEqual(new Set(["first.weight", "second.bias"]));
    expect(() => optimizer.addParamGroup({ params: [parameter(1)] })).toThrow(/got a group without names/);
    optimizer.addParamGroup({ params: [["third", parameter(1)]] as never });
    expect(optimizer.stateDict().paramGroups.map((group) => group.paramNames)).toEqual([
      ["first.weight"],
      ["second.bias"],
      ["third"],
    ]);
  });

  it("leaves frozen parameters, those without a gradient and empty ones alone", () => {
    const [a, frozen, unused] = [parameter(0.5, 0.3), torch.tensor([3]), parameter(5)];
    const empty = torch.zeros([0, 3], { requiresGrad: true });
    const optimizer = new Rule([{ params: [] }, { params: [a, frozen] }, { params: [unused, empty] }], optim.SGD, SGD);
    const before = values([a]);
    for (let i = 0; i < 6; i++) optimizer.step(closureOf([a]));
    expect(values([frozen, unused])).toEqual([[3], [5]]);
    expect(values([a])).not.toEqual(before);
  });

  it("refuses sparse and complex gradients and weights without values, and nothing has changed", () => {
    const table = new nn.Embedding(5, 3, { sparse: true });
    const rows = torch.tensor([1, 2], { dtype: "int64" });
    const complex = torch.ones([3], { dtype: "complex64" }).requiresGrad_();
    const meta = torch.ones([3], { device: "meta", requiresGrad: true });
    const cases: [torch.Tensor, () => torch.Tensor, RegExp][] = [
      [table.weight, () => table.forward(rows), /dense/],
      [complex, () => complex.abs(), /viewAsReal/],
      [meta, () => meta, name === "MSAM" ? /Meta|meta/ : /expected weights with values, got float32 \[3\] meta/],
    ];
    for (const [param, f, message] of cases) {
      const optimizer = new Rule([param], optim.SGD, SGD);
      const before = param === meta ? [] : JSON.stringify(param.detach().abs().toArray());
      const step = () =>
        optimizer.step(() => {
          const loss = f().square().sum();
          loss.backward();
          return loss;
        });
      expect(step).toThrow(torch.TorchError);
      expect(step).toThrow(message);
      expect(optimizer.isPerturbed).toBe(false);
      if (param !== meta) expect(JSON.stringify(param.detach().abs().toArray())).toBe(before);
    }
  });

  it("refuses what is no base, a base that evaluates the loss itself, and no options", () => {
    const make = (Base: unknown, options: unknown = SGD) => new Rule([parameter(1)], Base, options as object);
    class Inner extends optim.SAM {
      constructor(params: torch.optim.Params, options: object) {
        super(params, optim.SGD as never, options as never);
      }
    }
    expect(() => make(optim.LBFGS, { lr: 0.1 })).toThrow(/expected a base that steps .* got LBFGS/);
    expect(() => make(Inner, { lr: 0.1 })).toThrow(/expected a base that steps .* got Inner/);
    expect(() => make(optim.Adadelta, { lr: 0.1 })).toThrow(
      /expected a base without options of SAM's names, got Adadelta with rho/,
    );
    expect(() => make(class Nothing {})).toThrow(/expected a base optimizer's class, got Nothing/);
    expect(() => make(undefined)).toThrow(/expected a base optimizer's class, got undefined/);
    expect(() => make(optim.SGD, null)).toThrow(/expected options, got null/);
  });

  it("refuses options of the wrong kind, also when a script sets them later", () => {
    const make = (options: object) => new Rule([parameter(1)], optim.SGD, { ...SGD, ...options });
    expect(() => make({ adaptive: "False" })).toThrow(/expected adaptive to be true or false, got /);
    expect(() => make({ sameMasks: 1 })).toThrow(/expected sameMasks to be true or false/);
    expect(() => make({ rho: "0.1" })).toThrow(/expected rho >= 0, got "0.1"/);
    expect(() => make({ mask: torch.tensor([true]) })).toThrow(/expected mask to be true, false or a function/);
    expect(() => make({ maximize: true })).toThrow(/expected a loss to minimise, got maximize/);
    const param = parameter(0.5);
    const optimizer = new Rule([param], optim.SGD, SGD);
    optimizer.step(closureOf([param]));
    const before = param.itemNumber();
    for (const wrong of [{ eta: Number.NaN }, { adaptive: "yes" }, { maximize: true }]) {
      const [group] = optimizer.paramGroups;
      const kept = { ...group };
      Object.assign(group!, wrong);
      expect(() => optimizer.step(() => closureOf([param])())).toThrow(torch.TorchError);
      expect(param.itemNumber()).toBe(before);
      Object.assign(group!, kept);
      optimizer.zeroGrad();
    }
    expect(() => optimizer.step(closureOf([param]))).not.toThrow();
  });
});

describe("two optimizers", () => {
  const make = (param: torch.Tensor) => new optim.SAM([param], optim.SGD, { rho: 0.1, lr: 0 });

  it("on the same weights: the second is refused while the first has perturbed them, and they come back", () => {
    const w = parameter(1, 2);
    const [first, second] = [make(w), make(w)];
    const closure = closureOf([w]);
    closure();
    first.firstStep({ zeroGrad: true });
    closure();
    expect(() => second.firstStep()).toThrow(/got weights that another optimizer has perturbed/);
    expect(() => second.step(closure)).toThrow(/got weights that another optimizer has perturbed/);
    closure();
    first.secondStep();
    expect(w.toArray()).toEqual([1, 2]);
    second.step(closure);
    expect(w.toArray()).toEqual([1, 2]);
  });

  it("on weights of their own may take turns", () => {
    const [a, b] = [parameter(1, 2), parameter(3, 4)];
    const [first, second] = [make(a), make(b)];
    closureOf([a, b])();
    first.firstStep();
    second.firstStep();
    expect([first.isPerturbed, second.isPerturbed]).toEqual([true, true]);
    closureOf([a, b])();
    first.secondStep();
    second.secondStep();
    expect(values([a, b])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe("between firstStep and secondStep", () => {
  for (const Rule of [optim.SAM, optim.GSAM] as const) {
    it(`${Rule.name}: parameters added to the base are refused, the weights are at w, and the next step takes them along`, () => {
      const [a, b] = [parameter(0.5, 0.3), parameter(0.7)];
      const optimizer = new Rule([a], optim.SGD, SGD);
      closureOf([a])();
      optimizer.firstStep({ zeroGrad: true });
      optimizer.base.addParamGroup({ params: [b], lr: 0.1 });
      closureOf([a, b])();
      expect(() => optimizer.secondStep()).toThrow(/expected the parameters that firstStep\(\) had, got others/);
      expect(values([a, b])).toEqual([[0.5, 0.3], [0.7]]);
      optimizer.step(closureOf([a, b]));
      expect(b.itemNumber()).not.toBe(0.7);
    });
  }

  it("a model cannot get masters: they would be made of w + eps", () => {
    const model = new nn.Linear(2, 2);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, SGD);
    model
      .forward(torch.ones([1, 2]))
      .square()
      .sum()
      .backward();
    const before = model.weight.toArray();
    optimizer.firstStep();
    expect(() => model.to("bfloat16", { masterWeights: true })).toThrow(/expected weights at w/);
    optimizer.restore();
    expect(model.weight.toArray()).toEqual(before);
  });
});

describe("complex weights over a base that takes them: a complex number is two real ones", () => {
  class Descent extends optim.Optimizer<{ lr: number }> {
    protected override updateParam(param: torch.Tensor, grad: torch.Tensor, { lr }: { lr: number }) {
      param.sub_(grad, { alpha: lr });
    }
  }
  for (const Rule of [optim.SAM, optim.GSAM, optim.LookSAM, optim.FSAM, optim.WSAM] as const) {
    it(Rule.name, () => {
      const run = (isComplex: boolean) => {
        const real = torch.tensor(
          [
            [0.5, 0.2],
            [0.3, -0.7],
          ],
          { dtype: "float64" },
        );
        const w = (isComplex ? torch.viewAsComplex(real).clone() : real).requiresGrad_();
        const options = { rho: 0.3, lr: 0.1, diagnostics: true };
        const optimizer = new Rule([w], Descent as never, options as never) as torch.optim.SAM;
        for (let i = 0; i < 3; i++) {
          optimizer.step(() => {
            const x = isComplex ? torch.viewAsReal(w) : w;
            const loss = x.pow(4).sum().add(x.sum().square());
            loss.backward();
            return loss;
          });
        }
        const end = w.detach();
        return [optimizer.diagnostics().epsNorm ?? 0, (isComplex ? torch.viewAsReal(end) : end).toArray()].flat(3);
      };
      const [real, complex] = [run(false), run(true)] as [number[], number[]];
      real.forEach((v, i) => void expect(complex[i]).toBeCloseTo(v, 12));
    });
  }

  it("p = infinity moves each by rho in its direction", () => {
    const w = torch
      .viewAsComplex(torch.tensor([[3, 4]], { dtype: "float64" }))
      .clone()
      .requiresGrad_();
    const seen: unknown[] = [];
    new optim.SAM([w], Descent, { rho: 0.5, p: Number.POSITIVE_INFINITY, lr: 0 }).step(() => {
      seen.push(torch.viewAsReal(w.detach()).toArray());
      const loss = w.abs().square().sum();
      loss.backward();
      return loss;
    });
    const [[[re, im]]] = [seen[1]] as [[[number, number]]];
    expect([re, im].map((v) => Number(v.toFixed(12)))).toEqual([3.3, 4.4]);
  });
});

it("MSAM over a base without momentum is refused: it would never perturb", () => {
  expect(() => new optim.MSAM([parameter(1)], optim.SGD, { lr: 0.1 })).toThrow(
    /expected a base with momentum, got SGD with momentum 0/,
  );
});

it("numbers of a rule have to be numbers; ESAM's choice is one for each tensor", () => {
  const params = () => [parameter(1)];
  expect(() => new optim.GSAM(params(), optim.SGD, { ...SGD, alpha: Number.NaN })).toThrow(/\[GSAM\] expected alpha/);
  expect(() => new optim.LookSAM(params(), optim.SGD, { ...SGD, alpha: "1" as never })).toThrow(/expected alpha/);
  expect(() => new optim.FSAM(params(), optim.SGD, { ...SGD, sigma: Number.NaN })).toThrow(/\[FSAM\] expected sigma/);
  expect(() => new optim.WSAM(params(), optim.SGD, { ...SGD, decoupled: "no" as never })).toThrow(/decoupled/);
  const esam = new optim.ESAM(params(), optim.SGD, { ...SGD, choose: () => [] });
  expect(() => esam.step(() => torch.ones([1]))).toThrow(/expected choose to return 1 booleans, got 0/);
});

it("a state with a loss scale that makes no sense is refused before anything is taken over", () => {
  const param = parameter(0.5);
  const optimizer = new optim.SAM([param], optim.SGD, { ...SGD, scaler: new optim.GradScaler() });
  const state = optimizer.stateDict();
  const wrong = { ...state, sam: { ...state.sam, scaler: {} as never } };
  wrong.paramGroups[0]!.lr = 7;
  expect(() => optimizer.loadStateDict(wrong)).toThrow(/expected a state with scale and growthTracker/);
  expect(optimizer.paramGroups[0]!.lr).toBe(0.1);
});
