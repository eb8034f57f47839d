#pragma once
#include <vector>

#include "core/aten.h"

namespace sam {

// Those of these parameters whose gradients may be given up as factors, as far as the parameter tells.
std::vector<at::Tensor> factorable(const std::vector<at::Tensor>& params);

}  // namespace sam
