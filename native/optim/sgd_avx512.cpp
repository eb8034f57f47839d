#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX512
#include "optim/sgd_kernels.h"

namespace sam {

SgdRun sgdAvx512() { return &SAM_ISA::sgdRun; }

}  // namespace sam

#endif
