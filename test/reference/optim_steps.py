"""SGD, Adam and AdamW of torch.optim on given gradients, and what the schedulers make of a learning rate. README.md has the format."""

import math

import torch

from common import dtype_name, encode, repeatable, write_json
from nn_modules import snake

STEPS, EPOCHS = 10, 50
CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "weightDecay": 5e-4}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weightDecay": 0.01}),
    ("SGD", {"lr": 0.1, "weightDecay": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.5, "weightDecay": 0.01, "maximize": True}),
    ("Adam", {"lr": 0.01}),
    ("Adam", {"lr": 0.02, "betas": [0.8, 0.95], "eps": 1e-4, "weightDecay": 0.1}),
    ("Adam", {"lr": 0.01, "amsgrad": True}),
    ("Adam", {"lr": 0.01, "amsgrad": True, "weightDecay": 0.01, "maximize": True}),
    ("AdamW", {"lr": 0.01}),
    ("AdamW", {"lr": 0.02, "betas": [0.8, 0.95], "eps": 1e-4, "weightDecay": 0.3}),
    ("AdamW", {"lr": 0.01, "amsgrad": True}),
    ("AdamW", {"lr": 0.01, "amsgrad": True, "weightDecay": 0.1, "maximize": True}),
]
GROUPS = {"SGD": [{}, {"lr": 0.01, "weightDecay": 0.2}], "Adam": [{}, {"lr": 0.1, "betas": [0.5, 0.9]}], "AdamW": [{}, {"lr": 0.1, "weightDecay": 0}]}


def in_python(options):
    return {snake(k): tuple(v) if isinstance(v, list) else v for k, v in options.items()}


def run(optimizer, options, dtype, groups=None, lrs=None, missing=()):
    """Two tensors, or one per group. The gradient of step t is grads[t]; (t, i) in `missing` has none."""
    params = [torch.randn(3, 4, dtype=dtype).requires_grad_(), torch.randn(3, dtype=dtype).requires_grad_()]
    case = dict(optimizer=optimizer, options=options, dtype=dtype_name(dtype), start=[encode(p) for p in params], grads=[], steps=[])
    case |= {"groups": groups} if groups else {}
    case |= {"lrs": lrs} if lrs else {}
    layout = [{"params": [p], **in_python(g)} for p, g in zip(params, groups)] if groups else params
    o = getattr(torch.optim, optimizer)(layout, **in_python(options), foreach=False)
    for t in range(STEPS):
        for i, p in enumerate(params):  # amsgrad needs gradients that shrink to show
            p.grad = None if (t, i) in missing else torch.randn_like(p) * (1 if t < 4 else 0.2)
        for group in o.param_groups if lrs else []:
            group["lr"] = lrs[t]
        case["grads"].append([None if p.grad is None else encode(p.grad) for p in params])
        o.step()
        case["steps"].append([encode(p) for p in params])
    tensors = lambda s: {k: encode(torch.as_tensor(v)) for k, v in s.items() if v is not None}
    return {**case, "state": [tensors(o.state[p]) for p in params]}


def three_drops(lr, epochs):
    """The reference's schedule: times 0.2 at 30, 60 and 80 % of the epochs."""
    return [lr * 0.2 ** sum(epoch >= epochs * tenths / 10 for tenths in (3, 6, 8)) for epoch in range(epochs)]


LAMBDAS = {"0.95 ** epoch": lambda e: 0.95**e, "1 / (1 + epoch)": lambda e: 1 / (1 + e), "epoch < 5 ? (epoch + 1) / 5 : 1": lambda e: min(1, (e + 1) / 5)}
SCHEDULERS = [
    ("StepLR", {"stepSize": 10}, [0.1]),
    ("StepLR", {"stepSize": 7, "gamma": 0.5}, [0.1, 0.02]),
    ("MultiStepLR", {"milestones": [15, 30, 40], "gamma": 0.2}, [0.1]),
    ("MultiStepLR", {"milestones": [30, 5, 30]}, [0.1, 0.02]),
    ("CosineAnnealingLR", {"tMax": 50}, [0.1]),
    ("CosineAnnealingLR", {"tMax": 20, "etaMin": 0.001}, [0.1, 0.02]),
]


def schedules():
    for name, options, base in SCHEDULERS:
        yield dict(scheduler=name, options=options, base=base, lrs=lrs(name, {"T_max" if k == "tMax" else snake(k): v for k, v in options.items()}, base))
    for texts in (list(LAMBDAS)[:1], list(LAMBDAS)[1:]):
        base = [0.1, 0.02][: len(texts)]
        yield dict(scheduler="LambdaLR", options={"lrLambda": texts}, base=base, lrs=lrs("LambdaLR", {"lr_lambda": [LAMBDAS[t] for t in texts]}, base))
    for epochs in (EPOCHS, 200, 7, 1):
        yield dict(scheduler="ThreeDrops", options={"epochs": epochs}, base=[0.1], lrs=[[lr] for lr in three_drops(0.1, epochs)])


def lrs(name, options, base):
    """The learning rates of each group during each epoch: read before the epoch, step() after it."""
    o = torch.optim.SGD([{"params": [torch.zeros(1, requires_grad=True)], "lr": lr} for lr in base], lr=1)
    s, out = getattr(torch.optim.lr_scheduler, name)(o, **options), []
    for _ in range(EPOCHS):
        out.append(s.get_last_lr())
        o.step()
        s.step()
    return out


def main():
    repeatable(5)
    cases = [run(name, options, dtype) for name, options in CASES for dtype in (torch.float64, torch.float32)]
    for name in ("SGD", "Adam", "AdamW"):
        options = {"lr": 0.05, **({"momentum": 0.9} if name == "SGD" else {})}
        cases.append(run(name, options, torch.float64, groups=GROUPS[name]))
        cases.append(run(name, options, torch.float64, missing=[(0, 1), (1, 1), (5, 0), (5, 1)]))
        cases.append(run(name, options, torch.float64, lrs=[0.05 * (1 + math.cos(math.pi * t / STEPS)) for t in range(STEPS)]))
    write_json("optim.json.gz", dict(cases=cases, schedules=list(schedules())))


if __name__ == "__main__":
    main()
