"""public-names.json: the names that PyTorch makes public, per namespace, for docs/pytorch.md.

{ torch: version, namespaces: { "torch.nn": { Linear: "class", ... } } }; a name's kind is class, function, module, property or value.

A module's public names are its `__all__`, and in modules without one (and in `torch`, whose own lacks some) whatever PyTorch itself defines
there. Left out are names with an underscore in front, modules that are imported only to be used, and the classes of TorchScript's compiler that
`torch.__all__` happens to list.
"""

import importlib
import inspect
import types

import torch

from common import write_json

NAMESPACES = """
torch torch.linalg torch.fft torch.special torch.nn torch.nn.functional torch.nn.init torch.nn.utils torch.nn.utils.rnn torch.optim
torch.optim.lr_scheduler torch.utils.data torch.autograd torch.autograd.functional torch.autograd.forward_ad
torch.func torch.amp torch.cuda torch.jit
""".split()

# Helpers of PyTorch's own code that have neither an underscore nor a page in its documentation.
HELPERS = {
    "torch": {"get_file_path", "prepare_multiprocessing_environment", "classproperty", "has_lapack", "has_mkl", "has_openmp", "has_spectral"},
    "torch.nn.functional": {"handle_torch_function", "has_torch_function", "has_torch_function_unary", "has_torch_function_variadic", "boolean_dispatch", "assert_int_or_pair"},
    "torch.nn": {"factory_kwargs", "Container"},
    "torch.nn.Module": {"T_destination", "call_super_init", "dump_patches"},
}  # fmt: skip


def kind(value):
    if inspect.ismodule(value):
        return "module"
    if inspect.isclass(value):
        return "class"
    if isinstance(value, (torch.dtype, torch.layout, torch.memory_format, torch.qscheme, torch.Generator)):
        return "value"
    return "function" if callable(value) else "value"


def own(name, value):
    """Whether PyTorch defines it, rather than importing it from elsewhere; of values, only its own kinds count."""
    if inspect.ismodule(value):
        return False
    if isinstance(value, (torch.layout, torch.memory_format, torch.qscheme)):
        return True
    module = getattr(value, "__module__", None) or ""
    if isinstance(value, types.BuiltinFunctionType):
        return True
    return callable(value) and module.startswith("torch") and not (module.startswith(("torch._", "torch.overrides", "torch.utils._")) and module != "torch._lowrank")


def module_names(name):
    module = importlib.import_module(name)
    listed = getattr(module, "__all__", None)
    names = set(listed or ())
    if listed is None or name == "torch":
        names |= {n for n in dir(module) if own(n, getattr(module, n))}
    out = {}
    for n in sorted(names - HELPERS.get(name, set())):
        value = getattr(module, n, None)
        compiler = name == "torch" and "pybind11_type" in (type(value).__name__, type(type(value)).__name__)
        if n.startswith("_") or compiler or n == "Tensor" and name != "torch":
            continue
        out[n] = kind(value)
    return out


def tensor_names():
    out = {}
    for n in dir(torch.Tensor):
        if n.startswith("_"):
            continue
        value = inspect.getattr_static(torch.Tensor, n)
        out[n] = "property" if inspect.isdatadescriptor(value) else "function"
    return out


def methods_of_modules():
    names = {n for n in dir(torch.nn.Module) if not n.startswith("_")} - HELPERS["torch.nn.Module"]
    return {**{n: "function" for n in sorted(names)}, "training": "property"}


def main():
    namespaces = {}
    for name in NAMESPACES:
        namespaces[name] = module_names(name)
        if name == "torch.nn":
            namespaces["torch.nn.Module"] = methods_of_modules()
    namespaces = {"torch.Tensor": tensor_names(), **namespaces}
    write_json("public-names.json", dict(torch=torch.__version__.split("+")[0], namespaces=namespaces))


if __name__ == "__main__":
    main()
