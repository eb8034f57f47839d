"""Files of torch.save: state dicts and checkpoints to load, and pickles to refuse. README.md has the format."""

import io as stdlib_io
import os
import pickle
import zipfile
from collections import Counter, OrderedDict

import torch
from torch import nn

from common import FIXTURES, dtype_name, encode, repeatable, report, write_json

FOLDER = FIXTURES / "state-dict"


def save(name, value, **options):
    torch.save(value, FOLDER / name, **options)
    report(FOLDER / name)


def described(value):
    """What a loader must give: tensors, dicts and counters as lists of pairs, lists, tuples, sets, plain values."""
    if isinstance(value, torch.Tensor):
        return {"tensor": encode(value), "requiresGrad": value.requires_grad}
    if isinstance(value, Counter):
        return {"counter": [[described(k), n] for k, n in value.items()]}
    if isinstance(value, set):
        return {"set": sorted(map(described, value), key=str)}
    if isinstance(value, dict):
        return {"dict": [[described(k), described(v)] for k, v in value.items()]}
    if isinstance(value, (list, tuple)):
        return {"tuple" if isinstance(value, tuple) else "list": [described(v) for v in value]}
    return value


class Calls:
    """Pickles as a call of `fn(*args)`; every call here is harmless, and a loader that makes it is wrong all the same."""

    def __init__(self, fn, *args):
        self.call = fn, args

    def __reduce__(self):
        return self.call


def archive(name, data, records=()):
    """A file of torch.save's form around a given pickle."""
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_STORED) as z:
        for path, content in [("data.pkl", data), ("byteorder", b"little"), *records, ("version", b"3\n")]:
            z.writestr(zipfile.ZipInfo(f"archive/{path}"), content)
    report(FOLDER / name)


def forged_storage(elements):
    """A state dict whose one tensor claims `elements` floats of a storage that holds four."""

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            return ("storage", torch.FloatStorage, "0", "cpu", 4) if value == "the storage" else None

    out = stdlib_io.BytesIO()
    rebuild = Calls(torch._utils._rebuild_tensor_v2, "the storage", 0, (elements,), (1,), False, OrderedDict())
    Pickler(out, 2).dump({"weight": rebuild})
    return out.getvalue()


def main():
    repeatable(13)
    FOLDER.mkdir(parents=True, exist_ok=True)
    net = nn.Sequential(OrderedDict(conv=nn.Conv2d(2, 3, 3), norm=nn.BatchNorm2d(3), head=nn.Linear(3, 2)))
    base = torch.arange(12, dtype=torch.float32)
    dtypes = (torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8)
    kinds = {dtype_name(d): (torch.arange(6) - 2).to(d).reshape(2, 3) for d in dtypes}
    kinds |= {"uint8": torch.tensor([0, 255], dtype=torch.uint8), "bool": torch.tensor([True, False]), "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3)}
    kinds |= {"transposed": base.reshape(3, 4).t(), "slice": base[2:9:3], "whole": base, "parameter": nn.Parameter(torch.ones(2))}
    kinds |= {"channelsLast": torch.randn(1, 2, 2, 2).contiguous(memory_format=torch.channels_last)}
    sgd = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    net.conv(torch.randn(1, 2, 3, 3)).sum().backward()
    sgd.step()
    checkpoint = {"model": net.state_dict(), "optimizer": sgd.state_dict(), "epoch": 3, "best": 0.875, "name": "résumé", "done": False}
    checkpoint |= {"none": None, "big": 2**40, "list": [1, [2.5, "x"], (True, None)], 7: "integer key"}
    files = {"module.pth": net.state_dict(), "kinds.pth": kinds, "checkpoint.pth": checkpoint, "tensor.pth": torch.randn(2, 3)}
    schedule = torch.optim.lr_scheduler.MultiStepLR(sgd, [3, 3, 5])
    files["collections.pth"] = {"schedule": schedule.state_dict(), "words": Counter("abba"), "none": Counter(), "seen": {7}, "empty": set()}
    for name, value in files.items():
        save(name, value)

    refused = {}
    save("whole-module.pth", net)
    refused["whole-module.pth"] = "a pickled nn.Module: classes other than tensors and plain containers"
    for name, function, value in [
        ("os-system.pth", "os.system", {"weight": torch.ones(2), "note": Calls(os.system, "true")}),
        ("eval.pth", "eval", OrderedDict(weight=Calls(eval, "1 + 1"))),
        ("getattr.pth", "getattr", [Calls(getattr, "text", "upper")]),
    ]:
        save(name, value)
        refused[name] = f"a call of {function}"
    out = stdlib_io.BytesIO()
    pickle.dump({"weight": [1.0, 2.0], "note": Calls(os.system, "true")}, out)
    (FOLDER / "plain-pickle.pth").write_bytes(out.getvalue())
    refused["plain-pickle.pth"] = "not an archive"
    if not (FOLDER / "legacy.pth").exists():  # it holds an address: new bytes every time
        save("legacy.pth", {"weight": torch.ones(2)}, _use_new_zipfile_serialization=False)
    refused["legacy.pth"] = "the format before PyTorch 1.6: not an archive"
    archive("beyond-storage.pth", forged_storage(1000), [("data/0", bytes(16))])
    refused["beyond-storage.pth"] = "a tensor larger than its storage"
    archive("missing-storage.pth", forged_storage(4))
    refused["missing-storage.pth"] = "a storage that the archive does not hold"
    archive("not-a-pickle.pth", b"\x80\x02garbage")
    refused["not-a-pickle.pth"] = "a pickle that ends early"
    (FOLDER / "truncated.pth").write_bytes((FOLDER / "module.pth").read_bytes()[:1500])
    refused["truncated.pth"] = "cut off after 1,500 bytes"
    write_json("state-dict/expected.json", dict(files={k: described(v) for k, v in files.items()}, refused=refused))
    for name in files:
        torch.load(FOLDER / name, weights_only=True)
    for name in refused:
        try:
            torch.load(FOLDER / name, weights_only=True)
        except Exception as error:
            print(f"{name}: {type(error).__name__}")
        else:
            print(f"{name}: Python loads it")


if __name__ == "__main__":
    main()
