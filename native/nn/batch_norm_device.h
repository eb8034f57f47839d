#pragma once
#include "batch_norm.h"
#include "rows.h"

namespace sam {

// Batch norm by the kernels of native/kernels/batch_norm.h, on a GPU. On the CPU only when that is asked for
// (core/cuda_part.h).
namespace device {

// Whether those kernels take x; the rest of the request is checked like the CPU's.
bool takesBatchNorm(const at::Tensor& x, const Rows& shape);

// [4, C]: mean, 1 / sqrt(var + eps), scale, shift; moves the running statistics in training.
at::Tensor batchNormStatistics(const at::Tensor& x, const Rows& shape, const BatchNormRequest& request);
at::Tensor batchNormApplied(const at::Tensor& x, const at::Tensor& residual, const at::Tensor& statistics,
                            const Rows& shape, bool relu);
// `y` is undefined when the ReLU's mask comes from x, `more` when nothing flows into x beside.
BatchNormGradients batchNormGradients(const at::Tensor& x, const at::Tensor& y, const at::Tensor& grad,
                                      const at::Tensor& more, const at::Tensor& statistics, const Rows& shape,
                                      bool relu, bool training, BatchNormWanted wanted);

}  // namespace device
}  // namespace sam
