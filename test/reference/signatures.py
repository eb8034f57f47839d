"""signatures.json: how Python's argument parser orders the overloads of torch's functions.

{ function: [signature] }, in the order in which the parser tries them: types and names of the arguments, without defaults and `out`. They
are read from the error that a call gets which fits none. Functions with one overload, and signatures that the schemas do not have
(deprecated orders of arguments, names of dimensions), are left out.
"""

import re

import torch

from common import write_json


class Nothing:
    pass


def arguments(signature):
    """`(Tensor input, int dim = 0, *, Tensor out = None)` -> [`Tensor input`, `int dim`]."""
    found = [part.strip() for part in signature[1:-1].split(",")]
    kept = [re.sub(r" = .*$", "", part) for part in found if part not in ("", "*")]
    return [part for part in kept if not part.endswith(" out") and not part.endswith(" requires_grad")]


def schema_arguments():
    """Per operator, the names of the arguments of each of its schemas."""
    out = {}
    for schema in torch._C._jit_get_all_schemas():
        if not schema.name.startswith("aten::"):
            continue
        names = tuple("input" if a.name == "self" else a.name for a in schema.arguments)
        out.setdefault(schema.name[len("aten::"):], set()).add(names)
    return out


def parser_lists(function):
    try:
        function(*[Nothing()] * 12)
    except TypeError as error:
        lines = str(error).split("\n")
        if "expected one of" in lines[0]:
            return [line.strip()[2:].strip() for line in lines[1:] if line.strip().startswith("* ")]
    except Exception:  # some functions are written in Python and fail in their own way
        pass
    return []


def main():
    known = schema_arguments()
    out = {}
    for name in sorted(dir(torch._C._VariableFunctions)):
        if name.startswith("_") or name not in known:
            continue
        signatures = []
        for signature in parser_lists(getattr(torch._C._VariableFunctions, name)):
            parts = arguments(signature)
            if tuple(part.split(" ")[-1] for part in parts) in known[name]:
                signatures.append(", ".join(parts))
        if len(signatures) > 1:
            out[name] = signatures
    write_json("signatures.json", out)


if __name__ == "__main__":
    main()
