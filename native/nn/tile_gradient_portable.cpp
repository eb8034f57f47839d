#include "nn/tile_gradient_job.h"
#include "simd/vector.h"
//
#include "nn/tile_block_portable.h"
#include "nn/tile_gradient_kernels.h"

namespace sam {

const TileKernels& tileKernelsPortable() {
  static constexpr TileKernels kernels{SAM_ISA::tileScratchBytes, SAM_ISA::tileSums, SAM_ISA::finishTiles};
  return kernels;
}

}  // namespace sam
