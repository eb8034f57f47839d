"""RMSprop and Adagrad on given gradients, and the schedulers that optim_steps.py does not have. README.md has the format."""

import torch

from common import repeatable, write_json
from nn_modules import snake
from optim_steps import run

CASES = [
    ("RMSprop", {"lr": 0.01}),
    ("RMSprop", {"lr": 0.02, "alpha": 0.9, "eps": 1e-4, "weightDecay": 0.1, "momentum": 0.8}),
    ("RMSprop", {"lr": 0.01, "centered": True, "momentum": 0.5, "maximize": True}),
    ("Adagrad", {"lr": 0.1}),
    ("Adagrad", {"lr": 0.1, "lrDecay": 0.05, "weightDecay": 0.1, "initialAccumulatorValue": 0.3, "eps": 1e-4}),
    ("Adagrad", {"lr": 0.1, "maximize": True}),
]

# (name, positional arguments, options), the base learning rates, epochs
SCHEDULES = [
    (("ExponentialLR", [0.9], {}), [0.1, 0.02], 30),
    (("ConstantLR", [], {}), [0.1], 10),
    (("ConstantLR", [], {"factor": 0.25, "totalIters": 3}), [0.1, 0.02], 10),
    (("LinearLR", [], {}), [0.1], 10),
    (("LinearLR", [], {"startFactor": 0.01, "endFactor": 0.8, "totalIters": 7}), [0.1, 0.02], 20),
    (("LinearLR", [], {"startFactor": 1.0, "endFactor": 0.0, "totalIters": 7}), [0.1], 12),
    (("PolynomialLR", [], {"totalIters": 10, "power": 2.0}), [0.1, 0.02], 15),
    (("CosineAnnealingLR", [7], {"etaMin": 0.01}), [0.1], 40),
    (("CosineAnnealingWarmRestarts", [5], {}), [0.1], 20),
    (("CosineAnnealingWarmRestarts", [3], {"tMult": 2, "etaMin": 0.001}), [0.1, 0.02], 50),
    (("OneCycleLR", [0.1], {"totalSteps": 20}), [0.05], 20),
    (("OneCycleLR", [[0.1, 0.3]], {"epochs": 4, "stepsPerEpoch": 6, "pctStart": 0.4, "annealStrategy": "linear", "baseMomentum": 0.8, "maxMomentum": 0.9, "divFactor": 10, "finalDivFactor": 100}), [0.05, 0.02], 24),
    (("OneCycleLR", [0.1], {"totalSteps": 30, "threePhase": True}), [0.05], 30),
    (("OneCycleLR", [0.1], {"totalSteps": 12, "cycleMomentum": False}), [0.05], 12),
]
SEQUENCES = [
    ([("LinearLR", [], {"startFactor": 0.1, "totalIters": 5}), ("CosineAnnealingLR", [25], {})], [5]),
    ([("ConstantLR", [], {"factor": 0.1, "totalIters": 100}), ("ExponentialLR", [0.9], {}), ("StepLR", [4], {"gamma": 0.5})], [3, 11]),
    ([("CosineAnnealingWarmRestarts", [4], {"tMult": 2}), ("MultiStepLR", [[2, 5]], {"gamma": 0.2})], [14]),
]
CHAINS = [
    [("ExponentialLR", [0.97], {}), ("StepLR", [5], {"gamma": 0.5})],
    [("LinearLR", [], {"startFactor": 0.1, "totalIters": 4}), ("CosineAnnealingLR", [20], {"etaMin": 0.0})],
]
METRICS = [1.0, 0.9, 0.8, 0.8, 0.8, 0.81, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.69, 0.6999, 0.69, 0.69, 0.69, 0.69, 0.69, 0.69, 0.5, 0.5, 0.5, 0.5]
PLATEAUS = [
    {"patience": 2},
    {"patience": 1, "factor": 0.5, "threshold": 0.05, "thresholdMode": "abs", "cooldown": 2},
    {"mode": "max", "patience": 3, "factor": 0.2, "minLr": [0.01, 0.001], "cooldown": 1},
    {"patience": 0, "factor": 0.9, "minLr": 0.05, "eps": 0.003},
]


def pythonic(key):
    return {"tMult": "T_mult"}.get(key, snake(key))


def optimizer(base, momentum=0.9):
    groups = [{"params": [torch.zeros(1, requires_grad=True)], "lr": lr} for lr in base]
    return torch.optim.SGD(groups, lr=1, momentum=momentum)


def make(o, spec):
    name, args, options = spec
    return getattr(torch.optim.lr_scheduler, name)(o, *args, **{pythonic(k): v for k, v in options.items()})


def described(spec):
    return dict(zip(("scheduler", "args", "options"), spec))


def watch(o, step, epochs):
    """The learning rate and momentum of each group during each epoch: read before the epoch, `step` after it."""
    lrs, momenta = [], []
    for epoch in range(epochs):
        lrs.append([g["lr"] for g in o.param_groups])
        momenta.append([g["momentum"] for g in o.param_groups])
        o.step()
        if epoch + 1 < epochs:
            step(epoch)
    return dict(lrs=lrs, momenta=momenta)


def schedules():
    for spec, base, epochs in SCHEDULES:
        o = optimizer(base)
        s = make(o, spec)
        yield dict(kind="single", base=base, schedulers=[described(spec)], **watch(o, lambda _: s.step(), epochs))
    for specs, milestones in SEQUENCES:
        o = optimizer([0.1, 0.02])
        s = torch.optim.lr_scheduler.SequentialLR(o, [make(o, spec) for spec in specs], milestones)
        yield dict(kind="sequence", base=[0.1, 0.02], milestones=milestones, schedulers=[described(x) for x in specs], **watch(o, lambda _: s.step(), 30))
    for specs in CHAINS:
        o = optimizer([0.1, 0.02])
        chain = [make(o, spec) for spec in specs]
        yield dict(kind="chain", base=[0.1, 0.02], schedulers=[described(x) for x in specs], **watch(o, lambda _: [s.step() for s in chain], 20))
    for options in PLATEAUS:
        o = optimizer([0.1, 0.02])
        spec = ("ReduceLROnPlateau", [], options)
        s = make(o, spec)
        yield dict(kind="plateau", base=[0.1, 0.02], metrics=METRICS, schedulers=[described(spec)], **watch(o, lambda e: s.step(METRICS[e]), len(METRICS)))


def main():
    repeatable(6)
    cases = [run(name, options, dtype) for name, options in CASES for dtype in (torch.float64, torch.float32)]
    cases.append(run("RMSprop", {"lr": 0.05, "momentum": 0.9}, torch.float64, missing=[(0, 1), (1, 1), (5, 0), (5, 1)]))
    cases.append(run("Adagrad", {"lr": 0.05, "lrDecay": 0.1}, torch.float64, missing=[(0, 1), (1, 1), (5, 0), (5, 1)]))
    write_json("optim-more.json.gz", dict(cases=cases, schedules=list(schedules())))


if __name__ == "__main__":
    main()
