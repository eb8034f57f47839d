import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

/* Options of optimizers, of their groups, of schedulers, and of SAM with its base: names, kinds, and what an error says. */

const { optim, nn } = torch;
const { lrScheduler, swaUtils } = optim;
type Loose = new (...args: unknown[]) => unknown;
const make =
  (Class: unknown, ...args: unknown[]) =>
  () =>
    new (Class as Loose)(...args);
const leaf = () => torch.ones([2], { requiresGrad: true });
const sgd = () => new optim.SGD([leaf()], { lr: 0.1, momentum: 0.9 });
const sam = (options: object = {}) => new optim.SAM([leaf()], optim.SGD, { lr: 0.1, ...options });

describe("1. a misspelt option", () => {
  it.each<[string, () => unknown, string]>([
    ["ConstantLR", make(lrScheduler.ConstantLR, sgd(), { total_iters: 1 }), "totalIters"],
    ["CosineAnnealingLR", make(lrScheduler.CosineAnnealingLR, sgd(), 5, { eta_min: 0.1 }), "etaMin"],
    ["CosineAnnealingWarmRestarts", make(lrScheduler.CosineAnnealingWarmRestarts, sgd(), 5, { T_mult: 2 }), "tMult"],
    ["CyclicLR", make(lrScheduler.CyclicLR, sgd(), 0.1, 1, { step_size_up: 2 }), "stepSizeUp"],
    ["ExponentialLR", make(lrScheduler.ExponentialLR, sgd(), 0.9, { last_epoch: -1 }), "lastEpoch"],
    ["LambdaLR", make(lrScheduler.LambdaLR, sgd(), () => 1, { last_epoch: -1 }), "lastEpoch"],
    ["LinearLR", make(lrScheduler.LinearLR, sgd(), { start_factor: 0.5 }), "startFactor"],
    ["MultiplicativeLR", make(lrScheduler.MultiplicativeLR, sgd(), () => 1, { last_epoch: -1 }), "lastEpoch"],
    ["MultiStepLR", make(lrScheduler.MultiStepLR, sgd(), [1], { gama: 0.5 }), "gamma"],
    ["OneCycleLR", make(lrScheduler.OneCycleLR, sgd(), 1, { total_steps: 5 }), "totalSteps"],
    ["PolynomialLR", make(lrScheduler.PolynomialLR, sgd(), { powr: 2 }), "power"],
    ["ReduceLROnPlateau", make(lrScheduler.ReduceLROnPlateau, sgd(), { min_lr: 0 }), "minLr"],
    ["StepLR", make(lrScheduler.StepLR, sgd(), 1, { gama: 0.5 }), "gamma"],
    ["ThreeDropLR", make(lrScheduler.ThreeDropLR, sgd(), 10, { facter: 0.5 }), "factor"],
    ["SWALR", make(swaUtils.SWALR, sgd(), 0.1, { anneal_epochs: 2 }), "annealEpochs"],
    ["AveragedModel", make(swaUtils.AveragedModel, new nn.Linear(1, 1), new nn.Linear(1, 1), { avg_fn: 1 }), "avgFn"],
    ["GradScaler", make(optim.GradScaler, { init_scale: 2 }), "initScale"],
    ["zeroGrad", () => sgd().zeroGrad({ set_to_none: false } as never), "setToNone"],
    ["firstStep", () => sam().firstStep({ zero_grad: true } as never), "zeroGrad"],
    ["secondStep", () => sam().secondStep({ zero_grad: true } as never), "zeroGrad"],
    [
      "SAM.step",
      () => sam().step(() => leaf(), { accumulate: "m-sam", samples: 2, micro_batch: 1 } as never),
      "microBatch",
    ],
    ["SAM.capture", () => sam().capture(() => leaf(), { max_graphs: 2 } as never), "maxGraphs"],
    ["SAM.schedule", () => sam({ schedule: { evry: 2 } }), "every"],
    ["SAM", () => sam({ roh: 0.1 }), "rho"],
    ["SAM", () => sam({ nesterof: true }), "nesterov"],
    ["LookSAM", make(optim.LookSAM, [leaf()], optim.SGD, { alfa: 0.1 }), "alpha"],
    ["GSAM", make(optim.GSAM, [leaf()], optim.SGD, { rho_max: 0.1 }), "rhoMax"],
  ])("of %s (%#)", (owner, run, meant) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.message).toContain(`[${owner}] expected `);
    expect(error.help).toBe(`did you mean '${meant}'?`);
  });

  it("of SAM: the list has its own, the rule's and the base's", () => {
    const { message } = errorOf(make(optim.LookSAM, [leaf()], optim.SGD, { somethingElse: 1 }));
    expect(message).toBe(
      "[LookSAM] expected one of the options rho, adaptive, eta, weightsOnly, mask, ascentWeightDecay, preset, p, sameMasks, " +
        "skipNonFinite, clipGradNorm, schedule, scaler, diagnostics, k, alpha, lr, momentum, dampening, weightDecay, nesterov, " +
        "maximize, capturable, got 'somethingElse'",
    );
  });

  it("of SAM in another spelling, over a base that takes any name", () => {
    class Plain extends optim.Optimizer<{ lr: number }> {
      constructor(params: torch.optim.Params, options: { lr?: number } = {}) {
        super(params, { lr: 0.1, ...options });
      }
    }
    const error = errorOf(make(optim.SAM, [leaf()], Plain, { clip_grad_norm: 1 }));
    expect(error.message).toContain("[SAM] expected clipGradNorm, got 'clip_grad_norm'");
    expect(new optim.SAM([leaf()], Plain, { more: 1 } as never).paramGroups[0]).toMatchObject({ lr: 0.1, more: 1 });
  });

  it("in a step: the weights stay, and the next step works", () => {
    const [w] = [leaf()];
    const optimizer = new optim.SAM([w], optim.SGD, { lr: 0.1, rho: 0 });
    const run = () => w.square().sum().backward();
    run();
    expect(() => optimizer.firstStep(true as never)).toThrow(
      /options object, got true\n {2}help: pass \{ zeroGrad: true \}/,
    );
    expect(optimizer.isPerturbed).toBe(false);
    optimizer.firstStep({ zeroGrad: true });
    run();
    expect(() => optimizer.secondStep({ zero_grad: true } as never)).toThrow(/zeroGrad/);
    optimizer.secondStep({ zeroGrad: true });
    expect(w.toArray()).toEqual([0.8, 0.8].map(Math.fround));
    expect(w.grad).toBeNull();
  });
});

