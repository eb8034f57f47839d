#include "nn/batch_norm_kernels.h"

namespace sam {

const BatchNormKernels& batchNormKernelsPortable() {
  static const BatchNormKernels kernels{SAM_ISA::rowsKernels<float>(), SAM_ISA::rowsKernels<Bf16>()};
  return kernels;
}

}  // namespace sam
