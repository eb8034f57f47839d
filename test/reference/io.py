"""Makes the file format fixtures: files by numpy.save and the safetensors package, and what they hold.

    python test/reference/io.py

Writes fixtures/io/*.npy, *.safetensors and index.json, which lists for each file the dtype, shape and little-endian row-major bytes
(base64) of every array.
"""

import base64

import numpy as np
import safetensors.torch
import torch
from common import FIXTURES, dtype_name, encode, write_json

OUT = FIXTURES / "io"
NAMES = {"b": "bool", "i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "u1": "uint8", "u2": "uint16", "u4": "uint32", "u8": "uint64",
         "f2": "float16", "f4": "float32", "f8": "float64", "c8": "complex64", "c16": "complex128"}


def npy_files():
    rng = np.random.default_rng(7)
    files = {}

    def save(name, array, version=None):
        with open(OUT / f"{name}.npy", "wb") as file:
            np.lib.format.write_array(file, array, version=version)
        little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).reshape(array.shape)
        kind = array.dtype.kind if array.dtype.kind == "b" else array.dtype.kind + str(array.dtype.itemsize)
        files[f"{name}.npy"] = {
            "dtype": NAMES[kind], "shape": list(array.shape), "data": base64.b64encode(little.tobytes()).decode(),
            # What encodeNpy must reproduce byte for byte: numpy's default version, row-major, little-endian.
            "canonical": version is None and array.dtype.newbyteorder("<") == array.dtype and (array.flags.c_contiguous),
        }

    for kind, name in NAMES.items():
        values = (rng.standard_normal((2, 3)) * 50)
        if kind == "b":
            array = values > 0
        elif name.startswith("complex"):
            array = (values + 1j * values[::-1]).astype(kind)
        else:
            array = np.abs(values).astype(kind) if kind[0] == "u" else values.astype(kind)
        save(name, array)
        if array.dtype.itemsize > 1:
            save(f"{name}-big", array.astype(array.dtype.newbyteorder(">")))
    ramp = np.arange(24, dtype="<f4").reshape(2, 3, 4)
    save("fortran", np.asfortranarray(ramp))
    save("fortran-big", np.asfortranarray(ramp.astype(">i2")))
    save("scalar", np.array(1.5))
    save("empty", np.zeros((0, 3), "<i4"))
    save("vector", np.arange(5, dtype="<i8"))
    save("version-1", ramp, (1, 0))
    save("version-2", ramp, (2, 0))
    save("version-3", ramp, (3, 0))
    save("many-axes", np.ones((1,) * 20, "<f4"))
    # Refused: these hold no numbers.
    np.save(OUT / "bad-string.npy", np.array(["a", "bc"]))
    np.save(OUT / "bad-record.npy", np.zeros(2, [("x", "<f4"), ("y", "<i4")]))
    np.save(OUT / "bad-object.npy", np.array([{}, None], dtype=object), allow_pickle=True)
    np.save(OUT / "bad-date.npy", np.zeros(1, "M8[s]"))
    return files


def safetensors_files():
    torch.manual_seed(7)
    files = {}

    def save(name, tensors, metadata=None):
        data = safetensors.torch.save(tensors, metadata)
        (OUT / f"{name}.safetensors").write_bytes(data)
        files[f"{name}.safetensors"] = {
            "metadata": metadata or {},
            "tensors": {key: encode(value) for key, value in tensors.items()},
        }

    dtypes = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
              torch.bool, torch.uint16, torch.uint32, torch.uint64, torch.complex64, torch.float8_e4m3fn, torch.float8_e5m2,
              torch.float8_e4m3fnuz, torch.float8_e5m2fnuz, torch.float8_e8m0fnu]
    every = {dtype_name(dtype): (torch.rand(2, 3) * 40).to(dtype) for dtype in dtypes}
    save("dtypes", every)
    save("metadata", {"w": torch.ones(2)}, {"note \u00e9\u2028\n\x01\x7f\"\\/": "any \u2603 \U0001f600 text\t"})
    save("empty", {})
    save("shapes", {"scalar": torch.tensor(3.25), "none": torch.zeros(0, 4), "long": torch.arange(7), "odd": torch.ones(3, dtype=torch.uint8)})
    # Sorted by UTF-8, which is not the order of UTF-16 code units: U+FF21 comes before U+1F600.
    save("names", {name: torch.tensor([float(i)]) for i, name in enumerate(
        ["b", "a.weight", "a", "A", "10", "9", "\uff21", "\U0001f600", "\u00e9", "", "a\"q\\"])})
    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3))
    save("model", model.state_dict(), {"format": "pt"})
    return files


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    write_json("io/index.json", {"npy": npy_files(), "safetensors": safetensors_files()})
