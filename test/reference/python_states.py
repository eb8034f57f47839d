"""python_states.json: what Python's state_dict() of optimizers, schedulers and scalers looks like, and how schedules go on from it. README.md has the format."""

import torch
from torch.optim import lr_scheduler as L

from common import encode, repeatable, write_json
from optim_more import optimizer

OPTIMIZERS = {
    "SGD": dict(lr=0.1, momentum=0.9), "Adam": dict(amsgrad=True), "AdamW": {}, "RMSprop": dict(momentum=0.5, centered=True), "Adagrad": dict(lr=0.1), "Adadelta": {},
    "Adamax": {}, "ASGD": {}, "NAdam": {}, "RAdam": {}, "Rprop": {}, "Adafactor": {}, "LBFGS": dict(lr=0.1), "Muon": {},
}


def plain(value):
    """As JSON has it: tensors encoded, infinities as texts, a Counter as pairs."""
    if isinstance(value, torch.Tensor):
        return dict(tensor=encode(value))
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and value in (float("inf"), -float("inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def optimizers():
    for name, options in OPTIMIZERS.items():
        w = torch.nn.Parameter(torch.randn(3, 2))
        o = getattr(torch.optim, name)([w], **options)

        def closure():
            o.zero_grad()
            loss = (w.square().sum() - w.sum() * 0.1).square()
            loss.backward()
            return loss

        for _ in range(3):
            if name == "LBFGS":
                o.step(closure)
            else:
                closure()
                o.step()
        yield dict(name=name, w=encode(w.detach()), state=plain(o.state_dict()))


SCHEDULERS = [
    ("StepLR", [2], {}, lambda o: L.StepLR(o, 2)),
    ("MultiStepLR", [[2, 4, 4, 6]], {}, lambda o: L.MultiStepLR(o, [2, 4, 4, 6])),
    ("ConstantLR", [], dict(totalIters=5), lambda o: L.ConstantLR(o, total_iters=5)),
    ("LinearLR", [], dict(totalIters=6), lambda o: L.LinearLR(o, total_iters=6)),
    ("ExponentialLR", [0.9], {}, lambda o: L.ExponentialLR(o, 0.9)),
    ("PolynomialLR", [], dict(totalIters=7, power=2), lambda o: L.PolynomialLR(o, 7, 2)),
    ("CosineAnnealingLR", [6], {}, lambda o: L.CosineAnnealingLR(o, 6)),
    ("CosineAnnealingWarmRestarts", [2], dict(tMult=2), lambda o: L.CosineAnnealingWarmRestarts(o, 2, 2)),
    ("OneCycleLR", [[0.2, 0.4]], dict(totalSteps=12, pctStart=0.4), lambda o: L.OneCycleLR(o, [0.2, 0.4], 12, pct_start=0.4)),
    ("OneCycleLR", [0.2], dict(totalSteps=12, threePhase=True, annealStrategy="linear"), lambda o: L.OneCycleLR(o, 0.2, 12, three_phase=True, anneal_strategy="linear")),
    ("CyclicLR", [0.01, 0.1], dict(stepSizeUp=2, stepSizeDown=3), lambda o: L.CyclicLR(o, 0.01, 0.1, 2, 3)),
    ("ReduceLROnPlateau", [], dict(patience=1, minLr=[0.001, 0.02]), lambda o: L.ReduceLROnPlateau(o, patience=1, min_lr=[0.001, 0.02])),
]
CHAINS = [
    ("ChainedScheduler", lambda o: L.ChainedScheduler([L.ConstantLR(o, total_iters=6), L.ExponentialLR(o, 0.9)])),
    ("SequentialLR", lambda o: L.SequentialLR(o, [L.ConstantLR(o, total_iters=6), L.ExponentialLR(o, 0.9)], [4])),
]
METRICS = [1, 0.5, 0.6, 0.7, 0.6, 0.8, 0.5, 0.6, 0.7]


def schedulers(kinds):
    for name, *given, make in kinds:
        o = optimizer([0.1, 0.05])
        s = make(o)

        def step(i):
            o.step()
            s.step(METRICS[i]) if name == "ReduceLROnPlateau" else s.step()

        fresh = plain(s.state_dict())
        for i in range(3):
            step(i)
        state, groups = plain(s.state_dict()), plain(o.state_dict()["param_groups"])
        lrs = []
        for i in range(3, 9):
            step(i)
            lrs.append([group["lr"] for group in o.param_groups])
        yield dict(name=name, **(dict(args=given[0], options=given[1]) if given else {}), fresh=fresh, state=state, groups=groups, lrs=lrs)


def scaler():
    made = torch.amp.GradScaler("cpu", init_scale=8.0, growth_factor=3.0, backoff_factor=0.25, growth_interval=5)
    w = torch.nn.Parameter(torch.ones(1))
    o = torch.optim.SGD([w], lr=0.1)
    for factor in (1.0, float("inf"), 1.0, 1.0):
        o.zero_grad()
        made.scale(w.sum() * factor).backward()
        made.step(o)
        made.update()
    return made.state_dict()


if __name__ == "__main__":
    repeatable(31)
    write_json("python_states.json", dict(optimizers=list(optimizers()), schedulers=list(schedulers(SCHEDULERS)), chains=list(schedulers(CHAINS)), metrics=METRICS, scaler=scaler()))
