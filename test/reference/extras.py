"""extras.json: single values of functions that are written in Python there and in TypeScript here. README.md has the format."""

import torch
from torch import nn
from torch.nn import utils

from common import encode, repeatable, write_json

D = torch.float64


def main():
    repeatable(9)
    randn = lambda *shape: torch.randn(*shape, dtype=D)
    positions = torch.tensor([[0, 5, 23], [17, 6, 11]])
    unravel = [dict(indices=encode(positions), shape=list(shape), parts=[encode(p) for p in torch.unravel_index(positions, shape)]) for shape in ((2, 3, 4), (24,), (4, 6))]
    x = torch.rand(4, dtype=D) + 0.5
    polygamma = [dict(n=n, input=encode(x), output=encode(x.polygamma(n))) for n in (0, 1, 2)]
    grads = [randn(3, 4), randn(5), randn(())]
    norms = [dict(grads=[encode(g) for g in grads], normType="Infinity" if p == float("inf") else p, norm=encode(utils.get_total_norm(grads, p))) for p in (2.0, 1.0, 3.0, float("inf"))]
    clipped = []
    for most in (0.5, 1e3):
        params = [torch.zeros_like(g).requires_grad_() for g in grads]
        for p, g in zip(params, grads):
            p.grad = g.clone()
        utils.clip_grads_with_norm_(params, most, utils.get_total_norm(grads))
        clipped.append(dict(grads=[encode(g) for g in grads], maxNorm=most, after=[encode(p.grad) for p in params]))
    fused = []
    for conv, shape in ((nn.Conv2d(3, 4, 3, bias=False), (2, 3, 5, 5)), (nn.Conv1d(3, 4, 2), (2, 3, 6)), (nn.ConvTranspose2d(3, 4, 2), (2, 3, 4, 4)), (nn.Linear(3, 4), (5, 3))):
        bn = nn.BatchNorm2d(4) if len(shape) == 4 else nn.BatchNorm1d(4)
        conv, bn = conv.to(D), bn.to(D)
        for t in (bn.running_mean, bn.weight.data, bn.bias.data):
            t.copy_(randn(4))
        bn.running_var.copy_(torch.rand(4, dtype=D) + 0.5)
        conv.eval(), bn.eval()
        transpose = isinstance(conv, nn.ConvTranspose2d)
        weight, bias = utils.fusion.fuse_conv_bn_weights(conv.weight, conv.bias, bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias, transpose)
        fused.append(dict(
            weight=encode(conv.weight), bias=None if conv.bias is None else encode(conv.bias), mean=encode(bn.running_mean), variance=encode(bn.running_var), eps=bn.eps,
            bnWeight=encode(bn.weight), bnBias=encode(bn.bias), transpose=transpose, fusedWeight=encode(weight), fusedBias=encode(bias),
        ))  # fmt: skip
    parts = [randn(3, 2), randn(1, 2), randn(4, 2)]
    padded = [
        dict(parts=[encode(p) for p in parts], options=dict(batchFirst=first, paddingValue=value, paddingSide=side), output=encode(utils.rnn.pad_sequence(parts, first, value, side)))
        for first, value, side in ((False, 0.0, "right"), (True, -1.5, "right"), (True, 0.0, "left"))
    ]
    write_json("extras.json", dict(unravel=unravel, polygamma=polygamma, norms=norms, clipped=clipped, fused=fused, padded=padded))


if __name__ == "__main__":
    main()
