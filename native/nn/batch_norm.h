#pragma once
#include <optional>

#include "core/aten.h"

namespace sam {

// What a fused batch norm is asked for. Undefined tensors: no weight, no bias, no running statistics, no
// residual.
struct BatchNormRequest {
  at::Tensor residual;
  at::Tensor weight;
  at::Tensor bias;
  at::Tensor runningMean;
  at::Tensor runningVar;
  bool training =
      true;  // normalise with the batch's own statistics (and record them in the running ones, if given)
  double momentum = 0.1;
  double eps = 1e-5;
  bool relu = true;
};

struct BatchNormGradients {
  at::Tensor x;
  at::Tensor residual;
  at::Tensor weight;
  at::Tensor bias;
};

struct BatchNormWanted {
  bool x;
  bool residual;
  bool parameters;
};

// relu?(batchNorm(x) (+ residual)), differentiable, also twice. On the CPU, for channels-last fp32 and bf16,
// one kernel that reads and writes each tensor once, and a backward that does the same; anything else goes
// through LibTorch's operators.
at::Tensor batchNormRelu(const at::Tensor& x, const BatchNormRequest& request);

// The same without a residual, and x itself again: what flows back into that second output joins the gradient
// of x in the kernel instead of in an addition of its own. For residual blocks: y goes into the block, x past
// it.
std::tuple<at::Tensor, at::Tensor> batchNormReluAndSkip(const at::Tensor& x, const BatchNormRequest& request);

}  // namespace sam
