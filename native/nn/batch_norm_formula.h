#pragma once
#include "batch_norm.h"

namespace sam {

// Batch norm as formulas of differentiable operators.
namespace formula {

// For float64: finite differences check the same formulas that the kernels follow.
at::Tensor batchNormApplied(const at::Tensor& x, const BatchNormRequest& request);

// The backward, for double backward and for float64. bf16 is widened to fp32. `more` is undefined when
// nothing flows into x beside.
BatchNormGradients batchNormGradients(const at::Tensor& x, const at::Tensor& grad, const at::Tensor& more,
                                      const BatchNormRequest& request);

}  // namespace formula
}  // namespace sam
