#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX2
#include "nn/winograd_kernels.h"

namespace sam {

WinogradTable winogradAvx2() {
  static const WinogradKernels<float> fp32 = SAM_ISA::winogradKernels<float>();
  return {&fp32, nullptr};
}

}  // namespace sam

#endif
