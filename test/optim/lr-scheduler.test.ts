import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { fixture } from "./fixtures.js";

const { optim } = torch;
const { lrScheduler } = optim;

interface Spec {
  scheduler: string;
  args: unknown[];
  options: Record<string, unknown>;
}
interface Schedule {
  kind: "single" | "sequence" | "chain" | "chained" | "plateau";
  base: number[];
  milestones?: number[];
  metrics?: number[];
  schedulers: Spec[];
  lrs: number[][];
  momenta: number[][];
}

const makeOptimizer = (base: number[]) =>
  new optim.SGD(
    base.map((lr) => ({ params: [torch.zeros([1]).requiresGrad_()], lr })),
    { momentum: 0.9 },
  );

type Any = torch.optim.lrScheduler.Scheduler & { step(metric?: number): void };

function make(optimizer: torch.optim.lrScheduler.Scheduled, { scheduler, args: given, options }: Spec): Any {
  // Lambdas are written as JavaScript.
  const lambdas = scheduler === "MultiplicativeLR" ? (given[0] as string[]) : undefined;
  const args = lambdas === undefined ? given : [lambdas.map((text) => new Function("epoch", `return ${text}`))];
  const Class = lrScheduler[scheduler as "StepLR"] as unknown as new (...args: unknown[]) => Any;
  return new Class(optimizer, ...args, options);
}

/** The older fixture names every argument; the required ones are positional here. */
function positional(scheduler: string, options: Record<string, unknown>): Spec {
  const { stepSize, milestones, tMax, epochs, lrLambda, ...rest } = options;
  if (scheduler === "ThreeDrops") return { scheduler: "ThreeDropLR", args: [epochs], options: rest };
  if (scheduler === "LambdaLR") {
    const made = (lrLambda as string[]).map((text) => new Function("epoch", `return ${text}`));
    return { scheduler, args: [made.length === 1 ? made[0] : made], options: rest };
  }
  return { scheduler, args: [stepSize ?? milestones ?? tMax], options: rest };
}

const older = fixture<{
  schedules: { scheduler: string; options: Record<string, unknown>; base: number[]; lrs: number[][] }[];
}>("optim.json.gz").schedules.map(
  ({ scheduler, options, base, lrs }): Schedule => ({
    kind: "single",
    base,
    schedulers: [positional(scheduler, options)],
    lrs,
    momenta: lrs.map((epoch) => epoch.map(() => 0.9)),
  }),
);
const schedules = [
  ...older,
  ...fixture<{ schedules: Schedule[] }>("optim-more.json.gz").schedules,
  ...fixture<{ schedules: Schedule[] }>("optim-gaps.json.gz").schedules,
];
const titleOf = ({ kind, schedulers, base }: Schedule) =>
  `${kind} ${schedulers.map((s) => `${s.scheduler}(${[...s.args, s.options].map((a) => (typeof a === "object" ? JSON.stringify(a) : String(a)))})`).join(" + ")} from ${base}`;

/** An optimizer under the schedule, and what steps it after epoch `e`. */
function start(given: Schedule) {
  const optimizer = makeOptimizer(given.base);
  const list = given.schedulers.map((spec) => make(optimizer, spec));
  let whole: Any[] = list;
  if (given.kind === "sequence") whole = [new lrScheduler.SequentialLR(optimizer, list as never, given.milestones!)];
  if (given.kind === "chained") whole = [new lrScheduler.ChainedScheduler(list as never)];
  const step = (epoch: number) => {
    for (const scheduler of whole) scheduler.step(given.metrics?.[epoch]);
  };
  return { optimizer, whole, step };
}

const near = (got: number[], expected: number[], what: string) => {
  expect(got.length).toBe(expected.length);
  // An absolute bound: at the end of a cosine the recursion leaves rounding noise where zero should be, here as in PyTorch.
  got.forEach((lr, i) => {
    expect(Math.abs(lr - expected[i]!), `${what}: ${got} and ${expected}`).toBeLessThan(1e-14);
  });
};

describe("sequences agree with PyTorch", () => {
  it.each(schedules.map((s) => [titleOf(s), s] as const))("%s", (_, given) => {
    const { optimizer, whole, step } = start(given);
    given.lrs.forEach((expected, epoch) => {
      near(
        optimizer.paramGroups.map((group) => group.lr),
        expected,
        `lr in epoch ${epoch}`,
      );
      near(
        optimizer.paramGroups.map((group) => group.momentum),
        given.momenta[epoch]!,
        `momentum in epoch ${epoch}`,
      );
      near(whole.at(-1)!.getLastLr(), expected, `getLastLr in epoch ${epoch}`);
      if (epoch + 1 < given.lrs.length) step(epoch);
    });
  });
});

