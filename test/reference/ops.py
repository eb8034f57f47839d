"""What hundreds of aten operators give on small inputs, with gradients. README.md has the format.

The calls come from torch.testing's own samples: each is run with a mode on the PreDispatch key, which sees the aten operator that the user's call
means, before autograd and before composite operators fall apart. A few calls per operator are chosen for variety, their inputs rounded to multiples of 2^-10
(so that the files compress), and then made again through torch.ops.
"""

import itertools
import math
import random
import warnings
from collections import defaultdict

import numpy as np
import torch
from torch._dispatch.python import enable_python_dispatcher
from torch._subclasses.schema_check_mode import SchemaCheckMode
from torch.testing._internal.common_methods_invocations import op_db
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map

from common import dtype_name, encode, repeatable, weight, write_json
from ops_extra import calls as by_hand

CASES_PER_OPERATOR, SAMPLES, LARGEST = 12, 24, 150  # LARGEST: elements of a tensor
DTYPES = [torch.float64, torch.float32, torch.int64, torch.bool, torch.bfloat16, torch.complex128]
KNOWN = {*DTYPES, torch.complex64, torch.float16, torch.int32, torch.int16, torch.int8, torch.uint8}
COMPLEX = {"abs", "add", "angle", "complex", "conj", "conj_physical", "imag", "isreal", "is_complex", "istft", "matmul", "mul", "polar", "real",
           "resolve_conj", "sgn", "vdot", "view_as_complex", "view_as_real", "adjoint", "mH", "matrix_H", "linalg_eigvals", "svd"}  # fmt: skip
# Uninitialised, random without the tag that says so, about memory or other devices, or internal.
EXCLUDED = {"alias", "data", "detach_", "empty", "empty_like", "empty_permuted", "empty_strided", "new_empty", "new_empty_strided", "resize", "resize_", "resize_as",
            "resize_as_", "set_", "is_pinned", "pin_memory", "record_stream", "lift", "lift_fresh", "lift_fresh_copy", "requires_grad_", "from_file",
            "sym_size", "sym_stride", "sym_numel", "sym_storage_offset", "size", "stride", "slow_conv3d", "linalg_eig", "lobpcg", "uniform", "normal_functional",
            "to_sparse", "to_mkldnn", "to_dense", "hash_tensor", "output_nr", "retain_grad", "is_leaf"}  # fmt: skip
# Outputs that are not unique (signs, phases, bases) or not written; compared neither by value nor through gradients.
FREE = {"svd": {0, 2}, "linalg_svd": {0, 2}, "linalg_eigh": {1}, "symeig": {1}, "embedding_bag": {1, 2, 3}, "geqrf": {1}}


class Recorder(SchemaCheckMode):
    """Keeps (overload, args, kwargs) of the outermost aten calls. The base class is one that the PreDispatch key accepts."""

    def __init__(self):
        TorchDispatchMode.__init__(self, torch._C.DispatchKey.PreDispatch)
        self.ops, self.mutated, self.aliasing, self.calls = [], [], [], []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if len(self.calls) < 40:
            self.calls.append((func, *copied(args, kwargs)))
        return func(*args, **kwargs)


def copied(args, kwargs):
    """Tensors copied with their strides; what overlaps itself becomes contiguous."""

    def one(t):
        if not isinstance(t, torch.Tensor) or t.layout != torch.strided or t.is_quantized:
            return t
        t = t.detach().resolve_conj().resolve_neg()
        if t.is_contiguous() or any(s == 0 and n > 1 for s, n in zip(t.stride(), t.shape)):
            return t.clone(memory_format=torch.contiguous_format)
        fresh = torch.empty_strided(t.shape, t.stride(), dtype=t.dtype)
        return fresh.copy_(t)

    return tree_map(one, args), tree_map(one, kwargs)


def tensors(args, kwargs):
    return [x for x in tree_flatten((list(args), kwargs))[0] if isinstance(x, torch.Tensor)]


def captured():
    """All calls made by all samples, by operator name."""
    calls = defaultdict(list)
    for info in op_db:
        if info.name.startswith(("jiterator", "_refs", "torch.ops", "sparse", "_batch_norm", "_segment", "_chunk", "_unsafe", "_upsample")):
            continue
        variants = [info.op, info.method_variant, info.inplace_variant]
        variants += [v for a in info.aliases for v in (a.op, a.method_variant, a.inplace_variant)]
        for dtype in DTYPES:
            if dtype not in info.dtypes:
                continue
            torch.manual_seed(0), random.seed(0), np.random.seed(0)
            try:
                samples = list(itertools.islice(info.sample_inputs("cpu", dtype, requires_grad=False), SAMPLES if dtype == torch.float64 else 3))
            except (RuntimeError, NotImplementedError):
                continue
            for sample, variant in itertools.product(samples, [v for v in variants if v]):
                record(calls, variant, sample.input, sample.args, sample.kwargs)
    return calls


