#pragma once
#include "nn/conv.h"

namespace sam {

// Whether it is faster so: LibTorch has no kernel (half_precision.h), or fp32 takes half of bf16's time,
// which is more than the copies in fp32 take where a kernel has more than one pixel.
bool wideningPays(at::ScalarType type, const at::Tensor& weight, int64_t groups);

// conv2d (+ bias) (+ addend) of bf16 or fp16 tensors in fp32, rounded once at the end; differentiable, also
// twice. Inputs are kept for the backward as they came, so it costs no more memory than LibTorch's own.
at::Tensor widenedConv2d(const at::Tensor& x, const at::Tensor& weight, at::ScalarType type,
                         const ConvRequest& request);

}  // namespace sam