describe("a saved schedule goes on as if never interrupted", () => {
  it.each(schedules.map((s) => [titleOf(s), s] as const))("%s", (_, given) => {
    const without = start(given);
    const first = start(given);
    const cut = Math.floor(given.lrs.length / 2);
    for (let epoch = 0; epoch < cut; epoch++) {
      first.step(epoch);
      without.step(epoch);
    }
    const states = JSON.parse(JSON.stringify(first.whole.map((scheduler) => scheduler.stateDict())));
    const second = start({ ...given, base: given.base.map(() => 7) });
    second.optimizer.loadStateDict(first.optimizer.stateDict());
    second.whole.forEach((scheduler, i) => {
      scheduler.loadStateDict(states[i]);
    });
    expect(second.whole.map((s) => s.stateDict())).toEqual(first.whole.map((s) => s.stateDict()));
    for (let epoch = cut; epoch + 1 < given.lrs.length; epoch++) {
      expect(second.optimizer.paramGroups.map((g) => [g.lr, g.momentum])).toEqual(
        without.optimizer.paramGroups.map((g) => [g.lr, g.momentum]),
      );
      second.step(epoch);
      without.step(epoch);
    }
    expect(second.whole.map((s) => s.getLastLr())).toEqual(without.whole.map((s) => s.getLastLr()));
  });
});

describe("a schedule", () => {
  it("drops three times, exactly where the reference does", () => {
    for (const epochs of [1, 2, 3, 7, 10, 50, 199, 200]) {
      const optimizer = makeOptimizer([0.1]);
      const scheduler = new lrScheduler.ThreeDropLR(optimizer, epochs);
      for (let epoch = 0; epoch < epochs; epoch++) {
        const drops = [epoch >= (epochs * 3) / 10, epoch >= (epochs * 6) / 10, epoch >= (epochs * 8) / 10].filter(
          Boolean,
        ).length;
        expect(optimizer.paramGroups[0]!.lr).toBeCloseTo(0.1 * 0.2 ** drops, 15);
        scheduler.step();
      }
    }
  });

  it("moves the first beta where there is no momentum", () => {
    const optimizer = new optim.Adam([torch.zeros([1]).requiresGrad_()], { lr: 0.1 });
    const scheduler = new lrScheduler.OneCycleLR(optimizer, 0.1, { totalSteps: 10 });
    expect(optimizer.paramGroups[0]!.betas).toEqual([0.95, 0.999]);
    scheduler.step();
    scheduler.step();
    expect(optimizer.paramGroups[0]!.betas[0]).toBeCloseTo(0.85, 12);
    expect(optimizer.paramGroups[0]!.lr).toBeCloseTo(0.1, 12);
    for (let i = 0; i < 8; i++) scheduler.step();
    expect(optimizer.paramGroups[0]!.lr).toBeCloseTo(0.1 / 25 / 1e4, 12);
    expect(() => scheduler.step()).toThrow(/OneCycleLR.*at most 10 steps/);
  });

  it("of one's own takes ten lines", () => {
    class HalfLife extends lrScheduler.LRScheduler<{ epochs: number }> {
      protected override nextLr({ lr, first }: torch.optim.lrScheduler.Now): number {
        return first ? lr : lr * 0.5 ** (1 / this.options.epochs);
      }
    }
    const optimizer = makeOptimizer([0.8]);
    const scheduler = new HalfLife(optimizer, { epochs: 2 });
    for (let i = 0; i < 4; i++) scheduler.step();
    expect(optimizer.paramGroups[0]!.lr).toBeCloseTo(0.2, 12);
    expect(scheduler.stateDict()).toMatchObject({ epochs: 2, lastEpoch: 4, baseLrs: [0.8] });
  });

  it("goes on for a group that was added on the way", () => {
    const optimizer = makeOptimizer([0.1]);
    const scheduler = new lrScheduler.StepLR(optimizer, 2, { gamma: 0.5 });
    scheduler.step();
    optimizer.addParamGroup({ params: [torch.zeros([2]).requiresGrad_()], lr: 0.4 });
    scheduler.step();
    expect(scheduler.getLastLr()).toEqual([0.05, 0.2]);
  });

  it("goes on from an epoch when the optimizer was loaded", () => {
    const before = makeOptimizer([0.1]);
    const first = new lrScheduler.MultiStepLR(before, [2, 4]);
    for (let i = 0; i < 3; i++) first.step();
    const optimizer = makeOptimizer([0.5]);
    expect(() => new lrScheduler.MultiStepLR(optimizer, [2, 4], { lastEpoch: 2 })).toThrow(/initialLr/);
    optimizer.loadStateDict(before.stateDict());
    const second = new lrScheduler.MultiStepLR(optimizer, [2, 4], { lastEpoch: 2 });
    expect(second.getLastLr()).toEqual(first.getLastLr());
    second.step();
    first.step();
    expect(second.getLastLr()).toEqual(first.getLastLr());
    expect(second.lastEpoch).toBe(4);
  });

  it("acts on SAM and its base alike", () => {
    for (const on of ["sam", "base"] as const) {
      const sam = new optim.SAM([torch.zeros([1]).requiresGrad_()], optim.SGD, { rho: 0.05, lr: 0.1 } as never);
      const scheduler = new lrScheduler.ExponentialLR(on === "sam" ? sam : sam.base, 0.5);
      scheduler.step();
      expect((sam.paramGroups[0] as { lr?: number }).lr).toBe(0.05);
      expect((sam.base.paramGroups[0] as { lr?: number }).lr).toBe(0.05);
    }
  });

  it("reduces on a plateau of a metric that is a tensor, and counts NaN as no improvement", () => {
    const optimizer = makeOptimizer([0.1]);
    const scheduler = new lrScheduler.ReduceLROnPlateau(optimizer, { patience: 0 });
    scheduler.step(torch.tensor(1));
    expect(scheduler.getLastLr()).toEqual([0.1]);
    scheduler.step(Number.NaN);
    expect(scheduler.getLastLr()[0]).toBeCloseTo(0.01, 15);
    expect(() => scheduler.step("1" as never)).toThrow(/metric/);
  });
});

