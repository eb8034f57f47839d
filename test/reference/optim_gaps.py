"""The optimizers and schedulers that optim_steps.py and optim_more.py do not have. README.md has the format."""

import torch

from common import encode, repeatable, write_json
from optim_more import described, optimizer, pythonic, watch
from optim_steps import run

CASES = [
    ("Adamax", {"lr": 0.02}),
    ("Adamax", {"lr": 0.05, "betas": [0.8, 0.9], "eps": 1e-3, "weightDecay": 0.1, "maximize": True}),
    ("NAdam", {"lr": 0.02}),
    ("NAdam", {"lr": 0.05, "betas": [0.8, 0.9], "eps": 1e-3, "weightDecay": 0.1, "momentumDecay": 0.1}),
    ("NAdam", {"lr": 0.05, "weightDecay": 0.1, "decoupledWeightDecay": True, "maximize": True}),
    ("RAdam", {"lr": 0.02}),
    ("RAdam", {"lr": 0.05, "betas": [0.8, 0.9], "eps": 1e-3, "weightDecay": 0.1}),
    ("RAdam", {"lr": 0.05, "weightDecay": 0.1, "decoupledWeightDecay": True, "maximize": True}),
    ("Adadelta", {}),
    ("Adadelta", {"lr": 0.5, "rho": 0.8, "eps": 1e-3, "weightDecay": 0.1, "maximize": True}),
    ("Rprop", {}),
    ("Rprop", {"lr": 0.1, "etas": [0.3, 1.5], "stepSizes": [0.02, 0.2], "maximize": True}),
    ("ASGD", {"lr": 0.1}),
    ("ASGD", {"lr": 0.1, "lambd": 0.01, "alpha": 0.5, "t0": 3.0, "weightDecay": 0.1, "maximize": True}),
    ("Adafactor", {"lr": 0.1}),
    ("Adafactor", {"lr": 0.5, "beta2Decay": -0.5, "eps": [1e-3, 0.1], "d": 1.5, "weightDecay": 0.1, "maximize": True}),
]
MISSING = [(0, 1), (1, 1), (5, 0), (5, 1)]

# (name, positional arguments, options), the base learning rates, epochs
SCHEDULES = [
    (("CyclicLR", [0.01, 0.1], {"stepSizeUp": 4}), [0.05], 20),
    (("CyclicLR", [[0.01, 0.02], [0.1, 0.3]], {"stepSizeUp": 3, "stepSizeDown": 5, "mode": "triangular2", "baseMomentum": 0.7, "maxMomentum": 0.95}), [0.05, 0.02], 30),
    (("CyclicLR", [0.01, 0.1], {"stepSizeUp": 5, "mode": "exp_range", "gamma": 0.9, "cycleMomentum": False}), [0.05], 25),
]
CHAINED = [
    [("ConstantLR", [], {"factor": 0.1, "totalIters": 3}), ("ExponentialLR", [0.9], {})],
    [("LinearLR", [], {"startFactor": 0.1, "totalIters": 4}), ("StepLR", [5], {"gamma": 0.5}), ("ExponentialLR", [0.97], {})],
]
FACTORS = {"0.95": lambda e: 0.95, "epoch % 2 ? 0.5 : 1.5": lambda e: 0.5 if e % 2 else 1.5}


def make(o, spec):
    name, args, options = spec
    return getattr(torch.optim.lr_scheduler, name)(o, *args, **{pythonic(k): v for k, v in options.items()})


def schedules():
    for spec, base, epochs in SCHEDULES:
        o = optimizer(base)
        s = make(o, spec)
        yield dict(kind="single", base=base, schedulers=[described(spec)], **watch(o, lambda _: s.step(), epochs))
    for texts in (list(FACTORS)[:1], list(FACTORS)):
        base = [0.1, 0.02][: len(texts)]
        o = optimizer(base)
        s = torch.optim.lr_scheduler.MultiplicativeLR(o, [FACTORS[t] for t in texts])
        yield dict(kind="single", base=base, schedulers=[dict(scheduler="MultiplicativeLR", args=[texts], options={})], **watch(o, lambda _: s.step(), 12))
    for specs in CHAINED:
        o = optimizer([0.1, 0.02])
        s = torch.optim.lr_scheduler.ChainedScheduler([make(o, spec) for spec in specs])
        yield dict(kind="chained", base=[0.1, 0.02], schedulers=[described(x) for x in specs], **watch(o, lambda _: s.step(), 20))


def rosenbrock(x, y):
    return ((1 - x) ** 2 + 100 * (y - x**2) ** 2).sum()


def quartic(x, y):
    return ((x - 3) ** 4).sum() + (y * x).cos().sum() + 0.1 * (y**2).sum()


def lbfgs():
    """Steps of LBFGS on two parameters of two elements each: the loss each step gives, the parameters after it, and how often the loss was computed."""
    for options in ({}, {"lineSearchFn": "strong_wolfe"}, {"lr": 0.1, "maxIter": 7, "historySize": 3}, {"lr": 0.5, "maxIter": 30, "maxEval": 12, "historySize": 5, "lineSearchFn": "strong_wolfe"}):
        for function in (rosenbrock, quartic):
            if function is rosenbrock and options.get("lineSearchFn") is None and options.get("lr", 1) == 1:
                continue  # steps of 1 run away
            for dtype in (torch.float64, torch.float32) if not options.get("lineSearchFn") else (torch.float64,):
                params = [torch.tensor([-1.2, 0.5], dtype=dtype, requires_grad=True), torch.tensor([1.0, 2.0], dtype=dtype, requires_grad=True)]
                start = [encode(p) for p in params]
                o = torch.optim.LBFGS(params, **{pythonic(k): v for k, v in options.items()})

                def closure():
                    o.zero_grad()
                    loss = function(*params)
                    loss.backward()
                    return loss

                losses, steps = [], []
                for _ in range(4):
                    losses.append(encode(o.step(closure)))
                    steps.append([encode(p) for p in params])
                state = o.state[params[0]]
                yield dict(options=options, function=function.__name__, start=start, losses=losses, steps=steps, funcEvals=state["func_evals"], nIter=state["n_iter"])


def main():
    repeatable(6)
    cases = [run(name, options, dtype) for name, options in CASES for dtype in (torch.float64, torch.float32)]
    for name in dict(CASES):
        cases.append(run(name, {"lr": 0.05}, torch.float64, missing=MISSING))
    write_json("optim-gaps.json.gz", dict(cases=cases, schedules=list(schedules()), lbfgs=list(lbfgs())))


if __name__ == "__main__":
    main()
