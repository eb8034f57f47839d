"""A TorchScript module whose methods take and give every kind of value that crosses over. README.md has the format."""

from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union

import torch
from torch import Tensor, nn

from common import FIXTURES, repeatable, report
from jit_resnet import without_debug_info


class Point(NamedTuple):
    x: Tensor
    label: str


class Counter(nn.Module):
    """Keeps a buffer, and a number that is none."""

    def __init__(self):
        super().__init__()
        self.register_buffer("total", torch.zeros(2))
        self.calls = 0

    def forward(self, x):
        if self.training:
            self.total += x.detach().sum(0)
            self.calls += 1
        return x * 2


class Values(nn.Module):
    names: List[str]

    def __init__(self):
        super().__init__()
        self.counter = Counter()
        self.shared = nn.Linear(2, 2)
        self.again = self.shared
        self.weight = nn.Parameter(torch.ones(2))
        self.names = ["cat", "dog"]
        self.rate = 0.25

    def forward(self, x: Tensor, n: int = 2, f: float = 0.5, name: str = "a", flag: bool = False) -> Tuple[Tensor, int, float, str, bool]:
        return self.again(self.shared(self.counter(x))) * self.weight, n + 1, f * 2, name + "!", not flag

    @torch.jit.export
    def lists(self, xs: List[Tensor], ns: List[int], fs: List[float], flags: List[bool], names: List[str]):
        return [x + 1 for x in xs], [n + 1 for n in ns], [f / 2 for f in fs], [not b for b in flags], [s + "?" for s in names]

    @torch.jit.export
    def dicts(self, d: Dict[str, Tensor], e: Dict[int, float]):
        out: Dict[str, Tensor] = {}
        for key, value in d.items():
            out[key + key] = value * 2
        more: Dict[int, float] = {}
        for k, v in e.items():
            more[k + 1] = v
        return out, more

    @torch.jit.export
    def nested(self, lists: List[List[int]], pair: Tuple[Tensor, Tuple[int, str]], maybes: List[Optional[int]]):
        total = 0
        for inner in lists:
            for n in inner:
                total += n
        some: List[int] = []
        for m in maybes:
            if m is not None:
                some.append(m)
        return total, (pair[1][1], pair[0]), {"lists": lists}, some

    @torch.jit.export
    def optional(self, x: Optional[Tensor] = None, n: Optional[int] = 3) -> Optional[Tensor]:
        if x is None:
            return None
        return x if n is None else x * n

    @torch.jit.export
    def point(self, p: Point) -> Point:
        return Point(p.x + 1, p.label + "'")

    @torch.jit.export
    def either(self, v: Union[int, str]) -> str:
        if isinstance(v, int):
            return "int"
        return "str " + v

    @torch.jit.export
    def kind(self, v: Any) -> str:
        if isinstance(v, Tensor):
            return "tensor"
        if isinstance(v, int):
            return "int"
        if isinstance(v, float):
            return "float"
        if isinstance(v, str):
            return "str"
        if isinstance(v, List[int]):
            return "ints"
        if isinstance(v, Dict[str, Tensor]):
            return "tensors"
        return "other"

    @torch.jit.export
    def device(self, d: torch.device, c: complex) -> Tuple[torch.device, complex]:
        return d, c * 2

    @torch.jit.export
    def fails(self, x: Tensor) -> Tensor:
        raise ValueError("this script always raises")
        return x


def main():
    repeatable(17)
    scratch, path = FIXTURES / "jit-values.tmp", FIXTURES / "jit-values.pt"
    torch.jit.script(Values()).save(str(scratch))
    without_debug_info(scratch, path)
    scratch.unlink()
    assert b"/" + b"work" not in path.read_bytes()
    report(path)


if __name__ == "__main__":
    main()