def record(calls, fn, input, args, kwargs):
    recorder, (inputs, kwargs) = Recorder(), copied((input, *args), kwargs)
    try:
        with enable_python_dispatcher(), torch._C._EnablePreDispatch(), recorder:
            fn(*inputs, **kwargs)
    except Exception:
        pass
    for func, a, k in recorder.calls:
        name = func._schema.name.removeprefix("aten::")
        if any(t.numel() > LARGEST for t in tensors(a, k)):
            a, k = tree_map(shrunk, (a, k))
        if func.namespace == "aten" and admissible(func, name, a, k):
            calls[name].append((func, a, k))


def shrunk(t):
    """At most five along each dimension; where that contradicts another argument, the call fails later and is dropped."""
    return t[tuple(slice(0, 5) for _ in t.shape)].clone() if isinstance(t, torch.Tensor) and t.layout == torch.strided else t


def admissible(func, name, args, kwargs):
    if name.startswith("_") or name.startswith("sym_") or name in EXCLUDED or torch.Tag.nondeterministic_seeded in func.tags:
        return False
    if any(a.is_out for a in func._schema.arguments):
        return False
    given = tensors(args, kwargs)
    if any(type(t) is not torch.Tensor or t.layout != torch.strided or t.is_quantized or t.numel() > LARGEST for t in given):
        return False
    if any(t.is_complex() for t in given) and not (name in COMPLEX or name.startswith("fft_")):
        return False
    floating = any(t.is_floating_point() or t.is_complex() for t in given)
    for value, argument in bound(func, args, kwargs):
        values = value if isinstance(value, (list, tuple)) else [value]
        if any(isinstance(v, (complex, torch.Generator, torch.storage.UntypedStorage)) for v in values):
            return False
        number = any(word in str(argument.type) for word in ("number", "Scalar", "Tensor"))
        if number and not floating and any(isinstance(v, float) and v.is_integer() for v in values):
            return False  # JavaScript cannot tell 2.0 from 2, and here the dtype of the result hangs on it
        if any(isinstance(v, int) and abs(v) > 2**53 for v in values):
            return False
    return True


def bound(func, args, kwargs):
    by_name = {a.name: a for a in func._schema.arguments}
    return [*zip(args, func._schema.arguments), *((v, by_name[k]) for k, v in kwargs.items())]


def features(call):
    """What a call adds to the picture of its operator."""
    func, args, kwargs = call
    given = tensors(args, kwargs)
    out = {("overload", func._overloadname), *(("option", k) for k in kwargs), ("positional", len(args))}
    out |= {("dtype", t.dtype) for t in given[:1]} | {("rank", t.ndim) for t in given[:1]}
    given_values = [*enumerate(args), *kwargs.items()]
    out |= {("value", k, v) for k, v in given_values if isinstance(v, (str, bool, type(None))) or (isinstance(v, int) and abs(v) < 4)}
    out |= {("empty",)} if any(t.numel() == 0 for t in given) else set()
    out |= {("strided",)} if any(not t.is_contiguous() for t in given) else set()
    out |= {("broadcast",)} if len({t.shape for t in given}) > 1 else set()
    return out


def cost(call):
    """Plain calls first: float64, contiguous, neither empty nor a lone number; then by how far they are from sixteen elements."""
    given = tensors(*call[1:])
    plain = bool(given) and given[0].dtype == torch.float64 and given[0].numel() > 1
    plain = plain and all(t.numel() and t.is_contiguous() for t in given)
    return (not plain, abs(math.log2((1 + sum(t.numel() for t in given)) / 16)))


def chosen(calls):
    """The plainest call of each overload; then, greedily, the cheapest that still shows most that is new, until nothing new is left."""
    unique = {repr((c[0], tree_map(lambda t: (t.shape, t.stride(), t.dtype) if isinstance(t, torch.Tensor) else t, c[1:]))): c for c in calls}
    left, seen, out = sorted(unique.values(), key=cost), set(), []
    overloads = {c[0]: c for c in reversed(left)}
    while left and (overloads or len(out) < CASES_PER_OPERATOR):
        best = overloads.pop(next(iter(overloads))) if overloads else max(left, key=lambda c: len(features(c) - seen))
        if not features(best) - seen:
            break
        out.append(best)
        seen |= features(best)
        left = [c for c in left if c is not best]
    return out


