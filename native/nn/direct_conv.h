#pragma once
#include "nn/conv.h"

namespace sam {

// Whether conv2d() goes this way: bf16 on a processor with a matrix unit, channels-last on the CPU, in one
// group, with enough channels.
bool directConvTakes(const at::Tensor& x, at::ScalarType type, const at::Tensor& weight,
                     const ConvRequest& request);

// conv2d (+ bias) (+ addend), then its ReLU where no gradient is asked for, as one convolution of LibTorch's
// oneDNN, rounded once; differentiable, also twice. x is of its type already. The gradient of the weights is
// float32: by own kernels for the matrix unit where those are faster, which is measured at the first backward
// of each shape, images counted by powers of two (three runs of both).
at::Tensor directConv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request);

// How the gradient of the weights is chosen.
enum class TileChoice {
  Off,     // no directConv2d()
  Faster,  // by time; under deterministic algorithms always own kernels
  Always,  // own kernels
  Plain,   // the same in plain loops, on every processor: for tests
};
// Returns what it was. SAM_TORCH_AMX=0 starts with Off.
TileChoice setTileChoice(TileChoice choice);

}  // namespace sam
