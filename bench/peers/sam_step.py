"""One SAM step of a WideResNet on a fixed random batch, timed on command (see peer.py). Modes: `reference` as davda54/sam writes it (fp32, NCHW),
`eager` tuned (autocast, channels_last, multi-tensor SAM, fused SGD, no synchronisation), `compile` the same with torch.compile, `graph` a CUDA graph.

    echo "step 5" | python bench/peers/sam_step.py --depth 16 --width 2 --batch 128 --precision bf16 --mode eager
"""

import torch

from peer import TunedSAM, arguments, captured, reference_step, serve, tuned_step
from wide_resnet import WideResNet


def build(args):
    sgd = dict(lr=0.1, momentum=0.9, weight_decay=5e-4)
    rho, adaptive = (2.0, True) if args.rule == "asam" else (0.05, False)
    model = WideResNet(args.depth, args.width).to(args.device).train()
    torch.nn.init.normal_(model.f[-1].weight, std=0.01)  # a zero classifier makes the first gradients of everything else zero
    x = torch.randn(args.batch, 3, 32, 32, device=args.device)
    y = torch.randint(0, 10, (args.batch,), device=args.device)
    if args.mode == "reference":
        return reference_step(model, x, y, torch.optim.SGD(model.parameters(), **sgd), rho, adaptive)

    model = model.to(memory_format=torch.channels_last)
    x = x.contiguous(memory_format=torch.channels_last)
    low, bf16 = args.precision == "bf16", args.weights == "bf16"
    if bf16:
        for m in model.modules():
            if isinstance(m, (torch.nn.Conv2d, torch.nn.Linear)):
                m.to(torch.bfloat16)
        x = x.bfloat16()
    # masters exist for what is bf16; batch norm stays fp32 in both
    optimizer = TunedSAM(model.parameters(), rho, adaptive, bf16, **sgd)
    run = torch.compile(model, mode=None if args.compile_mode == "default" else args.compile_mode) if args.mode == "compile" else model

    def forward():
        with torch.autocast(args.device, torch.bfloat16, enabled=low and not bf16, cache_enabled=args.mode != "graph"):
            return torch.nn.functional.cross_entropy(run(x).float(), y, label_smoothing=0.1)

    step = tuned_step(model, forward, optimizer)
    return captured(step) if args.mode == "graph" else step


if __name__ == "__main__":
    args = arguments(__doc__, depth=16, width=2, batch=128)
    serve(args, build(args))
