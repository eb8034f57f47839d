#pragma once
#include "core/aten.h"
#include "nn/conv.h"

namespace sam {

// Which kernels tileWeightGradient() runs: the processor's matrix unit, or plain loops that do the same, for
// tests.
enum class TileUnit { Amx, Plain };

// Whether the matrix unit is there for own kernels.
bool hasTiles() noexcept;

// The gradient of a 2-d convolution's weights, of shape `sizes`, from bf16 tensors x [n, in, height, width]
// and grad [n, out, rows, columns], both channels-last: in float32, channels-last, products of bf16 numbers
// summed in float32. Numbers below 2^-126 count as 0, as the matrix unit has it. Where x holds an infinity or
// NaN, more of its channel's gradient can become NaN than by plain sums.
at::Tensor tileWeightGradient(const at::Tensor& x, const at::Tensor& grad, at::IntArrayRef sizes,
                              const ConvRequest& request, TileUnit unit);

}  // namespace sam
