#include "simd/isa.h"

#if SAM_X86
#define SAM_USE_AVX512
#define SAM_USE_BF16
#include "nn/winograd_tiles.h"
//
#include "nn/winograd2_kernels.h"
#include "nn/winograd4_kernels.h"

namespace sam {

WinogradTable winogradAvx512Bf16() {
  static const WinogradKernels<float> fp32 = SAM_ISA::winograd4::kernels<float>();
  static const WinogradKernels<Bf16> bf16 = SAM_ISA::winograd2::kernels();
  return {&fp32, &bf16};
}

}  // namespace sam

#endif
