"""Reading and writing with Python's brackets: values, gradients, shared storage, errors. README.md has the format."""

import torch

from common import encode, repeatable, weight, write_json

D = torch.float64


class Brackets:
    """Brackets()[1:3, ...] is the index itself, as a tuple."""

    def __getitem__(self, index):
        return index if isinstance(index, tuple) else (index,)


def names():
    """What the expressions may mention, beside numbers."""
    return {
        "S": Brackets(),
        "T": torch.tensor,
        "mask2": torch.tensor([[True, False, True, False], [False, False, False, False], [True, True, False, True]]),
        "rows": torch.tensor([2, 0, 2]),
        "row_mask": torch.tensor([True, False, True]),
        "none_set": torch.zeros(3, dtype=torch.bool),
        "pairs": torch.tensor([[0, 2], [1, -1]]),
        "bytes": torch.tensor([1, 0, 1], dtype=torch.uint8),
        "narrow": torch.tensor([2, 1], dtype=torch.int32),
        "no_rows": torch.zeros(0, dtype=torch.int64),
        "zero": torch.tensor(0),
        "yes": torch.tensor(True),
        "floats": torch.tensor([0.0, 1.0]),
        "column": torch.tensor([[0], [2]]),
        "cube_mask": torch.arange(24).reshape(2, 3, 4) % 5 == 0,
    }


