"""What PyTorch prints: fixtures/print.json.gz, with each tensor's bytes, the printing options and repr(tensor)."""

import math

import torch
from common import dtype_name, encode, repeatable, write_json

CASES = []


def case(name, tensor, gradFn=None, **options):
    torch.set_printoptions(profile="default")
    torch.set_printoptions(**options)
    text = repr(tensor)
    torch.set_printoptions(profile="default")
    camel = {"sci_mode": "sciMode"}
    values = {camel.get(k, k): v for k, v in options.items()}
    CASES.append({"name": name, "options": values, "tensor": encode(tensor), "requiresGrad": tensor.requires_grad and gradFn is None,
                  "gradFn": gradFn, "text": text})


def floats():
    inf, nan = math.inf, math.nan
    values = {
        "ones": [1.0, 1.0], "integral": [1.0, -2.0, 300.0], "fractions": [0.1, -2.5, 1000.125], "small": [1e-5, 1.0],
        "tiny": [1e-30, 2e-38], "large": [1e9, 1.0], "ratio 1000": [0.001, 1.0], "ratio above 1000": [0.001, 1.01], "edge 1e8": [1e8, 1e8],
        "above 1e8": [100000008.0, 1e8], "edge 1e-4": [1e-4, 2e-4], "zeros": [0.0, 0.0], "negative zero": [-0.0, 0.0],
        "negative zero among fractions": [-0.0, 0.5], "rounds to negative zero": [-0.00002, -0.01], "inf": [inf, 1.0], "minus inf": [-inf, 1.5],
        "nan": [nan, 1.0], "only nan": [nan, nan], "nan and inf": [nan, inf, -inf], "nan and fractions": [nan, 0.25, -inf],
        "nan in scientific": [nan, 1e-7, inf], "ties to even": [0.03125, 0.09375, 0.15625, -0.03125], "ties to even, integral": [0.5, 1.5, 2.5, -2.5],
        "rounds up a digit": [9.99996, 0.99999], "long": [0.1] * 40, "mixed widths": [1.5, -123456.75, 3.25],
        "integral large": [16777216.0, 1.0], "integral scientific": [1e10, 1e3], "maximum": [3.4028234663852886e38], "wide integral": [99999999.0, 1.0],
    }
    for name, list_ in values.items():
        case(f"float32 {name}", torch.tensor(list_))
        case(f"float64 {name}", torch.tensor(list_, dtype=torch.float64))
    for sci in (True, False):
        for name in ("ones", "fractions", "tiny", "large", "nan in scientific", "zeros", "integral scientific", "maximum", "ties to even"):
            case(f"{name}, sciMode {sci}", torch.tensor(values[name], dtype=torch.float64), sci_mode=sci)
    for precision in (0, 1, 2, 8, 17):
        for name in ("fractions", "small", "integral", "ties to even", "ties to even, integral"):
            case(f"{name}, precision {precision}", torch.tensor(values[name], dtype=torch.float64), precision=precision)
    case("float64 extremes", torch.tensor([1.7976931348623157e308, 5e-324, 2.2250738585072014e-308], dtype=torch.float64))
    case("float64 extremes without exponent", torch.tensor([1.7976931348623157e308, 1e21, 1e22], dtype=torch.float64), sci_mode=False)
    for dtype in (torch.float16, torch.bfloat16):
        case(f"{dtype_name(dtype)}", torch.tensor([[0.1, 2.5], [-3.0, 1e-3]], dtype=dtype))
        case(f"{dtype_name(dtype)} integral", torch.tensor([1.0, 2.0], dtype=dtype))
    for dtype in (torch.float8_e4m3fn, torch.float8_e5m2):
        case(f"{dtype_name(dtype)}", torch.tensor([0.5, -1.25, 96.0]).to(dtype))


def integers():
    for dtype in (torch.int8, torch.int16, torch.int32, torch.int64):
        case(dtype_name(dtype), torch.tensor([[1, -20], [127, 0]], dtype=dtype))
    for dtype in (torch.uint8, torch.uint16, torch.uint32, torch.uint64):
        case(dtype_name(dtype), torch.tensor([1, 200], dtype=dtype))
    case("int64 extremes", torch.tensor([2**63 - 1, -2**63, 2**53 + 1]))
    case("uint64 extreme", torch.tensor([2**64 - 1], dtype=torch.uint64))
    case("bool", torch.tensor([[True, False], [False, False]]))
    case("bool all true", torch.tensor([True, True]))


def shapes():
    for shape in ((), (0,), (0, 3), (2, 0), (1,), (1, 1), (1, 1, 1), (3, 1), (2, 3, 4), (2, 2, 2, 2), (1, 2, 1, 2, 1)):
        n = math.prod(shape)
        case(f"shape {list(shape)}", torch.arange(n, dtype=torch.float32).reshape(shape) * 0.5)
        case(f"int64 shape {list(shape)}", torch.arange(n).reshape(shape))
        case(f"float64 shape {list(shape)}", torch.arange(n, dtype=torch.float64).reshape(shape))
        case(f"bool shape {list(shape)}", torch.ones(shape, dtype=torch.bool))
    case("scalar nan", torch.tensor(math.nan))
    case("scalar small", torch.tensor(1e-9))
    case("scalar int", torch.tensor(-7))
    case("scalar bool", torch.tensor(True))


