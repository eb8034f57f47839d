#pragma once
#include "batch_norm.h"
#include "rows.h"

namespace sam {

// Batch norm of rows of float32 or bf16 numbers by the CPU's kernels (batch_norm_kernels.h).
namespace host {

// [4, C]: mean, 1 / sqrt(var + eps), scale, shift; moves the running statistics in training.
at::Tensor batchNormStatistics(const at::Tensor& x, const Rows& shape, const BatchNormRequest& request);
at::Tensor batchNormApplied(const at::Tensor& x, const at::Tensor& residual, const at::Tensor& statistics,
                            const Rows& shape, bool relu);
// `y` is undefined when the ReLU's mask comes from x, `more` when nothing flows into x beside.
BatchNormGradients batchNormGradients(const at::Tensor& x, const at::Tensor& y, const at::Tensor& grad,
                                      const at::Tensor& more, const at::Tensor& statistics, const Rows& shape,
                                      bool relu, bool training, BatchNormWanted wanted);

}  // namespace host
}  // namespace sam
