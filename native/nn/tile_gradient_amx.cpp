#include "simd/isa.h"

#if SAM_X86 && defined(__linux__) && (__GNUC__ >= 11 || defined(__clang__))
#define SAM_USE_AVX512
#define SAM_USE_AMX
#include "nn/tile_gradient_job.h"
#include "simd/vector.h"
//
#include "nn/tile_block_amx.h"
#include "nn/tile_gradient_kernels.h"

namespace sam {

const TileKernels* tileKernelsAmx() {
  static constexpr TileKernels kernels{SAM_ISA::tileScratchBytes, SAM_ISA::tileSums, SAM_ISA::finishTiles};
  return &kernels;
}

}  // namespace sam

#else
#include "nn/tile_gradient_job.h"

namespace sam {

const TileKernels* tileKernelsAmx() { return nullptr; }

}  // namespace sam

#endif
