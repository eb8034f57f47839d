import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { liveMemory } from "../../live-memory.js";
import { stateNumbers } from "./guarantee-net.js";
import { Problem } from "./problem.js";

const { nn, optim } = torch;
const F = nn.functional;

function setUp() {
  torch.manualSeed(1);
  const model = new nn.Sequential(new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Linear(8, 3));
  const x = torch.randn([12, 6]);
  const y = torch.randint(0, 3, [12]);
  const optimizer = new optim.SAM(model.parameters(), optim.SGD, { rho: 0.5, lr: 0.1, momentum: 0.9 });
  const closure = () => {
    const loss = F.crossEntropy(model.forward(x), y);
    loss.backward();
    return loss;
  };
  optimizer.step(closure); // so that there is a momentum to lose
  const numbers = () => Object.values(model.stateDict()).map((t) => t.toArray());
  const momentum = () => JSON.stringify(optimizer.momenta().map((t) => t?.toArray()));
  return { model, optimizer, closure, numbers, momentum };
}
type Given = ReturnType<typeof setUp>;

/** Runs a step whose closure does `act` in one pass; weights, running statistics and momentum must be as before it. */
function expectUnharmed(pass: number, act: (given: Given) => unknown, message: RegExp): void {
  const given = setUp();
  const before = [given.numbers(), given.momentum()];
  let calls = 0;
  const acting = () => {
    const loss = given.closure();
    if (++calls !== pass) return loss;
    return (act(given) ?? loss) as torch.Tensor;
  };
  expect(() => given.optimizer.step(acting)).toThrow(message);
  expect([given.numbers(), given.momentum()]).toEqual(before);
  expect(given.optimizer.isPerturbed).toBe(false);
  expect(given.optimizer.steps).toBe(1);
  given.optimizer.step(given.closure);
  expect(given.numbers()).not.toEqual(before[0]);
}

