#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX2
#include "optim/host_loops_kernels.h"

namespace sam {

HostLoops hostLoopsAvx2() { return SAM_ISA::hostLoops(); }

}  // namespace sam

#endif