describe("refuses", () => {
  const optimizer = makeOptimizer([0.1, 0.2]);
  const single = () => new lrScheduler.StepLR(makeOptimizer([0.1]), 3);
  const wrong: [string, () => unknown, RegExp][] = [
    ["no optimizer", () => new lrScheduler.StepLR(undefined as never, 3), /\[StepLR\] expected an optimizer/],
    ["step size 0", () => new lrScheduler.StepLR(optimizer, 0), /stepSize.*got 0/],
    ["a broken milestone", () => new lrScheduler.MultiStepLR(optimizer, [1.5]), /milestone.*1\.5/],
    ["no milestones", () => new lrScheduler.MultiStepLR(optimizer, 3 as never), /list of milestones/],
    ["a negative gamma", () => new lrScheduler.ExponentialLR(optimizer, -1), /gamma >= 0, got -1/],
    ["tMax 0", () => new lrScheduler.CosineAnnealingLR(optimizer, 0), /tMax/],
    ["t0 0", () => new lrScheduler.CosineAnnealingWarmRestarts(optimizer, 0), /t0/],
    ["a factor of 0", () => new lrScheduler.ConstantLR(optimizer, { factor: 0 }), /factor/],
    ["a start factor above 1", () => new lrScheduler.LinearLR(optimizer, { startFactor: 2 }), /startFactor/],
    ["a negative power", () => new lrScheduler.PolynomialLR(optimizer, { power: -1 }), /power/],
    ["too few functions", () => new lrScheduler.LambdaLR(optimizer, [() => 1]), /2 functions.*got 1/],
    ["what is no function", () => new lrScheduler.LambdaLR(optimizer, 3 as never), /functions/],
    ["a cycle without length", () => new lrScheduler.OneCycleLR(optimizer, 0.1, {}), /totalSteps/],
    [
      "maxLr for too few groups",
      () => new lrScheduler.OneCycleLR(optimizer, [0.1], { totalSteps: 3 }),
      /maxLr for 2 groups/,
    ],
    [
      "an unknown strategy",
      () => new lrScheduler.OneCycleLR(optimizer, 1, { totalSteps: 3, annealStrategy: "x" as never }),
      /"cos"/,
    ],
    ["total epochs 0", () => new lrScheduler.ThreeDropLR(optimizer, 0), /totalEpochs/],
    ["an unknown mode", () => new lrScheduler.ReduceLROnPlateau(optimizer, { mode: "up" as never }), /mode/],
    ["factor 1 on a plateau", () => new lrScheduler.ReduceLROnPlateau(optimizer, { factor: 1 }), /factor/],
    [
      "an unknown option",
      () => new lrScheduler.ReduceLROnPlateau(optimizer, { patiense: 1 } as never),
      /did you mean 'patience'/,
    ],
    ["a sequence of none", () => new lrScheduler.SequentialLR(optimizer, [], []), /one milestone fewer/],
    ["a sequence over optimizers", () => new lrScheduler.SequentialLR(optimizer, [single()], []), /one optimizer/],
    [
      "a plateau in a sequence",
      () => new lrScheduler.SequentialLR(optimizer, [new lrScheduler.ReduceLROnPlateau(optimizer) as never], []),
      /without a metric/,
    ],
    ["a broken lastEpoch", () => new lrScheduler.StepLR(optimizer, 1, { lastEpoch: -2 }), /lastEpoch/],
    [
      "an optimizer without momentum in a cycle",
      () => new lrScheduler.OneCycleLR({ paramGroups: [{ params: [], lr: 1 }] }, 0.1, { totalSteps: 3 }),
      /cycleMomentum: false/,
    ],
    ["groups without lr", () => new lrScheduler.StepLR({ paramGroups: [{}] }, 3), /number lr/],
  ];
  it.each(wrong)("%s", (_, fn, message) => {
    expect(fn).toThrow(torch.TorchError);
    expect(fn).toThrow(message);
    expect(optimizer.paramGroups.map((group) => group.lr)).toEqual([0.1, 0.2]);
  });

  it.each([
    ["nothing", undefined],
    ["another schedule's state", new lrScheduler.ExponentialLR(makeOptimizer([0.1]), 0.5).stateDict()],
    ["another number of groups", new lrScheduler.StepLR(makeOptimizer([0.1, 0.2]), 3).stateDict()],
    ["no epoch", { ...single().stateDict(), lastEpoch: "3" }],
  ])("to load %s, and changes nothing", (_, state) => {
    const scheduler = single();
    const before = scheduler.stateDict();
    try {
      scheduler.loadStateDict(state as never);
      expect.unreachable();
    } catch (error) {
      expect((error as torch.TorchError).code).toBe("E_CHECKPOINT");
    }
    expect(scheduler.stateDict()).toEqual(before);
  });

  it("to load a sequence of another length, or with a part that does not fit, and changes nothing", () => {
    const make = () => {
      const o = makeOptimizer([0.1]);
      return new lrScheduler.SequentialLR(o, [new lrScheduler.ConstantLR(o), new lrScheduler.StepLR(o, 3)], [2]);
    };
    const scheduler = make();
    for (let i = 0; i < 3; i++) scheduler.step();
    const before = scheduler.stateDict();
    expect(() => scheduler.loadStateDict({ lastEpoch: 1, schedulers: [] })).toThrow(/2 schedulers, got 0/);
    const parts = make().stateDict().schedulers as object[];
    expect(() => scheduler.loadStateDict({ lastEpoch: 1, schedulers: [parts[0]!, {}] })).toThrow(
      /state of a scheduler/,
    );
    expect(scheduler.stateDict()).toEqual(before);
  });
});

