#pragma once
#include "nn/factors.h"
#include "sgd.h"

namespace sam {

// SGD's step on the CPU for tensors of one dtype, float32, float16 or bfloat16, computed in fp32, as one
// parallel loop over all of them: a net of many small tensors does not wait for every thread once per tensor.
// (Of halves LibTorch's own kernel leaves all but the last few elements as they are up to 2.13,
// https://github.com/pytorch/pytorch/issues/191763.) `momentum` is empty without momentum; `first` says that
// its buffers start with this step.
void sgdHostStep(at::TensorList params, at::TensorList grads, at::TensorList momentum,
                 const SgdOptions& options, bool first, const std::optional<at::Tensor>& scale);
// The same for one float32 weight whose gradient is these factors, which then know its norm; the momentum has
// begun.
void sgdHostStep(const at::Tensor& param, Factors& gradient, at::TensorList momentum,
                 const SgdOptions& options);

}  // namespace sam