# By input: "vector" [7], "matrix" [3,4], "cube" [2,3,4], "transposed" [4,3] (strides [1,4]), "scalar" [], "empty" [0,3], "deep" [2,1,3,2,2].
READ = {
    "vector": """0 | -1 | 6 | -7 | 7 | -8 | 1:4 | :3 | 4: | : | ::2 | 1::3 | 2:-1 | -3: | :-2 | 5:2 | 3:3 | 0:100 | -100:3 | 100: | ::7 | ::100 | 1:6:2 |
        ::-1 | 4:1:-1 | ::0 | ... | None | None, None | ..., None | None, 2:4 | 0, 0 | rows | [0, 2, -1] | [True, False, True, False, False, True, True] |
        T([True, False]) | [] | no_rows | T([7]) | T([-8]) | T([-7, 6]) | zero | T(3) | T([[0, 1], [2, 3]]) | pairs, None | floats | narrow | True | False | yes |
        None, True | ..., ... | ..., rows | rows, ... | 1:4, ... | T([0, 0, 0])""",
    "matrix": """0 | -1, -1 | 1, 2 | 3 | 0, 4 | : | :, 1 | 1: | 0:2, 1:3 | ::2, ::2 | :, ::3 | ..., 0 | 0, ... | ..., 1:3 | None | :, None | 0, None, 1 | ..., None | 0, 0, 0 |
        mask2 | row_mask | row_mask, 1:3 | row_mask, 0 | none_set | :, T([True, False, False, True]) | T([True, False, True, False]) | mask2[:, :3] |
        rows | rows, 1 | rows, 1:3 | rows, rows | :, rows | rows, None | None, rows | rows[:2], pairs | pairs[:1] | column, T([1, 3]) | column, rows |
        [0, 2] | [0, 2], [1, 3] | [0, 1], [0, 1, 2] | [2], : | [[0, 1], [1, 2]] | [True, False, True] | bytes | narrow, narrow | T([-3, 2]), -1 | T([3]) | no_rows |
        no_rows, 1: | zero, zero | True | False | True, 0 | 0, True | rows, yes | True, rows | 1:1, rows | floats, 0 | ..., rows, ... | (), | slice(None), 2 | slice(2, None), slice(None, 2)""",
    "cube": """0 | 1, 2, 3 | -1, ..., -1 | ..., 2 | 0, :, 1 | :, 1 | :, :, ::3 | ..., 1:, :2 | 1, ..., None | None, 0, None, ..., None | 2 | 0, 3 |
        cube_mask | [True, False] | [False, False] | :, row_mask | :, row_mask, 1: | 0, mask2 | :, mask2 | mask2 | ..., mask2 | row_mask | :, :, T([True, False, True, True]) |
        [0, 1] | [0, 1], 1 | [0, 1], :, [1, 2] | :, [0, 1], [1, 2] | [0, 1], [1, 2] | 0, :, [1, 2] | 0, [1, 2], : | :, 0, [1, 2] | [1, 0], ..., 2 | ..., [1, 2] |
        [[0], [1]], [0, 2] | pairs[:1] | :, rows, ::2 | ::1, rows, None, 1: | None, rows[1:2] | rows[1:2], None, [0] | [1], [2], [3] | T([1]), 2, T([0, 3]) | [0, 1, 0], row_mask |
        [0, 1], row_mask | 1, row_mask, rows | ..., True | 0, 0, 0, 0 | 0:1, [0, 2], 0:2""",
    "transposed": "0 | 1:3 | :, 0 | ::2, 1 | T([3, 0]) | mask2.t() | ..., None | -1, -1 | T([0, 1]), T([1, 2])",
    "scalar": "... | None | () | True | False | yes | 0 | : | zero | None, ..., None | T([True])",
    "empty": "0 | : | :, 1 | no_rows | :, [0, 2] | None | none_set[:0] | ..., -1 | 0:5, 1:",
    "deep": "0, ..., 1 | ..., 0, 1 | :, 0, rows | [0, 1], 0, :, [1, 0] | :, :, row_mask, [0, 1][0] | 1, None, ..., None, 0 | 0, 0, 0, 0, 0 | [1], ..., [0] | ::1, ::1, ::2, ::2, ::2",
}
WRITE = [  # input, index, value
    ("vector", "0", "9.0"), ("vector", "-1", "9.0"), ("vector", "1:4", "0.5"), ("vector", "::3", "T([1.0, 2.0, 3.0])"), ("vector", "rows", "7.0"),
    ("vector", "T([1, 1])", "5.0"), ("vector", "...", "2.0"), ("vector", "T([True] * 3 + [False] * 4)", "T([1.0, 2.0, 3.0])"), ("vector", "2:5", "T([1.0, 2.0])"),
    ("vector", "7", "1.0"), ("vector", "3:3", "1.0"), ("vector", "no_rows", "1.0"), ("vector", "None, 1:3", "T([[4.0, 5.0]])"), ("vector", "[0, 2]", "T([1, 2])"),
    ("matrix", "1", "T([1.0, 2.0, 3.0, 4.0])"), ("matrix", ":, 1", "T([1.0, 2.0, 3.0])"), ("matrix", "0:2, 1:3", "T([[1.0], [2.0]])"), ("matrix", "mask2", "0.0"),
    ("matrix", "mask2", "T([1.0, 2.0, 3.0, 4.0, 5.0])"), ("matrix", "mask2", "T([1.0, 2.0])"), ("matrix", "row_mask", "T([1.0, 2.0, 3.0, 4.0])"), ("matrix", "row_mask, 1", "T([8.0, 9.0])"),
    ("matrix", "[0, 2], [1, 3]", "T([8.0, 9.0])"), ("matrix", ":, [0, 3]", "T([[1.0, 2.0]])"), ("matrix", "column, T([1, 3])", "T([[1.0, 2.0], [3.0, 4.0]])"), ("matrix", "..., -1", "6.0"),
    ("matrix", "True", "1.0"), ("matrix", "False", "1.0"), ("matrix", "0", "T([1.0, 2.0])"), ("matrix", "[0, 5]", "1.0"), ("matrix", "::2, ::3", "T([[1.0, 2.0], [3.0, 4.0]])"),
    ("cube", "0", "T([1.0, 2.0, 3.0, 4.0])"), ("cube", "..., 0", "T([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])"), ("cube", ":, 1, [0, 2]", "T([[1.0, 2.0], [3.0, 4.0]])"), ("cube", "cube_mask", "-1.0"),
    ("cube", "[0, 1], :, [1, 2]", "T([1.0, 2.0, 3.0])"), ("cube", "1, row_mask, rows[:2]", "T([1.0, 2.0])"), ("transposed", "1", "T([1.0, 2.0, 3.0])"), ("transposed", "T([0, 3]), 1", "5.0"),
    ("scalar", "...", "3.0"), ("scalar", "()", "4.0"), ("scalar", "True", "5.0"), ("empty", ":, 1", "1.0"), ("empty", "0", "1.0"),
]  # fmt: skip
ACCUMULATE = [("vector", "T([1, 1, 3, 1])", "T([1.0, 2.0, 3.0, 4.0])"), ("matrix", "rows, rows", "T([1.0, 2.0, 3.0])"), ("matrix", "rows", "0.5"), ("cube", ":, rows", "1.0")]


