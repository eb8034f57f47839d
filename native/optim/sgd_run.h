#pragma once
#include <cstdint>

#include "kernels/sam_step.h"

namespace sam {

// SGD's step on a run of fp32 numbers, by the arithmetic that the GPU has too. v: the momentum's, or null
// without momentum; `first` begins it.
using SgdRun = void (*)(float* w, const float* g, float* v, int64_t count,
                        const kernels::SgdSettings& settings, bool first);
SgdRun sgdPortable();
SgdRun sgdAvx2();
SgdRun sgdAvx512();

}  // namespace sam
