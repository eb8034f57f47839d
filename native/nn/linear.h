#pragma once
#include "core/aten.h"

namespace sam {

// y = x weight^T (+ bias), and with `relu` max(y, 0); an undefined bias stands for none.
//
// One node of autograd for both, differentiable twice. Small products in fp32 on the CPU run on own kernels
// (see hasGemm()); those of other sizes, types and devices are LibTorch's linear. In a step of SAM it may
// give up its weight's gradient as factors, whatever the size: see factored_gradients.h.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu);

}  // namespace sam