def inputs():
    matrix = torch.arange(12, dtype=D).reshape(3, 4) / 4 - 1
    return {
        "vector": torch.arange(7, dtype=D) * 1.5 - 2,
        "matrix": matrix,
        "cube": torch.arange(24, dtype=D).reshape(2, 3, 4) / 8,
        "transposed": matrix.clone().t(),
        "scalar": torch.tensor(2.5, dtype=D),
        "empty": torch.zeros(0, 3, dtype=D),
        "deep": torch.arange(24, dtype=D).reshape(2, 1, 3, 2, 2),
    }


def item(i):
    if isinstance(i, slice):
        return {"slice": [i.start, i.stop, i.step]}
    if isinstance(i, torch.Tensor):
        return {"tensor": encode(i)}
    if isinstance(i, list) and i and isinstance(i[0], list):
        return {"tensor": encode(torch.tensor(i))}
    return "..." if i is Ellipsis else i


def evaluate(text):
    return eval(f"S[{text.strip()}]", names())


def message(error):
    return {"error": type(error).__name__, "message": str(error).splitlines()[0]}


def read(source, text):
    index, x = evaluate(text), inputs()[source].requires_grad_()
    case = dict(python=f"{source}[{text.strip()}]", input=source, index=[item(i) for i in index])
    try:
        out = x[index]
    except (IndexError, ValueError, TypeError, RuntimeError) as error:
        return case | message(error)
    shares = out.numel() > 0 and out.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
    case |= dict(out=encode(out), view=shares, storageOffset=out.storage_offset() if shares else 0)
    if out.grad_fn:
        (out * weight(out)).sum().backward()
        case["grad"] = encode(x.grad)
    return case


def write(source, text, value, accumulate=False):
    index, value, x = evaluate(text), eval(value, names()), inputs()[source]
    case = dict(python=f"{source}[{text}] {'+=' if accumulate else '='} {value!r}", input=source, index=[item(i) for i in index])
    value = value.to(D) if isinstance(value, torch.Tensor) and value.is_floating_point() else value
    case |= dict(value={"tensor": encode(value)} if isinstance(value, torch.Tensor) else value, accumulate=accumulate)
    try:
        if accumulate:  # each duplicate counts, unlike x[i] += v
            tensors = [None if isinstance(i, slice) else torch.as_tensor(i) for i in index]
            torch.ops.aten.index_put_(x, tensors, torch.as_tensor(value, dtype=D), True)
        else:
            x[index] = value
    except (IndexError, ValueError, TypeError, RuntimeError) as error:
        return case | message(error)
    return case | dict(after=encode(x))


def main():
    repeatable()
    reads = [read(source, text) for source, texts in READ.items() for text in texts.split("|")]
    writes = [write(*w) for w in WRITE] + [write(*a, accumulate=True) for a in ACCUMULATE]
    write_json("indexing.json.gz", dict(inputs={k: encode(v) for k, v in inputs().items()}, reads=reads, writes=writes))
    print(f"{len(reads)} reads ({sum('error' in c for c in reads)} errors), {len(writes)} writes ({sum('error' in c for c in writes)} errors)")


if __name__ == "__main__":
    main()
