#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX512
#include "nn/batch_norm_kernels.h"

namespace sam {

const BatchNormKernels& batchNormKernelsAvx512() {
  static const BatchNormKernels kernels{SAM_ISA::rowsKernels<float>(), SAM_ISA::rowsKernels<Bf16>()};
  return kernels;
}

}  // namespace sam

#endif