describe("2. groups", () => {
  it.each<[string, () => unknown, string]>([
    ["snake_case", make(optim.SGD, [{ params: leaf(), weight_decay: 0 }], { lr: 0.1 }), "weightDecay"],
    ["another case", make(optim.AdamW, [{ params: leaf(), weightdecay: 0 }]), "weightDecay"],
    ["a capital", make(optim.SGD, [{ params: leaf(), Lr: 0 }]), "lr"],
    ["of SAM's base", make(optim.SAM, [{ params: leaf(), weight_decay: 0 }], optim.SGD, { lr: 0.1 }), "weightDecay"],
    ["of SAM", make(optim.SAM, [{ params: leaf(), weights_only: true }], optim.SGD, { lr: 0.1 }), "weightsOnly"],
    ["a group that comes later", () => sgd().addParamGroup({ params: leaf(), weight_decay: 0 }), "weightDecay"],
    ["one of SAM's that comes later", () => sam().addParamGroup({ params: leaf(), weights_only: true }), "weightsOnly"],
    ["the names", make(optim.SGD, [{ params: leaf(), param_names: [] }]), "paramNames"],
  ])("refuse %s", (_, run, meant) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.help).toBe(`did you mean '${meant}'?`);
  });

  it("take other keys", () => {
    const optimizer = new optim.SGD([{ params: leaf(), lr_scale: 0.5, decayed: true }], { lr: 0.1 });
    expect(optimizer.paramGroups[0]).toMatchObject({ lr: 0.1, lr_scale: 0.5, decayed: true });
  });
});

