#pragma once
#include <vector>

#include "core/aten.h"

namespace sam {

// x x^T of each of some fp32 matrices [rows, depth] that lie row by row, on the threads of LibTorch.
std::vector<at::Tensor> grams(const std::vector<at::Tensor>& matrices);

}  // namespace sam
