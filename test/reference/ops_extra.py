"""Operators that torch.testing has no usable samples for: calls by hand."""

import torch

F64, I64 = torch.float64, torch.int64


def randn(*shape):
    return torch.randn(*shape, dtype=F64)


def rand(*shape):
    return torch.rand(*shape, dtype=F64)


def ints(*shape, high=5):
    return torch.randint(0, high, shape)


def calls():
    """(name, overload, args, kwargs)"""
    torch.manual_seed(4)
    x, image, volume, odd = randn(3, 4), randn(1, 2, 4, 5), randn(1, 2, 3, 4, 3), ints(6, high=3)
    labels, logs = torch.tensor([1, 0, 2, 2]), torch.log_softmax(randn(4, 3), 1)
    yield "adaptive_max_pool3d", "default", (volume, [2, 2, 1]), {}
    yield "adaptive_avg_pool3d", "default", (volume, [2, 2, 1]), {}
    yield "affine_grid_generator", "default", (randn(1, 2, 3), [1, 1, 2, 3], False), {}
    for name in ("bartlett", "blackman", "hamming", "hann", "kaiser"):
        yield f"{name}_window", "default", (6,), {"dtype": F64}
        yield f"{name}_window", "periodic", (5, False), {"dtype": torch.float32}
    yield "kaiser_window", "beta", (5, True, 3.5), {"dtype": F64}
    yield "chain_matmul", "default", ([randn(2, 3), randn(3, 4), randn(4, 2)],), {}
    yield "col2im", "default", (randn(1, 8, 6), [3, 4], [2, 2], [1, 1], [0, 0], [1, 1]), {}
    yield "contiguous", "default", (randn(4, 3).t(),), {}
    yield "contiguous", "default", (image,), {"memory_format": torch.channels_last}
    yield "clone", "default", (image,), {"memory_format": torch.channels_last}
    yield "conv_tbc", "default", (randn(4, 2, 3), randn(2, 3, 2), randn(2), 1), {}
    yield "convolution", "default", (image, randn(4, 1, 3, 3), randn(4), [1, 2], [1, 1], [1, 1], False, [0, 0], 2), {}
    yield "convolution", "default", (image, randn(2, 3, 2, 2), None, [2, 2], [0, 0], [1, 1], True, [1, 0], 1), {}
    yield "conv2d", "default", (image, randn(3, 2, 3, 3), randn(3), [2, 1], [1, 0]), {}
    yield "conv2d", "default", (image.contiguous(memory_format=torch.channels_last), randn(2, 1, 2, 2), None, [1, 1], [0, 0], [2, 1], 2), {}
    yield "conv2d", "padding", (image, randn(2, 2, 3, 2), None, [1, 1], "same"), {}
    for a, b in ((randn(2, 3), randn(3)), (randn(2, 3), ints(2, 3)), (ints(2, 3), randn(2, 3)), (torch.zeros(2, dtype=torch.bool), randn(2))):
        yield "copy_", "default", (a, b), {}
        yield "copy", "default", (a, b), {}
    probability = torch.log_softmax(randn(6, 2, 4), 2)
    for reduction in (0, 1, 2):
        yield "ctc_loss", "IntList", (probability, torch.tensor([[1, 2, 2], [3, 1, 2]]), [6, 5], [3, 2], 0, reduction), {}
    for name in ("dim", "numel", "element_size", "is_complex", "is_floating_point", "is_signed", "is_conj", "is_neg", "storage_offset", "is_inference"):
        for t in (x, odd, torch.zeros(0, 2, dtype=torch.bool), randn(4, 4).t()):
            yield name, "default", (t,), {}
    yield "is_contiguous", "default", (x,), {}
    yield "is_contiguous", "default", (randn(4, 3).t(),), {}
    yield "is_contiguous", "memory_format", (image,), {"memory_format": torch.channels_last}
    yield "is_same_size", "default", (x, randn(3, 4)), {}
    yield "is_same_size", "default", (x, randn(4, 3)), {}
    for name in ("dropout", "alpha_dropout", "feature_dropout", "feature_alpha_dropout"):
        yield name, "default", (x, 0.5, False), {}
        yield name + "_", "default", (x, 0.5, False), {}
    yield "dropout", "default", (x, 1.0, True), {}
    yield "native_dropout", "default", (x, 0.5, False), {}
    yield "rrelu", "default", (x, 0.1, 0.3, False), {}
    yield "rrelu_", "default", (x, 0.1, 0.3, False), {}
    for n in (6, 7):
        yield "fft_fftfreq", "default", (n,), {"dtype": F64}
        yield "fft_rfftfreq", "default", (n, 0.5), {"dtype": F64}
    yield "fill_diagonal_", "default", (randn(3, 4), 2.5), {}
    yield "fill_diagonal_", "default", (randn(5, 2), 1.5, True), {}
    yield "float_power_", "Scalar", (rand(3, 2), 1.5), {}
    yield "float_power_", "Tensor", (rand(3, 2), randn(2)), {}
    yield "frobenius_norm", "dim", (x, [1], True), {}
    yield "nuclear_norm", "default", (x,), {}
    yield "nuclear_norm", "dim", (randn(2, 3, 2), [0, 2], True), {}
    yield "norm", "Scalar", (x, 3), {}
    yield "norm", "ScalarOpt_dim", (x, 1, [0], True), {}
    yield "norm", "ScalarOpt_dim_dtype", (x.float(), 2, [1], False), {"dtype": F64}
    yield "norm_except_dim", "default", (x, 2, 1), {}
    yield "glu_jvp", "default", (randn(3, 2), randn(3, 4), randn(3, 4), 1), {}
    yield "flatten_dense_tensors", "default", ([randn(2), randn(1, 3)],), {}
    yield "unflatten_dense_tensors", "default", (randn(5), [randn(2), randn(1, 3)]), {}
    yield "log_sigmoid_forward", "default", (x,), {}
    yield "multilabel_margin_loss_forward", "default", (randn(2, 4), torch.tensor([[3, 0, -1, 1], [1, -1, 0, 0]]), 1), {}
    for name in ("nll_loss", "nll_loss_forward", "nll_loss_nd"):
        for weight, reduction, ignored in ((None, 1, -100), (rand(3), 1, 2), (None, 0, -100), (rand(3), 2, -100)):
            yield name, "default", (logs, labels, weight, reduction, ignored), {}
    maps = torch.log_softmax(randn(1, 3, 2, 2), 1)
    for name in ("nll_loss2d", "nll_loss2d_forward"):
        yield name, "default", (maps, ints(1, 2, 2, high=3), rand(3), 1, -100), {}
    for padding_value, first in ((0.0, True), (0.5, False)):
        yield "pad_sequence", "default", ([randn(2, 2), randn(3, 2), randn(1, 2)], first, padding_value), {}
    yield "range", "step", (0.5, 2.75, 0.25), {"dtype": F64}
    yield "range", "default", (1, 4), {"dtype": F64}
    for n, shape in ((1, (1, 2, 4)), (2, (1, 2, 3, 4)), (3, (1, 1, 3, 3, 4))):
        for kind in ("reflection", "replication"):
            yield f"{kind}_pad{n}d", "default", (randn(*shape), [1, 2, 0, 1, 1, 0][: 2 * n]), {}
    q, k, v = randn(1, 2, 3, 4), randn(1, 2, 5, 4), randn(1, 2, 5, 4)
    yield "scaled_dot_product_attention", "default", (q, k, v), {}
    yield "scaled_dot_product_attention", "default", (q, k, v, None, 0.0, True), {}
    yield "scaled_dot_product_attention", "default", (q, k, v, randn(3, 5)), {"scale": 0.5}
    yield "scaled_dot_product_attention", "default", (q, k, v, torch.rand(3, 5) < 0.7), {}
    for reduce in ("sum", "mean", "max", "min"):
        yield "segment_reduce", "default", (randn(6, 2), reduce), {"lengths": torch.tensor([2, 3, 1]), "axis": 0}
    yield "slogdet", "default", (randn(3, 3),), {}
    yield "slogdet", "default", (randn(2, 2, 2),), {}
    for name, args in (("rnn_tanh", 1), ("rnn_relu", 1), ("gru", 3), ("lstm", 4)):
        weights = [randn(2 * args, 3), randn(2 * args, 2), randn(2 * args), randn(2 * args)]
        state = [randn(1, 2, 2), randn(1, 2, 2)] if name == "lstm" else randn(1, 2, 2)
        yield name, "input", (randn(4, 2, 3), state, weights, True, 1, 0.0, False, False, False), {}
        state = [randn(2, 2), randn(2, 2)] if name == "lstm" else randn(2, 2)
        yield f"{name}_cell", "default", (randn(2, 3), state, *weights), {}
    yield "thnn_conv2d", "default", (image, randn(3, 2, 2, 2), [2, 2], randn(3)), {}
    yield "slow_conv_dilated2d", "default", (image, randn(3, 2, 2, 2), [2, 2], randn(3), [1, 1], [0, 0], [2, 2]), {}
    yield "slow_conv_transpose2d", "default", (image, randn(2, 3, 2, 2), [2, 2], randn(3), [2, 2]), {}
    yield "type_as", "default", (x, odd), {}
    yield "type_as", "default", (odd, x), {}
    yield "unique_dim", "default", (torch.tensor([[1, 2], [0, 1], [1, 2]]), 0, True, True, True), {}
    yield "unique_dim_consecutive", "default", (torch.tensor([[1, 2], [1, 2], [0, 1]]), 0, True, True), {}
    yield "unsafe_split_with_sizes", "default", (x, [1, 3], 1), {}
    for name, size in (("upsample_trilinear3d", [4, 5, 4]), ("upsample_nearest3d", [4, 5, 4])):
        yield name, "default", (volume, size, *([True] if "linear" in name else [])), {}
    yield "vander", "default", (randn(4), 3, True), {}
    yield "view_as_real_copy", "default", (torch.complex(randn(3), randn(3)),), {}
    yield "conj", "default", (torch.complex(randn(2, 2), randn(2, 2)),), {}
    yield "kron", "default", (randn(2, 3), randn(3, 2)), {}
    yield "kron", "default", (randn(2, 1, 2), randn(3)), {}
    yield "channel_shuffle", "default", (randn(1, 4, 2, 2), 2), {}
    yield "native_channel_shuffle", "default", (randn(1, 4, 2, 2), 2), {}
    for name in ("batch_norm", "native_batch_norm"):
        tail = (False,) if name == "batch_norm" else ()
        for training in (True, False):
            yield name, "default", (image, randn(2), randn(2), randn(2), rand(2) + 0.5, training, 0.1, 1e-5, *tail), {}
    for name in ("sigmoid", "tanh"):
        yield f"{name}_backward", "default", (x, rand(3, 4)), {}
    yield "threshold_backward", "default", (x, randn(3, 4), 0), {}
    yield "gelu_backward", "default", (x, randn(3, 4)), {"approximate": "tanh"}
    yield "silu_backward", "default", (x, randn(3, 4)), {}
    yield "mse_loss_backward", "default", (randn(3, 4), x, randn(3, 4), 0), {}
    yield "hardswish_backward", "default", (x, randn(3, 4)), {}
    yield "leaky_relu_backward", "default", (x, randn(3, 4), 0.1, False), {}
    yield "avg_pool2d_backward", "default", (randn(1, 2, 2, 2), image, [2, 2], [2, 2], [0, 0], False, True, None), {}
    yield "embedding_dense_backward", "default", (randn(4, 3), torch.tensor([0, 2, 2, 1]), 4, -1, False), {}
    args = (randn(1, 3, 2, 3), image, randn(3, 2, 3, 3), [3], [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [True, True, True])
    yield "convolution_backward", "default", args, {}
    saved = torch.ops.aten.native_layer_norm.default(x, [4], randn(4), randn(4), 1e-5)
    yield "native_layer_norm_backward", "default", (randn(3, 4), x, [4], saved[1], saved[2], randn(4), randn(4), [True, True, True]), {}
    yield "nll_loss_backward", "default", (randn(4), logs, labels, None, 0, -100, torch.tensor(4.0, dtype=F64)), {}
    yield "select_backward", "default", (randn(4), [3, 4], 0, 1), {}
    yield "slice_backward", "default", (randn(3, 2), [3, 4], 1, 0, 4, 2), {}
    yield "diagonal_backward", "default", (randn(3), [3, 4], 0, 0, 1), {}
    yield "index_select_backward", "default", (randn(2, 4), [3, 4], 0, torch.tensor([2, 0])), {}
    yield "result_type", "Tensor", (x, odd), {}
    yield "can_cast", "default", (F64, I64), {}
    yield "promote_types", "default", (torch.int32, torch.bfloat16), {}
