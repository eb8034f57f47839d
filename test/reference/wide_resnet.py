"""WideResNet (Zagoruyko & Komodakis, 2016) with the state-dict keys of davda54/sam, and the SAM step the fixtures are made with.

Depth counts convolutions on the main path, as in the paper: depth = 6 n + 4 with n units in each of three stages.
The first unit of a stage normalises before it branches and always has a 1x1 convolution on its shortcut.
"""

from collections import OrderedDict

import torch
from torch import nn


def numbered(*layers):
    """A Sequential whose children are called 0_first, 1_second, ..."""
    return nn.Sequential(OrderedDict((f"{i}_{name}", layer) for i, (name, layer) in enumerate(layers)))


def norm_relu(channels):
    return ("normalization", nn.BatchNorm2d(channels)), ("activation", nn.ReLU(inplace=True))


def conv(cin, cout, stride=1, size=3):
    return nn.Conv2d(cin, cout, size, stride=stride, padding=size // 2, bias=False)


class FirstUnit(nn.Module):
    def __init__(self, cin, cout, stride, dropout):
        super().__init__()
        self.norm_act = numbered(*norm_relu(cin))
        drop = ("dropout", nn.Dropout(dropout, inplace=True))
        self.block = numbered(("convolution", conv(cin, cout, stride)), *norm_relu(cout), drop, ("convolution", conv(cout, cout)))
        self.downsample = conv(cin, cout, stride, size=1)

    def forward(self, x):
        x = self.norm_act(x)
        return self.block(x) + self.downsample(x)


class Unit(nn.Module):
    def __init__(self, channels, dropout):
        super().__init__()
        drop = ("dropout", nn.Dropout(dropout, inplace=True))
        first, second = ("convolution", conv(channels, channels)), ("convolution", conv(channels, channels))
        self.block = numbered(*norm_relu(channels), first, *norm_relu(channels), drop, second)

    def forward(self, x):
        return x + self.block(x)


class Stage(nn.Module):
    def __init__(self, cin, cout, stride, units, dropout):
        super().__init__()
        self.block = nn.Sequential(FirstUnit(cin, cout, stride, dropout), *(Unit(cout, dropout) for _ in range(units - 1)))

    def forward(self, x):
        return self.block(x)


class WideResNet(nn.Module):
    def __init__(self, depth, width, dropout=0.0, in_channels=3, labels=10):
        super().__init__()
        if depth < 10 or (depth - 4) % 6:
            raise ValueError(f"[WideResNet] expected a depth of 6 n + 4, got {depth}")
        units, c = (depth - 4) // 6, [16, 16 * width, 32 * width, 64 * width]
        stages = [("block", Stage(c[i], c[i + 1], 1 if i == 0 else 2, units, dropout)) for i in range(3)]
        head = ("pooling", nn.AvgPool2d(8)), ("flattening", nn.Flatten()), ("classification", nn.Linear(c[3], labels))
        self.f = numbered(("convolution", conv(in_channels, c[0])), *stages, *norm_relu(c[3]), *head)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_in", nonlinearity="relu")
            elif isinstance(m, nn.Linear):
                nn.init.zeros_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.f(x)


def sam_step(model, optimizer, closure, rho, adaptive=False):
    """One step of SAM (or ASAM in the reference form, T = |w| for every parameter) over `optimizer`; restore is exact, and
    batch norm keeps the statistics of pass 1. Returns what the fixtures record."""
    params = [p for p in model.parameters() if p.requires_grad]
    optimizer.zero_grad()
    loss = closure()
    first = [p.grad.clone() for p in params]
    with torch.no_grad():
        scaled = [(p.abs() if adaptive else 1) * g for p, g in zip(params, first)]
        factor = rho / (total_norm(scaled) + 1e-12)
        backup, buffers = [p.clone() for p in params], [b.clone() for b in model.buffers()]
        offsets = [(p**2 if adaptive else 1) * g * factor for p, g in zip(params, first)]
        for p, e in zip(params, offsets):
            p.add_(e)
    optimizer.zero_grad()
    perturbed = closure()
    with torch.no_grad():
        for now, then in zip([*params, *model.buffers()], backup + buffers):
            now.copy_(then)
        second = [p.grad for p in params]
        g, gs = total_norm(first), total_norm(second)
        cos = sum((a * b).sum() for a, b in zip(first, second)) / (g * gs)
        record = dict(loss=loss, lossPerturbed=perturbed, gradNorm=g, gradSharpNorm=gs, epsNorm=total_norm(offsets), cos=cos)
    optimizer.step()
    return {k: float(v) for k, v in record.items()}


def total_norm(tensors):
    return torch.stack([t.norm() for t in tensors]).norm()
