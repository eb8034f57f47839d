"""Modules, losses and initialisers as torch.nn has them: outputs, gradients, state dicts, seeded initial values. README.md has the format."""

import inspect
import math
import re

import torch
from torch import nn

from common import encode, repeatable, write_json

D = torch.float64


def snake(name):
    return re.sub(r"[A-Z]", lambda m: "_" + m.group().lower(), name)


def randn(*shape, dtype=D):
    return torch.randn(*shape, dtype=dtype)


def run(group, module, args=(), options=None, inputs=None, calls=((True, None),), dtype=D, name=None):
    """Builds nn.<module>(*args, **options), moves every parameter off its special starting value, and records the calls.
    A call is (training, inputs or None for the case's own)."""
    options, losses = options or {}, module.endswith("Loss")
    kwargs = {snake(k): torch.tensor(v, dtype=dtype) if k in ("weight", "posWeight") else v for k, v in options.items()}
    m = getattr(nn, module)(*args, **kwargs).to(dtype)
    with torch.no_grad():
        for p in m.parameters():
            p.copy_(torch.randn_like(p) * 0.5 + 0.1)
            if options.get("paddingIdx") is not None:
                p[options["paddingIdx"]] = 0
        for b in [] if losses else m.buffers():
            if b.is_floating_point():
                b.copy_(torch.rand_like(b) + 0.5)
    case = dict(group=group, name=name or module, module=module, args=list(args), options=options)
    case["stateDict"] = {k: encode(v) for k, v in m.state_dict().items() if not losses}
    case["parameters"], case["calls"] = [k for k, _ in m.named_parameters()], []
    for training, own in calls:
        xs = [x.detach().clone() for x in own or inputs]
        for x in xs:
            x.requires_grad_(x.is_floating_point())
        m.train(training)
        m.zero_grad()
        y = m(*xs)
        gradient = torch.randn_like(y)
        y.backward(gradient)
        call = dict(training=training, inputs=[encode(x) for x in xs], output=encode(y), gradOutput=encode(gradient))
        call["inputGrads"] = [None if x.grad is None else encode(x.grad) for x in xs]
        call["grads"] = {k: encode(p.grad) for k, p in m.named_parameters()}
        call["buffers"] = {k: encode(b) for k, b in m.named_buffers() if not losses}
        case["calls"].append(call)
    return case


