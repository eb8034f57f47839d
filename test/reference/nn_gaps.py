"""nn-gaps.json.gz: layers and functions beyond nn_modules.py and nn_more.py: padding, cells, transformers, margin losses, pools. README.md has the format."""

import torch
from torch import nn
from torch.nn import functional as F

from common import encode, repeatable, write_json
from nn_modules import snake

D = torch.float64
SEED = 5  # in force when a layer or function is called: some draw


def randn(*shape):
    return torch.randn(*shape, dtype=D)


def pythonic(key):
    return {"randomSamples": "_random_samples"}.get(key, snake(key))


def written(value):
    return encode(value) if torch.is_tensor(value) else [written(v) for v in value] if isinstance(value, (list, tuple)) else value


def flatten(value):
    return [value] if torch.is_tensor(value) else [t for v in value or () for t in flatten(v)]


def tuples(value):
    return tuple(tuples(v) for v in value) if isinstance(value, list) else value


def keywords(options):
    return {pythonic(k): tuples(v) for k, v in options.items()}


def record(call, inputs, parameters=(), fixed=0):
    """Calls with copies of the inputs, and backpropagates random gradients through every floating-point output; the last `fixed` inputs need no gradient."""
    needs = [torch.is_tensor(x) and x.is_floating_point() and i < len(inputs) - fixed for i, x in enumerate(inputs)]
    xs = [x.detach().clone().requires_grad_(n) if torch.is_tensor(x) else x for x, n in zip(inputs, needs)]
    torch.manual_seed(SEED)
    outputs = flatten(call(xs))
    smooth = [y for y in outputs if y.requires_grad]
    gradients = [torch.randn_like(y) for y in smooth]
    torch.autograd.backward(smooth, gradients)
    return dict(
        inputs=[written(x) for x in xs], needsGrad=needs, outputs=[encode(y) for y in outputs], gradOutputs=[encode(g) for g in gradients],
        inputGrads=[encode(x.grad) if torch.is_tensor(x) and x.grad is not None else None for x in xs],
        grads={k: encode(p.grad) for k, p in parameters if p.grad is not None},
    )  # fmt: skip


def layer(module, args=(), options=None, inputs=(), called=None, pack=None, training=True, fixed=0, name=None):
    """A layer built with seed 11 in float32, cast to float64 and called with `inputs`, then the options `called`. `pack` nests inputs: [0, [1, 2]] is (x, (h, c))."""
    options, called = options or {}, called or {}
    torch.manual_seed(11)
    m = getattr(nn, module)(*tuples(list(args)), **keywords(options))
    initial = {k: encode(v) for k, v in m.state_dict().items() if not module.endswith("Loss")}
    m = m.to(D).train(training)
    nest = lambda xs, at: tuple(nest(xs, i) for i in at) if isinstance(at, list) else xs[at]
    run = lambda xs: m(*(nest(xs, pack) if pack else xs), **keywords(called))
    return dict(
        kind="layer", name=name or f"{module} {' '.join(map(str, args))} {options or ''} {called if not flatten(list(called.values())) else ''}".strip(),
        module=module, args=written(list(args)), options={k: written(v) for k, v in options.items()}, called={k: written(v) for k, v in called.items()},
        pack=pack, training=training, initial=initial, **record(run, inputs, list(m.named_parameters()), fixed),
    )  # fmt: skip


def function(name, inputs, args=(), options=None):
    options = options or {}
    run = lambda xs: getattr(F, snake(name))(*xs, *tuples(list(args)), **keywords(options))
    shown = {k: v for k, v in options.items() if not torch.is_tensor(v)}
    return dict(kind="function", name=f"{name} {args or ''} {shown or ''}".strip(), function=name, args=written(list(args)), options={k: written(v) for k, v in options.items()}, **record(run, inputs))


