#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX2
#include "nn/linear_loops_kernels.h"

namespace sam {

LinearLoops linearLoopsAvx2() { return SAM_ISA::linearLoops(); }

}  // namespace sam

#endif