def layers():
    image, odd = randn(2, 4, 7, 6), randn(2, 4, 9, 8)
    yield run("linear", "Linear", [5, 3], inputs=[randn(4, 5)])
    yield run("linear", "Linear", [5, 3], {"bias": False}, [randn(2, 3, 5)], name="Linear without bias, 3-D input")
    yield run("linear", "Linear", [5, 3], inputs=[randn(5, dtype=torch.float32)], dtype=torch.float32, name="Linear float32, 1-D input")
    yield run("linear", "Bilinear", [3, 4, 2], inputs=[randn(5, 3), randn(5, 4)])
    for name, args, options in [
        ("3x3", [4, 6, 3], {}),
        ("no bias", [4, 6, 3], {"bias": False, "padding": 1}),
        ("stride 2", [4, 6, 3], {"stride": 2, "padding": 1}),
        ("unequal kernel, stride, padding", [4, 6, [3, 2]], {"stride": [1, 2], "padding": [0, 1]}),
        ("groups", [4, 6, 3], {"groups": 2}),
        ("depthwise", [4, 4, 3], {"groups": 4, "padding": 1}),
        ("dilation", [4, 6, 3], {"dilation": 2, "padding": 2}),
        ("same", [4, 6, [3, 4]], {"padding": "same"}),
        ("valid", [4, 6, 3], {"padding": "valid"}),
        ("1x1", [4, 2, 1], {"stride": 2}),
        *((mode, [4, 6, 3], {"padding": [1, 2], "paddingMode": mode}) for mode in ("zeros", "reflect", "replicate", "circular")),
    ]:
        args = [tuple(a) if isinstance(a, list) else a for a in args]
        yield run("conv", "Conv2d", args, options, [image], name=f"Conv2d {name}")
    yield run("conv", "Conv2d", [4, 6, 3], {"padding": 1}, [image.float()], dtype=torch.float32, name="Conv2d float32")
    yield run("conv", "Conv2d", [4, 2, 3], {}, [image[0]], name="Conv2d without a batch")
    channels_last = [image.contiguous(memory_format=torch.channels_last)]
    yield run("conv", "Conv2d", [4, 6, 3], {"padding": 1}, channels_last, name="Conv2d channels last")
    yield run("conv", "Conv1d", [4, 6, 3], {"stride": 2, "padding": 1}, [randn(2, 4, 9)])
    yield run("conv", "Conv3d", [2, 3, 2], {"padding": 1}, [randn(1, 2, 3, 4, 3)])
    yield run("conv", "ConvTranspose1d", [4, 2, 3], {"stride": 2}, [randn(2, 4, 5)])
    yield run("conv", "ConvTranspose2d", [4, 6, 3], {"stride": 2, "padding": 1, "outputPadding": 1, "groups": 2}, [image])

    both = lambda make: [(True, [make()]), (True, [make()]), (False, [make()])]  # two batches of training, one of evaluation
    for name, shape in [("BatchNorm1d", (6, 4)), ("BatchNorm1d", (3, 4, 5)), ("BatchNorm2d", (3, 4, 3, 2))]:
        for options in ({}, {"affine": False}, {"trackRunningStats": False}, {"momentum": None}, {"momentum": 0.3, "eps": 1e-3}):
            shown = ", ".join(f"{k} {v}" for k, v in options.items())
            yield run("norm", name, [4], options, calls=both(lambda: randn(*shape)), name=f"{name} {len(shape)}-D {shown}".strip())
    single = both(lambda: randn(4, 3, 3, 2, dtype=torch.float32))
    yield run("norm", "BatchNorm2d", [3], {}, calls=single, dtype=torch.float32, name="BatchNorm2d float32")
    yield run("norm", "BatchNorm3d", [3], {}, calls=both(lambda: randn(2, 3, 2, 2, 2)))
    for shape, options in [([5], {}), ([4, 5], {"eps": 1e-2}), ([5], {"elementwiseAffine": False}), ([5], {"bias": False})]:
        yield run("norm", "LayerNorm", [shape], options, [randn(2, 4, 5)], name=f"LayerNorm {shape} {options or ''}".strip())
    yield run("norm", "GroupNorm", [2, 4], {}, [image])
    yield run("norm", "InstanceNorm2d", [4], {"affine": True}, [image])
    yield run("norm", "RMSNorm", [[5]], {"eps": 1e-5}, [randn(2, 5)])
    yield run("embedding", "Embedding", [7, 3], {}, [torch.tensor([[1, 6, 1], [0, 2, 1]])])
    yield run("embedding", "Embedding", [7, 3], {"paddingIdx": 1}, [torch.tensor([[1, 6, 1], [0, 2, 1]])], name="Embedding paddingIdx")
    index = [torch.tensor([2, 2, 5, 2])]
    yield run("embedding", "Embedding", [7, 3], {"scaleGradByFreq": True}, index, name="Embedding scaleGradByFreq")
    yield run("embedding", "EmbeddingBag", [7, 3], {"mode": "sum"}, [torch.tensor([[1, 6, 1], [0, 2, 1]])])

    for module, args, options in [
        ("MaxPool2d", [2], {}),
        ("MaxPool2d", [3], {"stride": 2, "padding": 1}),
        ("MaxPool2d", [2], {"ceilMode": True}),
        ("MaxPool2d", [3], {"dilation": 2, "stride": 1}),
        ("AvgPool2d", [2], {}),
        ("AvgPool2d", [3], {"stride": 2, "padding": 1}),
        ("AvgPool2d", [3], {"stride": 2, "padding": 1, "countIncludePad": False}),
        ("AvgPool2d", [2], {"ceilMode": True, "divisorOverride": 3}),
        ("AdaptiveAvgPool2d", [1], {}),
        ("AdaptiveAvgPool2d", [(3, 2)], {}),
        ("AdaptiveMaxPool2d", [(3, 2)], {}),
    ]:
        yield run("pooling", module, args, options, [odd], name=f"{module} {args} {options or ''}".strip())
    for module, args in [("MaxPool1d", [2]), ("AvgPool1d", [3]), ("AdaptiveAvgPool1d", [2])]:
        yield run("pooling", module, args, {}, [randn(2, 3, 7)])

    x = randn(3, 4) * 2
    for module, args, options in [
        *((m, [], {}) for m in ("ReLU", "ReLU6", "Sigmoid", "Tanh", "SiLU", "GELU", "Mish", "ELU", "SELU", "CELU", "LeakyReLU")),
        *((m, [], {}) for m in ("Softplus", "Softsign", "Hardtanh", "Hardswish", "Hardsigmoid", "LogSigmoid", "Tanhshrink")),
        *((m, [], {}) for m in ("Softshrink", "Hardshrink", "PReLU", "Identity", "GLU")),
        ("ReLU", [], {"inplace": False}),
        ("GELU", [], {"approximate": "tanh"}),
        ("LeakyReLU", [0.2], {}),
        ("ELU", [0.5], {}),
        ("Softplus", [2.0, 1.0], {}),
        ("Hardtanh", [-0.5, 0.75], {}),
        ("Threshold", [0.1, -2.0], {}),
        ("Softmax", [1], {}),
        ("LogSoftmax", [0], {}),
        ("Softmin", [1], {}),
    ]:
        yield run("activation", module, args, options, [x], name=f"{module} {args or ''}{options or ''}".strip())
    yield run("shape", "Flatten", [], {}, [image])
    yield run("shape", "Flatten", [], {"startDim": 2, "endDim": 3}, [image], name="Flatten 2..3")
    yield run("shape", "Unflatten", [1, [2, 2]], {}, [image])
    yield run("shape", "PixelShuffle", [2], {}, [image])
    yield run("shape", "ZeroPad2d", [(1, 0, 2, 1)], {}, [image])
    yield run("shape", "Upsample", [], {"scaleFactor": 2, "mode": "nearest"}, [randn(1, 2, 2, 3)])
    yield run("shape", "Dropout", [0.5], {}, [x], calls=[(False, None)], name="Dropout in evaluation")


