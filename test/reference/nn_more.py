"""What nn_modules.py does not cover: attention and recurrent layers, functions without a layer, channel dropout, printed forms. README.md has the format."""

import torch
from torch import nn
from torch.nn import functional as F

from common import encode, repeatable, write_json
from nn_modules import snake

D = torch.float64


def randn(*shape):
    return torch.randn(*shape, dtype=D)


def call(name, module, args, options, inputs, keywords=None, **extra):
    """Seeded construction in fp32, then one training call in float64 with the gradient of the sum of outputs times fixed numbers."""
    torch.manual_seed(11)
    m = getattr(nn, module)(*args, **{snake(k): v for k, v in options.items()})
    initial = {k: encode(v) for k, v in m.state_dict().items()}
    m = m.to(D)
    keywords = keywords or {}
    flat = [x.detach().clone().requires_grad_() for x in inputs]
    outputs = extra.pop("run")(m, flat, {snake(k): v for k, v in keywords.items()})
    gradients = [torch.randn_like(y) for y in outputs]
    torch.autograd.backward(outputs, gradients)
    return dict(
        name=name, module=module, args=args, options=options, keywords={k: encode(v) if torch.is_tensor(v) else v for k, v in keywords.items()},
        initial=initial, inputs=[encode(x) for x in flat], outputs=[encode(y) for y in outputs], gradOutputs=[encode(g) for g in gradients],
        inputGrads=[encode(x.grad) if x.grad is not None else None for x in flat], grads={k: encode(p.grad) for k, p in m.named_parameters()}, **extra,
    )  # fmt: skip


def attention():
    run = lambda m, x, k: [y for y in m(*x, **k) if y is not None]
    shared = lambda m, x, k: [y for y in m(x[0], x[0], x[0], **k) if y is not None]
    q, k, v = randn(4, 2, 6), randn(5, 2, 6), randn(5, 2, 6)
    M = "MultiheadAttention"
    padding = torch.tensor([[False, False, True, False, True], [False, False, False, False, True]])
    pairs = torch.rand(4, 5) < 0.3
    pairs[:, 0] = False
    yield call("attention", M, [6, 2], {}, [q, k, v], run=run)
    yield call("attention, no bias, batch first", M, [6, 3], {"bias": False, "batchFirst": True}, [q, q, q], run=run)
    yield call("attention, one tensor", M, [6, 2], {}, [q], run=shared)
    yield call("attention without a batch", M, [6, 2], {}, [q[:, 0], k[:, 0], v[:, 0]], run=run)
    yield call("attention, padding", M, [6, 2], {}, [q, k, v], {"keyPaddingMask": padding}, run=run)
    yield call("attention, pairs, each head", M, [6, 2], {}, [q, k, v], {"attnMask": pairs, "averageAttnWeights": False}, run=run)
    yield call("attention, added mask", M, [6, 2], {}, [q, k, v], {"attnMask": randn(4, 4, 5)}, run=run)
    yield call("attention, both masks", M, [6, 2], {}, [q, k, v], {"attnMask": pairs, "keyPaddingMask": padding, "needWeights": False}, run=run)
    causal = lambda m, x, k: [m(x[0], x[0], x[0], need_weights=False, is_causal=True, attn_mask=nn.Transformer.generate_square_subsequent_mask(4, dtype=D))[0]]
    yield call("attention, causal", M, [6, 2], {}, [q], {"needWeights": False, "isCausal": True}, run=causal)


def recurrent():
    x = randn(5, 3, 4)
    for module, options in [
        ("LSTM", {}), ("LSTM", {"numLayers": 2, "bidirectional": True}), ("LSTM", {"bias": False, "batchFirst": True}),
        ("GRU", {}), ("GRU", {"numLayers": 2, "bidirectional": True, "batchFirst": True}), ("RNN", {}), ("RNN", {"nonlinearity": "relu"}),
    ]:  # fmt: skip
        rows, batch = options.get("numLayers", 1) * (1 + options.get("bidirectional", False)), 5 if options.get("batchFirst") else 3
        state = lambda: [randn(rows, batch, 2) for _ in range(2 if module == "LSTM" else 1)]
        with_state = lambda m, xs, k: flatten(m(xs[0], tuple(xs[1:]) if module == "LSTM" else xs[1]))
        shown = " ".join(f"{k}" for k in options)
        yield call(f"{module} {shown}".strip(), module, [4, 2], options, [x, *state()], run=with_state)
        yield call(f"{module} {shown} without a state".replace("  ", " "), module, [4, 2], options, [x], run=lambda m, xs, k: flatten(m(xs[0])))
        single = [x[:, 0], *(s[:, 0] for s in state())]
        yield call(f"{module} {shown} without a batch".replace("  ", " "), module, [4, 2], options, single, run=with_state)


