#pragma once
#include "nn/conv.h"

namespace sam {

// 3x3 convolutions with stride 1 and padding 1 on channels-last CPU tensors by Winograd's F(4x4, 3x3), where
// that is faster (Lavin and Gray, CVPR 2016): 4 times fewer products for the forward and the gradient of the
// input, 4 or in fp32 3 times fewer for that of the weights. All of it is fp32, bf16 being rounded once, when
// a result is written; the error in fp32 is about 2.5 times that of a sum of products in their order. Where
// the processor has dot products of bf16 those take F(2x2, 3x3), 2.25 times fewer products: the transformed
// patches are rounded to bf16, which about doubles the rounding of the result.
//
// `type` is what x will have.
bool winogradTakes(const at::Tensor& x, at::ScalarType type, const at::Tensor& weight,
                   const ConvRequest& request);
at::Tensor winogradConv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

// Own convolutions on or off in this process (SAM_TORCH_WINOGRAD=0 starts with off); setWinograd() returns
// what it was.
bool winogradEnabled();
bool setWinograd(bool enabled);

}  // namespace sam