def losses():
    logits, labels = randn(5, 4) * 2, torch.tensor([3, 0, 1, 1, 2])
    weight = [0.5, 2.0, 1.0, 0.25]
    for reduction in ("mean", "sum", "none"):
        for options in ({}, {"labelSmoothing": 0.1}, {"weight": weight}, {"ignoreIndex": 1}, {"weight": weight, "ignoreIndex": 1, "labelSmoothing": 0.2}):
            name = f"CrossEntropyLoss {reduction} {' '.join(options)}".strip()
            yield run("loss", "CrossEntropyLoss", [], {**options, "reduction": reduction}, [logits, labels], name=name)
        soft = torch.softmax(randn(5, 4), 1)
        for options in ({}, {"labelSmoothing": 0.1, "weight": weight}):
            name = f"CrossEntropyLoss probabilities {reduction} {' '.join(options)}".strip()
            yield run("loss", "CrossEntropyLoss", [], {**options, "reduction": reduction}, [logits, soft], name=name)
        image, map_labels = randn(2, 4, 3, 2), torch.randint(0, 4, (2, 3, 2))
        name = f"CrossEntropyLoss per pixel {reduction}"
        yield run("loss", "CrossEntropyLoss", [], {"labelSmoothing": 0.1, "reduction": reduction}, [image, map_labels], name=name)
        pair = [randn(3, 4), randn(3, 4)]
        for module in ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss"):
            yield run("loss", module, [], {"reduction": reduction}, pair, name=f"{module} {reduction}")
        target = torch.rand(3, 4, dtype=D)
        for options in ({}, {"posWeight": weight}, {"weight": weight}):
            name = f"BCEWithLogitsLoss {reduction} {' '.join(options)}".strip()
            yield run("loss", "BCEWithLogitsLoss", [], {**options, "reduction": reduction}, [pair[0], target], name=name)
        yield run("loss", "BCELoss", [], {"reduction": reduction}, [torch.rand(3, 4, dtype=D), target], name=f"BCELoss {reduction}")
        logs = torch.log_softmax(logits, 1)
        yield run("loss", "NLLLoss", [], {"weight": weight, "reduction": reduction}, [logs, labels], name=f"NLLLoss {reduction}")
        for log_target in (False, True):
            other = torch.softmax(randn(5, 4), 1)
            other, name = (other.log(), "logTarget") if log_target else (other, "")
            options = {"logTarget": log_target, "reduction": reduction}
            yield run("loss", "KLDivLoss", [], options, [logs, other], name=f"KLDivLoss {reduction} {name}".strip())
    logs, other = torch.log_softmax(logits, 1), torch.softmax(randn(5, 4), 1)
    yield run("loss", "KLDivLoss", [], {"reduction": "batchmean"}, [logs, other], name="KLDivLoss batchmean")
    single = [logits.float(), labels]
    yield run("loss", "CrossEntropyLoss", [], {"labelSmoothing": 0.1}, single, dtype=torch.float32, name="CrossEntropyLoss float32")
    none_left = [logits, torch.full((5,), -100)]
    yield run("loss", "CrossEntropyLoss", [], {"reduction": "sum"}, none_left, name="CrossEntropyLoss all ignored, sum")


