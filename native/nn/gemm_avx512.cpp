#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX512
#include "nn/gemm_kernels.h"

namespace sam {

const GemmKernels& gemmAvx512() {
  static const GemmKernels kernels{SAM_ISA::kPanel, int64_t{1} << 20, &SAM_ISA::gemmPanels};
  return kernels;
}

}  // namespace sam

#endif
