#pragma once
#include "nn/conv.h"

namespace sam {

// Whether conv2d() goes this way: bf16 on a processor with a matrix unit, channels-last on the CPU, in one
// group, with enough channels.
bool directConvTakes(const at::Tensor& x, at::ScalarType type, const at::Tensor& weight,
                     const ConvRequest& request);

// conv2d (+ bias) (+ addend), then its ReLU where no gradient is asked for, as one convolution of LibTorch's
// oneDNN, rounded once; differentiable, also twice. x is of its type already. The gradient of the weights is
// float32, by own kernels for the matrix unit, unless LibTorch's was measured to be faster (faster_of.h).
at::Tensor directConv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

enum class TileChoice {
  Off,    // no directConv2d()
  On,     // where there is a matrix unit
  Plain,  // everywhere, with plain loops in the unit's place: for tests
};
// Returns what it was. SAM_TORCH_AMX=0 starts with Off.
TileChoice setTileChoice(TileChoice choice);

}  // namespace sam
