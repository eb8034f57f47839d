"""What every fixture script shares: where fixtures go, how tensors are written, and a run that repeats bit for bit."""

import base64
import gzip
import json
import os
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).parent / "fixtures"


def plain(value):
    """NumPy values and arrays as JSON has them; NaN and infinities as the strings that JavaScript's Number() reads."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return plain(value.tolist())
    if isinstance(value, float) and not np.isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    return value


def report(path):
    print(f"{path.relative_to(FIXTURES.parent)}: {path.stat().st_size:,} bytes")


def write_json(name, value):
    """Compact JSON; a name that ends in .gz is compressed without a time stamp, so that equal content gives equal bytes."""
    path = FIXTURES / name
    data = json.dumps(plain(value), separators=(",", ":"), allow_nan=False).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, 9, mtime=0) if name.endswith(".gz") else data + b"\n")
    report(path)


def write_safetensors(name, tensors, metadata=None):
    from safetensors.torch import save_file

    path = FIXTURES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({k: v.detach().contiguous().clone() for k, v in tensors.items()}, path, metadata)
    os.chmod(path, 0o644)
    report(path)


def repeatable(seed=0):
    """One thread, deterministic kernels, a fixed seed."""
    import torch

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.manual_seed(seed)
    return torch


def dtype_name(dtype):
    return str(dtype).removeprefix("torch.")


def encode(t):
    """A tensor inline: dtype, shape, base64 of its elements in row-major order; `strides` and `storage` only where it is not contiguous."""
    import torch

    t = t.detach().resolve_conj().resolve_neg() if t.is_complex() else t.detach()
    raw = t.clone(memory_format=torch.contiguous_format).reshape(-1).view(torch.uint8).numpy().tobytes() if t.numel() else b""
    out = {"dtype": dtype_name(t.dtype), "shape": list(t.shape), "data": base64.b64encode(raw).decode()}
    if not t.is_contiguous():
        out["strides"] = list(t.stride())
    return out


def weight(t):
    """The factor in sum(out * w): w_i = ((7 i + 3) mod 11 - 5) / 4 over the elements in row-major order, exact in every dtype."""
    import torch

    i = torch.arange(t.numel())
    return (((7 * i + 3) % 11 - 5) / 4).to(t.dtype).reshape(t.shape)
