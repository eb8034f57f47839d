#pragma once
#include <torch/csrc/autograd/functions/accumulate_grad.h>

namespace sam {

// Whether a backward pass has someone to call when it comes to this leaf. A hook that was removed leaves an
// empty place behind, in LibTorch's list and in ours, and counts for nothing.
bool hasHooks(torch::autograd::AccumulateGrad& leaf);

}  // namespace sam
