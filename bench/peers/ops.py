"""Nanoseconds per call of small operators. Listens on stdin: `run NAME [seconds]` answers `{"case": NAME, "ns": ..., "spread": ...}` (median of nine
rounds, and the distance of the quartiles as a share of it), `list` the names, `quit` ends. Or: python bench/peers/ops.py NAME...
"""

import json
import statistics
import sys
import time

import numpy as np
import torch

small, other = torch.ones(2, 2), torch.ones(2, 2)
a64, b64 = torch.randn(64, 64), torch.randn(64, 64)
megabyte = np.random.rand(2**18).astype(np.float32)
weight, grown = torch.randn(64, 64, requires_grad=True), torch.randn(64, 64)
nested = [[float(i + j) for j in range(4)] for i in range(4)]
CASES = {
    "add_": lambda: small.add_(other),
    "add": lambda: small + other,
    "mul scalar": lambda: small * 2.0,
    "relu": lambda: small.relu(),
    "sum": lambda: small.sum(),
    "sum dim": lambda: small.sum(1, keepdim=True),
    "view": lambda: small.view(4),
    "transpose": lambda: small.t(),
    "index": lambda: a64[1:5, 3],
    "item": lambda: small[0, 0].item(),
    "cat": lambda: torch.cat([small, other]),
    "zeros": lambda: torch.zeros(2, 2),
    "matmul 64x64": lambda: a64 @ b64,
    "add 64x64": lambda: a64 + b64,
    "linear backward": lambda: (weight @ grown).sum().backward(),
    "from 4x4 nested": lambda: torch.tensor(nested),
    "from 1 MB": lambda: torch.tensor(megabyte),
    "numpy copy 1 MB": lambda: np.array(megabyte),
    "to array 1 MB": lambda: torch.from_numpy(megabyte).numpy().copy(),
}
GRAD = {"linear backward"}


def measure(name, seconds=1.0):
    fn, rounds = CASES[name], []
    with torch.set_grad_enabled(name in GRAD):
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds / 10:  # warm-up, and how often fits into a round
            fn()
            count += 1
        for _ in range(9):
            start = time.perf_counter_ns()
            for _ in range(count):
                fn()
            rounds.append((time.perf_counter_ns() - start) / count)
    low, mid, high = statistics.quantiles(rounds, n=4)
    print(json.dumps(dict(case=name, ns=round(mid, 1), spread=round((high - low) / mid, 3))), flush=True)


if __name__ == "__main__":
    print(json.dumps(dict(ready=True, torch=torch.__version__, threads=torch.get_num_threads())), flush=True)
    for name in sys.argv[1:]:
        measure(name)
    for line in [] if sys.argv[1:] else sys.stdin:
        word, _, rest = line.strip().partition(" ")
        name, _, seconds = rest.rpartition(" ")
        if word == "quit":
            break
        if word == "list":
            print(json.dumps(dict(cases=list(CASES))), flush=True)
        elif word == "run" and rest in CASES:
            measure(rest)
        elif word == "run" and name in CASES:
            measure(name, float(seconds))
        elif word:
            print(json.dumps(dict(error=f"expected run NAME [seconds], list or quit, got {line.strip()}")), flush=True)