def flatten(result):
    output, state = result
    return [output, *state] if isinstance(state, tuple) else [output, state]


def functions():
    """Functions of one or more tensors: value and gradients for a fixed output gradient."""
    line, image, solid = randn(1, 2, 5), randn(1, 2, 5, 4), randn(1, 1, 3, 4, 2)
    rows = [("interpolate", [x], {"scaleFactor": 2.0, "mode": "nearest"}) for x in (line, image, solid)]
    rows += [("interpolate", [x], {"size": [3] * (x.dim() - 2), "mode": "nearest-exact"}) for x in (line, image, solid)]
    rows += [("interpolate", [x], {"scaleFactor": 0.6, "mode": "area"}) for x in (line, image, solid)]
    for align in (False, True):
        for x, mode in ((line, "linear"), (image, "bilinear"), (image, "bicubic"), (solid, "trilinear")):
            rows.append(("interpolate", [x], {"scaleFactor": 1.7, "mode": mode, "alignCorners": align}))
    rows += [
        ("interpolate", [image], {"scaleFactor": 1.7, "mode": "bilinear", "recomputeScaleFactor": True}),
        ("interpolate", [image], {"size": [3, 2], "mode": "bilinear", "antialias": True}),
        ("interpolate", [image], {"size": [3, 2], "mode": "bicubic", "antialias": True}),
        ("interpolate", [image], {"scaleFactor": [2.0, 0.5], "mode": "bilinear"}),
        ("normalize", [randn(3, 4)], {}), ("normalize", [image], {"p": 1.0, "dim": -1}),
        ("cosineSimilarity", [randn(3, 4), randn(3, 4)], {}), ("cosineSimilarity", [randn(3, 4), randn(3, 4)], {"dim": 0}),
        ("pairwiseDistance", [randn(3, 4), randn(3, 4)], {}),
        ("adaptiveAvgPool2d", [image], {"outputSize": [None, 2]}), ("adaptiveMaxPool2d", [image], {"outputSize": [2, None]}),
        ("softmin", [randn(3, 4)], {"dim": 0}), ("logsigmoid", [randn(3, 4)], {}), ("softsign", [randn(3, 4)], {}),
        ("pixelUnshuffle", [randn(1, 2, 4, 6)], {"downscaleFactor": 2}),
        ("pad", [image], {"pad": [1, 2, 0, 1], "mode": "reflect"}), ("pad", [image], {"pad": [1, -1], "value": 3.0}),
    ]  # fmt: skip
    for name, inputs, options in rows:
        xs = [x.detach().clone().requires_grad_() for x in inputs]
        y = getattr(F, snake(name))(*xs, **{snake(k): v for k, v in options.items()})
        g = torch.randn_like(y)
        y.backward(g)
        yield dict(name=name, inputs=[encode(x) for x in xs], options=options, output=encode(y), gradOutput=encode(g), inputGrads=[encode(x.grad) for x in xs])


def cosine_embedding():
    x1, x2, target = randn(4, 3).requires_grad_(), randn(4, 3).requires_grad_(), torch.tensor([1, -1, 1, -1])
    for options in ({}, {"margin": 0.3}, {"reduction": "none"}, {"reduction": "sum"}):
        x1.grad = x2.grad = None
        y = nn.CosineEmbeddingLoss(**options)(x1, x2, target)
        g = torch.randn_like(y)
        y.backward(g)
        yield dict(options=options, inputs=[encode(x1), encode(x2), encode(target)], output=encode(y), gradOutput=encode(g), inputGrads=[encode(x1.grad), encode(x2.grad)])


def smoothed():
    """KL divergence to a target with 1 - smoothing on the right class and the rest spread over the other classes, per sample."""
    x, labels = (randn(6, 10) * 3).requires_grad_(), torch.tensor([3, 0, 9, 9, 1, 5])
    for smoothing in (0.0, 0.1, 0.25):
        x.grad = None
        target = torch.full((6, 10), smoothing / 9, dtype=D)
        target[torch.arange(6), labels] = 1 - smoothing
        y = F.kl_div(torch.log_softmax(x, 1), target, reduction="none").sum(1)
        g = randn(6)
        y.backward(g)
        yield dict(smoothing=smoothing, input=encode(x), target=encode(labels), output=encode(y), gradOutput=encode(g), inputGrad=encode(x.grad))