def shapes():
    line, image, solid = randn(2, 3, 5), randn(2, 3, 4, 5), randn(1, 2, 3, 4, 5)
    for n, x in ((1, line), (2, image), (3, solid)):
        uneven = [1, 2, 0, 1, 2, 1][: 2 * n]
        for kind in ("Zero", "Constant", "Reflection", "Replication", "Circular"):
            for padding in (1, uneven):
                yield layer(f"{kind}Pad{n}d", [padding, 3.5] if kind == "Constant" else [padding], {}, [x])
    yield layer("ZeroPad1d", [[-1, 2]], {}, [line])
    yield layer("Softmax2d", [], {}, [image])
    yield layer("Softmax2d", [], {}, [image[0]], name="Softmax2d without a batch")
    yield layer("ChannelShuffle", [2], {}, [randn(2, 4, 3, 2)])
    yield layer("UpsamplingNearest2d", [], {"scaleFactor": 2}, [image])
    yield layer("UpsamplingBilinear2d", [], {"size": [6, 7]}, [image])
    for options in ({}, {"stride": 2, "padding": 1}, {"dilation": 2, "padding": [1, 2]}):
        yield layer("Unfold", [[2, 3]], options, [image])
        columns = F.unfold(image, (2, 3), **keywords(options))
        yield layer("Fold", [[4, 5], [2, 3]], options, [randn(*columns.shape)])
    for size in (2, 3, 4):
        yield layer("LocalResponseNorm", [size], {"alpha": 0.5, "k": 2.0}, [image])
    yield layer("LocalResponseNorm", [2], {}, [line])
    yield layer("LocalResponseNorm", [2], {}, [solid], name="LocalResponseNorm of volumes")
    yield layer("CosineSimilarity", [], {}, [image, randn(2, 3, 4, 5)])
    yield layer("CosineSimilarity", [], {"dim": -1, "eps": 1e-3}, [line, line * 2])
    yield layer("PairwiseDistance", [], {}, [randn(4, 3), randn(4, 3)])
    yield layer("PairwiseDistance", [1.0], {"keepdim": True, "eps": 1e-2}, [randn(4, 3), randn(4, 3)])
    yield layer("RReLU", [], {}, [line])
    yield layer("RReLU", [0.1, 0.3], {}, [line], training=False, name="RReLU in evaluation")
    yield layer("FeatureAlphaDropout", [0.4], {}, [image])
    yield layer("FeatureAlphaDropout", [0.4], {}, [image], training=False, name="FeatureAlphaDropout in evaluation")