describe.each([1, 2])(
  "in pass %i: weights, statistics and state are as before, and the next step works, when the closure",
  (pass) => {
    const raise = () => {
      throw new RangeError("no more");
    };
    const fresh = (given: Given) => given.optimizer.zeroGrad();
    const cases: [string, (given: Given) => unknown, RegExp][] = [
      ["throws", raise, /no more/],
      ["makes no gradient", fresh, /expected gradients after the (first|second) pass, got none/],
      ["is asynchronous", (given) => Promise.resolve(given.closure()), /got a promise/],
      ["is asynchronous and fails", () => Promise.reject(new Error("late")), /got a promise/],
      ["returns nothing", () => "nothing", /expected the closure to return the loss, got string/],
      ["returns a loss that it freed", () => disposed(), /got a tensor that was disposed/],
      ["steps itself", ({ optimizer, closure }) => optimizer.step(closure), /call from inside a step's closure/],
      ["restores", ({ optimizer }) => optimizer.restore(), /call from inside a step's closure/],
      ["saves the state", ({ optimizer }) => optimizer.stateDict(), /call from inside a step's closure/],
      ["adds parameters", ({ optimizer }) => optimizer.addParamGroup({ params: [extra()] }), /call from inside/],
    ];
    it.each(cases)("%s", (_name, act, message) => expectUnharmed(pass, act, message));
  },
);

const extra = () => torch.ones([2], { requiresGrad: true });
function disposed(): torch.Tensor {
  const tensor = torch.ones([]);
  tensor.dispose();
  return tensor;
}

describe("a closure that", () => {
  it("adds parameters to the base optimizer is refused; the next step takes them along", () => {
    const { optimizer, closure, numbers } = setUp();
    const before = numbers();
    let calls = 0;
    const adding = () => {
      if (++calls === 2) optimizer.base.addParamGroup({ params: [extra()], lr: 0.1 });
      return closure();
    };
    expect(() => optimizer.step(adding)).toThrow(/expected the same parameters before and after the closure/);
    expect(numbers()).toEqual(before);
    optimizer.step(closure);
    expect(numbers()).not.toEqual(before);
  });

  it("changes weights in the first pass: they are the weights from then on", () => {
    const [before, changing] = [setUp(), setUp()];
    const fill = (given: Given) => torch.noGrad(() => given.model.parameters().forEach((p) => void p.mul_(0.5)));
    const backwards = (given: Given, act: () => void) => {
      let calls = 0;
      given.optimizer.step(() => {
        const loss = given.closure();
        if (++calls === 1) act();
        return loss;
      });
    };
    backwards(changing, () => fill(changing));
    // The same by hand: the first gradient at w, eps from w / 2 on, the update at w / 2.
    before.optimizer.zeroGrad();
    before.closure();
    fill(before);
    before.optimizer.firstStep({ zeroGrad: true });
    before.closure();
    before.optimizer.secondStep();
    expect(changing.numbers()).toEqual(before.numbers());
  });

  it("frees a parameter is an error that says so; the others are at w, and a step without it works", () => {
    for (const pass of [1, 2]) {
      const { model, optimizer, closure } = setUp();
      const params = model.parameters();
      const others = () => params.slice(1).map((p) => p.toArray());
      const before = others();
      let calls = 0;
      const freeing = () => {
        const loss = closure();
        if (++calls === pass) params[0]!.dispose();
        return loss;
      };
      expect(() => optimizer.step(freeing)).toThrow(/disposed/);
      expect(others()).toEqual(before);
      expect(optimizer.isPerturbed).toBe(false);
      const [group] = optimizer.paramGroups;
      group!.params = group!.params.filter((p) => !p.isDisposed);
      optimizer.step(() => {
        const loss = params.slice(1).reduce((sum, p) => sum.add(p.square().sum()), torch.zeros([]));
        loss.backward();
        return loss;
      });
      expect(others()).not.toEqual(before);
    }
  });

  it.each([1, 2])("frees gradients, activations and all else that it made in pass %i changes nothing", (pass) => {
    const [plain, freeing] = [setUp(), setUp()];
    plain.optimizer.step(plain.closure);
    let calls = 0;
    freeing.optimizer.step(() => {
      const loss = torch.tidy(freeing.closure);
      if (++calls === pass) for (const p of freeing.model.parameters()) p.grad?.dispose();
      return loss;
    });
    expect(freeing.numbers()).toEqual(plain.numbers());
  });

  it.each([1, 2])("frees the batch in pass %i: the weights are at w, and the next step works", (pass) => {
    const { model, optimizer, closure, numbers } = setUp();
    const before = numbers();
    const batch = torch.randn([12, 6]);
    const y = torch.randint(0, 3, [12]);
    let calls = 0;
    const freeing = () => {
      if (++calls === pass) batch.dispose();
      const loss = F.crossEntropy(model.forward(batch), y);
      loss.backward();
      return loss;
    };
    expect(() => optimizer.step(freeing)).toThrow(/disposed/);
    expect(numbers()).toEqual(before);
    optimizer.step(closure);
    expect(numbers()).not.toEqual(before);
  });

  it("changes weights in the second pass: it is undone with eps", () => {
    const [plain, changing] = [setUp(), setUp()];
    let calls = 0;
    plain.optimizer.step(plain.closure);
    changing.optimizer.step(() => {
      const loss = changing.closure();
      if (++calls === 2) torch.noGrad(() => [...changing.model.parameters()].forEach((p) => void p.fill_(7)));
      return loss;
    });
    expect(changing.numbers()).toEqual(plain.numbers());
  });
});

const family = ["SAM", "GSAM", "LookSAM", "FSAM", "WSAM", "MSAM", "ESAM"] as const;
const make = (rule: (typeof family)[number], params: torch.Tensor[], Base: unknown, options: object = {}) =>
  new (optim[rule] as unknown as new (...args: unknown[]) => torch.optim.SAM)(params, Base, {
    ...{ rho: 0.1, lr: 0.1, momentum: 0.9, diagnostics: true, ...options },
  });
const stepOf = (optimizer: torch.optim.SAM, problem: Problem) =>
  optimizer instanceof optim.ESAM
    ? optimizer.step((rows) =>
        problem
          .residual(rows ?? undefined)
          .square()
          .mean(1),
      )
    : optimizer.step(problem.closure);

/** SGD that throws instead of stepping when asked to. */
function failing(when: () => boolean) {
  const step = optim.SGD.prototype.step as () => undefined;
  class Failing extends optim.SGD {}
  Failing.prototype.step = function (this: torch.optim.SGD) {
    if (when()) throw new RangeError("no more");
    return step.call(this);
  } as typeof optim.SGD.prototype.step;
  return Failing;
}

describe.each(family)("%s", (rule) => {
  it.each([0, 1, 2, 3])(
    "over a base that throws in step %i: all is as before, and the next try is as if nothing had been",
    (at) => {
      let calls = 0;
      const Failing = failing(() => calls++ === at);
      const schedule = { every: 2 };
      const run = (Base: unknown) => {
        const problem = new Problem();
        const optimizer = make(rule, problem.params, Base, { schedule, ...(rule === "LookSAM" && { k: 2 }) });
        const state = () => [problem.flat(), stateNumbers(optimizer), packed(optimizer), optimizer.steps];
        for (let step = 0; step < 5; step++) {
          torch.manualSeed(step); // ESAM draws
          const before = state();
          if (Base === Failing && step === at) {
            expect(() => stepOf(optimizer, problem)).toThrow(/no more/);
            expect(state()).toEqual(before);
            torch.manualSeed(step);
          }
          stepOf(optimizer, problem);
        }
        return state();
      };
      expect(run(Failing)).toEqual(run(optim.SGD));
    },
  );

  it("leaves no tensor behind, without waiting for the garbage collector", () => {
    const problem = new Problem();
    const optimizer = make(rule, problem.params, optim.SGD);
    const counts: number[] = [];
    liveMemory();
    for (let i = 0; i < 30; i++) {
      torch.tidy(() => void stepOf(optimizer, problem));
      counts.push(torch.memory().tensors);
    }
    expect(counts.slice(20)).toEqual(counts.slice(10, 20)); // LookSAM's cycle is in both
  });
});
const packed = (optimizer: torch.optim.SAM) =>
  Object.entries(optimizer.stateDict().sam.rule).map(([key, list]) => [key, list.map((t) => t?.toArray())]);

it("WSAM's second term is that of its own step only: none after a base that threw and a step that was skipped", () => {
  let fails = true;
  const Failing = failing(() => fails);
  const [problem, plain] = [new Problem(), new Problem()];
  const optimizer = make("WSAM", problem.params, Failing, { schedule: { every: 2 } });
  expect(() => optimizer.step(problem.closure)).toThrow(/no more/);
  fails = false;
  optimizer.step(() => {
    const loss = problem.loss().mul(Number.NaN);
    loss.backward();
    return loss;
  });
  optimizer.step(problem.closure); // one pass: the base's step
  const sgd = new optim.SGD(plain.params, { lr: 0.1, momentum: 0.9 });
  plain.closure();
  sgd.step();
  expect(problem.flat()).toEqual(plain.flat());
});

it("a step inside tidy, and one outside, are the same", () => {
  const [inside, outside] = [setUp(), setUp()];
  for (let i = 0; i < 3; i++) {
    torch.tidy(() => inside.optimizer.step(inside.closure));
    outside.optimizer.step(outside.closure);
  }
  expect(inside.numbers()).toEqual(outside.numbers());
  expect(inside.optimizer.diagnostics().loss).toBe(outside.optimizer.diagnostics().loss);
});

it("nothing is saved while weights are perturbed", () => {
  const { model, optimizer, closure } = setUp();
  const path = join(mkdtempSync(join(tmpdir(), "sam-")), "x.safetensors");
  const checkpoint = new torch.train.Checkpoint(path, { model });
  const ways = [
    () => checkpoint.save(),
    () => torch.save(model.stateDict(), path),
    () => torch.saveSafetensors(model.stateDict(), path),
  ];
  closure();
  optimizer.firstStep();
  for (const save of ways) expect(save).toThrow(/expected weights at w, got weights that an optimizer has perturbed/);
  expect(checkpoint.exists()).toBe(false);
  optimizer.restore();
  for (const save of ways) expect(save).not.toThrow();
});
