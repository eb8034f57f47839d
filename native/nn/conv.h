#pragma once
#include <torch/csrc/autograd/custom_function.h>

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
// in its type. By the first of these that takes it: Winograd (winograd.h), oneDNN and the matrix unit
// (direct_conv.h), fp32 (widened_conv.h), LibTorch's operators. The gradient of fp32 weights is fp32 in the
// first three, also under autocast.
at::Tensor conv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

// Whether bias, addend and ReLU of a call like this cost nothing of their own.
bool fusesIntoConv(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

// The shape that conv2d gives; nullopt for what does not fit together.
std::optional<std::vector<int64_t>> convSizes(const at::Tensor& x, const at::Tensor& weight,
                                              const ConvRequest& request);

bool hasSizesOfConv(const at::Tensor& tensor, const at::Tensor& x, const at::Tensor& weight,
                    const ConvRequest& request);

// Bias and addend as inputs of a convolution's node, beside x and the weight.
struct ConvEdges {
  bool bias, addend;

  static void save(torch::autograd::AutogradContext* ctx, const ConvRequest& given);
  // Which of them ask for a gradient: autograd numbers only the inputs that were there.
  static ConvEdges wanted(torch::autograd::AutogradContext* ctx);
};

// Whether the call records a graph.
bool asksForGradient(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

}  // namespace sam