def pools():
    line, image, solid = randn(2, 3, 9), randn(2, 3, 8, 9), randn(1, 2, 6, 7, 6)
    for n, x in ((1, line), (2, image), (3, solid)):
        positive = x.abs() + 0.1
        yield layer(f"LPPool{n}d", [2.0, 3], {}, [x])
        yield layer(f"LPPool{n}d", [3.0, 2], {"stride": 1, "ceilMode": True}, [positive])
        yield layer(f"LPPool{n}d", [float("inf"), 2], {}, [x], name=f"LPPool{n}d of infinite power") | dict(args=["Infinity", 2])
        yield function(f"maxPool{n}dWithIndices", [x], [2], {"stride": 2})
        yield function(f"adaptiveMaxPool{n}dWithIndices", [x], [[3] * n])
        pool, size = getattr(F, f"max_pool{n}d"), list(x.shape[2:])
        even = pool(x[(..., *[slice(0, s // 2 * 2) for s in size])], 2, 2, return_indices=True)
        yield layer(f"MaxUnpool{n}d", [2], {}, even)
        yield function(f"maxUnpool{n}d", pool(x, 2, 2, return_indices=True), [2], {"outputSize": size})
        padded = pool(x, 3, 2, padding=1, return_indices=True)
        yield function(f"maxUnpool{n}d", padded, [3], {"stride": 2, "padding": 1, "outputSize": size})
    yield layer("LPPool2d", [2, [2, 3]], {}, [image[0]], name="LPPool2d without a batch")
    for n, x in ((2, image), (3, solid)):
        yield layer(f"FractionalMaxPool{n}d", [2], {"outputRatio": 0.5}, [x])
        yield layer(f"FractionalMaxPool{n}d", [3], {"outputSize": [3] * n}, [x[0]], name=f"FractionalMaxPool{n}d without a batch")
        samples = torch.rand(x.shape[0], x.shape[1], n, dtype=D)
        yield function(f"fractionalMaxPool{n}dWithIndices", [x], [2], {"outputSize": 3, "randomSamples": samples})


def cells():
    x, h, c = randn(3, 4), randn(3, 2), randn(3, 2)
    for module, options in (("LSTMCell", {}), ("GRUCell", {}), ("RNNCell", {}), ("RNNCell", {"nonlinearity": "relu"}), ("GRUCell", {"bias": False})):
        states, pack = ([h, c], [0, [1, 2]]) if module == "LSTMCell" else ([h], None)
        yield layer(module, [4, 2], options, [x, *states], pack=pack)
        yield layer(module, [4, 2], options, [x], name=f"{module} {options} without a state")
        yield layer(module, [4, 2], options, [x[0], *(s[0] for s in states)], pack=pack, name=f"{module} {options} without a batch")


def transformers():
    src, tgt = randn(5, 2, 8), randn(4, 2, 8)
    causal = nn.Transformer.generate_square_subsequent_mask(4, dtype=D)
    padding = torch.tensor([[False, False, False, True, True], [False, False, False, False, True]])
    encoder, decoder = "TransformerEncoderLayer", "TransformerDecoderLayer"
    small = {"dimFeedforward": 6, "dropout": 0.0}
    for extra in ({}, {"normFirst": True}, {"activation": "gelu", "layerNormEps": 1e-2}, {"bias": False}):
        yield layer(encoder, [8, 2], small | extra, [src])
        yield layer(decoder, [8, 2], small | extra, [tgt, src])
    yield layer(encoder, [8, 2], small, [src], {"srcKeyPaddingMask": padding}, name="encoder layer, padding")
    yield layer(encoder, [8, 2], small | {"batchFirst": True}, [src.transpose(0, 1)], {"srcMask": randn(5, 5)}, name="encoder layer, batch first, mask")
    yield layer(encoder, [8, 2], small, [tgt[:, 0]], {"srcMask": causal}, name="encoder layer without a batch, causal mask")
    yield layer(encoder, [8, 2], {"dimFeedforward": 6}, [src], training=False, name="encoder layer in evaluation")
    masks = {"tgtMask": causal, "memoryKeyPaddingMask": padding}
    yield layer(decoder, [8, 2], small, [tgt, src], masks, name="decoder layer, masks")
    whole = {"dModel": 8, "nhead": 2, "numEncoderLayers": 2, "numDecoderLayers": 2} | small
    yield layer("Transformer", [], whole, [src, tgt], name="Transformer")
    yield layer("Transformer", [], whole | {"normFirst": True, "batchFirst": True}, [src.transpose(0, 1), tgt.transpose(0, 1)], masks | {"srcKeyPaddingMask": padding}, name="Transformer, norm and batch first, masks")
    yield layer("Transformer", [], whole, [src[:, 0], tgt[:, 0]], name="Transformer without a batch")
    seen, words = randn(6, 12), torch.tensor([0, 3, 9, 4, 6, 2])
    yield layer("AdaptiveLogSoftmaxWithLoss", [12, 10, [3, 6]], {"divValue": 2.0}, [seen, words])
    yield layer("AdaptiveLogSoftmaxWithLoss", [12, 10, [3, 6]], {"divValue": 2.0, "headBias": True}, [seen[2], words[2]], name="AdaptiveLogSoftmaxWithLoss without a batch")


def losses():
    a, b, c, sign = randn(4, 5), randn(4, 5), randn(4, 5), torch.tensor([1.0, -1, 1, -1], dtype=D)
    signs, labels, weight = randn(4, 5).sign(), torch.tensor([2, 0, 4, 1]), torch.tensor([0.5, 2, 1, 0.25, 1.5])
    many = torch.tensor([[3, 0, -1, 2, 1], [4, -1, 0, 0, 0], [0, 1, 2, 3, 4], [-1, 2, 2, 2, 2]])
    hot = torch.randint(0, 2, (4, 5)).to(D)
    for reduction in ("mean", "sum", "none"):
        r = {"reduction": reduction}
        yield layer("MarginRankingLoss", [], {"margin": 0.5} | r, [a[:, 0], b[:, 0], sign], fixed=1)
        yield layer("HingeEmbeddingLoss", [], {"margin": 0.75} | r, [a, signs], fixed=1)
        yield layer("SoftMarginLoss", [], r, [a, signs], fixed=1)
        yield layer("MultiMarginLoss", [], r, [a, labels])
        yield layer("MultiMarginLoss", [], {"p": 2, "margin": 0.5, "weight": weight.to(D)} | r, [a, labels], name=f"MultiMarginLoss squared, weight, {reduction}")
        yield layer("MultiLabelMarginLoss", [], r, [a, many])
        yield layer("MultiLabelSoftMarginLoss", [], r, [a, hot], fixed=1)
        yield layer("MultiLabelSoftMarginLoss", [], {"weight": weight.to(D)} | r, [a, hot], fixed=1, name=f"MultiLabelSoftMarginLoss, weight, {reduction}")
        yield layer("TripletMarginLoss", [], r, [a, b, c])
        yield layer("TripletMarginLoss", [], {"margin": 2.0, "p": 1.0, "swap": True} | r, [a, b, c])
        yield layer("TripletMarginWithDistanceLoss", [], {"margin": 2.0, "swap": True} | r, [a, b, c])
        counts = torch.tensor([[0.0, 1, 2, 3, 7]], dtype=D).expand(4, 5)
        yield layer("PoissonNLLLoss", [], r, [a, counts])
        yield layer("PoissonNLLLoss", [], {"logInput": False, "full": True, "eps": 1e-3} | r, [a.abs() + 0.1, counts])
        spread = torch.rand(4, 5, dtype=D)
        yield layer("GaussianNLLLoss", [], r, [a, b, spread])
        yield layer("GaussianNLLLoss", [], {"full": True, "eps": 0.5} | r, [a, b, spread], name=f"GaussianNLLLoss cut, {reduction}")
        yield layer("GaussianNLLLoss", [], r, [a, b, spread[:, 0]], name=f"GaussianNLLLoss, one variance per row, {reduction}")
        logs = torch.log_softmax(randn(6, 2, 4), 2)
        targets, lengths, wanted = torch.tensor([[1, 2, 2], [3, 1, 0]]), torch.tensor([6, 5]), torch.tensor([3, 2])
        yield layer("CTCLoss", [], r, [logs, targets, lengths, wanted])
        yield layer("CTCLoss", [], {"blank": 3, "zeroInfinity": True} | r, [logs, torch.tensor([1, 2, 2, 0, 1]), torch.tensor([3, 5]), wanted], name=f"CTCLoss, one after the other, too short, {reduction}")
        yield function("ctcLoss", [logs, targets], [[6, 5], [3, 2]], r)


def functions():
    line, image, solid = randn(2, 3, 5), randn(2, 3, 4, 5), randn(1, 2, 3, 4, 5)
    theta, theta3 = randn(2, 2, 3), randn(1, 3, 4)
    for align in (False, True):
        yield function("affineGrid", [theta], [[2, 3, 4, 5]], {"alignCorners": align})
        yield function("affineGrid", [theta3], [[1, 2, 3, 4, 2]], {"alignCorners": align})
        for mode in ("bilinear", "nearest", "bicubic"):
            for padding in ("zeros", "border", "reflection"):
                grid = (torch.rand(2, 3, 2, 2, dtype=D) * 2.6 - 1.3)
                yield function("gridSample", [image, grid], [], {"mode": mode, "paddingMode": padding, "alignCorners": align})
        yield function("gridSample", [solid, torch.rand(1, 2, 2, 2, 3, dtype=D) * 2 - 1], [], {"alignCorners": align})
    for options in ({}, {"tau": 0.5}, {"hard": True}, {"hard": True, "dim": 1}):
        yield function("gumbelSoftmax", [line], [], options)
    yield function("rrelu", [line], [], {"lower": 0.1, "upper": 0.4, "training": True})
    yield function("rrelu", [line], [], {})
    yield function("pdist", [randn(4, 3)], [])
    yield function("pdist", [randn(4, 3)], [1.0])
    yield function("convTbc", [randn(5, 2, 3), randn(2, 3, 4), randn(4)], [1])
    yield function("localResponseNorm", [line], [3], {"alpha": 0.2, "beta": 0.5, "k": 1.5})
    yield function("channelShuffle", [randn(1, 6, 2, 2)], [3])


def main():
    repeatable(8)
    torch.use_deterministic_algorithms(False)  # it would make max_unpool refuse; on one thread the order of additions is fixed all the same
    cases = [c for make in (shapes, pools, cells, transformers, losses, functions) for c in make()]
    write_json("nn-gaps.json.gz", dict(cases=cases))


if __name__ == "__main__":
    main()