def derived(call):
    """The same call with other strides, other dtypes, no elements; those that make no sense fail when they are made."""
    func, args, kwargs = call
    given = tensors(args, kwargs)
    if not given or given[0].dtype != torch.float64:
        return
    swap = lambda t: t.transpose(-1, -2).contiguous().transpose(-1, -2) if isinstance(t, torch.Tensor) and t.ndim > 1 else t
    if any(t.ndim > 1 and t.numel() > 1 for t in given):
        yield func, tree_map(swap, args), tree_map(swap, kwargs)
    for dtype in (torch.float32, torch.bfloat16):
        cast = lambda t: t.to(dtype) if isinstance(t, torch.Tensor) and t.is_floating_point() else t
        yield func, tree_map(cast, args), tree_map(cast, kwargs)
    if len(given) == 1 and given[0].ndim:
        none = lambda t: t[:0].contiguous() if isinstance(t, torch.Tensor) else t
        yield func, tree_map(none, args), tree_map(none, kwargs)


def rounded(t):
    return (t * 1024).round() / 1024 if isinstance(t, torch.Tensor) and t.dtype in (torch.float64, torch.float32) else t


def leaves(result):
    return list(result) if isinstance(result, (tuple, list)) else [result]


def value(func, args, kwargs):
    """The sum of out * w, and the outputs as a list; complex outputs count as pairs of numbers."""
    returns = leaves(func(*args, **kwargs))
    free = FREE.get(func._schema.name.removeprefix("aten::"), set())
    flat = [t for i, r in enumerate(returns) if i not in free for t in leaves(r) if isinstance(t, torch.Tensor)]
    flat = [torch.view_as_real(t.resolve_conj()) if t.is_complex() else t for t in flat if t.is_floating_point() or t.is_complex()]
    return sum(((t * weight(t)).sum() for t in flat), torch.zeros((), dtype=torch.float64)), returns


def direction(t):
    """A random one, symmetric where the matrix is: what factors symmetric matrices is differentiable among them only."""
    d = torch.randn(t.shape, dtype=torch.float64)
    symmetric = t.ndim > 1 and t.shape[-1] == t.shape[-2] > 1 and torch.equal(t, t.mT)
    return d + d.mT if symmetric else d


def gradients(func, args, kwargs):
    """By position of the tensor among the arguments: with respect to all float64 tensors, or the first of them alone where that is all that
    has a derivative. None where there is none, or finite differences disagree with it."""
    given = tensors(args, kwargs)
    active = [i for i, t in enumerate(given) if t.dtype == torch.float64]
    if not active or any(t.numel() == 0 for t in given):  # pdist's backward of nothing ends the process
        return None
    if any(a.alias_info and a.alias_info.is_write for a in func._schema.arguments):
        return None
    for chosen in (active, active[:1]):
        found = derivative(func, *copied(args, kwargs), chosen)
        if found:
            return [found.get(i) for i in range(len(given))]
    return None


def derivative(func, args, kwargs, positions):
    given = tensors(args, kwargs)
    active = [given[i].requires_grad_() for i in positions]
    try:
        total, _ = value(func, args, kwargs)
        if not total.requires_grad or not torch.isfinite(total):
            return None
        found = [g if g is None else g.to_dense() for g in torch.autograd.grad(total, active, allow_unused=True)]
    except (RuntimeError, NotImplementedError, IndexError):
        return None
    if all(g is None for g in found) or any(g is not None and not torch.isfinite(g).all() for g in found):
        return None
    directions, step, sides = [direction(t) for t in active], 1e-6, []
    with torch.no_grad():
        for sign in (1, -1):
            for t, d in zip(active, directions):
                t.add_(d, alpha=sign * step)
            sides.append(float(value(func, args, kwargs)[0]))
            for t, d in zip(active, directions):
                t.sub_(d, alpha=sign * step)
    numeric = (sides[0] - sides[1]) / (2 * step)
    exact = float(sum((g * d).sum() for g, d in zip(found, directions) if g is not None))
    if abs(numeric - exact) > 1e-4 * (1 + abs(exact)):
        return None
    return {i: encode(g.clone(memory_format=torch.contiguous_format)) for i, g in zip(positions, found) if g is not None}


