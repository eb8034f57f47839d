"""What the Python peers share: a conversation over stdin and stdout, thread and allocator settings, the tuned SAM step.

A peer warms up, prints one JSON line `{"ready": true, ...}`, and then answers commands, one JSON line each, so that the benchmark can take turns:
`step [n]` (n lines `{"step_ms": ...}`), `memory` (`{"peak_rss_mb": ...}` since the last `memory`), `quit`.
"""

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "test" / "reference"))

import torch

# glibc only: no mmap per large tensor, nothing given back, transparent huge pages. Read when a process starts, hence the exec.
TUNED = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1099511627776:glibc.malloc.top_pad=67108864"


MODES = ["reference", "eager", "compile", "graph"]


def arguments(doc, modes=MODES, **defaults):
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--mode", choices=modes, default="eager", help="graph: one CUDA graph per step")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--weights", choices=["fp32", "bf16"], default="fp32", help="bf16: working weights in bf16, masters in fp32")
    parser.add_argument("--compile-mode", default="default", help="torch.compile's mode")
    parser.add_argument("--rule", choices=["sam", "asam"], default="sam")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=0, help="0: as torch chooses")
    parser.add_argument("--malloc", choices=["default", "tuned"], default="default", help="tuned: glibc without mmap and trim, huge pages")
    parser.add_argument("--warmup", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0, help="take this many steps and end, instead of listening")
    parser.add_argument("--seed", type=int, default=0)
    for name, value in defaults.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    args = parser.parse_args()
    if args.malloc == "tuned" and os.environ.get("GLIBC_TUNABLES") != TUNED:
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "GLIBC_TUNABLES": TUNED})
    if args.threads:
        torch.set_num_threads(args.threads)
    if args.device == "cuda":
        torch.backends.cudnn.benchmark = True
        torch.set_float32_matmul_precision("high")
    torch.manual_seed(args.seed)
    return args


def say(**fields):
    print(json.dumps(fields), flush=True)


def serve(args, step):
    """Warms `step` up, then times it on command. `step` returns the loss as a tensor; nothing reads it inside the timed part."""
    wait = torch.cuda.synchronize if args.device == "cuda" else lambda: None

    def timed():
        wait()
        start = time.perf_counter()
        loss = step()
        wait()
        elapsed = (time.perf_counter() - start) * 1e3
        return dict(step_ms=round(elapsed, 4), loss=float(loss))

    def run(steps):
        # Said when all are over: whoever reads it would run on a processor that the next step needs.
        for result in [timed() for _ in range(steps)]:
            say(**result)

    start = time.perf_counter()
    for _ in range(args.warmup):
        step()
    wait()
    took = round(time.perf_counter() - start, 2)
    say(**{**vars(args), "ready": True, "torch": torch.__version__, "threads": torch.get_num_threads(), "warmup_s": took})
    run(args.steps)
    for line in [] if args.steps else sys.stdin:
        word, *rest = line.split() or [""]
        if word == "step":
            run(int(rest[0]) if rest else 1)
        elif word == "memory":
            say(peak_rss_mb=round(peak_rss(), 1), **({"peak_device_mb": torch.cuda.max_memory_allocated() / 2**20} if args.device == "cuda" else {}))
        elif word == "quit":
            break
        elif word:
            say(error=f"expected step [n], memory or quit, got {word}")


def peak_rss():
    """Peak resident memory in MiB since the last call, where the system can reset it (Linux), else since the start."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    try:
        status = Path("/proc/self/status").read_text()
        peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
        Path("/proc/self/clear_refs").write_text("5")
    except (OSError, IndexError):
        pass
    return peak


class TunedSAM:
    """SAM (or ASAM, T = |w|) over fused SGD with multi-tensor operators; the gradients themselves become eps. With `working`, the model's
    parameters are bf16 copies of fp32 masters, and eps and the update are written into the copies from the masters."""

    def __init__(self, params, rho, adaptive, bf16=False, **sgd):
        self.working = list(params)
        self.masters = [p.detach().float().clone().requires_grad_() for p in self.working] if bf16 else self.working
        self.bf16, self.rho, self.adaptive = bf16, rho, adaptive
        self.backup = [torch.empty_like(p) for p in self.masters] if not bf16 else None
        self.base = torch.optim.SGD(self.masters, **sgd, fused=True)

    def clear(self):
        for p in self.working:
            p.grad = None

    @torch.no_grad()
    def perturb(self):
        grads = [p.grad for p in self.working]
        grads = [g.float() for g in grads] if self.bf16 else grads
        if self.adaptive:
            size = torch._foreach_abs(self.masters)
            torch._foreach_mul_(grads, size)
        norm = torch.stack(torch._foreach_norm(grads)).norm()
        torch._foreach_mul_(grads, self.rho / (norm + 1e-12))
        if self.adaptive:
            torch._foreach_mul_(grads, size)
        if self.bf16:
            torch._foreach_copy_(self.working, torch._foreach_add(grads, self.masters))
        else:
            torch._foreach_copy_(self.backup, self.working)
            torch._foreach_add_(self.working, grads)
        self.clear()

    @torch.no_grad()
    def update(self):
        if self.bf16:
            for master, p in zip(self.masters, self.working):
                master.grad = p.grad.float()
        else:
            torch._foreach_copy_(self.working, self.backup)
        self.base.step()
        if self.bf16:
            torch._foreach_copy_(self.working, self.masters)
        self.clear()


def tuned_step(model, forward, optimizer):
    """Both passes of a SAM step; batch-norm statistics of the first only."""
    norms = [m for m in model.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]

    def step():
        loss = forward()
        loss.backward()
        optimizer.perturb()
        for m in norms:
            m.track_running_stats = False
        forward().backward()
        for m in norms:
            m.track_running_stats = True
        optimizer.update()
        return loss.detach()

    return step


def reference_step(model, x, y, base, rho, adaptive, smoothing=0.1):
    """What davda54/sam's train.py does per batch, operation by operation: clones, per-tensor loops, KL divergence to a smoothed one-hot,
    momentum 0 in the second pass, results copied to the host."""
    params = [p for p in model.parameters()]
    norms = [m for m in model.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
    momenta = [m.momentum for m in norms]

    def losses():
        prediction = model(x)
        target = torch.full_like(prediction, smoothing / (prediction.size(1) - 1))
        target.scatter_(1, y.unsqueeze(1), 1 - smoothing)
        return torch.nn.functional.kl_div(prediction.log_softmax(1), target, reduction="none").sum(-1), prediction

    def step():
        for m, momentum in zip(norms, momenta):
            m.momentum = momentum
        loss, prediction = losses()
        loss.mean().backward()
        with torch.no_grad():
            weight = [p.abs() if adaptive else 1.0 for p in params]
            norm = torch.norm(torch.stack([(t * p.grad).norm(p=2) for t, p in zip(weight, params)]), p=2)
            scale, old = rho / (norm + 1e-12), []
            for p in params:
                old.append(p.data.clone())
                p.add_((torch.pow(p, 2) if adaptive else 1.0) * p.grad * scale.to(p))
        base.zero_grad()
        for m in norms:
            m.momentum = 0
        losses()[0].mean().backward()
        for p, w in zip(params, old):
            p.data = w
        base.step()
        base.zero_grad()
        with torch.no_grad():
            correct = prediction.argmax(1) == y
            loss, correct = loss.cpu(), correct.cpu()
        return loss.detach().mean()

    return step


def captured(step, warmup=3):
    """The whole step as one CUDA graph; replays give the loss of the captured step's output buffer."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(warmup):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        loss = step()

    def replay():
        graph.replay()
        return loss

    return replay
