"""Checks in Python what this library writes: TorchScript modules and files of torch.save. Needs a built clone (npm test makes one).

    python test/reference/back.py
"""

import math
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file

from common import FIXTURES

HERE = Path(__file__).parent
checks = 0


def check(condition, what):
    global checks
    checks += 1
    if not condition:
        sys.exit(f"FAILED: {what}")


def same(a, b, path="value"):
    """Equal values; tuples have become lists on the way."""
    if isinstance(b, torch.Tensor):
        check(isinstance(a, torch.Tensor) and a.dtype == b.dtype and a.shape == b.shape, f"{path}: dtype and shape")
        check(a.requires_grad == b.requires_grad, f"{path}: requires_grad")
        check(torch.equal(a, b), path)
    elif isinstance(b, dict):
        check(isinstance(a, dict) and list(a) == list(b), f"{path}: keys {list(a)}")
        for key in b:
            same(a[key], b[key], f"{path}.{key}")
    elif isinstance(b, (list, tuple)):
        check(isinstance(a, list) and len(a) == len(b), f"{path}: length")
        for i, item in enumerate(b):
            same(a[i], item, f"{path}.{i}")
    else:
        check(a == b, f"{path}: {a!r} is not {b!r}")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        subprocess.run(["node", str(HERE / "back.mjs"), scratch], check=True)
        load = lambda name: torch.load(out / name, weights_only=True)

        expected = load_file(FIXTURES / "jit-resnet.safetensors")
        model = torch.jit.load(str(out / "model.pt"))
        pixels = (expected["images"].float() - 128) / 64
        with torch.no_grad():
            check((model(pixels) - expected["evaluationAfter"]).abs().max() < 1e-5, "model.pt computes what it did")
        check(not model.training, "model.pt is in evaluation mode")
        for key, value in model.state_dict().items():
            check(torch.equal(value, expected[f"final.{key}"]), f"model.pt: {key}")
        torch.jit.load(str(out / "model.pt")).load_state_dict(load("weights.pth"))

        for name in ("kinds.pth", "checkpoint.pth", "module.pth", "tensor.pth"):
            same(load(name), torch.load(FIXTURES / "state-dict" / name, weights_only=True), name)

        mixed = load("mixed.pth")
        address = lambda t: t.untyped_storage().data_ptr()
        check(address(mixed["row"]) == address(mixed["base"]) == address(mixed["transposed"]), "views share storage")
        check(mixed["row"].tolist() == [4, 5, 6, 7] and mixed["transposed"].stride() == (1, 4), "views are views")
        check(mixed["uint16"].dtype == torch.uint16 and mixed["uint16"].tolist() == [1, 65535], "uint16")
        check(mixed["uint64"].dtype == torch.uint64 and mixed["uint64"].tolist() == [2, 2**63], "uint64")
        check(mixed["float8"].dtype == torch.float8_e4m3fn and mixed["float8"].float().tolist() == [0.5, 2], "float8")
        check(mixed["conj"].tolist() == [1 - 2j], "conjugated")
        check(mixed["parameter"].requires_grad and mixed["empty"].shape == (0, 3), "parameter and empty")
        *numbers, minus, nan, infinity = mixed["numbers"]
        check(numbers == [1, -1, 2**40, -(2**40), 2**70, -(2**70), 0.5], f"numbers {numbers}")
        check(all(type(n) is int for n in numbers[:6]) and math.copysign(1, minus) == -1, "ints are ints, -0 is -0")
        check(math.isnan(nan) and infinity == -math.inf, "nan and infinity")
        check(mixed["complex"] == 1 - 2j and mixed["bytes"] == b"\x00\xff" and mixed["text"] == "line\n☃", "texts")
        check(list(mixed["map"].items()) == [(1, "one"), (2.5, None)], f"map {mixed['map']}")
    print(f"{checks} checks: Python reads what was written")


if __name__ == "__main__":
    main()