def shown(x):
    """An argument or result in JSON."""
    if isinstance(x, torch.Tensor):
        return encode(x)
    if isinstance(x, (list, tuple)):
        return [shown(v) for v in x]
    if isinstance(x, torch.dtype):
        return dtype_name(x)
    if isinstance(x, (torch.memory_format, torch.layout)):
        return str(x).removeprefix("torch.")
    return str(x) if isinstance(x, torch.device) else x


def same(a, b):
    if not isinstance(a, torch.Tensor):
        return a == b or (a != a and b != b)
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    return torch.equal(a, b) or ((a.is_floating_point() or a.is_complex()) and torch.allclose(a, b, rtol=1e-12, atol=0, equal_nan=True))


def made(call):
    """The finished case, or None if the call fails, is not repeatable, or gives what no fixture can hold."""
    func, args, kwargs = call[0], *copied(*(tree_map(rounded, x) for x in call[1:]))
    given = tensors(args, kwargs)
    try:
        runs = []
        for _ in range(2):
            torch.manual_seed(len(runs))
            own = copied(args, kwargs)
            runs.append((leaves(func(*own[0], **own[1])), tensors(*own)))
    except (RuntimeError, NotImplementedError, IndexError, ValueError, TypeError):
        return None
    (returns, after), (again, _) = runs
    results = [t for r in returns for t in leaves(r) if isinstance(t, torch.Tensor)]
    if any(t.layout != torch.strided or t.dtype not in KNOWN or t.numel() > 4 * LARGEST for t in results):
        return None
    name = func._schema.name.removeprefix("aten::")
    free = FREE.get(name, set())
    if not all(same(a, b) for i, pair in enumerate(zip(returns, again)) if i not in free for a, b in zip(*map(leaves, pair))):
        return None
    case = dict(overload=func._overloadname, args=shown(args))
    case |= {"kwargs": {k: shown(v) for k, v in kwargs.items()}} if kwargs else {}
    case["out"] = [None if i in free else shown(r) for i, r in enumerate(returns)]
    case |= {"free": sorted(free)} if free else {}
    changed = [None if same(a, b) else encode(b) for a, b in zip(given, after)]
    case |= {"after": changed} if any(c and c != case["out"][0] for c in changed) else {}
    grads = gradients(func, args, kwargs)
    return case | ({"grads": grads} if grads else {})


def twins(calls):
    """Operators without samples of their own that share an overload with one that has them: foo_ with foo, foo_copy with foo, aliases."""
    for schema in torch._C._jit_get_all_schemas():
        namespace, _, name = schema.name.partition("::")
        if namespace != "aten" or name in calls or name.startswith("_"):
            continue
        for base in (name.removesuffix("_"), name.removesuffix("_copy"), name + "_", name.removeprefix("special_")):
            for func, args, kwargs in calls.get(base, []) if base != name else []:
                twin = getattr(getattr(torch.ops.aten, name), func._overloadname, None)
                if twin and admissible(twin, name, args, kwargs):
                    yield name, (twin, args, kwargs)


def main():
    warnings.simplefilter("ignore")
    repeatable(1)
    torch.use_deterministic_algorithms(False)
    calls = captured()
    for name, overload, args, kwargs in by_hand():
        calls[name].append((getattr(getattr(torch.ops.aten, name), overload), args, kwargs))
    for name, call in list(twins(calls)):
        calls[name].append(call)
    operators = []
    for name in sorted(calls):
        torch.manual_seed(2)
        picked = chosen(calls[name])
        cases = [case for case in map(made, picked) if case]
        have = {c["args"][0]["dtype"] for c in cases if c["args"] and isinstance(c["args"][0], dict)}
        for extra in derived(picked[0]) if picked and not name.endswith("_") else ():
            dtype = dtype_name(tensors(*extra[1:])[0].dtype)
            if dtype == "float64" or dtype not in have:
                cases += [case for case in [made(extra)] if case]
        if cases:
            operators.append(dict(op=name, cases=cases))
    write(operators)


def write(operators, files=6):
    share = -(-len(operators) // files)
    names = [f"ops/{i}.json.gz" for i in range(files)]
    for i, name in enumerate(names):
        write_json(name, dict(operators=operators[i * share : (i + 1) * share]))
    cases = [c for o in operators for c in o["cases"]]
    print(f"{len(operators)} operators, {len(cases)} cases, {sum('grads' in c for c in cases)} with gradients")


if __name__ == "__main__":
    main()
