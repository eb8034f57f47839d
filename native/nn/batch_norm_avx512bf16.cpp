#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX512
#define SAM_USE_BF16
#include "nn/batch_norm_kernels.h"

namespace sam {

const BatchNormKernels& batchNormKernelsAvx512Bf16() {
  static const BatchNormKernels kernels{SAM_ISA::rowsKernels<float>(), SAM_ISA::rowsKernels<Bf16>()};
  return kernels;
}

}  // namespace sam

#endif
