"""Files both ways between PyTorch, numpy and this library, compared bit for bit. No fixture: it needs both sides at once.

    python test/reference/check_io.py

Writes tensors of every dtype, layouts included, and state dicts of models; test/io/python-program.ts reads them, writes them again, and trains
the models by a step; then Python reads that. Prints what was compared; fails at the first difference.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
DTYPES = [
    torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool,
    torch.uint16, torch.uint32, torch.uint64, torch.complex64, torch.float8_e4m3fn, torch.float8_e5m2, torch.float8_e4m3fnuz, torch.float8_e5m2fnuz,
]  # fmt: skip
NUMPY = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
MODELS = {
    "convolutions": (lambda: nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.PReLU(), nn.Flatten(), nn.Linear(4 * 6 * 6, 5)), (6, 3, 6, 6)),
    "encoder": (lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True), 2), (3, 5, 8)),
    "decoder": (lambda: nn.Sequential(nn.GroupNorm(2, 4), nn.ConvTranspose2d(4, 2, 3), nn.InstanceNorm2d(2)), (2, 4, 5, 5)),
}


def bits(t):
    return t.contiguous().reshape(-1).view(torch.uint8) if t.numel() else torch.empty(0, dtype=torch.uint8)


def same(a, b, what):
    assert a.dtype == b.dtype and a.shape == b.shape and torch.equal(bits(a), bits(b)), what


def write(folder):
    tensors = {f"{dtype}": (torch.randn(3, 4) * 30).abs().to(dtype) for dtype in DTYPES}
    tensors |= {"scalar": torch.tensor(1.5), "none": torch.zeros(0, 3), "name with \u00e9 and \U0001f600": torch.arange(5), "special": torch.tensor([float("nan"), float("inf"), -0.0, 5e-45])}
    save_file(tensors, folder / "tensors.safetensors", {"from": "PyTorch"})
    rng = np.random.default_rng(3)
    arrays = {kind: np.asfortranarray(np.abs(rng.standard_normal((2, 3, 4)) * 50).astype(kind)) if i % 2 else np.abs(rng.standard_normal((5,)) * 50).astype(kind) for i, kind in enumerate(NUMPY)}
    arrays |= {"empty": np.zeros((0, 2), "f4"), "scalar": np.array(2.5), "big": np.arange(6, dtype=">i4").reshape(2, 3)}
    for name, array in arrays.items():
        np.save(folder / f"{name.replace('?', 'bool')}.npy", array)
    models = {}
    for name, (make, shape) in MODELS.items():
        model, x = make(), torch.randn(shape)
        save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder / f"{name}.safetensors")
        save_file({"x": x}, folder / f"{name}.x.safetensors")
        models[name] = (model, x)
    return tensors, arrays, models


def check(folder, tensors, arrays, models):
    back = load_file(folder / "tensors.back.safetensors")
    assert back.keys() == tensors.keys(), set(back) ^ set(tensors)
    for name, t in tensors.items():
        same(back[name], t, f"tensor {name}")
    with safe_open(folder / "tensors.back.safetensors", "pt") as file:
        assert file.metadata()["written"] == "by sam-torch"
    print(f"safetensors: {len(tensors)} tensors of {len(DTYPES)} dtypes came back bit for bit")
    for name, array in arrays.items():
        got = np.load(folder / f"{name.replace('?', 'bool')}.back.npy")
        want = np.ascontiguousarray(array).reshape(array.shape).astype(array.dtype.newbyteorder("<"))
        assert got.dtype == want.dtype and got.shape == want.shape and got.tobytes() == want.tobytes(), name
    print(f"npy: {len(arrays)} arrays of {len(NUMPY)} dtypes came back element for element")
    for name, (model, x) in models.items():
        y = load_file(folder / f"{name}.y.safetensors")
        model.eval()
        torch.testing.assert_close(y["before"], model(x).detach(), rtol=1e-5, atol=1e-5)
        # Python takes the same step, and loads the weights that were trained here.
        model.train()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
        model(x).square().mean().backward()
        optimizer.step()
        trained = load_file(folder / f"{name}.trained.safetensors")
        assert trained.keys() == model.state_dict().keys(), set(trained) ^ set(model.state_dict())
        for key, value in model.state_dict().items():
            torch.testing.assert_close(trained[key], value, rtol=1e-4, atol=1e-5, msg=lambda m, key=key: f"{name}: {key}: {m}")
        fresh = MODELS[name][0]()
        fresh.load_state_dict(trained, strict=True)
        fresh.eval()
        torch.testing.assert_close(fresh(x).detach(), y["after"], rtol=1e-5, atol=1e-5)
        print(f"{name}: {len(trained)} weights loaded there, trained by a step, loaded here: outputs agree")


def main():
    torch.manual_seed(0)
    folder = Path(tempfile.mkdtemp(prefix="sam-torch-io-"))
    try:
        written = write(folder)
        subprocess.run(["npx", "tsx", "test/io/python-program.ts", str(folder)], cwd=ROOT, check=True)
        check(folder, *written)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