def seeded_dropout():
    for module, shape in [("Dropout", [4, 6]), ("Dropout1d", [3, 4, 2]), ("Dropout1d", [4, 2]), ("Dropout2d", [3, 4, 2, 2]), ("Dropout3d", [4, 2, 2, 2]), ("AlphaDropout", [4, 6])]:
        x = torch.randn(*shape)
        torch.manual_seed(5)
        yield dict(module=module, args=[0.4], seed=5, input=encode(x), output=encode(getattr(nn, module)(0.4)(x)))


TEXTS = [
    ("Linear", [3, 4], {"bias": False}), ("Bilinear", [2, 3, 4], {}), ("Identity", [], {}), ("Conv1d", [2, 4, 3], {}), ("Conv2d", [3, 8, 3], {"padding": 1}),
    ("Conv2d", [4, 4, 3], {"padding": "same", "dilation": 2, "groups": 2, "bias": False, "paddingMode": "reflect"}),
    ("ConvTranspose2d", [4, 4, 3], {"outputPadding": 1, "stride": 2}), ("BatchNorm1d", [3], {}), ("BatchNorm2d", [3], {"affine": False, "momentum": None}),
    ("GroupNorm", [2, 4], {}), ("LayerNorm", [[3, 4]], {}), ("RMSNorm", [4], {}), ("InstanceNorm2d", [3], {}), ("Embedding", [3, 4], {"paddingIdx": 1}),
    ("Embedding", [3, 4], {"maxNorm": 2, "sparse": True}), ("EmbeddingBag", [3, 4], {}), ("Dropout", [0.1], {}), ("Dropout2d", [], {"inplace": True}),
    ("ReLU", [], {}), ("ReLU", [], {"inplace": True}), ("ReLU6", [], {}), ("LeakyReLU", [0.2], {}), ("LeakyReLU", [0.2], {"inplace": True}), ("PReLU", [], {}), ("Threshold", [0.1, 2], {}),
    ("Hardtanh", [], {}), ("Hardsigmoid", [], {}), ("Hardswish", [], {}), ("Softshrink", [], {}), ("Hardshrink", [], {}), ("Sigmoid", [], {}), ("Tanh", [], {}),
    ("LogSigmoid", [], {}), ("Softsign", [], {}), ("Tanhshrink", [], {}), ("GELU", [], {}), ("GELU", [], {"approximate": "tanh"}), ("SiLU", [], {}),
    ("SiLU", [], {"inplace": True}), ("Mish", [], {}), ("ELU", [], {}), ("CELU", [0.5], {"inplace": True}), ("SELU", [], {}), ("Softplus", [], {}), ("GLU", [], {}),
    ("Softmax", [1], {}), ("LogSoftmax", [1], {}), ("Softmin", [1], {}), ("MaxPool1d", [2], {"ceilMode": True}), ("MaxPool2d", [2], {}), ("MaxPool2d", [[3, 2]], {"stride": 1}),
    ("AvgPool1d", [2], {}), ("AvgPool2d", [3, 2, 1], {}), ("AdaptiveAvgPool2d", [[3, None]], {}), ("AdaptiveMaxPool1d", [2], {}), ("Flatten", [], {}), ("Unflatten", [1, [2, 2]], {}),
    ("PixelShuffle", [2], {}), ("PixelUnshuffle", [2], {}), ("Upsample", [], {"scaleFactor": 2}), ("Upsample", [], {"size": [3, 4], "mode": "bilinear"}), ("ZeroPad2d", [2], {}),
    ("ConstantPad2d", [1, 3.5], {}), ("ReflectionPad2d", [[1, 2, 3, 4]], {}), ("LSTM", [3, 4], {"numLayers": 2, "batchFirst": True, "bidirectional": True, "dropout": 0.5}), ("GRU", [3, 4], {}),
    ("CrossEntropyLoss", [], {}), ("MSELoss", [], {}),
]  # fmt: skip


def texts():
    for module, args, options in TEXTS:
        given = [tuple(a) if isinstance(a, list) else a for a in args]
        kwargs = {snake(k): tuple(v) if isinstance(v, list) else v for k, v in options.items()}
        yield dict(module=module, args=args, options=options, text=repr(getattr(nn, module)(*given, **kwargs)))


def main():
    repeatable(5)
    content = dict(
        layers=[*attention(), *recurrent()], functions=list(functions()), cosineEmbedding=list(cosine_embedding()), smoothed=list(smoothed()),
        dropout=list(seeded_dropout()), texts=list(texts()),
    )  # fmt: skip
    write_json("nn-more.json.gz", content)


if __name__ == "__main__":
    main()
