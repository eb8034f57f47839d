#pragma once
#include "core/cuda_part.h"

namespace sam::cuda {

// The part's graph functions, as core/cuda_part.h describes them.
void fillGraphFunctions(CudaPart& part);

}  // namespace sam::cuda
