#pragma once
#include "sgd.h"

namespace sam {

// SGD's step on the CPU for float16 and bfloat16, computed in fp32. LibTorch's own kernel leaves all but the
// last few elements as they are up to 2.13 (https://github.com/pytorch/pytorch/issues/191763). `momentum` is
// empty without momentum; `first` says that its buffers start with this step.
void sgdHalfStep(at::TensorList params, at::TensorList grads, at::TensorList momentum,
                 const SgdOptions& options, bool first, const std::optional<at::Tensor>& scale);

}  // namespace sam
