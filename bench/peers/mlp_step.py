"""One SAM step over SGD of an MLP 784-256-10 in fp32, batch 64, on a fixed random batch, timed on command (see peer.py). The net is so small that
what is measured is the overhead per operator. Modes as in sam_step.py; `compile` compiles forward and backward, `whole` the entire step as one function
of weights and momentum (torch.func), with Inductor's C++ wrapper: the fastest that Python has.

    echo "step 1000" | python bench/peers/mlp_step.py --mode eager
"""

import torch
from torch import nn

from peer import MODES, TunedSAM, arguments, captured, reference_step, serve, tuned_step


def build(args):
    sgd = dict(lr=0.01, momentum=0.9, weight_decay=5e-4)
    rho, adaptive = (0.5, True) if args.rule == "asam" else (0.05, False)
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)).to(args.device)
    x = torch.randn(args.batch, 784, device=args.device)
    y = torch.randint(0, 10, (args.batch,), device=args.device)
    if args.mode == "reference":
        return reference_step(model, x, y, torch.optim.SGD(model.parameters(), **sgd), rho, adaptive)
    if args.mode == "whole":
        return whole([p.detach() for p in model.parameters()], x, y, rho, adaptive, **sgd)
    optimizer = TunedSAM(model.parameters(), rho, adaptive, **sgd)

    def forward():
        with torch.autocast(args.device, torch.bfloat16, enabled=args.precision == "bf16", cache_enabled=args.mode != "graph"):
            return nn.functional.cross_entropy(model(x), y, label_smoothing=0.1)

    if args.mode == "compile":
        forward = torch.compile(forward, mode=None if args.compile_mode == "default" else args.compile_mode)
    step = tuned_step(model, forward, optimizer)
    return captured(step) if args.mode == "graph" else step


def whole(params, x, y, rho, adaptive, lr, momentum, weight_decay):
    torch._inductor.config.cpp_wrapper = True
    buffers = [torch.zeros_like(p) for p in params]

    def loss(params, x, y):
        w1, b1, w2, b2 = params
        hidden = torch.relu(nn.functional.linear(x, w1, b1))
        return nn.functional.cross_entropy(nn.functional.linear(hidden, w2, b2), y, label_smoothing=0.1)

    gradient = torch.func.grad_and_value(loss)

    @torch.compile
    def both(params, buffers, x, y):
        first, value = gradient(params, x, y)
        size = [p.abs() if adaptive else torch.ones(()) for p in params]
        scale = rho / (torch.stack([(t * g).norm() for t, g in zip(size, first)]).norm() + 1e-12)
        second, _ = gradient([p + t * t * g * scale for p, t, g in zip(params, size, first)], x, y)
        for p, v, g in zip(params, buffers, second):
            v.mul_(momentum).add_(g + weight_decay * p)
            p.sub_(lr * v)
        return value

    @torch.no_grad()
    def step():
        return both(params, buffers, x, y)

    return step


if __name__ == "__main__":
    args = arguments(__doc__, [*MODES, "whole"], batch=64)
    serve(args, build(args))
