#pragma once
#include "nn/conv.h"

namespace sam {

// Whether LibTorch has no vectorised convolution for `type` on this processor: bf16 without AVX-512, fp16
// without AVX512-FP16. Its plain loops there take a hundred times as long as fp32.
bool needsWidening(at::ScalarType type);

// conv2d (+ bias) (+ addend) of bf16 or fp16 tensors in fp32, rounded once at the end; differentiable, also
// twice. Inputs are kept for the backward as they came, so it costs no more memory than LibTorch's own.
at::Tensor widenedConv2d(const at::Tensor& x, const at::Tensor& weight, at::ScalarType type,
                         const ConvRequest& request);

}  // namespace sam