describe("cyclic, multiplicative and chained schedules", () => {
  it("a height of one's own, by cycle or by step", () => {
    const optimizer = makeOptimizer([0.1]);
    const scheduler = new lrScheduler.CyclicLR(optimizer, 0, 1, {
      stepSizeUp: 1,
      scaleFn: (cycle) => 1 / cycle,
      cycleMomentum: false,
    });
    const seen = [0, 1, 2, 3].map(() => {
      scheduler.step();
      return optimizer.paramGroups[0]!.lr;
    });
    expect(seen).toEqual([1, 0, 0.5, 0]);
  });
  it("refuse what makes no sense", () => {
    const optimizer = makeOptimizer([0.1]);
    const plain = new optim.Adadelta([torch.zeros([1]).requiresGrad_()]);
    expect(() => new lrScheduler.CyclicLR(optimizer, 0, 1, { mode: "square" as "triangular" })).toThrow(/triangular2/);
    expect(() => new lrScheduler.CyclicLR(optimizer, [0, 1], 1)).toThrow(/baseLr for 1 groups, got 2/);
    expect(() => new lrScheduler.CyclicLR(plain, 0, 1)).toThrow(/an optimizer with momentum or betas/);
    expect(() => new lrScheduler.MultiplicativeLR(optimizer, [])).toThrow(/expected 1 functions/);
    expect(() => new lrScheduler.ChainedScheduler([])).toThrow(/at least one scheduler/);
    const plateau = new lrScheduler.ReduceLROnPlateau(optimizer);
    expect(() => new lrScheduler.ChainedScheduler([plateau as never])).toThrow(
      /without a metric, got ReduceLROnPlateau/,
    );
    const other = new lrScheduler.ExponentialLR(makeOptimizer([0.1]), 0.9);
    const own = new lrScheduler.ExponentialLR(optimizer, 0.9);
    expect(() => new lrScheduler.ChainedScheduler([own, other])).toThrow(/one optimizer, got another's at 1/);
    const chained = new lrScheduler.ChainedScheduler([own]);
    expect(() => chained.loadStateDict({ lastEpoch: 0, schedulers: [] })).toThrow(/state of 1 schedulers, got 0/);
  });
});