def summaries():
    case("1000 elements", torch.arange(1000))
    case("1001 elements", torch.arange(1001))
    case("float 1001", torch.arange(1001) / 7)
    case("matrix", torch.arange(3600.0).reshape(60, 60))
    case("matrix of few rows", torch.arange(2000.0).reshape(4, 500) / 3)
    case("matrix of few columns", torch.arange(2000.0).reshape(500, 4) / 3)
    case("cube", torch.arange(12 * 12 * 12).reshape(12, 12, 12))
    case("four axes", torch.arange(8.0 ** 4).reshape(8, 8, 8, 8))
    case("hidden large values do not count", torch.cat([torch.ones(3), torch.full((1000,), 1e20), torch.ones(3)]))
    for edge in (0, 1, 2, 5):
        case(f"vector, edgeitems {edge}", torch.arange(1001.0), edgeitems=edge)
        case(f"matrix, edgeitems {edge}", torch.arange(2000.0).reshape(40, 50), edgeitems=edge)
        case(f"small, edgeitems {edge}", torch.arange(4.0).reshape(2, 2), edgeitems=edge)
    case("threshold 5", torch.arange(10), threshold=5)
    case("threshold 0, scalar", torch.tensor(3), threshold=0)
    case("threshold 5, empty", torch.zeros(0), threshold=5)
    case("threshold infinite", torch.arange(1100), threshold=math.inf)
    case("profile short", torch.rand(40, 30), profile="short")
    case("profile full", torch.rand(20, 60), profile="full")


def lines():
    for width in (1, 20, 40, 80, 120, 1000):
        case(f"linewidth {width}", torch.arange(30.0).reshape(2, 15) / 8, linewidth=width)
        case(f"linewidth {width}, int64", torch.arange(30).reshape(2, 15), linewidth=width)
        case(f"linewidth {width}, suffixes", torch.ones(2, dtype=torch.float64, requires_grad=True), linewidth=width)
    case("suffix moves to a line of its own", torch.arange(12, dtype=torch.int32))
    case("suffix on the last line", torch.arange(20, dtype=torch.int16))


def suffixes():
    case("requires grad", torch.ones(2, requires_grad=True))
    case("requires grad, float64", torch.ones(2, dtype=torch.float64, requires_grad=True))
    case("grad fn", torch.ones(2, requires_grad=True) * 2, gradFn="MulBackward0")
    case("grad fn, long", (torch.rand(3, 4, dtype=torch.float64, requires_grad=True)).exp(), gradFn="ExpBackward0")


def complexes():
    case("complex64", torch.tensor([1 + 2j, -0.5 - 3j]))
    case("complex128", torch.tensor([[1 + 2j], [1e-9 - 3e5j]], dtype=torch.complex128))
    case("complex scalar", torch.tensor(1.5 - 0.25j))
    case("complex integral", torch.tensor([1 + 0j, -2 - 0j]))
    case("complex nan", torch.tensor([complex(math.nan, -math.inf), 1j]))
    case("complex long", torch.arange(20) * (1 + 1j))
    case("complex many", torch.arange(1200) * (1 - 0.5j))


def random_tensors():
    for i in range(60):
        shape = [int(n) for n in torch.randint(1, 6, (int(torch.randint(0, 5, ())),))]
        scale = 10.0 ** float(torch.randint(-6, 7, ()))
        dtype = (torch.float32, torch.float64, torch.float16, torch.bfloat16)[i % 4]
        case(f"random {i}", (torch.randn(shape) * scale).to(dtype), linewidth=(80, 60, 100)[i % 3], threshold=(1000, 50)[i % 2])


def every_dtype():
    """Values of all sizes, non-finite ones among them, in every dtype, under every option."""
    dtypes = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.complex64, torch.complex128, torch.int64, torch.int32, torch.int16, torch.int8,
              torch.uint8, torch.uint16, torch.uint32, torch.uint64, torch.bool, torch.float8_e4m3fn, torch.float8_e5m2]
    pick = lambda *items: items[int(torch.randint(len(items), ()))]
    for i in range(300):
        dtype = dtypes[i % len(dtypes)]
        shape = [pick(0, 1, 2, 3, 4, 5, 9, 14) if i % 4 == 0 else int(torch.randint(1, 6, ())) for _ in range(i // 17 % 4)]
        x = torch.randn(shape, dtype=torch.float64) * 10.0 ** pick(-9, -4, 0, 0, 2, 5, 9)
        x = pick(x, x.round(), x * 10.0 ** (torch.rand(shape, dtype=torch.float64) * 6))
        if i % 5 == 0:
            x = torch.where(torch.rand(shape) < 0.3, pick(math.nan, math.inf, -math.inf, 0.0, -0.0), x)
        if dtype.is_complex:
            x = torch.complex(x, pick(torch.randn(shape, dtype=torch.float64), x.round(), torch.zeros(shape, dtype=torch.float64)))
        elif not dtype.is_floating_point:
            x = x.nan_to_num(0, 0, 0).clamp(-1e15, 1e15)
            x = (x if dtype.is_signed else x.abs().clamp(max=200)).to(torch.int64)
        options = {}
        if i % 3 == 0:
            options |= dict(precision=pick(0, 1, 3, 7, 16))
        if i % 3 == 1:
            options |= dict(threshold=pick(0, 5, 30), edgeitems=pick(0, 1, 2, 4))
        if i % 4 == 2:
            options |= dict(linewidth=pick(1, 20, 50, 200))
        if i % 7 == 3:
            options |= dict(sci_mode=pick(True, False))
        try:
            case(f"{dtype_name(dtype)} {i}", x.to(dtype), **options)
        except RuntimeError:  # a few sizes and options fail in Python's own printing
            torch.set_printoptions(profile="default")


if __name__ == "__main__":
    repeatable()
    for make in (floats, integers, shapes, summaries, lines, suffixes, complexes, random_tensors, every_dtype):
        make()
    write_json("print.json.gz", {"cases": CASES})
