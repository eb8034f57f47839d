#pragma once
#include "nn/conv.h"

namespace sam {

// A way to compute a convolution, on tensors whose graph is of no interest: x is channels-last and of its
// type, the addend y's shape and type, gradients x's type and channels-last.
struct ConvWay {
  at::Tensor (*forward)(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);
  at::Tensor (*inputGradient)(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                              const ConvRequest& request);
  // float32: autograd rounds it where the weight does not take that.
  at::Tensor (*weightGradient)(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                               const ConvRequest& request);
};

// conv2d() that way, as one node of autograd where a gradient is asked for; its second derivatives are
// LibTorch's. `way` lives forever.
at::Tensor convBy(const ConvWay& way, const at::Tensor& x, const at::Tensor& weight,
                  const ConvRequest& request);

// LibTorch's own way, weights and bias rounded to x's type first, as autocast does.
namespace operators {

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);
at::Tensor inputGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                         const ConvRequest& request);
at::Tensor weightGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                          const ConvRequest& request);

}  // namespace operators

}  // namespace sam