SHAPES = [(6, 4), (8, 3, 3, 3), (4, 2, 5), (5, 3, 1, 2)]
GAINS = [("linear", None), ("conv2d", None), ("sigmoid", None), ("tanh", None), ("relu", None), ("leaky_relu", None), ("leaky_relu", 0.2), ("selu", None)]


def initialisers():
    """Fans, gains, and the bound (uniform: values lie in [-bound, bound]) or standard deviation (normal) of each initialiser."""
    gains = [dict(nonlinearity=n, param=p, gain=nn.init.calculate_gain(n, p)) for n, p in GAINS]
    rows = []
    for shape in SHAPES:
        fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))
        fans = dict(shape=shape, fanIn=fan_in, fanOut=fan_out)
        for gain in (1.0, math.sqrt(2)):
            std = gain * math.sqrt(2 / (fan_in + fan_out))
            rows.append(dict(init="xavierUniform_", **fans, options={"gain": gain}, bound=std * math.sqrt(3)))
            rows.append(dict(init="xavierNormal_", **fans, options={"gain": gain}, std=std))
        for mode, fan in (("fan_in", fan_in), ("fan_out", fan_out)):
            for a, nonlinearity in ((0, "leaky_relu"), (math.sqrt(5), "leaky_relu"), (0, "relu"), (0, "linear"), (0, "tanh")):
                std = nn.init.calculate_gain(nonlinearity, a) / math.sqrt(fan)
                options = {"a": a, "mode": mode, "nonlinearity": nonlinearity}
                rows.append(dict(init="kaimingUniform_", **fans, options=options, bound=std * math.sqrt(3)))
                rows.append(dict(init="kaimingNormal_", **fans, options=options, std=std))
    for r in rows:  # the formula above against torch's own sampling
        fn = getattr(nn.init, snake(r["init"]))
        sample = torch.cat([fn(torch.empty(r["shape"], dtype=D), **r["options"]).flatten() for _ in range(400)])
        expected = r.get("std") or r["bound"] / math.sqrt(3)
        assert abs(sample.std() / expected - 1) < 0.05 and ("std" in r or sample.abs().max() <= r["bound"]), r
    return gains, rows


