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
  bool relu = false;  // negative numbers of the sum become 0
};

// conv2d(x, weight) (+ bias) (+ addend), then its ReLU if asked, differentiable, also twice; under autocast
// in its type.
//
// 3x3 convolutions with stride 1 and padding 1 on channels-last CPU tensors go by Winograd's F(4x4, 3x3)
// where that is faster (Lavin and Gray, CVPR 2016): 4 times fewer products for the forward and the gradient
// of the input, 4 or in fp32 3 times fewer for that of the weights. All of it is fp32, bf16 being rounded
// once, when a result is written; the error in fp32 is about 2.5 times that of a sum of products in their
// order. Where the processor has dot products of bf16 those take F(2x2, 3x3), 2.25 times fewer products: the
// transformed patches are rounded to bf16, which about doubles the rounding of the result. The gradient of
// fp32 weights is fp32, also under autocast. Everything else is LibTorch's conv2d.
at::Tensor conv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

// Whether a call like this goes by Winograd, so that bias, addend and ReLU cost nothing of their own.
bool winogradTakes(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

// Winograd on or off in this process (SAM_TORCH_WINOGRAD=0 starts with off); returns what it was.
bool setWinograd(bool enabled);

}  // namespace sam
