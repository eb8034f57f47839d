"""swa.json: averages of models and the learning rates of SWALR, as torch.optim.swa_utils makes them. README.md has the format."""

import torch
from torch import nn
from torch.optim import swa_utils

from common import encode, repeatable, write_json
from optim_more import optimizer, watch

D = torch.float64


def make():
    return nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).to(D)


def state(model):
    return {k: encode(v) for k, v in model.state_dict().items()}


def averages():
    for options in ({}, {"useBuffers": True}, {"decay": 0.9}, {"decay": 0.5, "useBuffers": True}):
        model = make()
        avg_fn = swa_utils.get_ema_avg_fn(options["decay"]) if "decay" in options else None
        average = swa_utils.AveragedModel(model, avg_fn=avg_fn, use_buffers=options.get("useBuffers", False))
        start, states = state(model), []
        for _ in range(4):
            with torch.no_grad():
                for t in [*model.parameters(), model[1].running_mean, model[1].running_var]:
                    t.copy_(torch.rand_like(t))
                model[1].num_batches_tracked += 3
            states.append(state(model))
            average.update_parameters(model)
        yield dict(options=options, start=start, states=states, averaged=state(average))


def schedules():
    for args, options in (([0.02], {}), ([[0.02, 0.3]], {"annealEpochs": 4, "annealStrategy": "linear"}), ([0.02], {"annealEpochs": 0})):
        o = optimizer([0.1, 0.05])
        s = swa_utils.SWALR(o, *args, **{{"annealEpochs": "anneal_epochs", "annealStrategy": "anneal_strategy"}[k]: v for k, v in options.items()})
        yield dict(args=args, options=options, lrs=watch(o, lambda _: s.step(), 15)["lrs"])


def batch_norms():
    model, batches = make(), [torch.randn(4, 3, dtype=D) for _ in range(3)]
    before = state(model)
    swa_utils.update_bn(batches, model)
    return dict(before=before, batches=[encode(b) for b in batches], after=state(model))


if __name__ == "__main__":
    repeatable(12)
    write_json("swa.json", dict(averages=list(averages()), schedules=list(schedules()), batchNorms=batch_norms()))
