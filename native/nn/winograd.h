#pragma once
#include "core/aten.h"

namespace sam {

// What a 2-d convolution is asked for. Undefined tensors: no bias, nothing to add.
struct ConvRequest {
  at::Tensor bias;
  at::Tensor addend;  // added to the result, of its shape: the way around a residual block
  std::vector<int64_t> stride = {1, 1};
  std::vector<int64_t> padding = {0, 0};
  std::vector<int64_t> dilation = {1, 1};
  int64_t groups = 1;
};

// conv2d(x, weight) (+ bias) (+ addend), differentiable, also twice; under autocast in its type.
//
// 3x3 convolutions with stride 1 and padding 1 on channels-last CPU tensors go by Winograd's F(2x2, 3x3)
// where that is faster: 2.25 times fewer products for the forward and for both gradients (Lavin and Gray,
// CVPR 2016). fp32 stays as exact as LibTorch's own; in bf16 the transformed patches are rounded, which about
// doubles the rounding of the result. The gradient of fp32 weights is fp32, also under autocast. Everything
// else is LibTorch's conv2d.
at::Tensor conv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

// Winograd on or off in this process (SAM_TORCH_WINOGRAD=0 starts with off); returns what it was.
bool setWinograd(bool enabled);

}  // namespace sam