def seeded():
    """What manualSeed(seed) followed by one call gives; the CPU generator is the same in every language."""
    init = [
        ("kaimingUniform_", [6, 4], {}), ("kaimingUniform_", [8, 3, 3, 3], {"a": math.sqrt(5)}), ("kaimingNormal_", [8, 3, 3, 3], {"nonlinearity": "relu"}),
        ("xavierUniform_", [6, 4], {}), ("xavierNormal_", [6, 4], {"gain": 2.0}), ("uniform_", [3, 4], {"a": -1.0, "b": 2.0}),
        ("normal_", [3, 3], {"mean": 1.0, "std": 2.0}), ("normal_", [5, 7], {}), ("truncNormal_", [4, 5], {"std": 0.02, "a": -0.04, "b": 0.04}),
        ("orthogonal_", [4, 6], {"gain": 2.0}), ("orthogonal_", [6, 2, 2], {}), ("sparse_", [6, 4], {"sparsity": 0.4}),
        ("constant_", [2, 3], {"val": 0.3}), ("ones_", [2, 3], {}), ("zeros_", [2, 3], {}), ("eye_", [3, 4], {}),
        ("dirac_", [3, 2, 3, 3], {}), ("dirac_", [4, 2, 3], {"groups": 2}),
    ]  # fmt: skip
    for name, shape, options in init:
        torch.manual_seed(11)
        value = getattr(nn.init, snake(name))(torch.empty(shape), **options)
        yield dict(kind="init", name=name, shape=shape, options=options, seed=11, value=encode(value))
    for name, args in [("rand", [[3, 4]]), ("randn", [[2, 3]]), ("randn", [[5, 5]]), ("randint", [0, 100, [7]]), ("randperm", [12])]:
        for dtype in (torch.float32, D) if name.startswith("rand") and name in ("rand", "randn") else (torch.int64,):
            torch.manual_seed(11)
            value = getattr(torch, name)(*args, dtype=dtype)
            yield dict(kind="creation", name=name, args=args, dtype=str(dtype)[6:], seed=11, value=encode(value))
    for name, args, options in [
        ("Linear", [4, 3], {}), ("Conv2d", [3, 4, 3], {}), ("Embedding", [5, 3], {"paddingIdx": 2}), ("BatchNorm2d", [3], {}), ("LayerNorm", [[3]], {}),
        ("Bilinear", [2, 3, 2], {}), ("Conv2d", [4, 4, 3], {"groups": 2, "bias": False}), ("PReLU", [], {}),
    ]:  # fmt: skip
        torch.manual_seed(11)
        m = getattr(nn, name)(*args, **{snake(k): v for k, v in options.items()})
        yield dict(kind="module", name=name, args=args, options=options, seed=11, stateDict={k: encode(v) for k, v in m.state_dict().items()})
    torch.manual_seed(11)
    x = torch.ones(4, 6)
    yield dict(kind="dropout", name="Dropout", args=[0.3], seed=11, input=encode(x), value=encode(nn.Dropout(0.3)(x)))


def structures():
    """State-dict keys and shapes, in order, of modules that hold modules."""

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.ones(2))
            self.register_buffer("mean", torch.zeros(3))
            self.register_buffer("scratch", torch.zeros(3), persistent=False)
            self.layers = nn.ModuleList([nn.Linear(2, 3), nn.BatchNorm1d(3)])
            self.body = nn.Sequential(nn.Conv2d(1, 2, 3, bias=False), nn.ReLU(), nn.Sequential(nn.Linear(2, 2)))
            self.named = nn.ModuleDict({"first": nn.PReLU(), "second": nn.Embedding(4, 2)})
            self.tied = self.layers[0]

    net = Net()
    return dict(
        source=inspect.cleandoc(inspect.getsource(Net)),
        stateDict=[[k, list(v.shape)] for k, v in net.state_dict().items()],
        namedParameters=[k for k, _ in net.named_parameters()],
        namedBuffers=[k for k, _ in net.named_buffers()],
        namedModules=[k for k, _ in net.named_modules()],
        text=str(net),
    )


def main():
    repeatable(3)
    write_json("nn-modules.json.gz", dict(cases=[*layers(), *losses()]))
    gains, rows = initialisers()
    write_json("nn-init.json.gz", dict(gains=gains, initialisers=rows, seeded=list(seeded()), structure=structures()))


if __name__ == "__main__":
    main()