describe("3. what is no options object, or no value of its kind", () => {
  const [model] = [new nn.Linear(1, 1)];
  it.each<[string, () => unknown, RegExp, string | undefined]>([
    [
      "a number for Adam",
      make(optim.Adam, [leaf()], 0.9),
      /^\[Adam\] expected an options object, got 0.9/,
      "pass { lr: 0.9 }",
    ],
    ["a number for LBFGS", make(optim.LBFGS, [leaf()], 0.9), /^\[LBFGS\] expected an options/, "pass { lr: 0.9 }"],
    ["false for zeroGrad", () => sgd().zeroGrad(false as never), /^\[zeroGrad\]/, "pass { setToNone: false }"],
    ["lr as text", make(optim.SGD, [leaf()], { lr: "0.1" }), /expected lr >= 0, got "0.1"/, undefined],
    ["rho as text", () => sam({ rho: "x" }), /expected rho >= 0, got "x"/, undefined],
    ["a list of no betas", make(optim.Adam, [leaf()], { betas: "ab" }), /betas to be two numbers, got "ab"/, undefined],
    [
      "a cosine over options",
      make(lrScheduler.CosineAnnealingLR, sgd(), { tMax: 3 }),
      /tMax .* got an options object/,
      undefined,
    ],
    [
      "an empty scaler",
      () => sam({ scaler: {} }),
      /scaler to be a GradScaler, got an options object/,
      "scaler: new torch.optim.GradScaler()",
    ],
    ["diagnostics as text", () => sam({ diagnostics: "yes" }), /diagnostics .* got "yes"/, undefined],
    ["a number as a schedule", () => sam({ schedule: 2 }), /^\[SAM.schedule\] .* got 2/, "pass { every: 2 }"],
    [
      "parameters that are none",
      make(optim.SGD, [{ params: 3 }]),
      /expected parameters, got 3/,
      "pass model.parameters()",
    ],
    [
      "a cycle of nothing",
      make(lrScheduler.OneCycleLR, sgd()),
      /^\[OneCycleLR\] expected maxLr .* got undefined/,
      "new OneCycleLR(optimizer, 0.1, { totalSteps: 1000 })",
    ],
    [
      "a cycle by name",
      make(lrScheduler.OneCycleLR, sgd(), { maxLr: 1, totalSteps: 9 }),
      /maxLr .* got an options object/,
      "new OneCycleLR(optimizer, 0.1, { totalSteps: 1000 })",
    ],
    [
      "a cycle without length",
      make(lrScheduler.OneCycleLR, sgd(), 0.1),
      /totalSteps/,
      "new OneCycleLR(optimizer, 0.1, { totalSteps: 1000 })",
    ],
    [
      "cycles of nothing",
      make(lrScheduler.CyclicLR, sgd()),
      /^\[CyclicLR\] expected baseLr/,
      "new CyclicLR(optimizer, 0.01, 0.1, { stepSizeUp: 500 })",
    ],
    [
      "cycles without optimizer",
      make(lrScheduler.CyclicLR),
      /^\[CyclicLR\] expected an optimizer, got undefined/,
      undefined,
    ],
    [
      "a sequence of nothing",
      make(lrScheduler.SequentialLR, sgd()),
      /^\[SequentialLR\] expected a list of schedulers, got undef/,
      "new SequentialLR(optimizer, [warmUp, decay], [5])",
    ],
    [
      "a sequence without milestones",
      make(lrScheduler.SequentialLR, sgd(), []),
      /list of milestones, got undefined/,
      "new SequentialLR(optimizer, [warmUp, decay], [5])",
    ],
    [
      "a chain of an optimizer",
      make(lrScheduler.ChainedScheduler, sgd()),
      /^\[ChainedScheduler\] expected a list of schedulers, got a SGD/,
      "new ChainedScheduler([warmUp, decay])",
    ],
    [
      "an average of one model",
      make(swaUtils.AveragedModel, model),
      /^\[AveragedModel\] expected a module as target, got undef/,
      undefined,
    ],
    [
      "an average with options second",
      make(swaUtils.AveragedModel, model, { useBuffers: true }),
      /target, got an options object/,
      undefined,
    ],
  ])("%s", (name, run, message, help) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.message.split("\n")[0]).toMatch(message);
    expect(error.message).not.toContain("[object Object]");
    if (name.startsWith("an average")) expect(error.help).toContain("new AveragedModel(model, makeModel())");
    else expect(error.help).toBe(help);
  });

  it("an error of a scheduler leaves the learning rates", () => {
    const optimizer = sgd();
    expect(() => new lrScheduler.OneCycleLR(optimizer, 1, { total_steps: 5 } as never)).toThrow(torch.TorchError);
    expect(optimizer.paramGroups[0]).toMatchObject({ lr: 0.1, momentum: 0.9 });
    expect(optimizer.paramGroups[0]!.initialLr).toBeUndefined();
  });
});

describe("4. SAM without options", () => {
  it.each([optim.SAM, optim.GSAM, optim.LookSAM, optim.FSAM, optim.WSAM, optim.ESAM])("%o has all defaults", (Rule) => {
    const optimizer = new Rule([leaf()], optim.SGD);
    expect(optimizer.paramGroups[0]).toMatchObject({ rho: 0.05, lr: 0.001, momentum: 0 });
    expect(new Rule([leaf()], optim.AdamW).paramGroups[0]).toMatchObject({ rho: 0.05, weightDecay: 0.01 });
  });
  it("takes the step that it takes with an empty object", () => {
    const [a, b] = [leaf(), leaf()];
    for (const [w, optimizer] of [
      [a, new optim.SAM([a], optim.SGD)] as const,
      [b, new optim.SAM([b], optim.SGD, {})] as const,
    ]) {
      optimizer.step(() => {
        const loss = w.square().sum();
        loss.backward();
        return loss;
      });
    }
    expect(a.toArray()).toEqual(b.toArray());
    expect(a.toArray()).not.toEqual([1, 1]);
  });
  it("is refused over a base that must have some", () => {
    class Needy extends optim.Optimizer<{ lr: number }> {
      constructor(params: torch.optim.Params, options: { lr: number }) {
        super(params, options);
      }
    }
    expect(() => new optim.SAM([leaf()], Needy)).toThrow(/\[SAM\] expected options, got undefined/);
    expect(new optim.SAM([leaf()], Needy, { lr: 1 }).paramGroups[0]!.lr).toBe(1);
  });
});
